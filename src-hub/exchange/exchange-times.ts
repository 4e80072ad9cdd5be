// Every duration of the exchange in one place. Tests and installations may set some of them.

/** RFC 3261 17.1.1.1: an estimate of the round trip; every other timer is a multiple of it. */
const t1Ms = 500;

export interface ExchangeTimes {
  /** Timers B, F, H, L and M (RFC 3261 17, RFC 6026): 64 T1. D, I, J and K are 0 on a reliable transport. */
  readonly transactionTimeoutMs: number;
  /** Timer C (RFC 3261 16.6, step 11): more than three minutes. The ring time takes its place in a fork. */
  readonly timerCMs: number;
  /** How long bindings and requests within a dialog wait for a lost WebSocket to come back. */
  readonly reconnectGraceMs: number;
  /** How long a call goes on whose device is away: longer than a network or a hub may be, with the way back. */
  readonly lostDeviceMs: number;
  /** How long a device that was away when its call ended can still be told. */
  readonly owedByeMs: number;
  /** How long a fork waits for its cancelled branches before it goes on. */
  readonly settleMs: number;
  /** A WebSocket ping unanswered for this long means that the link is lost. */
  readonly pingEveryMs: number;
  readonly nonceLifetimeMs: number;
}

export const defaultTimes: ExchangeTimes = {
  transactionTimeoutMs: 64 * t1Ms,
  timerCMs: 185_000,
  reconnectGraceMs: 10_000,
  lostDeviceMs: 150_000,
  owedByeMs: 3_600_000,
  settleMs: 1_000,
  pingEveryMs: 25_000,
  nonceLifetimeMs: 300_000,
};
