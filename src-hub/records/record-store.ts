// The persons and firms known to the hub, with their numbers, and the history of their changes. Everything that writes
// takes the transaction that it belongs to.
import { sql } from 'kysely';
import type { RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import { numberRows, recordRow, wholeRecords } from './record-rows.ts';

/** One entry of a record's history. */
export interface WrittenChange {
  readonly actor: Actor;
  readonly what: HubTables['record_change']['what'];
  /** What differs, by field; null where there is nothing to say (it was made, or erased). */
  readonly changes:
    | readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
    | null;
}

/** Enough to say who somebody is. */
export interface KnownRecord extends Pick<WholeRecord, 'id' | 'kind'> {
  readonly name: string;
  readonly numbers: readonly string[];
}

/** What a service hands from one store to another: a transaction. */
export type RecordsDatabase = HubDatabase;

export class RecordStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<KnownRecord[]> {
    const [records, numbers] = await Promise.all([
      this.#db.selectFrom('record').select(['id', 'kind', 'name']).orderBy('name').execute(),
      this.#db.selectFrom('record_number').select(['record_id', 'number']).orderBy('position').execute(),
    ]);
    const numbersOf = Map.groupBy(numbers, ({ record_id }) => record_id);
    return records.map((row) => ({
      ...row,
      numbers: (numbersOf.get(row.id) ?? []).map(({ number }) => number),
    }));
  }

  /** In one transaction; where the given one is none, in one of its own. */
  async inTransaction<T>(within: HubDatabase | undefined, work: (db: HubDatabase) => Promise<T>): Promise<T> {
    if (within) return await work(within);
    return await this.#db.transaction().execute(work);
  }

  /** @param db a transaction, or nothing for what is on disk now. */
  async find(id: RecordId, db: HubDatabase = this.#db): Promise<WholeRecord | null> {
    const row = await db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? ((await withNumbers(db, [row]))[0] ?? null) : null;
  }

  /** As `find`; nobody else changes it before this transaction ends. */
  async findToChange(id: RecordId, db: HubDatabase): Promise<WholeRecord | null> {
    if (onPostgres(db)) await sql`select 1 from record where id = ${id} for update`.execute(db);
    return await this.find(id, db);
  }

  /** Of those that are there: where they belong. As `findToChange`, nobody else changes them before this transaction ends. */
  async scopesToChange(
    ids: readonly RecordId[],
    db: HubDatabase,
  ): Promise<Map<RecordId, WholeRecord['projectId']>> {
    if (ids.length === 0) return new Map();
    // In one order everywhere: of two who lock the same, neither waits for the other in a circle.
    const query = db.selectFrom('record').select(['id', 'project_id']).where('id', 'in', ids).orderBy('id');
    const rows = await (onPostgres(db) ? query.forUpdate() : query).execute();
    return new Map(rows.map((row) => [row.id, row.project_id]));
  }

  async idOfExternal(externalId: string, db: HubDatabase = this.#db): Promise<RecordId | null> {
    const row = await db
      .selectFrom('record')
      .select('id')
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** @throws unique violations of the id and of `record_external_id` */
  async add(db: HubDatabase, record: WholeRecord, change: WrittenChange): Promise<void> {
    await db.insertInto('record').values(recordRow(record)).execute();
    await addNumbers(db, record);
    await this.keepChange(db, record, change);
  }

  /** @throws unique violations of `record_external_id` */
  async replace(db: HubDatabase, record: WholeRecord, change: WrittenChange): Promise<void> {
    const { id, ...columns } = recordRow(record);
    await db.updateTable('record').set(columns).where('id', '=', id).execute();
    await db.deleteFrom('record_number').where('record_id', '=', id).execute();
    await addNumbers(db, record);
    await this.keepChange(db, record, change);
  }

  async keepChange(
    db: HubDatabase,
    record: Pick<WholeRecord, 'id' | 'version' | 'changedAtMs'>,
    { actor, what, changes }: WrittenChange,
  ): Promise<void> {
    const { id } = await db
      .insertInto('record_change')
      .values({
        record_id: record.id,
        at_ms: record.changedAtMs,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.name,
        what,
        version: record.version,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (changes === null) return;
    await db
      .insertInto('record_change_detail')
      .values({ change_id: id, changes: JSON.stringify(changes) })
      .execute();
  }
}

async function addNumbers(db: HubDatabase, record: WholeRecord): Promise<void> {
  const rows = numberRows(record);
  if (rows.length > 0) await db.insertInto('record_number').values(rows).execute();
}

/** The same records with their numbers, in the same order. */
export async function withNumbers(
  db: HubDatabase,
  rows: readonly HubTables['record'][],
): Promise<WholeRecord[]> {
  if (rows.length === 0) return [];
  const numbers = await db
    .selectFrom('record_number')
    .selectAll()
    .where(
      'record_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('position')
    .execute();
  return wholeRecords(rows, numbers);
}
