// A question for beginnings of words that costs little where its words are common and few have them all. FTS5 puts all
// records of all words that begin so together before it looks at one; so each typed word is first looked up in the index's
// own list of words: one that begins nothing longer is asked for as it is, one that nothing begins with ends the search,
// and where both are there, who has all words whole is left out, since record-search.ts has them already. Pure.
import { quoted } from './search-text.ts';

/**
 * @param from any text
 * @returns the first word of the index from there on, in the order of its UTF-8 bytes
 */
export type NextWord = (from: string) => string | undefined;

/** Beginnings of up to so many letters have an index of their own (`prefix` in the migration): they are walked as they are. */
const longestIndexed = 3;
/** More ways to go on, and asking for each costs more than it saves. */
const mostLonger = 40;
/** Each doubles the combinations. */
const mostDivided = 3;

/**
 * @returns an FTS5 expression for who has each of the words as the beginning of a word, but perhaps without those who have
 * them all as whole words; null where there is nobody else
 */
export function beginningsMatch(words: readonly string[], nextWord: NextWord): string | null {
  const [only, second] = words;
  if (only === undefined) return null;
  // What a single word has whole is known to be little here.
  if (second === undefined) return quoted(only, 'beginning');
  const asked = words.map((word) => inIndex(word, nextWord));
  if (asked.includes('nothing')) return null;
  const fixed: string[] = [];
  const divided: { readonly whole: string; readonly longer: string }[] = [];
  let allWhole = true;
  for (const [at, word] of words.entries()) {
    const found = asked[at];
    if (typeof found === 'object') {
      divided.push({ whole: quoted(word, 'whole'), longer: found.longer });
      continue;
    }
    const fit = found === 'whole' ? 'whole' : 'beginning';
    if (fit === 'beginning') allWhole = false;
    fixed.push(quoted(word, fit));
  }
  if (divided.length > mostDivided) return words.map((word) => quoted(word, 'beginning')).join(' AND ');
  if (!allWhole) {
    const either = divided.map(({ whole, longer }) => `(${whole} OR ${longer})`);
    return [...fixed, ...either].join(' AND ');
  }
  // Everybody but for those with all of them whole: each way to have at least one of them longer.
  let ways = [{ match: fixed, longer: false }];
  for (const { whole, longer } of divided) {
    ways = ways.flatMap((way) => [
      { match: [...way.match, longer], longer: true },
      { match: [...way.match, whole], longer: way.longer },
    ]);
  }
  const beyond = ways.filter((way) => way.longer).map(({ match }) => `(${match.join(' AND ')})`);
  return beyond.length === 0 ? null : beyond.join(' OR ');
}

type InIndex = 'nothing' | 'whole' | 'beginning' | { readonly longer: string };

function inIndex(word: string, nextWord: NextWord): InIndex {
  if ([...word].length <= longestIndexed) return 'beginning';
  const first = nextWord(word);
  if (!first?.startsWith(word)) return 'nothing';
  const isWhole = first === word;
  const longer = longerThan(word, nextWord);
  if (longer === null) return 'beginning';
  if (longer.length === 0) return 'whole';
  return isWhole ? { longer: `(${longer.join(' OR ')})` } : 'beginning';
}

/** One beginning for each letter with which words go on; null where they are too many. */
function longerThan(word: string, nextWord: NextWord): string[] | null {
  const found: string[] = [];
  // No word of the index holds a control character.
  let from = `${word}\u{1}`;
  for (;;) {
    const next = nextWord(from);
    if (!next?.startsWith(word)) return found;
    const letter = next.codePointAt(word.length);
    if (letter === undefined || found.length === mostLonger) return null;
    found.push(quoted(word + String.fromCodePoint(letter), 'beginning'));
    from = word + after(letter);
  }
}

/** Between the two are the halves of surrogate pairs, which are no letters. */
function after(letter: number): string {
  return String.fromCodePoint(letter === 0xd7ff ? 0xe000 : Math.min(letter + 1, 0x10ffff));
}
