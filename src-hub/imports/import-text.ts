// A CSV file as bytes, read row by row: its encoding and separator are found out, and no piece of it keeps the hub from its
// other work for long. Pure but for that; used by import-service.
import { setImmediate } from 'node:timers/promises';
import Papa from 'papaparse';
import type { RecordImport } from '#shared/admin/records-contract.ts';

export type Encoding = RecordImport['encoding'];
export type Separator = RecordImport['separator'];

export interface ReadText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** A byte order mark says it; else it is UTF-8 where it can be, and otherwise what Excel writes in western Europe. */
export function decoded(bytes: Uint8Array): ReadText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  }
  if (first === 0xfe && second === 0xff) {
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

const separators: readonly Separator[] = [',', ';', '\t'];

/** The one that stands most often in the first line, outside of quotes. */
export function separatorOf(text: string): Separator {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.slice(0, 100_000)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && /[\r\n]/.test(character) && counts.size > 0) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const [most] = separators.toSorted((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
  return most ?? ',';
}

/** One row of the file; `row` counts from 1, the header being row 1. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** A quotation mark is opened in it that is never closed: it is the last row that can be read. */
  readonly quoteOpen: boolean;
}

const charactersAtOnce = 8 * 1024;
/** More than a row of records ever has. */
const longestRow = 2_000_000;

/** Rows that hold anything, some at a time; between them others get their turn. */
export async function* rowsOf(text: string, separator: Separator): AsyncGenerator<CsvRow[]> {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let at = 0;
  let row = 0;
  while (at < lines.length) {
    const { rows, next } = takeRows(lines, at, separator, row);
    row += rows.length;
    at = next;
    yield rows.filter(({ cells, quoteOpen }) => quoteOpen || cells.some((cell) => cell.trim() !== ''));
    await setImmediate();
  }
}

interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/** Whole rows from `at` on: a row that is cut off by the end of the piece is read with the next one. */
function takeRows(
  text: string,
  at: number,
  separator: Separator,
  before: number,
): { rows: CsvRow[]; next: number } {
  for (let length = charactersAtOnce; ; length *= 4) {
    const piece = text.slice(at, at + length);
    const isLast = at + length >= text.length;
    const parsed = new Papa.Parser({ delimiter: separator }).parse(piece, 0, !isLast) as Parsed;
    const rows = parsed.data.map((cells, index) => ({ row: before + index + 1, cells, quoteOpen: false }));
    const isOpen = isLast && parsed.errors.some(({ code }) => code === 'MissingQuotes');
    if (isOpen) rows.splice(-1, 1, openRow(before + rows.length));
    if (isLast) return { rows, next: text.length };
    if (parsed.meta.cursor > 0) return { rows, next: at + parsed.meta.cursor };
    if (length > longestRow) return { rows: [openRow(before + 1)], next: text.length };
  }
}

function openRow(row: number): CsvRow {
  return { row, cells: [], quoteOpen: true };
}
