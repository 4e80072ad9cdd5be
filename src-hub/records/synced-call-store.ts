// What desktops report of their calls. Each is its desktop's: a later word of the same user replaces it whole. A call that
// was about somebody erased is emptied, and stays so.
import { z } from 'zod';
import type { CallId } from '#shared/domain/ids.ts';
import { orderCallOutcome } from '#shared/domain/order.ts';
import { callCorrection, type SyncedCall } from '#shared/hub/sync-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export interface ReportedBefore
  extends Pick<SyncedCall, 'userId' | 'projectId' | 'finished' | 'dispositionId'> {
  readonly emptied: boolean;
}

export class SyncedCallStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Whose it is, and where it belonged until now; null where it is new. */
  async before(callId: CallId, db: HubDatabase): Promise<ReportedBefore | null> {
    const row = await db
      .selectFrom('synced_call')
      .select(['user_id', 'project_id', 'emptied', 'finished', 'disposition_id'])
      .where('call_id', '=', callId)
      .executeTakeFirst();
    if (!row) return null;
    return {
      userId: row.user_id,
      projectId: row.project_id,
      finished: row.finished === 1,
      dispositionId: row.disposition_id,
      emptied: row.emptied === 1,
    };
  }

  /** @param emptied it is about somebody erased: neither number nor name nor notes are kept. */
  async put(db: HubDatabase, call: SyncedCall, { emptied }: { emptied: boolean }): Promise<void> {
    const { call_id, ...columns } = {
      ...rowOf(call),
      ...(emptied ? withoutPerson : { emptied: 0 as const }),
    };
    await db
      .insertInto('synced_call')
      .values({ call_id, ...columns })
      .onConflict((conflict) => conflict.column('call_id').doUpdateSet(columns))
      .execute();
  }

  /** Those of these that name nobody any more. */
  async emptiedOf(ids: readonly CallId[]): Promise<Set<CallId>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('synced_call')
      .select('call_id')
      .where('call_id', 'in', ids)
      .where('emptied', '=', 1)
      .execute();
    return new Set(rows.map(({ call_id }) => call_id));
  }

  /** Those of these ids that are there, in no order. */
  async find(ids: readonly CallId[], db: HubDatabase = this.#db): Promise<SyncedCall[]> {
    if (ids.length === 0) return [];
    return (await db.selectFrom('synced_call').selectAll().where('call_id', 'in', ids).execute()).map(callOf);
  }
}

/** What an emptied call has in place of what named somebody. */
export const withoutPerson = {
  number: null,
  redirected_from: null,
  subject: '',
  note: '',
  corrections: '[]',
  emptied: 1,
} as const;

function rowOf(call: SyncedCall): Omit<HubTables['synced_call'], 'emptied'> {
  return {
    call_id: call.callId,
    sip_call_id: call.sipCallId,
    user_id: call.userId,
    user_name: call.userName,
    direction: call.direction,
    number: call.number,
    redirected_from: call.redirectedFrom,
    project_id: call.projectId,
    record_id: call.recordId,
    customer_id: call.customerId,
    subject: call.subject,
    started_at_ms: call.startedAtMs,
    answered_at_ms: call.answeredAtMs,
    ended_at_ms: call.endedAtMs,
    outcome: call.outcome,
    missed_reason: call.missedReason,
    note: call.note,
    disposition_id: call.dispositionId,
    disposition_label: call.dispositionLabel,
    order_outcome: call.orderOutcome && JSON.stringify(call.orderOutcome),
    finished: call.finished ? 1 : 0,
    corrections: JSON.stringify(call.corrections),
  };
}

function callOf(row: HubTables['synced_call']): SyncedCall {
  return {
    callId: row.call_id,
    sipCallId: row.sip_call_id,
    userId: row.user_id,
    userName: row.user_name,
    direction: row.direction,
    number: row.number,
    redirectedFrom: row.redirected_from,
    projectId: row.project_id,
    recordId: row.record_id,
    customerId: row.customer_id,
    subject: row.subject,
    startedAtMs: row.started_at_ms,
    answeredAtMs: row.answered_at_ms,
    endedAtMs: row.ended_at_ms,
    outcome: row.outcome,
    missedReason: row.missed_reason,
    note: row.note,
    dispositionId: row.disposition_id,
    dispositionLabel: row.disposition_label,
    orderOutcome: row.order_outcome === null ? null : orderCallOutcome.parse(JSON.parse(row.order_outcome)),
    finished: row.finished === 1,
    corrections: z.array(callCorrection).parse(JSON.parse(row.corrections)),
  };
}
