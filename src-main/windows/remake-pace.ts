// How soon a page that died is made again (pure): at once, and ever later where it dies over and over, so that a page
// that cannot live does not keep the computer busy. Used by page-recovery.ts and phone-window.ts.

/** Deaths further apart than this have nothing to do with each other. */
const forgetAfterMs = 30_000;
const firstDelayMs = 500;
const longestDelayMs = 10_000;

/** @returns the delay before the next remake, in ms, for a death at `atMs` */
export function createRemakePace(): (atMs: number) => number {
  let lastDeathMs = Number.NEGATIVE_INFINITY;
  let inARow = 0;
  return (atMs) => {
    inARow = atMs - lastDeathMs > forgetAfterMs ? 0 : inARow + 1;
    lastDeathMs = atMs;
    return inARow === 0 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (inARow - 1));
  };
}
