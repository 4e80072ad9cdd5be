// Turns a stored call into the entry that windows see. Called by history-service.ts. Pure but for the disposition list.
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import { endCause, type RemoteParty, remoteParty } from '#shared/domain/call-view.ts';
import { type Disposition, disposition } from '#shared/domain/disposition.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import type { Dispositions } from '../calls/call-desk-ports.ts';
import type { CallFormDesk } from '../calls/call-form-desk.ts';
import { storedForm, storedOrderOutcome } from '../calls/call-store.ts';
import type { HistoryRow } from './history-store.ts';

interface StoredCorrection {
  readonly at_ms: number;
  readonly author: string;
  readonly note: string;
  readonly disposition: string | null;
}

export interface EntryLookups {
  readonly dispositions: Dispositions;
  readonly forms: Pick<CallFormDesk, 'briefOfId'>;
  /** Decides whether a saved call can still be undone. */
  readonly nowMs: number;
}

export function entryOf(
  row: HistoryRow,
  corrections: readonly StoredCorrection[],
  { dispositions, forms, nowMs }: EntryLookups,
): HistoryEntry {
  const finished = row.state === 'finished';
  // Of an order's call the outcome is taken back, and the save with it.
  const undoable = finished && row.order_id === null && nowMs <= (row.undo_until_ms ?? 0);
  const drafted = row.draft_disposition_id === null ? null : dispositions.find(row.draft_disposition_id);
  const remote = storedRemote(row.remote);
  return {
    callId: row.call_id,
    direction: row.direction,
    // Every row that is not alive has both; the fallbacks are for the type only.
    outcome: row.outcome ?? 'failed',
    missedReason: row.missed_reason,
    endCause: endCause.nullable().catch('other').parse(row.end_cause),
    transferredTo: row.transferred_to,
    remote,
    redirectedFrom: row.redirected_from,
    projectId: row.project_id,
    projectName: row.project_name,
    startedAtMs: row.started_at_ms,
    answeredAtMs: row.answered_at_ms,
    endedAtMs: row.ended_at_ms ?? row.started_at_ms,
    note: (finished ? row.final_note : row.draft_note) ?? '',
    disposition: finished ? storedDisposition(row.final_disposition) : drafted,
    orderOutcome: storedOrderOutcome(row.order_outcome),
    subject: finished ? row.subject : storedForm(row.draft_form).subject,
    contact: forms.briefOfId(contactIdOf(row, remote)),
    customer: forms.briefOfId(row.customer_id),
    dispositionRequired: row.disposition_required === 1 && row.answered_at_ms !== null,
    state: stateOf(row, undoable),
    undoUntilMs: undoable ? row.undo_until_ms : null,
    seen: row.seen === 1,
    corrections: corrections.map((correction) => ({
      atMs: correction.at_ms,
      author: correction.author,
      note: correction.note,
      disposition: storedDisposition(correction.disposition),
    })),
  };
}

/** Of a call with a customer alone, `remote` is the customer. */
function contactIdOf(row: HistoryRow, remote: RemoteParty): RecordId | null {
  if (row.contact_id !== null) return row.contact_id;
  return remote.recordId === row.customer_id ? null : remote.recordId;
}

export function storedRemote(json: string): RemoteParty {
  return remoteParty.parse(JSON.parse(json));
}

function storedDisposition(json: string | null): Disposition | null {
  return json === null ? null : disposition.parse(JSON.parse(json));
}

function stateOf(row: HistoryRow, undoable: boolean): HistoryEntry['state'] {
  switch (row.state) {
    case 'finished':
      return undoable ? 'undoable' : 'finished';
    case 'toFinish':
    case 'notNeeded':
      return row.state;
    case 'alive':
      throw new Error('A call that is alive has no entry in the history.');
  }
}
