// Keeps calls on disk as they go on. A call is never stopped by the disk: what could not be written is kept in memory
// and written as soon as the disk takes it again. Called by call-desk.ts; drafts.ts asks it to `flush` first.
import { remoteParty } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { diskTroubleOf } from '../database/database-errors.ts';
import type { Call } from './call.ts';
import type { CallStore, Settlement, StoredCall } from './call-store.ts';
import type { Clock } from './clock.ts';

const retryMs = 5000;

interface Waiting {
  readonly call: StoredCall;
  readonly also: (() => void) | null;
}

export class CallJournal {
  readonly #store: CallStore;
  readonly #clock: Clock;
  readonly #log: WireLog;
  readonly #waiting = new Map<CallId, Waiting>();
  #cancelRetry: (() => void) | null = null;

  constructor(parts: { store: CallStore; clock: Clock; log: WireLog }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /**
   * Writes the call, or keeps it until the disk takes it. Does not throw.
   * @param also written in the same transaction, after the call's row
   */
  save(call: Call, settlement: Settlement | null, also: (() => void) | null = null): void {
    this.#waiting.set(call.callId, { call: storedCall(call, settlement), also });
    this.#tryWriting();
  }

  /** As `save`, of a call that goes on, and its other side with it. */
  saveNamed(call: Call): void {
    this.save(call, null, () => this.#store.rename(call.callId, call.remote));
  }

  /** Whether the row of a call that is alive was emptied, because its person was erased. @throws SqliteError */
  isEmptied({ callId, remote }: Call): boolean {
    const papers = this.#store.papersOf(callId);
    if (!papers || remote.number === null) return false;
    return remoteParty.parse(JSON.parse(papers.remote)).number === null;
  }

  /** Writes the call now. @throws SqliteError; nothing is kept for later then */
  write(call: Call, settlement: Settlement, also: () => void): void {
    this.flush();
    this.#write({ call: storedCall(call, settlement), also });
  }

  /** Writes what waits. @throws SqliteError where the disk still refuses */
  flush(): void {
    for (const [callId, waiting] of this.#waiting) {
      try {
        this.#write(waiting);
      } catch (error) {
        if (diskTroubleOf(error) !== null) throw error;
        // Not the disk's doing, so trying again would not help, and would keep the others waiting.
        this.#log.error('calls: a call cannot be stored', { callId, error });
        if (waiting.also) {
          // Its own row at least.
          this.#waiting.set(callId, { ...waiting, also: null });
          this.flush();
          return;
        }
      }
      this.#waiting.delete(callId);
    }
  }

  #write({ call, also }: Waiting): void {
    if (!also) {
      this.#store.saveCall(call);
      return;
    }
    this.#store.transaction(() => {
      this.#store.saveCall(call);
      also();
    });
  }

  /** Tries a last time to write what waits, and stops trying. */
  close(): void {
    if (this.#waiting.size > 0) this.#tryWriting();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #tryWriting(): void {
    try {
      this.flush();
    } catch (error) {
      const trouble = diskTroubleOf(error);
      this.#log.error('calls: the disk refuses, calls wait to be written', {
        trouble,
        waiting: this.#waiting.size,
        error,
      });
      this.#cancelRetry ??= this.#clock.setTimer(retryMs, () => {
        this.#cancelRetry = null;
        this.#tryWriting();
      });
    }
  }
}

function storedCall(call: Call, settlement: Settlement | null): StoredCall {
  return {
    call_id: call.callId,
    user_id: call.userId,
    sip_call_id: call.sipCallId,
    direction: call.direction,
    remote: call.remote,
    internal: call.internal,
    called_number: call.calledNumber,
    order_id: call.orderId,
    redirected_from: call.redirectedFrom,
    project_id: call.project?.id ?? null,
    project_name: call.project?.name ?? null,
    dispositionRequired: call.project?.dispositionRequired ?? false,
    started_at_ms: call.startedAtMs,
    answered_at_ms: call.answeredAtMs,
    ended_at_ms: call.endedAtMs,
    outcome: call.outcome,
    missed_reason: call.missedReason,
    end_cause: call.endCause,
    transferred_to: call.transfer?.progress === 'done' ? call.transfer.to : null,
    settlement,
    seen: !(call.outcome === 'missed' || call.outcome === 'abandoned'),
  };
}
