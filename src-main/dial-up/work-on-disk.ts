// What is typed for an order and how it ends, written before it counts: an outcome and the end of its draft are one
// transaction, so that it is kept while the hub is away and counts once (DIAL-7, DIAL-9). Called by dial-up-desk.ts.
import type { OrderCallEnd, OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import type { LeaseId, MutationId } from '#shared/domain/ids.ts';
import { undoMs } from '../calls/finishing.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { Whose } from '../sync/outbox-store.ts';
import type { Ended, Worked } from './dial-up-machine.ts';
import type { DialUpParts } from './dial-up-ports.ts';
import { tooLate } from './dial-up-refusals.ts';
import { outcomeOf, sayingOf } from './outcome.ts';

const notKept = 'the order on the desk was not kept on disk';

type WorkOnDiskParts = Pick<DialUpParts, 'store' | 'outbox' | 'ofOrders' | 'clock' | 'newAttemptId' | 'log'>;

export class WorkOnDisk {
  readonly #parts: WorkOnDiskParts;
  /** Whose work is written; null: nobody's, and nothing is. */
  readonly #whose: () => Whose | null;

  constructor(parts: WorkOnDiskParts, whose: () => Whose | null) {
    this.#parts = parts;
    this.#whose = whose;
  }

  /** The order that was on the desk when the app ended. */
  found(): Worked | null {
    const whose = this.#whose();
    const [found] = whose ? this.#parts.store.of(whose) : [];
    if (!found) return null;
    return { ...found, number: null, dialsAtMs: null, heldUntilMs: 0, leaseOver: false, notDialled: null };
  }

  /** How the order's last call ended; null before it has, and where the disk does not say: nobody is kept from working by it. */
  callEndOf({ callId }: Pick<Worked, 'callId'>): OrderCallEnd | null {
    if (callId === null) return null;
    try {
      return this.#parts.ofOrders.endOf(callId);
    } catch (error) {
      this.#parts.log.error('dial-up: how the call ended was not read', { error });
      return null;
    }
  }

  /** @throws CommandFailed 'diskFull', 'diskFailed' */
  changeDraft(order: Worked, change: Partial<Omit<OutcomeDraft, 'savedAtMs'>>): OutcomeDraft {
    const draft = { ...order.draft, ...change, savedAtMs: this.#parts.clock.nowMs() };
    try {
      this.#write({ ...order, draft });
    } catch (error) {
      refuseDiskTrouble(error, 'The note');
    }
    return draft;
  }

  /**
   * @returns the end, which can be taken back for ten seconds
   * @throws CommandFailed as `outcomeOf`, and 'diskFull', 'diskFailed'
   */
  end(order: Worked, button: OutcomeButton): Ended {
    const { clock, store, outbox, ofOrders, newAttemptId } = this.#parts;
    const nowMs = clock.nowMs();
    const outcome = outcomeOf(order, button, newAttemptId(), nowMs);
    const untilMs = nowMs + undoMs;
    const { leased, callId, draft } = order;
    const { recordId } = leased.order;
    let mutationId: MutationId;
    try {
      mutationId = store.transaction(() => {
        store.forget(leased.leaseId);
        if (callId !== null) {
          const { note } = draft;
          ofOrders.say(callId, { outcome: sayingOf(outcome), note, recordId, undoUntilMs: untilMs });
        }
        return outbox.add(
          { kind: 'order.outcome', leaseId: leased.leaseId, recordId, outcome },
          { undoUntilMs: untilMs },
        );
      });
    } catch (error) {
      refuseDiskTrouble(error, 'The outcome');
    }
    // It is kept: whatever fails from here on must not be told as if it were not, or it would be ended twice.
    if (callId !== null) this.#try('the call of an ended order was not ended', () => ofOrders.end(callId));
    return { worked: order, mutationId, outcome, untilMs };
  }

  /** @throws CommandFailed 'tooLate', 'diskFull', 'diskFailed' */
  takeBack({ worked, mutationId }: Ended): void {
    const { store, outbox, ofOrders } = this.#parts;
    try {
      store.transaction(() => {
        if (!outbox.takeBackOne(mutationId)) throw tooLate();
        this.#write(worked);
        if (worked.callId !== null) ofOrders.takeBack(worked.callId);
      });
    } catch (error) {
      refuseDiskTrouble(error, 'The undo');
    }
  }

  /** A disk that refuses keeps nobody from working: the lease is held, and each keystroke tries again. */
  keep(worked: Worked): void {
    this.#try(notKept, () => this.#write(worked));
  }

  /** As `keep`. */
  forget(leaseId: LeaseId): void {
    this.#try(notKept, () => this.#parts.store.forget(leaseId));
  }

  #try(otherwise: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.log.error(`dial-up: ${otherwise}`, { error });
    }
  }

  #write({ leased, sinceMs, callId, draft }: Worked): void {
    const whose = this.#whose();
    if (whose) this.#parts.store.keep(whose, { leased, sinceMs, callId, draft });
  }
}
