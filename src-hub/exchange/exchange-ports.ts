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
  | {
      readonly kind: 'ring';
      /** All bindings of these users ring at once. */
      readonly users: readonly SipUser[];
      readonly ringTimeoutMs: number;
      /** Added to the INVITE of every branch, such as X-Offhook-Project. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'refuse'; readonly status: number; readonly reason: string };

/** One call's way through the company: asked again each time a step has ended without an answer. */
export interface CallRoute {
  next(previous: ForkOutcome | null): RouteStep;
}

export interface CallRouter {
  route(request: CallRequest): CallRoute;
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

export interface ExchangeEvents {
  /** The number of live bindings of a user changed. */
  bindingsChanged(user: SipUser, count: number): void;
  offerEnded(ended: OfferEnded): void;
}
