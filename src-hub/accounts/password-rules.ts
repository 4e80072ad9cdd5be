// Which passwords an account may have: long enough, and neither in lists of breached ones nor easily guessed (zxcvbn-ts, with
// English and German words and the person's own names). Its word lists take memory and are loaded with the first password.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { CommandFailed } from '#shared/wire/command-failed.ts';

export const leastPasswordLength = 12;
export const longestPassword = 500;
/** zxcvbn's highest: more than 10^10 guesses. At 3 a person's own name and a year would pass. */
const leastScore = 4;
/** Shorter ones stand in many words by chance. */
const leastOwnWord = 3;
/** What comes after these adds nothing to a judgement and takes long to look at. */
const longestJudged = 64;
/**
 * Ways of reading digits and signs as letters ("p4$$w0rd") that are tried. With zxcvbn's usual 100 a
 * password takes nearly twice as long and none of 700 tried ones is judged otherwise; with 48 some are.
 */
const mostReadings = 64;

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
  const { score, sequence } = (await loading).check(withoutWords(password, [...ownWords, 'offhook']), [
    ...ownWords,
  ]);
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

/** A person's own words make a password longer, not better: what is left without them is judged. */
function withoutWords(password: string, ownWords: readonly string[]): string {
  const parts = ownWords
    .flatMap((words) => [words, ...words.split(/[\s._@-]+/)])
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= leastOwnWord)
    .sort((a, b) => b.length - a.length);
  return parts.reduce(cut, password);
}

function cut(text: string, word: string): string {
  const at = text.toLowerCase().indexOf(word);
  return at < 0 ? text : cut(text.slice(0, at) + text.slice(at + word.length), word);
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
    l33tMaxSubstitutions: mostReadings,
  });
}
