// What the fork machine knows, hears and orders: the types of fork-machine.ts and call-fork.ts.
import type { ForkOutcome, OfferEnded, RingStep, SipUser } from '../exchange-ports.ts';

export type OfferOutcome = OfferEnded['outcome'];

export type CancelCause = 'answeredElsewhere' | 'declinedElsewhere' | 'rangOut' | 'callerGaveUp' | 'silenced';

export interface Branch {
  readonly id: string;
  readonly user: SipUser;
  readonly live: boolean;
  readonly cancelled: boolean;
}

export interface OpenOffer {
  readonly user: SipUser;
  /** Those who were rung together have one ring time. */
  readonly group: number;
  readonly declineEnds: NonNullable<RingStep['declineEnds']>;
  readonly lostDevice: NonNullable<RingStep['lostDevice']>;
  /** What it ends as when its branches have been cancelled; null while it rings. */
  readonly planned: OfferOutcome | null;
  /** A device said no. Otherwise those that ended were not there. */
  readonly refused: boolean;
  /** The user wants no device to ring for this call any more; one that silences itself may still answer. */
  readonly silenced: boolean;
}

export interface Fork {
  /**
   * `choosing`: the route is asked. `waiting`: nothing rings, and the route will say. `settling`: cancelled branches are
   * waited for, since one of them may still answer.
   */
  readonly phase: 'choosing' | 'ringing' | 'waiting' | 'settling' | 'answered' | 'over';
  /** Since the route was last asked. */
  readonly stepBranches: readonly Branch[];
  readonly earlierBranches: readonly Branch[];
  readonly offers: readonly OpenOffer[];
  readonly statuses: readonly number[];
  /** How the latest group ended that was no mere refusal. */
  readonly settlesAs: ForkOutcome | { readonly kind: 'cancelled' } | null;
  readonly answeredBranch: string | null;
  readonly groups: number;
}

export type ForkEvent =
  /** The route's step when it was asked, or users added to those who ring. */
  | {
      readonly type: 'rung';
      readonly users: readonly SipUser[];
      readonly branches: readonly { readonly id: string; readonly user: SipUser }[];
      /** Not connected at the moment, and may come back. */
      readonly away: readonly SipUser[];
      readonly declineEnds: OpenOffer['declineEnds'];
      readonly lostDevice: OpenOffer['lostDevice'];
    }
  /** A device of a user who is being rung has registered. */
  | { readonly type: 'joined'; readonly branchId: string; readonly user: SipUser }
  | { readonly type: 'queued' }
  /** The route has nobody left: the caller got a final response. */
  | { readonly type: 'refusedByRoute' }
  | { readonly type: 'provisional'; readonly branchId: string }
  | { readonly type: 'answered'; readonly branchId: string }
  /** The device said no, or never said anything. */
  | {
      readonly type: 'refused';
      readonly branchId: string;
      readonly status: number;
      /** It did not say so itself. */
      readonly absent: boolean;
    }
  /** The device's connection is gone. */
  | { readonly type: 'lost'; readonly branchId: string }
  | { readonly type: 'silenced'; readonly user: SipUser; readonly branchIds: readonly string[] }
  /** The user may not take calls any more: their ringing is over. */
  | { readonly type: 'withdrawn'; readonly user: SipUser }
  | { readonly type: 'ringTimeOver'; readonly group: number }
  | { readonly type: 'callerGaveUp' }
  | { readonly type: 'settleTimeOver' };

export type ForkEffect =
  | { readonly type: 'startRingTimer'; readonly group: number }
  | { readonly type: 'startSettleTimer' }
  | { readonly type: 'stopTimers' }
  | { readonly type: 'cancelBranch'; readonly branchId: string; readonly cause: CancelCause }
  | { readonly type: 'forwardProvisional'; readonly branchId: string }
  | { readonly type: 'forwardAnswer'; readonly branchId: string }
  | { readonly type: 'endLateAnswer'; readonly branchId: string }
  | { readonly type: 'endOffer'; readonly user: SipUser; readonly outcome: OfferOutcome }
  | { readonly type: 'tellLost'; readonly user: SipUser }
  | { readonly type: 'askNext'; readonly outcome: ForkOutcome }
  | { readonly type: 'confirmCancel' };

export interface ForkStep {
  readonly fork: Fork;
  readonly effects: readonly ForkEffect[];
}
