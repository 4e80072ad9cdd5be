// Reads what happened in the past: what a rule may be tried out against, and what an event says of its call.
import type { AutomationTrigger } from '#shared/domain/automation.ts';
import type { AttemptId, CallId, OrderId, ProjectId, RecordId, SipCallId } from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { attemptOf } from '../dial-up/attempt-store.ts';
import { SyncedCallStore } from '../records/synced-call-store.ts';
import { callIdOf, type FactsOfCall } from './facts.ts';

const most = 30;
const nobodyAnswered = ['voicemail', 'abandoned', 'refused', 'cutOff'] as const;

type Of<On extends AutomationTrigger['on']> = Extract<AutomationTrigger, { on: On }>;

export class CandidateStore {
  readonly #db: HubDatabase;
  readonly #calls: SyncedCallStore;

  constructor(db: HubDatabase) {
    this.#db = db;
    this.#calls = new SyncedCallStore(db);
  }

  async synced(id: CallId, db: HubDatabase = this.#db): Promise<SyncedCall | null> {
    return (await this.#calls.find([id], db))[0] ?? null;
  }

  /** As the exchange keeps it; null where it was no project's, or is not there. */
  async missed(
    id: SipCallId,
    db: HubDatabase = this.#db,
  ): Promise<{ projectId: ProjectId; call: FactsOfCall } | null> {
    const row = await db
      .selectFrom('routed_call')
      .select(['at_ms', 'project_id', 'caller_number'])
      .where('sip_call_id', '=', id)
      .executeTakeFirst();
    if (!row || row.project_id === null) return null;
    const call: FactsOfCall = {
      id: callIdOf(id),
      direction: 'inbound',
      number: row.caller_number,
      outcome: 'missed',
      startedAtMs: row.at_ms,
      talkedMs: 0,
      dispositionId: null,
      disposition: '',
      note: '',
    };
    return { projectId: row.project_id, call };
  }

  async missedCalls(projectId: ProjectId): Promise<SipCallId[]> {
    const rows = await this.#db
      .selectFrom('routed_call')
      .select('sip_call_id')
      .where('project_id', '=', projectId)
      .where('outcome', 'in', nobodyAnswered)
      .orderBy('at_ms', 'desc')
      .limit(most)
      .execute();
    return rows.map(({ sip_call_id }) => sip_call_id);
  }

  async finishedCalls(projectId: ProjectId, { dispositionIds }: Of<'disposition'>): Promise<SyncedCall[]> {
    let query = this.#db
      .selectFrom('synced_call')
      .select('call_id')
      .where('project_id', '=', projectId)
      .where('finished', '=', 1)
      .where('disposition_id', 'is not', null)
      .orderBy('started_at_ms', 'desc')
      .limit(most);
    if (dispositionIds.length > 0) query = query.where('disposition_id', 'in', dispositionIds);
    const ids = (await query.execute()).map(({ call_id }) => call_id);
    return (await this.#calls.find(ids)).sort((one, other) => other.startedAtMs - one.startedAtMs);
  }

  async attempts(
    projectId: ProjectId,
    { modes, buttons }: Of<'orderOutcome'>,
  ): Promise<{ attempt: Attempt; recordId: RecordId }[]> {
    let query = this.#db
      .selectFrom('dial_attempt')
      .innerJoin('dial_order', 'dial_order.id', 'dial_attempt.order_id')
      .selectAll('dial_attempt')
      .select('dial_order.record_id')
      .where('dial_order.project_id', '=', projectId)
      .orderBy('arrived_at_ms', 'desc')
      .limit(most);
    if (modes.length > 0) query = query.where('mode', 'in', modes);
    if (buttons.length > 0) query = query.where('button', 'in', buttons);
    return (await query.execute()).map((row) => ({ attempt: attemptOf(row), recordId: row.record_id }));
  }

  async attempt(
    id: AttemptId,
  ): Promise<{ attempt: Attempt; recordId: RecordId; projectId: ProjectId } | null> {
    const row = await this.#db
      .selectFrom('dial_attempt')
      .innerJoin('dial_order', 'dial_order.id', 'dial_attempt.order_id')
      .selectAll('dial_attempt')
      .select(['dial_order.record_id', 'dial_order.project_id'])
      .where('dial_attempt.id', '=', id)
      .executeTakeFirst();
    return row ? { attempt: attemptOf(row), recordId: row.record_id, projectId: row.project_id } : null;
  }

  async records(
    projectId: ProjectId,
    { kinds }: Of<'recordCreated'>,
  ): Promise<(Pick<WholeRecord, 'id' | 'kind'> & { name: string; createdAtMs: number })[]> {
    let query = this.#db
      .selectFrom('record')
      .select(['id', 'kind', 'name', 'created_at_ms'])
      .where('project_id', '=', projectId)
      .orderBy('created_at_ms', 'desc')
      .limit(most);
    if (kinds.length > 0) query = query.where('kind', 'in', kinds);
    return (await query.execute()).map(({ created_at_ms, ...rest }) => ({
      ...rest,
      createdAtMs: created_at_ms,
    }));
  }

  /** By names that people read; '' where they have none. */
  async namesOf(ids: readonly RecordId[]): Promise<Map<RecordId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('record').select(['id', 'name']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Of the project before others, then whoever was changed last. @param number as records keep it. */
  async recordOfNumber(db: HubDatabase, projectId: ProjectId, number: string): Promise<RecordId | null> {
    const rows = await db
      .selectFrom('record_number')
      .innerJoin('record', 'record.id', 'record_number.record_id')
      .select(['record.id', 'record.project_id'])
      .where('record_number.number', '=', number)
      .where((is) => is.or([is('record.project_id', '=', projectId), is('record.project_id', 'is', null)]))
      .orderBy('record.changed_at_ms', 'desc')
      .orderBy('record.id')
      .execute();
    return (rows.find(({ project_id }) => project_id !== null) ?? rows[0])?.id ?? null;
  }

  /** Of the record's orders in this project, the one that was changed last. */
  async lastOrderOf(db: HubDatabase, recordId: RecordId, projectId: ProjectId): Promise<OrderId | null> {
    const row = await db
      .selectFrom('dial_order')
      .select('id')
      .where('record_id', '=', recordId)
      .where('project_id', '=', projectId)
      .orderBy('changed_at_ms', 'desc')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? null;
  }
}
