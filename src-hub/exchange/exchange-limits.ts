// How much one connection may send, in one place. Far above what phones and trunks do; below what would slow others.
import type { Rate } from '../../src-sip/guard/token-bucket.ts';

export interface ExchangeLimits {
  /** Beyond it the connection is read more slowly: TCP makes the sender wait, and nothing is lost. */
  readonly messages: Rate;
  /** INVITEs that begin a call, once it is known who sends them; those beyond it are refused with 503. */
  readonly newCalls: Rate;
  /** The same for the trunk and the hub's own ends, which speak for many. */
  readonly newCallsOfMany: Rate;
}

export const defaultLimits: ExchangeLimits = {
  messages: { perSecond: 2_000, burst: 10_000 },
  newCalls: { perSecond: 20, burst: 100 },
  newCallsOfMany: { perSecond: 500, burst: 2_000 },
};

/** What a refused caller is asked to wait (RFC 3261 20.33). */
export const retryAfterSeconds = 5;
/** A flood is told in the log this often per connection. */
export const tellEveryMs = 10_000;
