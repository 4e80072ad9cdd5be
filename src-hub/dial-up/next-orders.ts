// What handing out asks of the database: for agents who ask at once, the order that each holds, or the next of the line, leased
// to them. On PostgreSQL one statement does it all (one-statement-store.ts); on SQLite, which has one writer and no way to
// wait, it is done one step after the other (step-by-step-store.ts). Both follow precedence.ts, and a test compares them.
import type { LeaseId, UserId } from '#shared/domain/ids.ts';
import type { Lease } from './lease-store.ts';
import type { CardContent } from './leased-order-store.ts';
import type { OpenQueue } from './queue-book.ts';

export interface Ask {
  readonly userId: UserId;
  readonly deviceId: string;
  /** Leases of theirs whose outcome is on its way. */
  readonly settling: readonly LeaseId[];
}

export interface Given {
  readonly lease: Lease;
  /** They held it already. */
  readonly again: boolean;
  /** What its card shows, where that came along; null where the order is gone. */
  readonly card?: CardContent | null;
}

export const leaseMs = 90_000;

export interface NextOrders {
  /** Whether several transactions may give at once. */
  readonly takesTwo: boolean;
  /**
   * One for each, in the order of their asking; none where there is none for them.
   * @param asks of no agent twice.
   * @param queues all that these agents may work now.
   */
  give(asks: readonly Ask[], queues: readonly OpenQueue[], nowMs: number): Promise<Map<UserId, Given>>;
}
