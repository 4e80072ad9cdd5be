// Time and timers of the exchange, so that tests can let 32 seconds pass at once. Everything that waits uses this.

export interface ExchangeTimer {
  /** Also right after it has run. */
  clear(): void;
}

export interface ExchangeClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  startTimer(delayMs: number, run: () => void): ExchangeTimer;
}

/** Node's timers run at once beyond this. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: ExchangeClock = {
  nowMs: () => Date.now(),
  startTimer(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), longestDelayMs));
    // What keeps the process alive is its sockets; a timer alone has nobody to serve.
    timer.unref();
    return { clear: () => clearTimeout(timer) };
  },
};
