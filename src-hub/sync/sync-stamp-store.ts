// Numbers changes for those who pull them. Called by whatever changes a record, note or call, as the last thing in its
// transaction: the one row of sync_head stays locked until the commit, so that numbers stand in the order of commits, on
// PostgreSQL too, and a cursor never passes a change that is still to come.
import { PostgresAdapter, sql } from 'kysely';
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export interface StampedChange {
  readonly entity: 'record' | 'note' | 'call';
  readonly id: string;
  readonly scope: SyncScope;
  /** Where it belonged before, if elsewhere. */
  readonly formerScope?: SyncScope;
  /** 'emptied': a call of another scope names nobody any more; this scope is told so, and nothing else of it. */
  readonly gone?: 'moved' | 'erased' | 'emptied';
}

type Entry = Omit<HubTables['sync_entry'], 'seq'>;

/** PostgreSQL tells every hub of a commit by it; nothing is said but that there is something to read. */
export const syncChannel = 'offhook_sync';

const putEntries = new BulkInsert(
  'sync_entry',
  { scope: 'text', entity: 'text', entity_id: 'text', seq: 'bigint', gone: 'text' },
  'on conflict (scope, entity, entity_id) do update set seq = excluded.seq, gone = excluded.gone',
);

/** @param db the transaction; nothing may be changed in it afterwards. */
export async function stampChange(db: HubDatabase, change: StampedChange): Promise<void> {
  await stampChanges(db, [change]);
}

/** As `stampChange`, for many at once. A record that moves takes its notes with it, one that is erased goes everywhere. */
export async function stampChanges(db: HubDatabase, changes: readonly StampedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const held = heldBack.get(db);
  if (held) {
    held.push(...changes);
    return;
  }
  const entries = await entriesOf(db, changes);
  const { seq: last } = await db
    .updateTable('sync_head')
    .set((row) => ({ seq: row('seq', '+', entries.length) }))
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow();
  const first = last - entries.length + 1;
  await putEntries.run(
    db,
    entries.map((entry, index) => ({ ...entry, seq: first + index })),
  );
  if (onPostgres(db)) await sql`select pg_notify(${syncChannel}, '')`.execute(db);
  else for (const listener of listeners.get(db.getExecutor().adapter) ?? []) listener();
}

const heldBack = new WeakMap<HubDatabase, StampedChange[]>();

/**
 * Many things in one transaction: what each stamps is numbered at the end of it, so that nobody waits for a row of ours
 * while we wait for one of theirs.
 * @param work is given what was held so far; it may take back the last of it, with a savepoint.
 */
export async function stampAtEnd<T>(
  db: HubDatabase,
  work: (held: StampedChange[]) => Promise<T>,
): Promise<{ result: T; stamp(): Promise<void> }> {
  const held: StampedChange[] = [];
  heldBack.set(db, held);
  try {
    const result = await work(held);
    return { result, stamp: () => stampChanges(db, held) };
  } finally {
    heldBack.delete(db);
  }
}

/** One connection of SQLite serves all: its adapter stands for the database, in a transaction or not. */
const listeners = new WeakMap<object, Set<() => void>>();

/** On SQLite: tells of a stamp, before its commit; whoever reads then, reads after it. @returns ends it. */
export function onStamped(db: HubDatabase, listener: () => void): () => void {
  const { adapter } = db.getExecutor();
  const all = listeners.get(adapter) ?? new Set();
  listeners.set(adapter, all.add(listener));
  return () => all.delete(listener);
}

export function onPostgres(db: HubDatabase): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The last word about an entity in a scope counts; an entry stands once in a statement. */
async function entriesOf(db: HubDatabase, changes: readonly StampedChange[]): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  const add = (entry: Entry) => {
    const key = JSON.stringify([entry.scope, entry.entity, entry.entity_id]);
    entries.delete(key);
    entries.set(key, entry);
  };
  for (const { entity, id, scope, formerScope = scope, gone = null } of changes) {
    const notes = entity === 'record' && formerScope !== scope ? await notesOf(db, id) : [];
    const all = [{ entity, id }, ...notes.map((note) => ({ entity: 'note' as const, id: note }))];
    for (const each of all) {
      const named = { entity: each.entity, entity_id: each.id };
      if (formerScope !== scope) add({ ...named, scope: formerScope ?? '', gone: gone ?? 'moved' });
      add({ ...named, scope: scope ?? '', gone });
    }
    if (gone === 'erased')
      for (const other of await scopesOf(db, entity, id)) add({ entity, entity_id: id, scope: other, gone });
  }
  return [...entries.values()];
}

async function notesOf(db: HubDatabase, recordId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('note')
    .select('id')
    .where('record_id', '=', recordId as HubTables['note']['record_id'])
    .execute();
  return rows.map(({ id }) => id);
}

async function scopesOf(
  db: HubDatabase,
  entity: Entry['entity'],
  id: string,
): Promise<HubTables['sync_entry']['scope'][]> {
  const rows = await db
    .selectFrom('sync_entry')
    .select('scope')
    .where('entity_id', '=', id)
    .where('entity', '=', entity)
    .execute();
  return rows.map(({ scope }) => scope);
}
