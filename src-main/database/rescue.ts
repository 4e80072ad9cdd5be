// A database that cannot be read any more is set aside, never deleted, and a new one begun: what the hub knows comes back
// by itself, and what only this computer had (calls, drafts, what is still to be sent, or saved) is taken over as far as it can be
// read. Called by open.ts.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3';
import { isDamage } from './database-errors.ts';

export interface Rescued {
  /** Where the damaged file is now. */
  readonly asideFile: string;
  /** Rows that could be taken over. */
  readonly calls: number;
  readonly unsent: number;
}

/** What only this computer has; those that others refer to come first. */
const ownTables = [
  'calls',
  'drafts',
  'corrections',
  'open_dialogs',
  'outbox',
  'outbox_counter',
  'unsaved_texts',
  'orders_on_desk',
  'list_settings',
] as const;
const parts = ['', '-wal', '-shm'] as const;

/** Where the new database grows, beside the damaged one, until it is whole. */
export function rescueFileOf(file: string): string {
  return `${file}.rescued`;
}

/** What a rescue has begun that came to no end is begun anew. */
export function forgetBegunRescue(file: string): void {
  for (const part of parts) rmSync(rescueFileOf(file) + part, { force: true });
}

/**
 * The new one, whole and closed, takes the place of the damaged one, which is set aside.
 * @returns the damaged one's new name, with the time in it. @throws where it cannot be renamed: it is then in its place
 */
export function putInPlace(file: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  const asideFile = `${file}.damaged-${stamp}`;
  for (const part of parts) if (existsSync(file + part)) renameSync(file + part, asideFile + part);
  renameSync(rescueFileOf(file), file);
  rmSync(markOf(file), { force: true });
  return asideFile;
}

/** A rescue that was cut off between the two names: the new one is whole, and nothing is in its place. */
export function endBegunRescue(file: string, nowMs: number): void {
  if (!existsSync(file) && existsSync(rescueFileOf(file))) putInPlace(file, nowMs);
}

/**
 * Copies what can be read into the new database, row by row; what cannot be read, or has no place there, is left out.
 * @throws what the new one cannot be written for: a full disk
 */
export function takeOver(damagedFile: string, sqlite: Sqlite): Omit<Rescued, 'asideFile'> {
  const counts = new Map<string, number>();
  const from = openAsItIs(damagedFile);
  if (!from) return { calls: 0, unsent: 0 };
  try {
    sqlite.pragma('foreign_keys = ON');
    for (const table of ownTables) {
      const take = sqlite.transaction(() => copyRows(from, sqlite, table));
      counts.set(table, take.immediate());
    }
    // The words that they are found by stay behind.
    sqlite.exec('UPDATE calls SET search_stale = 1');
    // No number is given twice, though the counter could not be read.
    sqlite.exec(
      `UPDATE outbox_counter SET sequence = max(sequence, (SELECT coalesce(max(sequence), 0) FROM outbox))`,
    );
  } finally {
    from.close();
  }
  return { calls: counts.get('calls') ?? 0, unsent: counts.get('outbox') ?? 0 };
}

function openAsItIs(file: string): Sqlite | null {
  try {
    const from = new BetterSqlite(file, { readonly: true, fileMustExist: true });
    from.prepare('SELECT count(*) FROM sqlite_master').get();
    return from;
  } catch (error) {
    if (error instanceof BetterSqlite.SqliteError) return null;
    throw error;
  }
}

/** From both ends, so that a damaged page in the middle costs only what stands there. */
function copyRows(from: Sqlite, to: Sqlite, table: (typeof ownTables)[number]): number {
  const known = new Set(to.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all().map(nameOf));
  let taken = 0;
  for (const order of ['ASC', 'DESC'] as const) {
    let isWhole = true;
    const damaged = () => {
      isWhole = false;
    };
    for (const row of readable(from, table, order, damaged)) taken += keep(to, table, row, known);
    if (isWhole) break;
  }
  return taken;
}

/** @param damaged called where the rest cannot be read in this order, or the table is not there. */
function* readable(from: Sqlite, table: string, order: 'ASC' | 'DESC', damaged: () => void) {
  try {
    const select = `SELECT * FROM ${table} NOT INDEXED ORDER BY rowid ${order}`;
    yield* from.prepare<[], Record<string, unknown>>(select).iterate();
  } catch (error) {
    if (!(error instanceof BetterSqlite.SqliteError)) throw error;
    damaged();
  }
}

function keep(to: Sqlite, table: string, row: Record<string, unknown>, known: ReadonlySet<string>): number {
  const columns = Object.keys(row).filter((name) => known.has(name));
  const replaces = table === 'outbox_counter' ? 'REPLACE' : 'IGNORE';
  try {
    const { changes } = to
      .prepare(
        `INSERT OR ${replaces} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      .run(columns.map((name) => row[name]));
    return changes;
  } catch (error) {
    // A draft whose call could not be read, a row of an older version that lacks what is needed now.
    if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return 0;
    throw error;
  }
}

const nameOf = ({ name }: { name: string }) => name;

/** Runs `work` on the database of this file; where it meets damage, the next start looks at all of it. @throws as `work` */
export function watched<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isDamage(error)) suspectFor(file, error);
    throw error;
  }
}

/** The damage is what is told on, also where the disk does not even take the mark: that stands behind it, as its cause. */
function suspectFor(file: string, damage: Error): void {
  try {
    suspect(file);
  } catch (error) {
    damage.cause ??= error;
  }
}

/** Something in it could not be read while it was in use: the next start looks at all of it. */
export function suspect(file: string): void {
  writeFileSync(markOf(file), '');
}

function markOf(file: string): string {
  return `${file}.suspect`;
}

/**
 * @returns whether the database holds what it should; one that does not stays suspected until it is set aside. Takes long,
 * and only where it was suspected.
 */
export function isSound(file: string): boolean {
  if (!existsSync(markOf(file))) return true;
  const sqlite = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const sound = sqlite.pragma('quick_check(1)', { simple: true }) === 'ok';
    if (sound) rmSync(markOf(file), { force: true });
    return sound;
  } catch (error) {
    if (!(error instanceof BetterSqlite.SqliteError)) throw error;
    return false;
  } finally {
    sqlite.close();
  }
}
