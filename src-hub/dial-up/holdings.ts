// Who holds an order at this moment, in memory: routing asks it for every call (DIAL-7), and who holds one is told when it may
// be dialled no more. What another hub gave to its own agents is not in here.
import type { LeaseId, UserId } from '#shared/domain/ids.ts';
import type { MayDial } from '#shared/hub/dial-contract.ts';
import type { Lease } from './lease-store.ts';

export interface Holding {
  readonly lease: Lease;
  /** What the agent was told last; null before that. */
  readonly told: MayDial | null;
}

export class Holdings {
  readonly #held = new Map<LeaseId, Holding>();
  readonly #changed: (userId: UserId) => void;

  /** @param changed told of a user who holds one more, or one less. */
  constructor(changed: (userId: UserId) => void) {
    this.#changed = changed;
  }

  all(): readonly Holding[] {
    return [...this.#held.values()];
  }

  find(leaseId: LeaseId): Holding | null {
    return this.#held.get(leaseId) ?? null;
  }

  ofUser(userId: UserId): readonly Lease[] {
    return this.all().flatMap(({ lease }) => (lease.userId === userId ? [lease] : []));
  }

  add(lease: Lease, told: MayDial | null): void {
    const isNew = !this.#held.has(lease.leaseId);
    this.#held.set(lease.leaseId, { lease, told });
    if (isNew) this.#changed(lease.userId);
  }

  prolonged(leaseId: LeaseId, untilMs: number): void {
    const holding = this.#held.get(leaseId);
    if (holding) this.#held.set(leaseId, { ...holding, lease: { ...holding.lease, untilMs } });
  }

  remove(leaseId: LeaseId): void {
    const holding = this.#held.get(leaseId);
    if (!holding) return;
    this.#held.delete(leaseId);
    this.#changed(holding.lease.userId);
  }
}
