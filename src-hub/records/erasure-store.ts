// Takes a record out of the hub for good. Who erased it and when stays, and that there were calls; nothing that names the
// person does. Notes of calls are about the person, so they go, too, and so do messages that the person left. What arrives
// later about the person is emptied here as well.
import { sql } from 'kysely';
import type { CallId, NoteId, ProjectId, RecordId, SipCallId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { CallReport } from '#shared/hub/sync-contract.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import { eraseFromAutomations } from '../automations/automation-erasure-store.ts';
import { beside, oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { ErasedPeopleStore } from './erased-people-store.ts';
import { withoutPerson } from './synced-call-store.ts';

/** What a desktop says of time may be wrong by less than this. */
const wrongByMs = 24 * 3_600_000;

export interface ErasedParts {
  readonly noteIds: readonly NoteId[];
  /** They stay, without number, name, notes. */
  readonly calls: readonly { readonly callId: CallId; readonly projectId: ProjectId | null }[];
}

export interface CallInQuestion {
  /** Records that the call names and that are not there. */
  readonly unknownIds: readonly RecordId[];
  readonly numbers: readonly string[];
  readonly call: CallReport;
}

export class ErasureStore {
  readonly #db: HubDatabase;
  readonly #people: ErasedPeopleStore;

  constructor(db: HubDatabase, people: ErasedPeopleStore) {
    this.#db = db;
    this.#people = people;
  }

  /** Nothing arrives meanwhile that would not be known to be about the person. @param db the transaction, at its beginning. */
  async alone(db: HubDatabase): Promise<void> {
    await oneAtATime(db, 'erasures');
  }

  /** Nobody is erased before this transaction ends. @param db the transaction, at its beginning. */
  async beside(db: HubDatabase): Promise<void> {
    await beside(db, 'erasures');
  }

  /**
   * Whether a call that is reported now is about somebody who was erased: by a record that it names, or by a number that
   * was the person's alone, where the call began before the erasure.
   * @param numbers of the call, also as records keep them.
   */
  async isOfErased(db: HubDatabase, { unknownIds, numbers, call }: CallInQuestion): Promise<boolean> {
    if (await this.#people.anyErased(db, unknownIds)) return true;
    const known = numbers.filter((number) => !isShort(number));
    if (known.length === 0) return false;
    return await this.#people.anyNumberErased(db, known, await this.#beganAtMs(db, call));
  }

  /** Of a call that was emptied: what the exchange knows of who called. */
  async emptyRouted(db: HubDatabase, sipCallIds: readonly SipCallId[]): Promise<void> {
    for (const part of inParts(sipCallIds)) {
      await db
        .updateTable('routed_call')
        .set({ caller_number: null, caller_name: null, redirected_from: null })
        .where('sip_call_id', 'in', part)
        .execute();
    }
  }

  /** @param db the transaction, in which no other erasure is under way. */
  async erase(db: HubDatabase, record: WholeRecord, actor: Actor, atMs: number): Promise<ErasedParts> {
    const { id } = record;
    const noteIds = await db.selectFrom('note').select('id').where('record_id', '=', id).execute();
    const numbers = await onlyItsOwn(db, record);
    await this.#people.remember(db, numbers, atMs);
    const sipCallIds = await routedFrom(db, numbers);
    const calls = await this.#emptyCalls(db, record, numbers);
    await eraseFromAutomations(db, { recordId: id, callIds: calls.map(({ callId }) => callId), sipCallIds });
    await removeVoicemails(db, numbers);
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
      await db.updateTable('synced_call').set(withoutPerson).where('call_id', 'in', part).execute();
    }
    await db.updateTable('synced_call').set({ record_id: null }).where('record_id', '=', id).execute();
    await db.updateTable('synced_call').set({ customer_id: null }).where('customer_id', '=', id).execute();
    await this.emptyRouted(db, sipCallIds);
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
    }
    return rows.map(({ call_id, project_id }) => ({ callId: call_id, projectId: project_id }));
  }

  /** By the hub's clock where it routed the call, else by the desktop's, which may be wrong. */
  async #beganAtMs(db: HubDatabase, { sipCallId, startedAtMs }: CallReport): Promise<number> {
    const routed =
      sipCallId === null
        ? undefined
        : await db
            .selectFrom('routed_call')
            .select('at_ms')
            .where('sip_call_id', '=', sipCallId)
            .executeTakeFirst();
    return routed?.at_ms ?? startedAtMs - wrongByMs;
  }
}

/** Calls that the exchange knows to have come from there. */
async function routedFrom(db: HubDatabase, numbers: readonly string[]): Promise<SipCallId[]> {
  if (numbers.length === 0) return [];
  const rows = await db
    .selectFrom('routed_call')
    .select('sip_call_id')
    .where('caller_number', 'in', numbers)
    .execute();
  return rows.map(({ sip_call_id }) => sip_call_id);
}

/** Nothing is left of a message without its sound and its caller. Which sound is to go is kept until it is gone. */
async function removeVoicemails(db: HubDatabase, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return;
  const rows = await db.selectFrom('voicemail').select('id').where('caller_number', 'in', numbers).execute();
  const ids = rows.map(({ id }) => id);
  for (const part of inParts(ids)) {
    await db
      .insertInto('erased_voicemail')
      .values(part.map((voicemail_id) => ({ voicemail_id })))
      .execute();
    await db.deleteFrom('voicemail').where('id', 'in', part).execute();
  }
}

/** A number that somebody else has, too, says nothing of this one; short numbers are the company's. */
async function onlyItsOwn(db: HubDatabase, { id, numbers }: WholeRecord): Promise<string[]> {
  const own = [...new Set(numbers.map(({ number }) => number))].filter((number) => !isShort(number));
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

function isShort(number: string): boolean {
  return /^\d{2,6}$/.test(number);
}

const mostAtOnce = 500;

function inParts<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += mostAtOnce) parts.push(all.slice(from, from + mostAtOnce));
  return parts;
}
