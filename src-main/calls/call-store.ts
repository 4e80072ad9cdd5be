// Calls and their drafts on disk. Every write is on disk when the method returns (WAL, synchronous=FULL).
// Used by call-journal.ts, drafts.ts and finishing.ts, and by history for offers that the hub tells of.
// Errors are SQLite's own; who calls decides what they mean. Over 400 lines: one statement for each thing that is kept.
import { sql } from 'kysely';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import { emptyFormDraft, type FormDraft, formDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId, RecordId, SipCallId, UserId } from '#shared/domain/ids.ts';
import { type OrderCallOutcome, orderCallOutcome } from '#shared/domain/order.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallState, CallsTable, Flag } from '../database/tables.ts';
import { sayWrite } from '../database/way.ts';

/** What is still to be done about a call that is over. */
export type Settlement =
  | { readonly state: 'notNeeded' | 'toFinish' }
  | {
      readonly state: 'finished';
      readonly note: string;
      readonly disposition: Disposition | null;
      readonly undoUntilMs: number;
      readonly savedBy: 'agent' | 'expiry';
    };

type Identity = Pick<
  CallsTable,
  | 'call_id'
  | 'user_id'
  | 'sip_call_id'
  | 'direction'
  | 'redirected_from'
  | 'project_id'
  | 'project_name'
  | 'called_number'
  | 'order_id'
  | 'started_at_ms'
>;
type Progress = Pick<
  CallsTable,
  'answered_at_ms' | 'ended_at_ms' | 'outcome' | 'missed_reason' | 'end_cause' | 'transferred_to'
>;

type LostEnd = Omit<Progress, 'answered_at_ms' | 'transferred_to'> & { call_id: CallId };

export interface StoredCall extends Identity, Progress {
  readonly remote: RemoteParty;
  readonly internal: boolean;
  readonly dispositionRequired: boolean;
  /** Null while it is alive. */
  readonly settlement: Settlement | null;
  /** False for a missed call that is to be looked at. */
  readonly seen: boolean;
}

/** How far a call is, as finishing and drafts need to know it. */
export type CallPapers = Pick<
  CallsTable,
  | 'call_id'
  | 'user_id'
  | 'direction'
  | 'remote'
  | 'internal'
  | 'called_number'
  | 'project_id'
  | 'state'
  | 'disposition_required'
  | 'started_at_ms'
  | 'answered_at_ms'
  | 'ended_at_ms'
  | 'outcome'
  | 'end_cause'
  | 'undo_until_ms'
  | 'saved_by'
>;

export interface StoredDraft {
  readonly callId: CallId;
  readonly note: string;
  readonly dispositionId: DispositionId | null;
  readonly form: FormDraft;
  readonly savedAtMs: number;
}

/** What a save makes of the call itself. */
export interface Filed {
  readonly contactId: RecordId | null;
  readonly customerId: RecordId | null;
  readonly subject: string;
  /** With the name and record that it has now. */
  readonly remote: RemoteParty;
}

export type CallStore = ReturnType<typeof openCallStore>;
export type LeftOverCall = ReturnType<CallStore['aliveCalls']>[number];

const papersColumns = [
  'call_id',
  'user_id',
  'direction',
  'remote',
  'internal',
  'called_number',
  'project_id',
  'state',
  'disposition_required',
  'started_at_ms',
  'answered_at_ms',
  'ended_at_ms',
  'outcome',
  'end_cause',
  'undo_until_ms',
  'saved_by',
] as const;

