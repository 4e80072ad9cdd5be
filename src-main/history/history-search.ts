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
const word = /[\p{L}\p{N}]+/gu;

/** "Müller-Weiß" → "muller-weiss" */
export function fold(text: string): string {
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
  for (const found of [...text.matchAll(word)].map((match) => match[0]).concat(digits))
    beginnings.add([...found].slice(0, 2).join(''));
  const starts = [...beginnings].map((beginning) => edge + edge + beginning).join('');
  return { text, digits: digits.join('\n'), starts };
}

const numberLike = /^\+?[\d\s()./-]*\d[\d\s()./-]*$/;

/**
 * @param typed what the person typed
 * @returns an FTS5 expression for `call_search MATCH`; null where nothing is asked for (all calls)
 */
export function matchExpression(typed: string): string | null {
  const trimmed = typed.trim();
  const terms = fold(trimmed)
    .split(/\s+/)
    .filter((term) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(term));
  if (terms.length === 0) return null;
  const words = allOf(terms.map((term) => textTerm(term)));
  if (!numberLike.test(trimmed))
    // "müller 0301": each word may be a text or a number.
    return allOf(
      terms.map((term) =>
        numberLike.test(term) ? anyOf([textTerm(term), digitTerm(term)]) : textTerm(term),
      ),
    );
  return anyOf([digitTerm(trimmed), words]);
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
