// Time as the call desk sees it, so that tests can turn it by hand.

export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Runs `fire` once after `ms`. Returns the way to call it off. */
  setTimer(ms: number, fire: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};
