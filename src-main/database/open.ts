// Opens the desktop's database so that what is marked saved survives a power cut, and brings it up to date.
// Called once by compose.ts, and by tests. Knows no table.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { DatabaseUnreadable, isDamage } from './database-errors.ts';
import { desktopMigrations, type Migrations, migrateToLatest, refuseNewer } from './migrate.ts';
import {
  endBegunRescue,
  forgetBegunRescue,
  isSound,
  putInPlace,
  type Rescued,
  rescueFileOf,
  takeOver,
} from './rescue.ts';
import type { DesktopTables } from './tables.ts';

export interface DesktopDatabase {
  readonly sqlite: Sqlite;
  readonly kysely: Kysely<DesktopTables>;
  close(): void;
}

const busyTimeoutMs = 2000;

/**
 * @param file created, readable by this user only, where it is not there yet
 * @param migrations this version's own; others in tests only
 * @throws DatabaseTooNew, DatabaseUnreadable: the file is then untouched
 */
export async function openDatabase(
  file: string,
  migrations: Migrations = desktopMigrations,
): Promise<DesktopDatabase> {
  if (existsSync(file) && statSync(file).size > 0) lookBeforeWriting(file, migrations);
  else createForThisUserOnly(file);
  const sqlite = new BetterSqlite(file, { timeout: busyTimeoutMs });
  try {
    chmodSync(file, 0o600);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    // fsync on macOS does not reach the platter; F_FULLFSYNC does.
    if (process.platform === 'darwin') {
      sqlite.pragma('fullfsync = ON');
      sqlite.pragma('checkpoint_fullfsync = ON');
    }
    sqlite.pragma('foreign_keys = ON');
    // What was erased stays in no free page.
    sqlite.pragma('secure_delete = ON');
    const kysely = new Kysely<DesktopTables>({ dialect: new SqliteDialect({ database: sqlite }) });
    await migrateToLatest(sqlite, kysely, migrations);
    return { sqlite, kysely, close: () => sqlite.close() };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/**
 * As `openDatabase`; one that is damaged is set aside under another name, and what only this computer had is taken over
 * into a new one as far as it can be read. Where that fails, the damaged one stays, and the next start tries it again.
 * @param nowMs stands in the name of the damaged one
 * @throws DatabaseTooNew; errors of the file system
 */
export async function openOrRescue(
  file: string,
  nowMs: number,
): Promise<{ readonly database: DesktopDatabase; readonly rescued: Rescued | null }> {
  endBegunRescue(file, nowMs);
  try {
    if (existsSync(file) && !isSound(file)) throw new DatabaseUnreadable(file, null);
    return { database: await openDatabase(file), rescued: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const rescued = await rescue(file, nowMs);
    return { database: await openDatabase(file), rescued };
  }
}

/** The new database is whole before it takes the old one's place: cut off at any moment, the next start does it again. */
async function rescue(file: string, nowMs: number): Promise<Rescued> {
  forgetBegunRescue(file);
  const made = await openDatabase(rescueFileOf(file));
  let taken: Omit<Rescued, 'asideFile'>;
  try {
    taken = takeOver(file, made.sqlite);
  } catch (error) {
    made.close();
    forgetBegunRescue(file);
    throw error;
  }
  made.close();
  return { asideFile: putInPlace(file, nowMs), ...taken };
}

/** Room for the pages of an index that a search walks through, in KiB. */
const readerCacheKiB = 32_768;

/**
 * Opens a database that is up to date for reading only: for a thread that looks through much of it, beside main.
 * @throws SqliteError where there is none
 */
export function openForReading(file: string): DesktopDatabase {
  const sqlite = new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  sqlite.pragma(`cache_size = -${readerCacheKiB}`);
  const kysely = new Kysely<DesktopTables>({ dialect: new SqliteDialect({ database: sqlite }) });
  return { sqlite, kysely, close: () => sqlite.close() };
}

function lookBeforeWriting(file: string, migrations: Migrations): void {
  let reader: Sqlite | null = null;
  try {
    reader = new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    refuseNewer(reader, migrations);
  } catch (error) {
    throw isDamage(error) ? new DatabaseUnreadable(file, error) : error;
  } finally {
    reader?.close();
  }
}

/**
 * Opens a database that is up to date for the thread that writes what comes from the hub. A power cut may take the last of
 * it, which the hub then gives again; what main writes afterwards takes it to the disk, too.
 * @throws SqliteError where there is none
 */
export function openForSync(file: string): DesktopDatabase {
  const sqlite = new BetterSqlite(file, { fileMustExist: true, timeout: busyTimeoutMs });
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('secure_delete = ON');
  const kysely = new Kysely<DesktopTables>({ dialect: new SqliteDialect({ database: sqlite }) });
  return { sqlite, kysely, close: () => sqlite.close() };
}

/** SQLite gives its -wal and -shm files the mode of the database itself. */
function createForThisUserOnly(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}
