// One connection at a time writes to the database's file. Main says here that it is about to, and the thread that writes
// what syncing brings (sync/sync-writer.ts), which holds the file for longer, gives way at once. Knows no table.
import type { Database as Sqlite } from 'better-sqlite3';

const said = new WeakMap<Sqlite, Int32Array<SharedArrayBuffer>>();

/** Counts up each time that this connection is about to write; for another thread to look at. */
export function writesAhead(sqlite: Sqlite): SharedArrayBuffer {
  const count = said.get(sqlite) ?? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  said.set(sqlite, count);
  return count.buffer;
}

/** The other thread's side. @returns the count, which is another one each time that main is about to write */
export function askedFor(shared: SharedArrayBuffer): () => number {
  const count = new Int32Array(shared);
  return () => Atomics.load(count, 0);
}

/** Before a statement that writes, or the beginning of a transaction that will. */
export function sayWrite(sqlite: Sqlite): void {
  const count = said.get(sqlite);
  if (count) Atomics.add(count, 0, 1);
}

/** Runs `work` as one transaction, or as part of the caller's. @throws SqliteError; nothing is then written */
export function asOne<T>(sqlite: Sqlite, work: () => T): T {
  if (sqlite.inTransaction) return work();
  sayWrite(sqlite);
  return sqlite.transaction(work).immediate();
}
