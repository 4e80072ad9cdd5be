// Time as the hub's services see it: injected, so that tests turn it by hand.

export interface HubClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Runs `task` once, `delayMs` from now; returns the way to call it off. */
  after(delayMs: number, task: () => void): () => void;
}

/** Node's timers overflow at 2^31 ms, and stand still while a computer sleeps: long waits are cut into pieces. */
const longestPieceMs = 60_000;

export const systemClock: HubClock = {
  nowMs: () => Date.now(),
  after(delayMs, task) {
    const dueMs = Date.now() + delayMs;
    let timer: NodeJS.Timeout;
    const wait = () => {
      const leftMs = dueMs - Date.now();
      timer = leftMs <= 0 ? setTimeout(task, 0) : setTimeout(wait, Math.min(leftMs, longestPieceMs));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
