// The simulation's own time: nothing happens between two events, and each is brought to its end before the next. Desks
// see it through clocks of their own, which may be wrong and which stop when the desk is killed.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../src-main/calls/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

const startMs = Date.UTC(2026, 2, 2, 9, 0, 0);

export class SimClock {
  #nowMs = startMs;
  readonly #timers = new Set<Timer>();
  readonly #working = new Set<Promise<unknown>>();

  nowMs(): number {
    return this.#nowMs;
  }

  /** @returns calls it off. */
  after(ms: number, fire: () => void): () => void {
    const timer = { dueMs: this.#nowMs + Math.max(0, ms), fire };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Time does not go on before this has come to its end. It must not wait for time. */
  works(work: Promise<unknown>): void {
    const done = work
      .catch(() => undefined)
      .finally(() => {
        this.#working.delete(done);
      });
    this.#working.add(done);
  }

  /** Everything that comes due meanwhile happens, each at its time; what is due together happens side by side. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.quiet();
    for (;;) {
      const nextMs = Math.min(...[...this.#timers].map(({ dueMs }) => dueMs));
      if (nextMs > untilMs) break;
      this.#nowMs = Math.max(this.#nowMs, nextMs);
      for (const timer of [...this.#timers].filter(({ dueMs }) => dueMs <= this.#nowMs)) {
        if (this.#timers.delete(timer)) timer.fire();
      }
      await this.quiet();
    }
    this.#nowMs = untilMs;
  }

  /** Until nothing is being done that does not wait for time. */
  async quiet(): Promise<void> {
    do {
      await Promise.all(this.#working);
      // All that hangs on promises alone is done by then.
      await setImmediate();
    } while (this.#working.size > 0);
  }
}

/** @param skewMs asked at each look */
export function deskClock(clock: SimClock, isAlive: () => boolean, skewMs: () => number): Clock {
  return {
    nowMs: () => clock.nowMs() + skewMs(),
    setTimer: (ms, fire) =>
      clock.after(ms, () => {
        if (isAlive()) fire();
      }),
  };
}

/** Chance that is the same for the same seed (mulberry32). @returns 0 to 1, without 1 */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
