// What the fork machine knows, hears and orders: the types of fork-machine.ts and call-fork.ts.
import type { ForkOutcome, OfferEnded, SipUser } from '../exchange-ports.ts';

export type OfferOutcome = OfferEnded['outcome'];

export type CancelCause = 'answeredElsewhere' | 'declinedElsewhere' | 'rangOut' | 'callerGaveUp' | 'silenced';

export interface Branch {
  readonly id: string;
  readonly user: SipUser;
  readonly live: boolean;
  readonly cancelled: boolean;
}

interface OpenOffer {
  readonly user: SipUser;
  /** What it ends as when its branches have been cancelled; null while it rings. */
  readonly planned: OfferOutcome | null;
  /** A device said no. Otherwise those that ended were not there. */
  readonly refused: boolean;
}

export interface Fork {
  /** `settling`: cancelled branches are waited for, since one of them may still answer. */
  readonly phase: 'choosing' | 'ringing' | 'settling' | 'answered' | 'over';
  readonly stepBranches: readonly Branch[];
  readonly earlierBranches: readonly Branch[];
  readonly offers: readonly OpenOffer[];
  readonly statuses: readonly number[];
  readonly settlesAs: ForkOutcome | { readonly kind: 'cancelled' } | null;
  readonly answeredBranch: string | null;
}

export type ForkEvent =
  | {
      readonly type: 'stepStarted';
      readonly users: readonly SipUser[];
      readonly branches: readonly { readonly id: string; readonly user: SipUser }[];
    }
  /** The route has nobody left: the caller got a final response. */
  | { readonly type: 'refusedByRoute' }
  | { readonly type: 'provisional'; readonly branchId: string }
  | { readonly type: 'answered'; readonly branchId: string }
  /** `absent`: the device did not say so itself, its connection is gone or it never answered. */
  | {
      readonly type: 'refused';
      readonly branchId: string;
      readonly status: number;
      readonly absent: boolean;
    }
  | { readonly type: 'silenced'; readonly branchIds: readonly string[] }
  | { readonly type: 'ringTimeOver' }
  | { readonly type: 'callerGaveUp' }
  | { readonly type: 'settleTimeOver' };

export type ForkEffect =
  | { readonly type: 'startRingTimer' }
  | { readonly type: 'startSettleTimer' }
  | { readonly type: 'stopTimers' }
  | { readonly type: 'cancelBranch'; readonly branchId: string; readonly cause: CancelCause }
  | { readonly type: 'forwardProvisional'; readonly branchId: string }
  | { readonly type: 'forwardAnswer'; readonly branchId: string }
  | { readonly type: 'endLateAnswer'; readonly branchId: string }
  | { readonly type: 'endOffer'; readonly user: SipUser; readonly outcome: OfferOutcome }
  | { readonly type: 'askNext'; readonly outcome: ForkOutcome }
  | { readonly type: 'confirmCancel' };

export interface ForkStep {
  readonly fork: Fork;
  readonly effects: readonly ForkEffect[];
}
