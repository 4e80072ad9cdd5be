// One 20 ms clock for every call of the process: a timer each would drift by two per cent and cost more.
// Players tick on it. It runs only while somebody listens.
import { performance } from 'node:perf_hooks';

export const tickMs = 20;
/** After a longer standstill (the computer slept) the missed ticks are dropped instead of sent in a burst. */
const longestCatchUpMs = 500;

/** Called once per 20 ms; late ticks are caught up with, so over time the rate is exact. */
export type TickListener = () => void;

export interface MediaClock {
  /** Returns the way to stop. */
  onTick(listener: TickListener): () => void;
}

export function createMediaClock(nowMs: () => number = () => performance.now()): MediaClock {
  const listeners = new Set<TickListener>();
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = 0;

  function run(): void {
    const now = nowMs();
    if (now - dueAtMs > longestCatchUpMs) dueAtMs = now;
    for (; dueAtMs <= now; dueAtMs += tickMs) for (const listener of [...listeners]) listener();
    if (listeners.size > 0) timer = setTimeout(run, Math.max(1, dueAtMs - nowMs()));
  }

  return {
    onTick(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        dueAtMs = nowMs() + tickMs;
        timer = setTimeout(run, tickMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearTimeout(timer);
      };
    },
  };
}

/** The one that all media ends share. */
export const mediaClock: MediaClock = createMediaClock();
