// Keeps on disk which calls run, so that a next run of the program can say BYE in those that a crash left behind and
// knows until when each is sure to have run. Called by call-desk.ts as calls begin and end, by calls.ts at start.
// What the disk refuses here is logged: a call is never stopped by it, and the exchange ends a lost one by itself.
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { diskTroubleOf } from '../database/database-errors.ts';
import type { Clock } from './clock.ts';
import type { DialogStore } from './dialog-store.ts';
import type { SipDialog } from './sip-dialog.ts';
import type { TelephonyPort } from './telephony-port.ts';

/** How much of a call's length a crash may cost in the history. */
const noteEveryMs = 15_000;

export class OpenDialogs {
  readonly #store: DialogStore;
  readonly #clock: Clock;
  readonly #log: WireLog;
  readonly #running = new Set<CallId>();
  #cancelNote: (() => void) | null = null;

  constructor(parts: { store: DialogStore; clock: Clock; log: WireLog }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /**
   * What an earlier run left: each is ended by telephony, and forgotten when that is done.
   * @returns until when each call is known to have run
   */
  endLeftOver(telephony: TelephonyPort): ReadonlyMap<CallId, number> {
    const left = this.#store.all();
    const callIds = new Map<SipDialog, CallId>();
    for (const { callId, dialog } of left) if (dialog) callIds.set(dialog, callId);
    if (callIds.size > 0)
      telephony.endLeftOver([...callIds.keys()], (dialog) => {
        const callId = callIds.get(dialog);
        if (callId !== undefined) this.#write('forget', () => this.#store.forget(callId));
      });
    for (const { callId, dialog } of left)
      if (!dialog) this.#write('forget', () => this.#store.forget(callId));
    return new Map(left.map(({ callId, runningAtMs }) => [callId, runningAtMs]));
  }

  began(callId: CallId, dialog: SipDialog | null): void {
    this.#running.add(callId);
    this.#write('keep', () => this.#store.keep({ callId, dialog, runningAtMs: this.#clock.nowMs() }));
    this.#noteLater();
  }

  /** Does nothing where it did not run. */
  ended(callId: CallId): void {
    if (!this.#running.delete(callId)) return;
    this.#write('forget', () => this.#store.forget(callId));
  }

  close(): void {
    this.#cancelNote?.();
    this.#cancelNote = null;
  }

  #noteLater(): void {
    this.#cancelNote ??= this.#clock.setTimer(noteEveryMs, () => {
      this.#cancelNote = null;
      for (const callId of this.#running)
        this.#write('note', () => this.#store.stillRuns(callId, this.#clock.nowMs()));
      if (this.#running.size > 0) this.#noteLater();
    });
  }

  #write(what: 'keep' | 'note' | 'forget', work: () => void): void {
    try {
      work();
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      this.#log.error('calls: the disk refuses what is known of a running call', { what, error });
    }
  }
}
