// What all of the hub's CSV files have in common, users' and records' alike: cells that no spreadsheet takes for a formula,
// and the words for yes and no.

export const byteOrderMark = '\u{FEFF}';

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), and its full-width forms. */
export const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** The apostrophe that an export puts before what looks like a formula is no part of the text. */
export function asTyped(cell: string): string {
  return cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell;
}

const yes = new Set(['1', 'true', 'yes', 'y', 'x', 'ja', 'wahr']);
const no = new Set(['0', 'false', 'no', 'n', 'nein', 'falsch']);

/** Null where it is neither. */
export function yesOrNoIn(cell: string): boolean | null {
  const value = cell.trim().toLowerCase();
  if (yes.has(value)) return true;
  return no.has(value) ? false : null;
}
