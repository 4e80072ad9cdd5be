// What can be wrong with the database or the disk under it, in words for the person and for the code.
// Thrown by open.ts; `refuseDiskTrouble` is used by whoever writes on behalf of a window.
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** The file was made by a newer Offhook. It has not been touched. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
  readonly file: string;
  readonly unknownMigrations: readonly string[];

  constructor(file: string, unknownMigrations: readonly string[]) {
    super(
      'The data on this computer was written by a newer version of Offhook. It is safe and was not changed. ' +
        'Install the newer version again to go on.',
    );
    this.file = file;
    this.unknownMigrations = unknownMigrations;
  }
}

/** The file is not a database that SQLite can read. It has not been touched. */
export class DatabaseUnreadable extends Error {
  override readonly name = 'DatabaseUnreadable';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(
      'The file in which Offhook keeps its calls and notes cannot be read. It was not changed. ' +
        'Keep a copy of it, move it away and start Offhook again; what the hub knows comes back by itself.',
      { cause },
    );
    this.file = file;
  }
}

/** SQLite says that what stands in its file cannot be. */
export function isDamage(error: unknown): error is Error {
  if (error instanceof DatabaseUnreadable) return true;
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

export type DiskTrouble = 'diskFull' | 'diskFailed';

const full = /^(SQLITE_FULL|ENOSPC|EDQUOT)$/;
const failed =
  /^(SQLITE_IOERR|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_BUSY|SQLITE_LOCKED|(EIO|EROFS|EACCES|EPERM)$)/;

/** @returns what the disk refused, or null where the error is none of the disk's. */
export function diskTroubleOf(error: unknown): DiskTrouble | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (full.test(error.code)) return 'diskFull';
  return failed.test(error.code) ? 'diskFailed' : null;
}

/**
 * Turns the disk's refusal into one that a window can show.
 * @param attempt what was to be written, as the beginning of a sentence: "The note"
 * @throws CommandFailed 'diskFull' or 'diskFailed'; any other error as it came
 */
export function refuseDiskTrouble(error: unknown, attempt: string): never {
  const trouble = diskTroubleOf(error);
  if (trouble === null) throw error;
  const why = trouble === 'diskFull' ? 'the disk is full' : 'the disk could not be written';
  const next =
    trouble === 'diskFull'
      ? 'Free some space, then try again.'
      : 'Try again; if it goes on, copy the text and restart the computer.';
  throw new CommandFailed(
    trouble,
    `${attempt} was not saved: ${why}. What was saved before is safe, and the text stays in the field. ${next}`,
  );
}
