// A clock that stands still until a test lets time pass, so that 32 seconds take none.
import type { ExchangeClock, ExchangeTimer } from '../../../src-hub/exchange/exchange-clock.ts';

interface Waiting {
  readonly dueMs: number;
  readonly run: () => void;
}

export class FakeClock implements ExchangeClock {
  #nowMs = Date.UTC(2030, 0, 1);
  readonly #waiting = new Set<Waiting>();

  nowMs(): number {
    return this.#nowMs;
  }

  startTimer(delayMs: number, run: () => void): ExchangeTimer {
    const waiting = { dueMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#waiting.add(waiting);
    return { clear: () => void this.#waiting.delete(waiting) };
  }

  /** Runs what falls due, in order, those timers too that are started meanwhile. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#waiting]
        .filter(({ dueMs }) => dueMs <= untilMs)
        .sort((one, other) => one.dueMs - other.dueMs)[0];
      if (!due) break;
      this.#waiting.delete(due);
      this.#nowMs = due.dueMs;
      due.run();
    }
    this.#nowMs = untilMs;
  }

  timerCount(): number {
    return this.#waiting.size;
  }
}
