// Opens page targets in the three shapes a window can have (plain, app window, hidden), and closes whatever else appears.
// Called by host-browser.ts and by window surfaces. A target is caught paused, before its first request.
import { randomBytes } from 'node:crypto';
import type { BrowserProcess } from './browser-process.ts';
import type { Protocol, TargetEvent } from './protocol-types.ts';
import { type GatedRequest, Target } from './target.ts';

/** Where a new window waits, empty, for main's first loadURL. Answered by request-gate.ts. */
export const waitingRoom = 'https://desk.localhost/.waiting-room/';

/** A window that is there only so that Chromium makes a hidden target; known by its fragment, closed at once. */
const passingUrl = 'about:blank#offhook-passing';

const openWithinMs = 20_000;

export interface OpenedTarget {
  readonly target: Target;
  /** Stands in the waiting room's title, so that the X server's window can be found by it. */
  readonly nonce: string;
}

export class Targets {
  readonly #browser: BrowserProcess;
  readonly #expected = new Map<string, (target: Target) => void>();
  readonly #targets = new Map<string, Target>();
  readonly #onRequest: (request: GatedRequest) => void;

  constructor(browser: BrowserProcess, onRequest: (request: GatedRequest) => void) {
    this.#browser = browser;
    this.#onRequest = onRequest;
    browser.client.onEvent((event) => this.#receive(event));
    void browser.ended.then(() => {
      for (const target of this.#targets.values()) target.end();
    });
  }

  /** Must be done before the first target is opened. */
  async watch(): Promise<void> {
    await this.#browser.client.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'browser', exclude: true }, { type: 'tab', exclude: true }, {}],
    });
  }

  /** A target of the headless browser, seen by every protocol client. */
  openPlain(bounds: { left: number; top: number; width: number; height: number }): Promise<OpenedTarget> {
    return this.#open((url) =>
      this.#browser.client.send('Target.createTarget', { url, newWindow: true, ...bounds }),
    );
  }

  /** A window of its own on the display, without browser controls. */
  openApp(): Promise<OpenedTarget> {
    return this.#open(async (url) => this.#browser.openAppWindow(url));
  }

  /**
   * A target without any window. It is not announced to clients, and counts itself as visible.
   * Chromium makes one only while some window exists, so a passing one is made where there is none.
   */
  async openHidden(): Promise<Target> {
    const { client } = this.#browser;
    const create = () => client.send('Target.createTarget', { url: 'about:blank', hidden: true });
    const created = await create().catch(async () => {
      const passing = await client.send('Target.createTarget', {
        url: passingUrl,
        newWindow: true,
        windowState: 'minimized',
      });
      const hidden = await create();
      await client.send('Target.closeTarget', { targetId: passing.targetId });
      return hidden;
    });
    const { sessionId } = await client.send('Target.attachToTarget', {
      targetId: created.targetId,
      flatten: true,
    });
    const target = this.#keep(created.targetId, sessionId);
    await target.prepare();
    return target;
  }

  async #open(start: (url: string) => Promise<unknown>): Promise<OpenedTarget> {
    const nonce = `offhook-${randomBytes(12).toString('hex')}`;
    const { promise, resolve, reject } = Promise.withResolvers<Target>();
    const late = setTimeout(() => reject(new Error('Chromium opened no window within 20 s.')), openWithinMs);
    this.#expected.set(nonce, resolve);
    try {
      await start(waitingRoom + nonce);
      const target = await Promise.race([promise, this.#failWhenEnded()]);
      return { target, nonce };
    } finally {
      clearTimeout(late);
      this.#expected.delete(nonce);
    }
  }

  async #failWhenEnded(): Promise<never> {
    const how = await this.#browser.ended;
    throw new Error(`Chromium has ended (${how}).`);
  }

  #receive({ sessionId, event }: TargetEvent): void {
    if (sessionId !== undefined) {
      for (const target of this.#targets.values()) {
        if (target.receive(sessionId, event, this.#onRequest)) return;
      }
      return;
    }
    if (event.method === 'Target.attachedToTarget') this.#attached(event.params);
    else if (event.method === 'Target.detachedFromTarget') {
      this.#targets.get(event.params.sessionId)?.end();
      this.#targets.delete(event.params.sessionId);
    }
  }

  #attached({ sessionId, targetInfo }: Protocol.Target.attachedToTargetPayload): void {
    const nonce = targetInfo.url.startsWith(waitingRoom) ? targetInfo.url.slice(waitingRoom.length) : '';
    const expected = this.#expected.get(nonce);
    if (expected) {
      const target = this.#keep(targetInfo.targetId, sessionId);
      target
        .prepare()
        .then(() => target.resume())
        .then(() => expected(target))
        .catch(() => target.close());
      return;
    }
    const { client } = this.#browser;
    // Gone in the meantime is as good as resumed or closed.
    const forget = () => undefined;
    if (targetInfo.type === 'page' && targetInfo.url !== passingUrl) {
      // A window that a page opened. It shares the page's process, which stands still until it is resumed; its requests
      // are held and never answered.
      client.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId).catch(forget);
      client.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(forget);
      client.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(forget);
      return;
    }
    client.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(forget);
  }

  #keep(targetId: string, sessionId: string): Target {
    const target = new Target(this.#browser.client, targetId, sessionId);
    this.#targets.set(sessionId, target);
    return target;
  }
}
