// How the history is searched: what is put into the trigram index for a call, and how what was typed is asked of it.
// Pure. Called by history-store.ts. Both sides are folded here, so that case, accents and umlauts do not matter.

/** One row of the `call_search` table. */
export interface SearchRow {
  readonly text: string;
  readonly digits: string;
  readonly starts: string;
}

/** A control character that no text contains once folded; marks where a word begins. */
const edge = '\u0002';
const combining = /\p{M}+/gu;
const control = /\p{Cc}+/gu;
/** Nothing in it has another way of being written. */
export const plainAscii = /^[ -~]*$/;
const word = /[\p{L}\p{N}]+/gu;

/** "Müller-Weiß" → "muller-weiss" */
export function fold(text: string): string {
  // Most texts, and a fifth of the time.
  if (plainAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(combining, '')
    .replace(control, ' ')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd');
}

/** "mueller" → "muller": people without the key write an umlaut as two letters. */
function collapseUmlauts(folded: string): string {
  return folded.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u');
}

/**
 * The digits that any way of writing a number has in common: without trunk or international zeros in front, without
 * the "(0)" of letterheads. "+44 (0)20 7946" → "44207946", "020 7946" → "207946".
 */
export function coreDigits(written: string): string {
  return written.normalize('NFKD').replaceAll('(0)', '').replace(/\D+/g, '').replace(/^0+/, '');
}

/**
 * @param texts name, note and whatever else is found by its words
 * @param numbers each in any writing; a national one is worth giving beside E.164, for its first digits
 */
export function searchRow(texts: readonly string[], numbers: readonly string[]): SearchRow {
  const plain = fold(texts.filter((text) => text !== '').join('\n'));
  const collapsed = collapseUmlauts(plain);
  const digits = [...new Set(numbers.map(coreDigits).filter((number) => number !== ''))];
  const text = collapsed === plain ? plain : `${plain}\n${collapsed}`;
  // Trigrams cannot find one or two characters; the beginnings of words are stored so that they can.
  const beginnings = new Set<string>();
  const begin = (found: string) => beginnings.add([...found].slice(0, 2).join(''));
  for (const found of text.matchAll(word)) begin(found[0]);
  for (const number of digits) begin(number);
  // "020" asks for +44 20…: a country code has one to three digits (E.164 6.2.1).
  for (const number of numbers)
    if (number.trim().startsWith('+'))
      for (const length of [1, 2, 3]) begin(coreDigits(number).slice(length));
  beginnings.delete('');
  const starts = [...beginnings].map((beginning) => edge + edge + beginning).join('');
  return { text, digits: digits.join('\n'), starts };
}

const numberLike = /^\+?[\d\s()./-]*\d[\d\s()./-]*$/;

export type Search =
  | { readonly kind: 'all' }
  /** Something was typed that no index can look for: a lone bracket. */
  | { readonly kind: 'none' }
  /** An FTS5 expression for `call_search MATCH`. */
  | { readonly kind: 'matching'; readonly match: string };

/** @param typed what the person typed; every term of it must be found */
export function searchFor(typed: string): Search {
  const trimmed = typed.trim();
  const terms = fold(trimmed)
    .split(/\s+/)
    .filter((term) => term !== '');
  if (terms.length === 0) return { kind: 'all' };
  const match = numberLike.test(trimmed)
    ? anyOf([digitTerm(trimmed), allOf(terms.map(textTerm))])
    : // "müller 0301": each word may be a text or a number.
      allOf(
        terms.map((term) =>
          numberLike.test(term) ? anyOf([textTerm(term), digitTerm(term)]) : textTerm(term),
        ),
      );
  return match === null ? { kind: 'none' } : { kind: 'matching', match };
}

function textTerm(folded: string): string | null {
  const collapsed = collapseUmlauts(folded);
  const spellings = collapsed === folded ? [folded] : [folded, collapsed];
  return anyOf(spellings.map((spelling) => containing('text', spelling)));
}

function digitTerm(written: string): string | null {
  const digits = coreDigits(written);
  return digits === '' ? null : containing('digits', digits);
}

/** Three characters and more are found anywhere; fewer at the beginning of a word or number. */
function containing(column: 'text' | 'digits', term: string): string | null {
  const length = [...term].length;
  if (length >= 3) return `${column} : ${quoted(term)}`;
  const letters = [...term.matchAll(word)].map((match) => match[0]).join('');
  return letters === '' ? null : `starts : ${quoted((length === 1 ? edge + edge : edge) + letters)}`;
}

function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

function anyOf(expressions: readonly (string | null)[]): string | null {
  return joined(expressions, ' OR ');
}

function allOf(expressions: readonly (string | null)[]): string | null {
  return joined(expressions, ' AND ');
}

function joined(expressions: readonly (string | null)[], between: string): string | null {
  const present = expressions.filter((expression) => expression !== null);
  if (present.length <= 1) return present[0] ?? null;
  return `(${present.join(between)})`;
}
