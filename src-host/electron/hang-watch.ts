// Finds out that a visible window's page hangs, for 'unresponsive' and 'responsive'. Electron is told by Chromium, when a
// click or a key has found no answer for 15 s; with a debugger at the page, as the host's is, Chromium tells nobody, and
// keys and clicks do not pass through the host. So the page is asked now and then whether it still answers, which finds
// also one that nobody clicks. Held by browser-window.ts, one per window.
import type { Target } from '../browser/target.ts';

export interface HangWatchParts {
  /** Null while there is nothing to ask: no page, a crashed one, or a window that nobody sees. */
  page(): Target | null;
  unresponsive(): void;
  responsive(): void;
}

const askEveryMs = 2_000;
/** Less than Electron's 15 s, since the asking comes on top; far more than a busy machine makes a page late by. */
const hangsAfterMs = 10_000;

/** Returns the way to stop. */
export function watchForHangs({ page, unresponsive, responsive }: HangWatchParts): () => void {
  let asked: { readonly target: Target; atMs: number } | null = null;
  let told = false;
  let lookedAtMs = performance.now();

  const ask = (target: Target) => {
    const mine = { target, atMs: performance.now() };
    asked = mine;
    const settle = () => {
      if (asked !== mine) return;
      asked = null;
      if (!told) return;
      told = false;
      responsive();
    };
    // Refused is answered too: the page is between two documents, or gone.
    target.send('Runtime.evaluate', { expression: '0', silent: true }).then(settle, settle);
  };

  const look = () => {
    const nowMs = performance.now();
    const stoodStill = nowMs - lookedAtMs > 2 * askEveryMs;
    lookedAtMs = nowMs;
    const target = page();
    if (!target || asked?.target !== target) {
      asked = null;
      told = false;
      if (target) ask(target);
      return;
    }
    // The computer slept, or this process was busy itself: the page gets its time from now on.
    if (stoodStill) asked.atMs = nowMs;
    if (told || nowMs - asked.atMs < hangsAfterMs) return;
    told = true;
    unresponsive();
  };

  const timer = setInterval(look, askEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
