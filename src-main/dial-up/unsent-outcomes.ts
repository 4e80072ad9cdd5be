// Outcomes in this desktop's outbox that the hub has not answered yet: they count in the agent's day, and their orders are
// held until then. Kept by dial-up-desk.ts.
import type { LeaseId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import type { Whose } from '../sync/outbox-store.ts';
import type { DialUpOutbox } from './dial-up-ports.ts';

export class UnsentOutcomes {
  readonly #outbox: DialUpOutbox;
  #unsent: readonly { readonly leaseId: LeaseId; readonly outcome: Outcome }[] = [];

  constructor(outbox: DialUpOutbox) {
    this.#outbox = outbox;
  }

  get count(): number {
    return this.#unsent.length;
  }

  /** @returns how many more there are than before */
  read(whose: Whose | null): number {
    const before = this.#unsent.length;
    const kept = whose ? this.#outbox.store.ofKind(whose, 'order.outcome') : [];
    this.#unsent = kept.flatMap(({ mutation }) => (mutation.kind === 'order.outcome' ? [mutation] : []));
    return this.#unsent.length - before;
  }

  /** @returns of orders that were ended then or later */
  since(sinceMs: number): Outcome[] {
    return this.#unsent.flatMap(({ outcome }) => (outcome.endedAtMs >= sinceMs ? [outcome] : []));
  }

  /** @returns of the last ones, at most so many */
  leaseIds(most: number): LeaseId[] {
    return this.#unsent.slice(-most).map(({ leaseId }) => leaseId);
  }
}
