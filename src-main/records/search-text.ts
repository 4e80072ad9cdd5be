// How texts become words of the search index, and how what was typed becomes a question to it. Pure. Used by the record
// and note stores when they write, and by the searches when they ask: both sides fold alike, so that case, accents and
// ways of writing do not matter. What is here is in people's files: a change needs a migration that builds the index anew.
import { coreDigits, fold, plainAscii } from '../history/history-search.ts';

const wordPattern = /[\p{L}\p{N}]+/gu;
/** Longer ones are cut: nobody types them, and a page of the index holds about sixty. */
const longestWord = 64;
const betweenWords = /[^a-z0-9]+/g;
const spelledUmlaut = /[aou]e/;
const tooLong = /[a-z0-9]{65}/;

/** The words of a text, folded, in their order; 'Müller-Weiß' gives muller and weiss. */
export function foldedWords(text: string): string[] {
  return (fold(text).match(wordPattern) ?? []).map((word) => word.slice(0, longestWord));
}

/**
 * The words to be indexed for these texts, with a blank between: each as it is folded, and as it is spelled where there
 * are no umlauts. 'Müller' gives muller and mueller, and so does 'Mueller', so that a question needs one spelling only.
 */
export function indexedWords(texts: readonly string[]): string {
  const words: string[] = [];
  for (const text of texts) {
    if (text === '') continue;
    const found = plainAscii.test(text) ? (simpleWords(text) ?? spelledWords(text)) : spelledWords(text);
    if (found !== '') words.push(found);
  }
  return words.join(' ');
}

/** Streets and cities recur: a few thousand of them are known by heart. */
const known = new Map<string, string>();
const mostKnown = 4_000;
const longestKnown = 40;

function spelledWords(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const plain = foldedWords(text);
  const words: string[] = [];
  for (const word of plain) {
    words.push(word);
    if (!word.includes('e')) continue;
    const collapsed = word.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u');
    if (collapsed !== word) words.push(collapsed);
  }
  if (!plainAscii.test(text) && /[äöü]/i.test(text.normalize('NFC'))) {
    for (const word of foldedWords(spelledOut(text))) if (!plain.includes(word)) words.push(word);
  }
  const found = words.join(' ');
  if (text.length <= longestKnown) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, found);
  }
  return found;
}

/** Of a text with nothing but ASCII, in a third of the time. @returns null where its words need more than small letters. */
function simpleWords(text: string): string | null {
  const folded = text.toLowerCase();
  if (spelledUmlaut.test(folded)) return null;
  const words = folded.replace(betweenWords, ' ').trim();
  return words.length > longestWord && tooLong.test(words) ? null : words;
}

function spelledOut(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue');
}

/** Country calling codes of one and two digits; all others have three (ITU-T E.164, annex to bulletin 994). */
const shortCallingCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** The digits of a number as it may be begun: with the country's code and without. */
export function indexedDigits(numbers: readonly string[]): string {
  const words = new Set<string>();
  for (const number of numbers) {
    const digits = coreDigits(number);
    if (digits === '') continue;
    words.add(digits.slice(0, longestWord));
    if (!number.trimStart().startsWith('+')) continue;
    const codeLength = shortCallingCode.exec(digits)?.[0].length ?? 3;
    if (digits.length > codeLength) words.add(digits.slice(codeLength, longestWord));
  }
  return [...words].join(' ');
}

/** What sorts like the text in every way of writing it; cut, since an order needs no more. */
export function sortKey(text: string): string {
  return fold(text.slice(0, 200)).trim().slice(0, 80);
}

const numberLike = /^\+?[\d\s()./-]*\d[\d\s()./-]*$/;

export interface Asked {
  /** Each must be found as the beginning of a word. */
  readonly words: readonly string[];
  /** What was typed as one number; null where it cannot be one. */
  readonly digits: string | null;
}

/** @returns null where nothing was typed that any index can look for */
export function askedFor(typed: string): Asked | null {
  const trimmed = typed.trim();
  const words = [...new Set(foldedWords(trimmed))].slice(0, 12);
  const digits = numberLike.test(trimmed) ? coreDigits(trimmed).slice(0, longestWord) : '';
  if (words.length === 0 && digits === '') return null;
  return { words, digits: digits === '' ? null : digits };
}

/** How exactly: as whole words, or as beginnings of words. */
export type Fit = 'whole' | 'beginning';

/** An FTS5 expression for `record_name_search MATCH` and `note_search MATCH`; null where nothing of it is a word. */
export function wordMatch({ words }: Pick<Asked, 'words'>, fit: Fit): string | null {
  return words.length === 0 ? null : words.map((word) => quoted(word, fit)).join(' AND ');
}

/** For `record_search MATCH`: who has a number that begins so. */
export function numberMatch({ digits }: Asked): string | null {
  return digits === null ? null : `number : ${quoted(digits, 'beginning')}`;
}

/** For `record_search MATCH`: what a list shows of a record begins so. */
export function listMatch(asked: Asked): string | null {
  const shown = asked.words.map((word) => `{name number whereabouts} : ${quoted(word, 'beginning')}`);
  const either = [numberMatch(asked), shown.length === 0 ? null : shown.join(' AND ')];
  const present = either.filter((match) => match !== null).map((match) => `(${match})`);
  return present.length === 0 ? null : present.join(' OR ');
}

/** Words have letters and digits only, so that none can end the quotation. */
export function quoted(word: string, fit: Fit): string {
  return fit === 'whole' ? `"${word}"` : `"${word}"*`;
}
