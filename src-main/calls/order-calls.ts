// Calls of orders (call mode): an order's outcome ends its call, gives it its note, and stands for its disposition, in the
// history here and, told with the call, for others.
// Called by src-main/dial-up, which says when. Phases and saving are the call desk's.
import type { OrderCallEnd } from '#shared/desktop/dial-up-contract.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import type { OrderCallOutcome } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallDesk } from './call-desk.ts';
import type { CallRecords } from './call-desk-ports.ts';
import type { CallStore } from './call-store.ts';
import type { Drafts } from './drafts.ts';
import type { Filing } from './filing.ts';
import type { Finishing } from './finishing.ts';

/** What is known of a call when its order has an outcome. */
export interface SaidOfOrder {
  readonly outcome: OrderCallOutcome;
  readonly note: string;
  readonly recordId: RecordId;
  /** It can be taken back until then. */
  readonly undoUntilMs: number;
}

export class OrderCalls {
  readonly #desk: CallDesk;
  readonly #drafts: Drafts;
  readonly #finishing: Finishing;
  readonly #filing: Filing;
  readonly #store: CallStore;
  readonly #records: Pick<CallRecords, 'find'>;
  readonly #log: WireLog;
  /** Their outcome is known, and they are not over yet. */
  readonly #ending = new Set<CallId>();
  readonly #stop: () => void;

  constructor(parts: {
    desk: CallDesk;
    drafts: Drafts;
    finishing: Finishing;
    filing: Filing;
    store: CallStore;
    records: Pick<CallRecords, 'find'>;
    log: WireLog;
  }) {
    this.#desk = parts.desk;
    this.#drafts = parts.drafts;
    this.#finishing = parts.finishing;
    this.#filing = parts.filing;
    this.#store = parts.store;
    this.#records = parts.records;
    this.#log = parts.log;
    this.#stop = parts.desk.changed.on((views) => {
      for (const callId of this.#ending) {
        const call = views.find((each) => each.callId === callId);
        if (!call) this.#ending.delete(callId);
        // The step that brought it there is carried out first.
        else if (call.phase === 'wrapUp') queueMicrotask(() => this.#save(callId));
      }
    });
  }

  /**
   * Gives the call what came of its order, the order's note, and its person. Inside the transaction that writes the outcome.
   * @throws CommandFailed 'diskFull', 'diskFailed'; SqliteError
   */
  say(callId: CallId, { outcome, note, recordId, undoUntilMs }: SaidOfOrder): void {
    const state = this.#store.papersOf(callId)?.state;
    if (state === undefined) return;
    this.#store.setOrderOutcome(callId, outcome);
    // Nothing is to be saved of it any more; those who were told of it without an outcome are told again.
    const isSettled = state === 'finished' || (state === 'notNeeded' && note.trim() === '');
    if (isSettled) this.#filing.report(callId, undoUntilMs);
    else this.#drafts.change(callId, { note, form: this.#formOf(recordId) });
  }

  /** How the call ended, by its row. @returns null while it goes on @throws SqliteError */
  endOf(callId: CallId): OrderCallEnd | null {
    const papers = this.#store.papersOf(callId);
    if (!papers || papers.ended_at_ms === null || papers.outcome === null) return null;
    return { outcome: papers.outcome, endCause: papers.end_cause, endedAtMs: papers.ended_at_ms };
  }

  /** Ends the call where it goes on, and saves it as soon as it is over. */
  end(callId: CallId): void {
    const call = this.#desk.views().find((each) => each.callId === callId);
    if (call && call.phase !== 'wrapUp') {
      this.#ending.add(callId);
      if (call.intents.hangUp) this.#desk.hangUp(callId);
      return;
    }
    this.#save(callId);
  }

  /**
   * The outcome is taken back: so is the save of the call, whose wrap-up is the order's again. Inside the transaction that
   * takes the outcome back, as the last of it.
   * @throws CommandFailed 'diskFull', 'diskFailed'; SqliteError
   */
  takeBack(callId: CallId): void {
    this.#ending.delete(callId);
    const state = this.#store.papersOf(callId)?.state;
    if (state === undefined) return;
    this.#store.setOrderOutcome(callId, null);
    if (state === 'alive' || (state === 'finished' && this.#saveUndone(callId))) return;
    // Others were told of it with the outcome, or are about to be.
    this.#store.transaction(() => this.#filing.reportAnew(callId));
    this.#finishing.changed.tell(callId);
  }

  /** @returns false where its own undo was over before: the save stands, and the outcome has the new note. */
  #saveUndone(callId: CallId): boolean {
    try {
      this.#finishing.undo(callId);
      return true;
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.reason !== 'tooLate') throw error;
      this.#log.warn('dial-up: the save of a call stands', { callId, reason: error.reason });
      return false;
    }
  }

  close(): void {
    this.#stop();
  }

  #formOf(recordId: RecordId): FormDraft {
    // A record that is not on this computer stands in the outcome itself.
    if (this.#records.find(recordId) === null) return emptyFormDraft;
    return { ...emptyFormDraft, contact: { choice: 'record', recordId } };
  }

  #save(callId: CallId): void {
    this.#ending.delete(callId);
    const state = this.#store.papersOf(callId)?.state;
    const isAlive = this.#desk.views().some((each) => each.callId === callId);
    if (!isAlive && state !== 'toFinish') {
      // Nothing is to be saved; what came of its order is new all the same.
      if (state !== undefined && state !== 'alive') this.#finishing.changed.tell(callId);
      return;
    }
    try {
      this.#desk.finish(callId);
    } catch (error) {
      // The outcome is on disk, and the call is "to finish" with its note.
      if (!(error instanceof CommandFailed)) throw error;
      this.#log.warn('dial-up: a call could not be saved with its outcome', { callId, reason: error.reason });
    }
  }
}
