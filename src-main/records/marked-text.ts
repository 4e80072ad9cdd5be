// Where in a text stands what was asked for, so that it can be shown marked; and cut-outs around it. Pure. Both sides are
// read as search-text.ts reads them, and the places are those of the text as it is written.
import type { MarkedText } from '#shared/desktop/search-contract.ts';
import { fold } from '../history/history-search.ts';
import type { Asked } from './search-text.ts';

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Behind it nothing is looked at: a mark nobody sees. */
const mostMarked = 20_000;
const cutBefore = 40;
const cutLength = 160;

/** @returns null where nothing of what was asked for stands in the text */
export function marked(text: string, asked: Asked): MarkedText | null {
  const marks: [number, number][] = [];
  const number = asked.digits === null ? null : digitsIn(text, asked.digits);
  if (number) marks.push(number);
  for (const match of text.slice(0, mostMarked).matchAll(wordPattern)) {
    const length = beginningOf(match[0], asked.words);
    const from = match.index;
    if (length > 0 && !(number && from < number[1] && from + length > number[0]))
      marks.push([from, from + length]);
  }
  return marks.length === 0 ? null : { text, marks: marks.sort(([one], [other]) => one - other) };
}

/** As `marked`, and the text as it is where nothing is found. */
export function markedOrPlain(text: string, asked: Asked): MarkedText {
  return marked(text, asked) ?? { text, marks: [] };
}

/** What stands around the first mark, on one line; the whole where it is short. */
export function cutOut({ text, marks }: MarkedText): MarkedText {
  if (text.length <= cutLength) return { text: oneLine(text), marks };
  const first = marks[0]?.[0] ?? 0;
  let from = Math.max(0, Math.min(first - cutBefore, text.length - cutLength));
  // From the beginning of a word, so that no letter is cut in two.
  while (from > 0 && from < first && !/\s/.test(text[from - 1] ?? '')) from++;
  const to = beforeSurrogate(text, Math.min(text.length, from + cutLength));
  const before = from > 0 ? '…' : '';
  const shift = before.length - from;
  return {
    text: before + oneLine(text.slice(from, to)) + (to < text.length ? '…' : ''),
    marks: marks
      .filter(([begin, end]) => begin >= from && end <= to)
      .map(([begin, end]) => [begin + shift, end + shift]),
  };
}

/** As many units as before, so that marks stay where they are. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

function beforeSurrogate(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return at < text.length && unit >= 0xd800 && unit < 0xdc00 ? at - 1 : at;
}

/** How much of the word, as it is written, one of the asked ones is; 0 where none begins it. */
function beginningOf(word: string, asked: readonly string[]): number {
  for (const read of readings) {
    const whole = read(word);
    for (const each of asked) {
      if (!whole.startsWith(each)) continue;
      for (let length = 1; length < word.length; length++)
        if (read(word.slice(0, length)).length >= each.length && !splitsLetter(word, length)) return length;
      return word.length;
    }
  }
  return 0;
}

function splitsLetter(word: string, at: number): boolean {
  return /^[\p{M}\uDC00-\uDFFF]/u.test(word.slice(at));
}

/** The ways in which search-text.ts puts a word into the index. */
const readings: readonly ((word: string) => string)[] = [
  fold,
  (word) => fold(word).replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u'),
  (word) =>
    fold(
      word.normalize('NFC').toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'),
    ),
];

/** From the first of these digits to the last, with whatever stands between them in the text. */
function digitsIn(text: string, digits: string): [number, number] | null {
  const places: number[] = [];
  let all = '';
  for (const match of text.slice(0, 500).matchAll(/\d/g)) {
    places.push(match.index);
    all += match[0];
  }
  const at = all.indexOf(digits);
  const from = places[at];
  const to = places[at + digits.length - 1];
  return at < 0 || from === undefined || to === undefined ? null : [from, to + 1];
}
