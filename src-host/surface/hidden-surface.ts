// The phone's window on a display: a target that has no window and counts itself as visible. Experimental in Chromium,
// hence the check; where it fails window-surface.ts takes a minimised window.
import { hostBrowser } from '../browser/host-browser.ts';
import type { Target } from '../browser/target.ts';
import { report } from '../host-log.ts';
import type { WindowSurface } from './window-surface.ts';

const checkWithinMs = 5_000;

/** @returns null where Chromium makes none, or one that would be throttled. */
export async function openHiddenSurface(): Promise<WindowSurface | null> {
  try {
    const target = await hostBrowser().targets.openHidden();
    if (await runsUnthrottled(target)) {
      return { target, apply: () => undefined, readBounds: async () => null };
    }
    target.close();
  } catch (error) {
    report('Chromium made no hidden target.', error);
  }
  return null;
}

/** True when the page counts itself as visible and its timers keep to a tenth of a second. */
async function runsUnthrottled(target: Target): Promise<boolean> {
  const expression = `new Promise((resolve) => {
    let ticks = 0;
    const timer = setInterval(() => {
      if (++ticks < 3) return;
      clearInterval(timer);
      resolve(document.visibilityState === 'visible');
    }, 50);
  })`;
  const answer = target.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  let late: NodeJS.Timeout | undefined;
  const deadline = new Promise<null>((resolve) => {
    late = setTimeout(() => resolve(null), checkWithinMs);
  });
  const outcome = await Promise.race([answer, deadline]);
  clearTimeout(late);
  return outcome?.result.value === true;
}
