// Why an import is refused, in words for whoever asked, and how large one may be. Used by import-jobs.ts, and by REST for its
// bodies.
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** 100,000 rows with all that a record has are some 30 MB. */
export const mostBytes = 200_000_000;
const mostRows = 1_000_000;

export function requireGoodFile(header: readonly string[], rows: number): void {
  if (rows < 1) {
    throw new CommandFailed('fileEmpty', 'The file holds no rows below its header. Nothing was imported.');
  }
  if (header.length > 500 || header.some((cell) => cell.includes('\0'))) {
    throw new CommandFailed('fileMalformed', 'This is no CSV file, or it is damaged. Nothing was imported.');
  }
  if (rows > mostRows) {
    throw new CommandFailed('tooManyRows', `At most ${mostRows} rows are taken at once. Split the file.`);
  }
}

export function tooLarge(): CommandFailed {
  return new CommandFailed(
    'tooLarge',
    `At most ${mostBytes / 1_000_000} MB are taken at once. Split the file.`,
  );
}

export function noSuchImport(): CommandFailed {
  return new CommandFailed('noSuchImport', 'There is no such import (any more). Upload the file again.');
}

export function alreadyStarted(): CommandFailed {
  return new CommandFailed('alreadyStarted', 'This import has been started already. Nothing was changed.');
}
