// Takes a record out of the hub for good. Who erased it and when stays, and that there were calls; nothing that names the
// person does. Notes of calls are about the person, so they go, too.
import { sql } from 'kysely';
import type { CallId, NoteId, ProjectId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';

export interface ErasedParts {
  readonly noteIds: readonly NoteId[];
  /** They stay, without number, name, notes. */
  readonly calls: readonly { readonly callId: CallId; readonly projectId: ProjectId | null }[];
}

export class ErasureStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @param db the transaction. */
  async erase(db: HubDatabase, record: WholeRecord, actor: Actor, atMs: number): Promise<ErasedParts> {
    const { id } = record;
    const noteIds = await db.selectFrom('note').select('id').where('record_id', '=', id).execute();
    const numbers = await onlyItsOwn(db, record);
    const calls = await this.#emptyCalls(db, record, numbers);
    await db.deleteFrom('note').where('record_id', '=', id).execute();
    await db.deleteFrom('record_number').where('record_id', '=', id).execute();
    await db.deleteFrom('record').where('id', '=', id).execute();
    await db
      .deleteFrom('record_change_detail')
      .where('change_id', 'in', (query) =>
        query.selectFrom('record_change').select('id').where('record_id', '=', id),
      )
      .execute();
    await db
      .insertInto('record_change')
      .values({
        record_id: id,
        at_ms: atMs,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.name,
        what: 'erase',
        version: record.version + 1,
      })
      .execute();
    await db
      .deleteFrom('audit_detail')
      .where('entry_id', 'in', (query) =>
        query
          .selectFrom('audit_entry')
          .select('id')
          .where('subject_kind', '=', 'record')
          .where('subject_id', '=', id),
      )
      .execute();
    await appendAudit(
      db,
      {
        actor,
        action: 'record.erase',
        // What kind it was says nothing of whom.
        subject: { kind: 'record', id, name: record.kind },
        projectId: record.projectId,
        before: { kind: record.kind },
        after: {},
      },
      atMs,
    );
    return { noteIds: noteIds.map((row) => row.id), calls };
  }

  /** SQLite's write-ahead log holds the rows as they were until it is emptied. PostgreSQL sees to its own. */
  async wipeFreed(): Promise<void> {
    if (!onPostgres(this.#db)) await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  async #emptyCalls(
    db: HubDatabase,
    { id }: WholeRecord,
    numbers: readonly string[],
  ): Promise<ErasedParts['calls']> {
    const rows = await db
      .selectFrom('synced_call')
      .select(['call_id', 'sip_call_id', 'project_id'])
      .where((is) =>
        is.or([
          is('record_id', '=', id),
          is('customer_id', '=', id),
          ...(numbers.length > 0 ? [is('number', 'in', numbers), is('redirected_from', 'in', numbers)] : []),
        ]),
      )
      .execute();
    const sipCallIds = [...new Set(rows.flatMap(({ sip_call_id }) => sip_call_id ?? []))];
    for (const part of inParts(rows.map(({ call_id }) => call_id))) {
      await db
        .updateTable('synced_call')
        .set({ number: null, redirected_from: null, subject: '', note: '', corrections: '[]' })
        .where('call_id', 'in', part)
        .execute();
    }
    await db.updateTable('synced_call').set({ record_id: null }).where('record_id', '=', id).execute();
    await db.updateTable('synced_call').set({ customer_id: null }).where('customer_id', '=', id).execute();
    for (const part of inParts(sipCallIds)) {
      await db
        .updateTable('routed_call')
        .set({ caller_number: null, caller_name: null, redirected_from: null })
        .where('sip_call_id', 'in', part)
        .execute();
    }
    for (const part of inParts(numbers)) {
      await db
        .updateTable('routed_call')
        .set({ caller_number: null, caller_name: null })
        .where('caller_number', 'in', part)
        .execute();
      await db
        .updateTable('routed_call')
        .set({ redirected_from: null })
        .where('redirected_from', 'in', part)
        .execute();
      await db
        .updateTable('voicemail')
        .set({ caller_number: null, caller_name: null })
        .where('caller_number', 'in', part)
        .execute();
    }
    return rows.map(({ call_id, project_id }) => ({ callId: call_id, projectId: project_id }));
  }
}

/** A number that somebody else has, too, says nothing of this one; short numbers are the company's. */
async function onlyItsOwn(db: HubDatabase, { id, numbers }: WholeRecord): Promise<string[]> {
  const own = [...new Set(numbers.map(({ number }) => number))].filter((number) => !/^\d{2,6}$/.test(number));
  if (own.length === 0) return [];
  const others = await db
    .selectFrom('record_number')
    .select('number')
    .where('number', 'in', own)
    .where('record_id', '<>', id)
    .execute();
  const shared = new Set(others.map(({ number }) => number));
  return own.filter((number) => !shared.has(number));
}

const mostAtOnce = 500;

function inParts<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += mostAtOnce) parts.push(all.slice(from, from + mostAtOnce));
  return parts;
}