export function openCallStore({ sqlite, kysely }: DesktopDatabase) {
  type FiledColumns =
    | 'subject'
    | 'contact_id'
    | 'customer_id'
    | 'remote_before'
    | 'report_due'
    | 'order_outcome';
  const upsertCall = prepare<Omit<CallsTable, 'place' | 'search_stale' | FiledColumns>>(sqlite).as(
    (given) => {
      const first = sql<number>`${given('started_at_ms')} * 1000`;
      const changing = {
        answered_at_ms: given('answered_at_ms'),
        ended_at_ms: given('ended_at_ms'),
        outcome: given('outcome'),
        missed_reason: given('missed_reason'),
        end_cause: given('end_cause'),
        transferred_to: given('transferred_to'),
        state: given('state'),
        seen: given('seen'),
        final_note: given('final_note'),
        final_disposition: given('final_disposition'),
        undo_until_ms: given('undo_until_ms'),
        saved_by: given('saved_by'),
        search_stale: 1 as const,
      };
      return kysely
        .insertInto('calls')
        .values({
          // Calls that began in the same millisecond stand in the order in which they came.
          place: sql<number>`coalesce(
          (SELECT max(place) + 1 FROM calls WHERE place >= ${first} AND place < ${first} + 1000), ${first})`,
          call_id: given('call_id'),
          user_id: given('user_id'),
          sip_call_id: given('sip_call_id'),
          direction: given('direction'),
          remote: given('remote'),
          redirected_from: given('redirected_from'),
          project_id: given('project_id'),
          project_name: given('project_name'),
          disposition_required: given('disposition_required'),
          internal: given('internal'),
          called_number: given('called_number'),
          order_id: given('order_id'),
          subject: '',
          report_due: 0,
          started_at_ms: given('started_at_ms'),
          ...changing,
        })
        .onConflict((conflict) => conflict.column('call_id').doUpdateSet(changing));
    },
  );
  const rename = prepare<{ callId: CallId; remote: string }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({ remote: given('remote'), search_stale: 1 })
      .where('call_id', '=', given('callId'))
      .where('remote_before', 'is', null),
  );
  const upsertDraft = prepare<{
    callId: CallId;
    note: string;
    dispositionId: DispositionId | null;
    form: string | null;
    savedAtMs: number;
  }>(sqlite).as((given) => {
    const changing = {
      note: given('note'),
      disposition_id: given('dispositionId'),
      form: given('form'),
      saved_at_ms: given('savedAtMs'),
      search_stale: 1 as const,
    };
    return kysely
      .insertInto('drafts')
      .values({ call_id: given('callId'), ...changing })
      .onConflict((conflict) => conflict.column('call_id').doUpdateSet(changing));
  });
  const draftOf = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .selectFrom('drafts')
      .where('call_id', '=', given('callId'))
      .select([
        'call_id as callId',
        'note',
        'disposition_id as dispositionId',
        'form',
        'saved_at_ms as savedAtMs',
      ]),
  );
  const papersOf = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.selectFrom('calls').where('call_id', '=', given('callId')).select(papersColumns),
  );
  const settle = prepare<{
    callId: CallId;
    state: CallState;
    note: string | null;
    disposition: string | null;
    undoUntilMs: number | null;
    savedBy: 'agent' | 'expiry' | null;
  }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({
        state: given('state'),
        final_note: given('note'),
        final_disposition: given('disposition'),
        undo_until_ms: given('undoUntilMs'),
        saved_by: given('savedBy'),
        search_stale: 1,
      })
      .where('call_id', '=', given('callId')),
  );
  const file = prepare<{
    callId: CallId;
    contactId: RecordId | null;
    customerId: RecordId | null;
    subject: string;
    remote: string;
  }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({
        contact_id: given('contactId'),
        customer_id: given('customerId'),
        subject: given('subject'),
        remote_before: sql<string>`remote`,
        remote: given('remote'),
        search_stale: 1,
      })
      .where('call_id', '=', given('callId')),
  );
  const unfile = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({
        contact_id: null,
        customer_id: null,
        subject: '',
        remote: sql<string>`coalesce(remote_before, remote)`,
        remote_before: null,
        search_stale: 1,
      })
      .where('call_id', '=', given('callId')),
  );
  const setOrderOutcome = prepare<{ callId: CallId; outcome: string | null }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({ order_outcome: given('outcome') })
      .where('call_id', '=', given('callId')),
  );
  const reported = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .selectFrom('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      .where('calls.call_id', '=', given('callId'))
      .where('calls.state', '<>', sql.lit<CallState>('alive'))
      .select([
        'calls.call_id',
        'calls.user_id',
        'calls.sip_call_id',
        'calls.direction',
        'calls.remote',
        'calls.redirected_from',
        'calls.project_id',
        'calls.contact_id',
        'calls.customer_id',
        'calls.subject',
        'calls.started_at_ms',
        'calls.answered_at_ms',
        'calls.ended_at_ms',
        'calls.outcome',
        'calls.missed_reason',
        'calls.state',
        'calls.final_note',
        'calls.final_disposition',
        'calls.order_outcome',
        'drafts.note',
        'drafts.disposition_id',
      ]),
  );
  const correctionsOf = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .selectFrom('corrections')
      .where('call_id', '=', given('callId'))
      .select(['id', 'at_ms', 'author', 'note', 'disposition'])
      .orderBy('id'),
  );
  const setReportDue = prepare<{ callId: CallId; due: Flag }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({ report_due: given('due') })
      .where('call_id', '=', given('callId'))
      .where('report_due', '<>', given('due')),
  );
  const toReport = prepare<{ userId: UserId }>(sqlite).as((given) =>
    kysely
      .selectFrom('calls')
      .where('user_id', '=', given('userId'))
      .where('report_due', '=', sql.lit(1))
      .orderBy('place')
      .select('call_id'),
  );
  const endLost = prepare<LostEnd & { seen: Flag }>(sqlite).as((given) =>
    kysely
      .updateTable('calls')
      .set({
        ended_at_ms: given('ended_at_ms'),
        outcome: given('outcome'),
        missed_reason: given('missed_reason'),
        end_cause: given('end_cause'),
        seen: given('seen'),
      })
      .where('call_id', '=', given('call_id')),
  );
  const alive = prepare(sqlite).as(() =>
    kysely
      .selectFrom('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      .where('calls.state', '=', sql.lit<CallState>('alive'))
      .orderBy('calls.place')
      .select([
        'calls.call_id',
        'calls.user_id',
        'calls.sip_call_id',
        'calls.direction',
        'calls.remote',
        'calls.internal',
        'calls.called_number',
        'calls.order_id',
        'calls.redirected_from',
        'calls.project_id',
        'calls.disposition_required',
        'calls.started_at_ms',
        'calls.answered_at_ms',
        'calls.ended_at_ms',
        'calls.outcome',
        'calls.missed_reason',
        'calls.end_cause',
        'calls.transferred_to',
        'drafts.note',
        'drafts.disposition_id',
        'drafts.form',
        'drafts.saved_at_ms',
      ]),
  );
  const undoable = prepare<{ nowMs: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('calls')
      .where('state', '=', sql.lit<CallState>('finished'))
      .where('undo_until_ms', '>', given('nowMs'))
      .select(['call_id', 'undo_until_ms']),
  );
  const bySipCallId = prepare<{ sipCallId: SipCallId }>(sqlite).as((given) =>
    kysely.selectFrom('calls').where('sip_call_id', '=', given('sipCallId')).select(['call_id', 'user_id']),
  );

  return {
    /** Makes the call's row or brings it up to date. */
    saveCall(call: StoredCall): void {
      const { remote, internal, dispositionRequired, settlement, seen, ...columns } = call;
      const final = settlement?.state === 'finished' ? settlement : null;
      upsertCall.run({
        ...columns,
        remote: JSON.stringify(remote),
        internal: flag(internal),
        disposition_required: flag(dispositionRequired),
        state: settlement?.state ?? 'alive',
        seen: flag(seen),
        final_note: final?.note ?? null,
        final_disposition: asJson(final?.disposition ?? null),
        undo_until_ms: final?.undoUntilMs ?? null,
        saved_by: final?.savedBy ?? null,
      });
    },
    /** Whom the other side turned out to be; a save that named somebody else stays. */
    rename(callId: CallId, remote: RemoteParty): void {
      rename.run({ callId, remote: JSON.stringify(remote) });
    },
    saveDraft(draft: StoredDraft): void {
      upsertDraft.run({
        ...draft,
        form: draft.form === emptyFormDraft ? null : JSON.stringify(draft.form),
      });
    },
    draftOf(callId: CallId): StoredDraft | null {
      const row = draftOf.get({ callId });
      return row ? { ...row, form: storedForm(row.form) } : null;
    },
    papersOf: (callId: CallId): CallPapers | null => papersOf.get({ callId }) ?? null,
    settle(callId: CallId, settlement: Settlement): void {
      const final = settlement.state === 'finished' ? settlement : null;
      settle.run({
        callId,
        state: settlement.state,
        note: final?.note ?? null,
        disposition: asJson(final?.disposition ?? null),
        undoUntilMs: final?.undoUntilMs ?? null,
        savedBy: final?.savedBy ?? null,
      });
    },
    /** What a save makes of the call's row, beside `settle`. */
    file(callId: CallId, { remote, ...filed }: Filed): void {
      file.run({ callId, ...filed, remote: JSON.stringify(remote) });
    },
    /** Puts back what `file` has changed. */
    unfile(callId: CallId): void {
      unfile.run({ callId });
    },
    /** What came of its order; null: it is taken back. */
    setOrderOutcome(callId: CallId, outcome: OrderCallOutcome | null): void {
      setOrderOutcome.run({ callId, outcome: outcome && JSON.stringify(outcome) });
    },
    /** A call that is over, as the hub is told of it; null while it is alive, and where there is none. */
    reported: (callId: CallId) => reported.get({ callId }) ?? null,
    setReportDue(callId: CallId, due: boolean): void {
      setReportDue.run({ callId, due: flag(due) });
    },
    /** Calls of this user that the hub is still to be told of, in their order. */
    toReport: (userId: UserId): CallId[] => toReport.all({ userId }).map((row) => row.call_id),
    correctionsOf: (callId: CallId) => correctionsOf.all({ callId }),
    /** Calls that were never closed, with their drafts: the app ended under them. */
    aliveCalls: () => alive.all({}),
    /** Saved calls whose undo is still open. */
    undoableCalls: (nowMs: number) => undoable.all({ nowMs }),
    endLost(call: LostEnd & { seen: boolean }): void {
      endLost.run({ ...call, seen: flag(call.seen) });
    },
    callsOfSipCallId: (sipCallId: SipCallId) => bySipCallId.all({ sipCallId }),
    /** All of `work` or nothing. */
    transaction<T>(work: () => T): T {
      sayWrite(sqlite);
      return sqlite.transaction(work).immediate();
    },
  };
}

function flag(value: boolean): Flag {
  return value ? 1 : 0;
}

/** @param json as `setOrderOutcome` wrote it */
export function storedOrderOutcome(json: string | null): OrderCallOutcome | null {
  return json === null ? null : orderCallOutcome.parse(JSON.parse(json));
}

/** @param json as `saveDraft` wrote it; one of a version that knew other fields reads as empty */
export function storedForm(json: string | null): FormDraft {
  if (json === null) return emptyFormDraft;
  const read = formDraft.safeParse(JSON.parse(json));
  return read.success ? read.data : emptyFormDraft;
}

function asJson(value: Disposition | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
