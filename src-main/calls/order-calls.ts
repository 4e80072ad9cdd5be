// Calls of orders (call mode): an order's outcome ends its call, gives it its note, and stands for its disposition.
// Called by src-main/dial-up, which says when. Phases and saving are the call desk's.
import type { FormDraft } from '#shared/domain/form-draft.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallDesk } from './call-desk.ts';
import type { CallRecords } from './call-desk-ports.ts';
import type { CallStore } from './call-store.ts';
import type { Drafts } from './drafts.ts';
import type { Finishing } from './finishing.ts';

export class OrderCalls {
  readonly #desk: CallDesk;
  readonly #drafts: Drafts;
  readonly #finishing: Finishing;
  readonly #store: CallStore;
  readonly #records: CallRecords;
  readonly #log: WireLog;
  /** Their outcome is known, and they are not over yet. */
  readonly #ending = new Set<CallId>();
  readonly #stop: () => void;

  constructor(parts: {
    desk: CallDesk;
    drafts: Drafts;
    finishing: Finishing;
    store: CallStore;
    records: CallRecords;
    log: WireLog;
  }) {
    this.#desk = parts.desk;
    this.#drafts = parts.drafts;
    this.#finishing = parts.finishing;
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
   * Gives the call the order's note, and its person. Inside the transaction that writes the outcome.
   * @throws CommandFailed 'diskFull', 'diskFailed'; SqliteError
   */
  note(callId: CallId, note: string, recordId: RecordId): void {
    const papers = this.#store.papersOf(callId);
    if (!papers || papers.state === 'finished') return;
    // Nothing came of it and nothing was written: it is logged as it is.
    if (papers.state === 'notNeeded' && note.trim() === '') return;
    this.#drafts.change(callId, { note, form: this.#formOf(recordId) });
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

  /** The outcome is taken back: so is the save of the call, whose wrap-up is the order's again. */
  takeBack(callId: CallId): void {
    this.#ending.delete(callId);
    if (this.#store.papersOf(callId)?.state !== 'finished') return;
    try {
      this.#finishing.undo(callId);
    } catch (error) {
      // Its undo was over a moment before: it stays saved with the note of before, and the outcome has the new one.
      if (!(error instanceof CommandFailed)) throw error;
      this.#log.warn('dial-up: the save of a call stands', { callId, reason: error.reason });
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
    if (!isAlive && state !== 'toFinish') return;
    try {
      this.#desk.finish(callId);
    } catch (error) {
      // The outcome is on disk, and the call is "to finish" with its note.
      if (!(error instanceof CommandFailed)) throw error;
      this.#log.warn('dial-up: a call could not be saved with its outcome', { callId, reason: error.reason });
    }
  }
}
