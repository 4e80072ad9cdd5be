// Carries a Save out beside the call's own row: the record made, changed or given the number, and the hub's report; and
// takes all of it back. Called inside the transaction that writes the row, by finishing.ts, drafts.ts, call-journal.ts,
// left-over-calls.ts and the history. Nothing here reaches the hub: it is put into the outbox.
import { randomUUID } from 'node:crypto';
import { type RemoteParty, remoteParty } from '#shared/domain/call-view.ts';
import { type Disposition, disposition as dispositionSchema } from '#shared/domain/disposition.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';
import { recordId as asRecordId, type CallId, type UserId } from '#shared/domain/ids.ts';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import type { CallReport } from '#shared/hub/sync-contract.ts';
import type { Agent, CallRecords, Dispositions, NumberFormat, Sending } from './call-desk-ports.ts';
import { type CallStore, storedOrderOutcome } from './call-store.ts';
import type { ContactPlan, FormPlan } from './form-plan.ts';

type Contact = Pick<WholeRecord, 'id' | 'kind'> & { readonly name: string };

/** The hub takes no more of one call. */
const mostCorrections = 1_000;

export class Filing {
  readonly #store: CallStore;
  readonly #records: CallRecords;
  readonly #numbers: NumberFormat;
  readonly #dispositions: Dispositions;
  readonly #agent: Agent;

  constructor(parts: {
    store: CallStore;
    records: CallRecords;
    numbers: NumberFormat;
    dispositions: Dispositions;
    agent: Agent;
  }) {
    this.#store = parts.store;
    this.#records = parts.records;
    this.#numbers = parts.numbers;
    this.#dispositions = parts.dispositions;
    this.#agent = parts.agent;
  }

  /**
   * The call's row says already that it is finished.
   * @throws SqliteError
   */
  file(callId: CallId, plan: FormPlan, draft: FormDraft, undoUntilMs: number): void {
    const row = this.#store.reported(callId);
    if (!row) return;
    const sending = { callId, undoUntilMs };
    const remote = remoteParty.parse(JSON.parse(row.remote));
    const contact = this.#carryOut(plan.contact, sending);
    if (draft.saveNumber && plan.numberGoesTo && remote.number !== null)
      this.#addNumber(plan.numberGoesTo, remote.number, sending);
    // With a customer alone, the call is with them.
    const alone = plan.customer && { ...plan.customer, name: recordName(plan.customer) };
    this.#store.file(callId, {
      contactId: contact?.id ?? null,
      customerId: plan.customer?.id ?? null,
      subject: draft.subject.trim(),
      remote: named(remote, contact ?? alone ?? (draft.contact.choice === 'none' ? 'nobody' : null)),
    });
    this.report(callId, undoUntilMs);
  }

  /** @throws SqliteError */
  takeBack(callId: CallId): void {
    this.#records.takeBack(callId);
    this.#store.unfile(callId);
  }

  /**
   * Tells the hub of a call that is over, as its row and its draft are now; once its agent is signed in.
   * @param undoUntilMs not before then; null: at once
   * @throws SqliteError
   */
  report(callId: CallId, undoUntilMs: number | null): void {
    const row = this.#store.reported(callId);
    if (!row) return;
    const isHere = this.#agent.current()?.userId === row.user_id;
    this.#store.setReportDue(callId, !isHere);
    if (isHere) this.#records.report(this.#reportOf(callId, row), { callId, undoUntilMs });
  }

  /** As `report` at once, in the place of what was still to be told of the call. @throws SqliteError */
  reportAnew(callId: CallId): void {
    this.#records.takeBackReports(callId);
    this.report(callId, null);
  }

  /** What could not be told while that agent was away. @throws SqliteError */
  reportLater(userId: UserId): void {
    const due = this.#store.toReport(userId);
    if (due.length > 0)
      this.#store.transaction(() => {
        for (const callId of due) this.report(callId, null);
      });
  }

  #carryOut(plan: ContactPlan, sending: Sending): Contact | null {
    if (plan.does === 'nothing') return null;
    if (plan.does === 'keeps') {
      const { record, change } = plan;
      if (change) this.#records.change(record.id, change, sending);
      const now = this.#records.find(record.id) ?? record;
      return { id: now.id, kind: now.kind, name: recordName(now) };
    }
    const id = asRecordId.parse(randomUUID());
    this.#records.create(id, plan.content, sending);
    return { id, kind: plan.content.kind, name: recordName(plan.content) };
  }

  /** FORM-5. The record may have been changed a moment ago, by this very save. */
  #addNumber({ id }: WholeRecord, number: string, sending: Sending): void {
    const record = this.#records.find(id);
    if (!record) return;
    const added = { number: this.#numbers.comparable(number), extension: '', label: 'other' as const };
    const change = {
      before: { numbers: record.numbers },
      changes: { numbers: [...record.numbers, added] },
    };
    this.#records.change(id, change, sending);
  }

  #reportOf(callId: CallId, row: NonNullable<ReturnType<CallStore['reported']>>): CallReport {
    const remote = remoteParty.parse(JSON.parse(row.remote));
    const chosen = row.final_disposition
      ? dispositionSchema.parse(JSON.parse(row.final_disposition))
      : row.disposition_id === null
        ? null
        : this.#dispositions.find(row.disposition_id);
    const contactId = row.contact_id ?? remote.recordId ?? row.customer_id;
    return {
      callId,
      sipCallId: row.sip_call_id,
      direction: row.direction,
      number: remote.number,
      redirectedFrom: row.redirected_from,
      projectId: row.project_id,
      recordId: contactId,
      customerId: contactId === row.customer_id ? null : row.customer_id,
      subject: row.subject,
      startedAtMs: row.started_at_ms,
      answeredAtMs: row.answered_at_ms,
      endedAtMs: row.ended_at_ms ?? row.started_at_ms,
      outcome: row.outcome ?? 'failed',
      missedReason: row.missed_reason,
      note: (row.state === 'finished' ? row.final_note : row.note) ?? '',
      dispositionId: chosen?.id ?? null,
      dispositionLabel: chosen?.label ?? null,
      orderOutcome: storedOrderOutcome(row.order_outcome),
      finished: row.state === 'finished',
      corrections: this.#store
        .correctionsOf(callId)
        .slice(-mostCorrections)
        .map((each) => ({ each, disposition: dispositionFrom(each.disposition) }))
        .map(({ each, disposition }) => ({
          id: String(each.id),
          atMs: each.at_ms,
          author: each.author,
          note: each.note,
          dispositionId: disposition?.id ?? null,
          dispositionLabel: disposition?.label ?? null,
        })),
    };
  }
}

function dispositionFrom(json: string | null): Disposition | null {
  return json === null ? null : dispositionSchema.parse(JSON.parse(json));
}

/** Who the agent says it is; null where they say nothing, and 'nobody' where they say that it is none of those found. */
function named(remote: RemoteParty, contact: Contact | 'nobody' | null): RemoteParty {
  if (contact === null) return remote;
  if (contact === 'nobody') return { ...remote, recordId: null, recordKind: null };
  return {
    ...remote,
    name: contact.name === '' ? remote.name : contact.name.slice(0, 10_000),
    recordId: contact.id,
    recordKind: contact.kind,
  };
}
