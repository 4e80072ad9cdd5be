// What is read off a page with a stopwatch, the same for our windows and for the peer's page. The functions run inside
// the page by Playwright. One clock: performance.timeOrigin + performance.now() is the wall clock of this machine.
import type { Page } from 'playwright';

interface BenchScope {
  /** Moments in the page's DOM and on the screen. */
  benchPainted?: { readonly shownAtMs: number; readonly paintedAtMs: number }[];
  benchHeard?: number[];
}

/**
 * From now on: when an element that answers to `selector` is in the page, and two animation frames have passed, the
 * moment is kept; once more after it has gone and come again.
 */
export function watchPaint(page: Page, selector: string): Promise<void> {
  return page.evaluate((wanted) => {
    const scope = window as unknown as BenchScope;
    const painted: { shownAtMs: number; paintedAtMs: number }[] = [];
    const now = () => performance.timeOrigin + performance.now();
    scope.benchPainted = painted;
    let there = false;
    const look = () => {
      const found = document.querySelector(wanted) !== null;
      if (found && !there) {
        const shownAtMs = now();
        requestAnimationFrame(() =>
          requestAnimationFrame(() => painted.push({ shownAtMs, paintedAtMs: now() })),
        );
      }
      there = found;
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['hidden'],
    });
    look();
  }, selector);
}

export interface Painting {
  readonly shownAtMs: number;
  readonly paintedAtMs: number;
}

/** The moments of the `count`th painting since `watchPaint`. */
export async function painting(page: Page, count: number): Promise<Painting> {
  const handle = await page.waitForFunction(
    (wanted) => (window as unknown as BenchScope).benchPainted?.[wanted - 1],
    count,
    { timeout: 10_000, polling: 20 },
  );
  return (await handle.jsonValue()) as Painting;
}

/** Presses a button as a hand does, and gives the moment. */
export function press(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const button = document.querySelector<HTMLButtonElement>(wanted);
    if (!button) throw new Error(`There is no ${wanted}.`);
    const atMs = performance.timeOrigin + performance.now();
    button.click();
    return atMs;
  }, selector);
}

/**
 * From now on: the first sound of each remote audio track is stamped, by a tap of its samples in blocks of 5 ms. Must be
 * asked before the first call. Resolves when the audio runs.
 */
export function watchSound(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const scope = window as unknown as BenchScope;
    const heard: number[] = [];
    scope.benchHeard = heard;
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.resume();
    const loudEnough = 0.01;
    const Original = window.RTCPeerConnection;
    const listen = (track: MediaStreamTrack, connection: RTCPeerConnection) => {
      const source = context.createMediaStreamSource(new MediaStream([track]));
      // Deprecated, but it needs no module, which the app's content security policy would refuse.
      const tap = context.createScriptProcessor(256, 1, 1);
      const stop = () => {
        tap.onaudioprocess = null;
        source.disconnect();
        tap.disconnect();
      };
      tap.onaudioprocess = ({ inputBuffer }) => {
        if (connection.connectionState === 'closed') return stop();
        if (!inputBuffer.getChannelData(0).some((sample) => Math.abs(sample) > loudEnough)) return;
        heard.push(performance.timeOrigin + performance.now());
        stop();
      };
      source.connect(tap);
      tap.connect(context.destination);
    };
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', ({ track }) => listen(track, this));
      }
    };
  });
}

/** The moment of the first sound of the `count`th call since `watchSound`. */
export async function heardAtMs(page: Page, count: number): Promise<number> {
  const handle = await page.waitForFunction(
    (wanted) => (window as unknown as BenchScope).benchHeard?.[wanted - 1],
    count,
    { timeout: 10_000, polling: 20 },
  );
  return (await handle.jsonValue()) as number;
}

/** How far a page's clock is from this process's, in ms; beyond a few, no figure of it is worth anything. */
export async function clockSkewMs(page: Page): Promise<number> {
  const before = performance.timeOrigin + performance.now();
  const there = await page.evaluate(() => performance.timeOrigin + performance.now());
  const after = performance.timeOrigin + performance.now();
  return there < before ? there - before : there > after ? there - after : 0;
}
