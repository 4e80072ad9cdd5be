// The file of what was wrong with an import's rows, in the language of the window that asks: the hub tells it with its own
// English words and a reason beside each. Loaded when somebody saves it, with the library that reads CSV.
import Papa from 'papaparse';

export interface ProblemFileWords {
  readonly row: string;
  readonly column: string;
  readonly problem: string;
  /** Where the whole row is meant. */
  readonly wholeRow: string;
  /** @param message the hub's own words, for a reason that has none here */
  textOf(problem: { readonly reason: string; readonly message: string }): string;
}

const byteOrderMark = '\uFEFF';

/**
 * @param csv as 'admin.recordImports.problems' gives it: row, column, reason, message
 * @param separator of the file that was imported: the spreadsheet that wrote that reads this
 * @returns with a byte order mark, by which spreadsheets know UTF-8
 */
export function problemFile(csv: string, separator: string, words: ProblemFileWords): string {
  const [, ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
  const fields = [words.row, words.column, words.problem];
  // What a spreadsheet would take for a formula, the hub has made harmless.
  const data = rows.map(([row = '', column = '', reason = '', message = '']) => [
    row,
    column === '' ? words.wholeRow : column,
    words.textOf({ reason, message }),
  ]);
  return byteOrderMark + Papa.unparse({ fields, data }, { delimiter: separator });
}
