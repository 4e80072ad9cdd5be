// A clock that a test turns by hand. Timers fire in the order in which they are due, each at its own time.
import type { Clock } from '../../src-main/calls/clock.ts';

export interface TestClock extends Clock {
  /** Lets `ms` pass; everything that comes due meanwhile fires. */
  pass(ms: number): void;
  /** How many timers are set. */
  pending(): number;
}

export function testClock(startMs = Date.UTC(2026, 2, 2, 9, 0, 0)): TestClock {
  let now = startMs;
  let order = 0;
  const timers = new Map<number, { dueMs: number; order: number; fire: () => void }>();
  const nextDue = (until: number) => {
    const due = [...timers.entries()].filter(([, timer]) => timer.dueMs <= until);
    due.sort(([, a], [, b]) => a.dueMs - b.dueMs || a.order - b.order);
    return due[0];
  };
  return {
    nowMs: () => now,
    setTimer(ms, fire) {
      const id = order++;
      timers.set(id, { dueMs: now + Math.max(0, ms), order: id, fire });
      return () => {
        timers.delete(id);
      };
    },
    pass(ms) {
      const until = now + ms;
      for (let next = nextDue(until); next; next = nextDue(until)) {
        const [id, timer] = next;
        timers.delete(id);
        now = Math.max(now, timer.dueMs);
        timer.fire();
      }
      now = until;
    },
    pending: () => timers.size,
  };
}
