// Writes down what happened for the rules that wait for it, in the same transaction, so that there is neither the one without
// the other. Called by the services of records, calls, orders and routing; what an automation itself does sets off nothing.
import type { SipCallId } from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { OrderInHand } from '../dial-up/outcome-store.ts';
import type { HubClock } from '../hub-clock.ts';
import type { RoutedOutcome } from '../routing/route-decision.ts';
import type { AutomationEventStore, Happening } from './automation-event-store.ts';
import type { CandidateStore } from './candidate-store.ts';
import type { Facts, FactsOfCall } from './facts.ts';
import type { RuleBook } from './rule-book.ts';

export interface HappeningsParts {
  readonly store: AutomationEventStore;
  readonly calls: Pick<CandidateStore, 'missed' | 'synced'>;
  readonly book: RuleBook;
  readonly clock: HubClock;
}

const nothing: Omit<Facts, 'on'> = { call: null, outcome: null, agent: null, kind: null };

export class Happenings {
  readonly #parts: HappeningsParts;
  readonly #listeners = new Set<() => void>();

  constructor(parts: HappeningsParts) {
    this.#parts = parts;
  }

  /** Told of each, before its commit. */
  onWritten(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * A desktop's word on a call (CALL-12, CALL-13): what counts is a disposition that is final, and another one than before.
   * @param before what was reported last; null for nothing.
   */
  async callReported(
    db: HubDatabase,
    call: SyncedCall,
    before: Pick<SyncedCall, 'finished' | 'dispositionId'> | null,
  ): Promise<void> {
    if (!this.#parts.book.wants(call.projectId, 'disposition')) return;
    const isNew = !before?.finished || before.dispositionId !== call.dispositionId;
    if (!call.finished || call.dispositionId === null || !isNew) return;
    await this.#write(db, [
      {
        ...{ projectId: call.projectId, recordId: call.recordId, callId: call.callId, orderId: null },
        facts: factsOfReported(call),
      },
    ]);
  }

  async recordsCreated(
    db: HubDatabase,
    actor: Pick<Actor, 'kind'>,
    records: readonly Pick<WholeRecord, 'id' | 'projectId' | 'kind'>[],
  ): Promise<void> {
    if (actor.kind === 'automation') return;
    const { book } = this.#parts;
    const wanted = records.flatMap(({ id, projectId, kind }) =>
      book.wants(projectId, 'recordCreated')
        ? [{ projectId, recordId: id, callId: null, orderId: null, facts: factsOfRecord(kind) }]
        : [],
    );
    if (wanted.length > 0) await this.#write(db, wanted);
  }

  /** An outcome that counted (DIAL-9), or one that came late and that a supervisor let count. */
  async orderOutcome(db: HubDatabase, order: OrderInHand, attempt: Attempt): Promise<void> {
    const { book, calls } = this.#parts;
    const { projectId } = order;
    if (!book.wants(projectId, 'orderOutcome')) return;
    const call = attempt.callId === null ? null : await calls.synced(attempt.callId, db);
    await this.#write(db, [
      {
        ...{ projectId, recordId: order.recordId, callId: attempt.callId, orderId: order.id },
        facts: factsOfAttempt(attempt, call),
      },
    ]);
  }

  /** A call from outside is over. Nobody answered it, where only a machine did, too. */
  async callOver(db: HubDatabase, id: SipCallId, outcome: RoutedOutcome): Promise<void> {
    const { book, calls } = this.#parts;
    if (outcome === 'answered' || outcome === 'echo' || !book.wantsAnywhere('missedCall')) return;
    const missed = await calls.missed(id, db);
    if (missed === null || !book.wants(missed.projectId, 'missedCall')) return;
    await this.#write(db, [
      {
        ...{ projectId: missed.projectId, recordId: null, callId: missed.call.id, orderId: null },
        facts: factsOfMissed(missed.call),
      },
    ]);
  }

  async #write(db: HubDatabase, happenings: readonly Omit<Happening, 'atMs'>[]): Promise<void> {
    const atMs = this.#parts.clock.nowMs();
    await this.#parts.store.add(
      db,
      happenings.map((each) => ({ ...each, atMs })),
    );
    for (const listener of this.#listeners) listener();
  }
}

export function factsOfReported(call: SyncedCall): Facts {
  return {
    ...nothing,
    on: 'disposition',
    call: factsOfCall(call),
    agent: { id: call.userId, name: call.userName },
  };
}

export function factsOfAttempt(attempt: Attempt, call: SyncedCall | null): Facts {
  const { mode, button, buttonLabel, note } = attempt;
  return {
    ...nothing,
    on: 'orderOutcome',
    call: call === null ? null : factsOfCall(call),
    outcome: { mode, button, label: buttonLabel, note },
    agent: { id: attempt.userId, name: attempt.userName },
  };
}

export function factsOfMissed(call: FactsOfCall): Facts {
  return { ...nothing, on: 'missedCall', call };
}

export function factsOfRecord(kind: WholeRecord['kind']): Facts {
  return { ...nothing, on: 'recordCreated', kind };
}

function factsOfCall(call: SyncedCall): FactsOfCall {
  return {
    id: call.callId,
    direction: call.direction,
    number: call.number,
    outcome: call.outcome,
    startedAtMs: call.startedAtMs,
    talkedMs: call.answeredAtMs === null ? 0 : Math.max(0, call.endedAtMs - call.answeredAtMs),
    dispositionId: call.dispositionId,
    disposition: call.dispositionLabel ?? '',
    note: call.note,
  };
}
