// What the exchange asks of the rest of the hub, and what it tells it. The exchange knows SIP and bindings;
// who is rung, in which order and for how long is decided by a CallRouter outside.
import type { SipCallId } from '#shared/domain/ids.ts';

/** A SIP user part within the hub's one domain: an extension, `voicemail`, `echo`, `trunk`. */
export type SipUser = string;

/** A new call, already authenticated where its sender has an account. */
export interface CallRequest {
  readonly sipCallId: SipCallId;
  /** The account that the INVITE was authenticated as. */
  readonly fromUser: SipUser;
  /** User part of the Request-URI: an extension or a number. */
  readonly requestUser: string;
  /** From (or P-Asserted-Identity of a trunk); null where withheld. */
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  /** First Diversion entry; null where none. */
  readonly redirectedFrom: string | null;
  /**
   * Who gave the call to `requestUser` by a blind transfer that this exchange let through; null for any other call.
   * What the call may reach is then theirs to decide, not the caller's: a caller that was given away gains no rights.
   * Such a call does not end in a person's voicemail; it is refused, and the transferor takes the caller back.
   */
  readonly transferredBy: SipUser | null;
}

export type ForkOutcome =
  /** A 6xx ended the fork. */
  | { readonly kind: 'declined'; readonly byUser: SipUser; readonly status: number }
  | { readonly kind: 'rangOut' }
  /** Every branch ended with 3xx to 5xx; nobody is left. */
  | { readonly kind: 'allRefused'; readonly statuses: readonly number[] }
  | { readonly kind: 'nobodyRegistered' };

export type RouteStep =
  | RingStep
  /** Nobody can be rung yet: the caller is told 182, and the route says by `CallInHand.take` how it goes on. */
  | {
      readonly kind: 'wait';
      /** A media end whose early media the caller hears until the call is answered or over; null for none. */
      readonly comfort: SipUser | null;
    }
  | { readonly kind: 'refuse'; readonly status: number; readonly reason: string };

export interface RingStep {
  readonly kind: 'ring';
  /** All bindings of these users ring at once. */
  readonly users: readonly SipUser[];
  readonly ringTimeoutMs: number;
  /** Added to the INVITE of every branch, such as X-Offhook-Project. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a 6xx of one user ends: the ringing of all (RFC 3261 16.7), or theirs only. All, where it is left out. */
  readonly declineEnds?: 'call' | 'offer';
  /**
   * What becomes of a user whose last ringing device has lost its connection: `wait` (where it is left out) keeps the
   * offer until the ring time is over, and a device that comes back rings again; `end` ends it at once.
   */
  readonly lostDevice?: 'wait' | 'end';
}

/** What the exchange tells a route beside asking it for the next step. */
export type RouteNews =
  /** One user's ringing is over, while others may ring on. Comes before `next`, where it was the last one. */
  | { readonly kind: 'offerEnded'; readonly user: SipUser; readonly outcome: OfferEnded['outcome'] }
  /** All devices of a user who is being rung have lost their connection; they may come back. */
  | { readonly kind: 'deviceLost'; readonly user: SipUser }
  /** The caller has a final answer or is gone. Nothing is told or asked after that. */
  | { readonly kind: 'over'; readonly how: RoutingEnd };

export type RoutingEnd =
  | { readonly kind: 'answered'; readonly by: SipUser }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'abandoned' };

/** One call's way through the company: asked at the start, and each time nothing rings any more without an answer. */
export interface CallRoute {
  next(previous: ForkOutcome | null): RouteStep;
  told?(news: RouteNews): void;
}

/** A call that is being routed, as its route may act on it without being asked. */
export interface CallInHand {
  /** Whether `take` would. */
  accepts(step: RouteStep): boolean;
  /**
   * A waiting call is rung or refused by this; to one that rings already, others are added, who ring beside them for a
   * ring time of their own.
   * @returns false where the call is at neither: its route is about to be asked, or it is over
   */
  take(step: RouteStep): boolean;
}

export interface CallRouter {
  route(request: CallRequest, call: CallInHand): CallRoute;
}

export interface AccountFinder {
  /** RFC 3261 22.4: the account's plain secret or its HA1; null where there is no such account. */
  findSecret(authorizationUser: string): { readonly user: SipUser; readonly password: string } | null;
}

/** How one user's ringing ended; product.md's "offer". */
export interface OfferEnded {
  readonly sipCallId: SipCallId;
  readonly user: SipUser;
  readonly outcome:
    | 'answered'
    | 'answeredElsewhere'
    | 'declined'
    | 'declinedElsewhere'
    | 'rejected'
    | 'rangOut'
    | 'abandoned'
    | 'noDevice';
}

/** A call that was established is over. */
export interface CallEnded {
  readonly sipCallId: SipCallId;
  readonly caller: SipUser;
  readonly callee: SipUser;
}

export interface ExchangeEvents {
  /** The number of live bindings of a user changed. */
  bindingsChanged(user: SipUser, count: number): void;
  /** A device has registered, for the first time or again, and can be rung. */
  registered?(user: SipUser): void;
  offerEnded(ended: OfferEnded): void;
  /** Told once, by the side that ended it or by the exchange that gave it up. */
  callEnded?(ended: CallEnded): void;
}
