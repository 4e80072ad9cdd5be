// Which passwords an account may have: long enough, and neither in lists of breached ones nor easily guessed (zxcvbn-ts, with
// English and German words and the person's own names). Its word lists take memory and are loaded with the first password.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { CommandFailed } from '#shared/wire/command-failed.ts';

export const leastPasswordLength = 12;
export const longestPassword = 500;
/** zxcvbn's highest: more than 10^10 guesses. At 3 a person's own name and a year would pass. */
const leastScore = 4;
/** What comes after these adds nothing to a judgement and takes long to look at. */
const longestJudged = 64;

let loading: Promise<ZxcvbnFactory> | null = null;

/**
 * @param ownWords what others know of the person: their names, the product's.
 * @throws CommandFailed 'passwordTooShort', 'passwordTooLong', 'passwordBreached', 'passwordGuessable'.
 */
export async function requireGoodPassword(password: string, ownWords: readonly string[]): Promise<void> {
  if ([...password].length < leastPasswordLength) {
    throw new CommandFailed(
      'passwordTooShort',
      `The password needs at least ${leastPasswordLength} characters.`,
    );
  }
  if (password.length > longestPassword) {
    throw new CommandFailed(
      'passwordTooLong',
      `The password may have at most ${longestPassword} characters.`,
    );
  }
  loading ??= load();
  const words = ownWords.flatMap((word) => [word, ...word.split(/[\s._@-]+/)]).filter((word) => word !== '');
  const { score, sequence } = (await loading).check(password, [...words, 'offhook']);
  if (score >= leastScore) return;
  const isListed = sequence.some(
    (part) => 'dictionaryName' in part && part.dictionaryName === 'passwords-common',
  );
  if (isListed) {
    throw new CommandFailed(
      'passwordBreached',
      'This password, or its main part, is in lists of passwords that were stolen elsewhere. Take several words that have nothing to do with each other.',
    );
  }
  throw new CommandFailed(
    'passwordGuessable',
    'This password can be guessed. Take several words that have nothing to do with each other, and neither names nor dates.',
  );
}

async function load(): Promise<ZxcvbnFactory> {
  const [core, common, english, german] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-de'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...german.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: longestJudged,
  });
}
