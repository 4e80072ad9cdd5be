// Outcomes in this desktop's outbox that the hub has not answered yet: they count in the agent's day, and their orders are
// held until then. Kept by dial-up-desk.ts.
import type { LeaseId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import { diskTroubleOf } from '../database/database-errors.ts';
import type { Kept, Whose } from '../sync/outbox-store.ts';
import type { DialUpParts } from './dial-up-ports.ts';

export class UnsentOutcomes {
  readonly #outbox: DialUpParts['outbox'];
  readonly #log: DialUpParts['log'];
  #unsent: readonly { readonly leaseId: LeaseId; readonly outcome: Outcome }[] = [];

  constructor({ outbox, log }: Pick<DialUpParts, 'outbox' | 'log'>) {
    this.#outbox = outbox;
    this.#log = log;
  }

  get count(): number {
    return this.#unsent.length;
  }

  /** One that is in the outbox since just now. */
  add(leaseId: LeaseId, outcome: Outcome): void {
    this.#unsent = [...this.#unsent, { leaseId, outcome }];
  }

  /** Those known before stand where the disk cannot be read. @returns how many more there are than before */
  read(whose: Whose | null): number {
    const before = this.#unsent.length;
    const kept = this.#kept(whose);
    if (!kept) return 0;
    this.#unsent = kept.flatMap(({ mutation }) => (mutation.kind === 'order.outcome' ? [mutation] : []));
    return this.#unsent.length - before;
  }

  /** @returns of orders that were ended then or later */
  since(sinceMs: number): Outcome[] {
    return this.#unsent.flatMap(({ outcome }) => (outcome.endedAtMs >= sinceMs ? [outcome] : []));
  }

  #kept(whose: Whose | null): Kept[] | null {
    try {
      return whose ? this.#outbox.store.ofKind(whose, 'order.outcome') : [];
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      this.#log.error('dial-up: the outcomes that are not sent were not read', { error });
      return null;
    }
  }

  /** @returns of the last ones, at most so many */
  leaseIds(most: number): LeaseId[] {
    return this.#unsent.slice(-most).map(({ leaseId }) => leaseId);
  }
}
