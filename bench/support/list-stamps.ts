// What is read off a page with a long list: frames that were not shown while it scrolls, and how soon typing is answered.
// The functions run inside the page by Playwright, the same for ours and the peer's where both have it.
import type { Page } from 'playwright';

export interface Scrolled {
  readonly frames: number;
  readonly dropped: number;
}

/**
 * Scrolls down at a steady pace for a while, and counts the frames of 60 a second that were not shown.
 * @param selector of the element that scrolls
 */
export function scrollSteadily(
  page: Page,
  selector: string,
  pxPerSecond: number,
  forMs: number,
): Promise<Scrolled> {
  return page.evaluate(
    ([wanted, pace, lengthMs]) =>
      new Promise<{ frames: number; dropped: number }>((resolve, reject) => {
        const list = document.querySelector(wanted);
        if (!list) return reject(new Error(`There is no ${wanted}.`));
        const frameMs = 1_000 / 60;
        let frames = 0;
        let dropped = 0;
        let beganAtMs: number | null = null;
        let lastAtMs = 0;
        const from = list.scrollTop;
        const frame = (atMs: number) => {
          if (beganAtMs === null) beganAtMs = atMs;
          else {
            frames += 1;
            dropped += Math.max(0, Math.round((atMs - lastAtMs) / frameMs) - 1);
          }
          lastAtMs = atMs;
          list.scrollTop = from + (pace * (atMs - beganAtMs)) / 1_000;
          if (atMs - beganAtMs < lengthMs) requestAnimationFrame(frame);
          else resolve({ frames, dropped });
        };
        requestAnimationFrame(frame);
      }),
    [selector, pxPerSecond, forMs] as const,
  );
}

export interface Answered {
  /** From the key to the rows for it in the page, and to the frame that shows them. */
  readonly inPageMs: number;
  readonly shownMs: number;
}

interface Scope {
  listAnswers?: Answered[];
}

/** From now on: each input of the search field, or each choice of a filter, is timed until the list is no more busy with it. */
export function watchAnswers(page: Page, asked: 'input' | 'choice'): Promise<void> {
  return page.evaluate((by) => {
    const answers: { inPageMs: number; shownMs: number }[] = [];
    (window as unknown as Scope).listAnswers = answers;
    const grid = document.querySelector('[role=grid]');
    if (!grid) throw new Error('There is no list.');
    let typedAtMs: number | null = null;
    document.addEventListener(
      by === 'input' ? 'input' : 'click',
      (event) => {
        const isMeant = by === 'input' || (event.target as Element).closest('[role=option]') !== null;
        if (isMeant) typedAtMs = event.timeStamp;
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (typedAtMs === null || grid.getAttribute('aria-busy') === 'true') return;
      const sinceMs = typedAtMs;
      typedAtMs = null;
      const inPageMs = performance.now() - sinceMs;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // After the frame was drawn.
        port1.onmessage = () => answers.push({ inPageMs, shownMs: performance.now() - sinceMs });
        port2.postMessage(null);
      });
    }).observe(grid, { attributes: true, attributeFilter: ['aria-busy'] });
  }, asked);
}

export async function answersSoFar(page: Page): Promise<readonly Answered[]> {
  return page.evaluate(() => (window as unknown as Scope).listAnswers ?? []);
}
