// A record's page as windows see it: the record, its calls and notes, and what this agent has still to do about it.
// Called by records-service.ts.
import type { RecordPage, SyncState } from '#shared/desktop/records-contract.ts';
import { disposition } from '#shared/domain/disposition.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import type { Agent } from '../calls/call-desk-ports.ts';
import { storedOrderOutcome } from '../calls/call-store.ts';
import type { NoteStore } from './note-store.ts';
import type { OwnCallRow, RecordPageStore } from './record-page-store.ts';
import type { SyncedCallStore } from './synced-call-store.ts';

export interface RecordPageParts {
  readonly notes: NoteStore;
  readonly syncedCalls: SyncedCallStore;
  readonly ownCalls: RecordPageStore;
  readonly agent: Agent;
  /** Of a call of this desktop: whether the hub has what was said of it. */
  readonly callState: (callId: CallId) => SyncState;
}

/** More than anybody reads; the rest is in the history. */
const mostCalls = 500;

type PageLists = Pick<RecordPage, 'calls' | 'notes' | 'openTasks'>;

export function pageLists(parts: RecordPageParts, { id }: Pick<WholeRecord, 'id'>): PageLists {
  const own = ownCallsOf(parts, id);
  const ownIds = new Set(own.map(({ call_id }) => call_id));
  const others = parts.syncedCalls.ofRecord(id, mostCalls).filter(({ callId }) => !ownIds.has(callId));
  const agentName = parts.agent.current()?.displayName ?? '';
  const calls = [
    ...own.map((row) => ownCall(row, agentName, parts.callState(row.call_id))),
    ...others.map(othersCall),
  ];
  return {
    calls: calls.sort((one, other) => other.startedAtMs - one.startedAtMs).slice(0, mostCalls),
    notes: parts.notes
      .ofRecord(id)
      .filter(({ callId }) => callId === null)
      .map(({ id: noteId, text, authorName, writtenAtMs, state }) => ({
        id: noteId,
        text,
        authorName,
        writtenAtMs,
        state,
      })),
    openTasks: own.flatMap((row): PageLists['openTasks'] => {
      if (row.state === 'toFinish') return [taskOf(row, 'toFinish')];
      return row.seen === 0 ? [taskOf(row, 'missed')] : [];
    }),
  };
}

function ownCallsOf({ ownCalls, agent }: RecordPageParts, id: RecordId): OwnCallRow[] {
  const userId = agent.current()?.userId;
  return userId === undefined ? [] : ownCalls.ownCalls(id, userId, mostCalls);
}

function taskOf(row: OwnCallRow, kind: 'toFinish' | 'missed'): PageLists['openTasks'][number] {
  return { callId: row.call_id, kind, atMs: row.started_at_ms };
}

function ownCall(row: OwnCallRow, agentName: string, state: SyncState): PageLists['calls'][number] {
  const finished = row.state === 'finished';
  return {
    callId: row.call_id,
    own: true,
    direction: row.direction,
    // Every row that is not alive has both; the fallbacks are for the type only.
    outcome: row.outcome ?? 'failed',
    startedAtMs: row.started_at_ms,
    answeredAtMs: row.answered_at_ms,
    endedAtMs: row.ended_at_ms ?? row.started_at_ms,
    agentName,
    note: (finished ? row.final_note : row.draft_note) ?? '',
    disposition:
      row.final_disposition === null ? null : disposition.parse(JSON.parse(row.final_disposition)).label,
    orderOutcome: storedOrderOutcome(row.order_outcome),
    state,
  };
}

function othersCall(call: SyncedCall): PageLists['calls'][number] {
  const last = call.corrections.at(-1);
  return {
    callId: call.callId,
    own: false,
    direction: call.direction,
    outcome: call.outcome,
    startedAtMs: call.startedAtMs,
    answeredAtMs: call.answeredAtMs,
    endedAtMs: call.endedAtMs,
    agentName: call.userName,
    note: [call.note, ...call.corrections.map(({ note }) => note)].filter((note) => note !== '').join('\n'),
    disposition: last?.dispositionLabel ?? call.dispositionLabel,
    orderOutcome: call.orderOutcome,
    state: 'sent',
  };
}
