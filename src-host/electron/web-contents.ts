// webContents: what main does to a window's page and hears from it. Outlives its target: a window that must be opened
// again (window-surface.ts) gets a new target for the same contents. Made by browser-window.ts.
import { EventEmitter } from 'node:events';
import { toAppUrl, toBrowserUrl } from '../browser/app-origin.ts';
import { PageBridge } from '../browser/page-bridge.ts';
import type { GatedRequest, Target } from '../browser/target.ts';
import { notAvailable, report } from '../host-log.ts';
import type { FromPage } from '../page/bridge-messages.ts';
import { preventableEvent } from './events.ts';
import { IpcHandlers } from './ipc-main.ts';
import { NativeImage } from './native-image.ts';
import { receiveIpc } from './page-ipc.ts';
import { PageLife } from './page-life.ts';
import { applyPermissionChecks, decideMedia } from './permissions.ts';
import { session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

export interface WebContentsOwner {
  readonly preloadFile: string | undefined;
  readonly additionalArguments: readonly string[];
  isFocused(): boolean;
  pageFocused(focused: boolean): void;
  pageDragged(by: { x: number; y: number; done: boolean }): void;
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly ipc = new IpcHandlers();
  readonly mainFrame = new WebFrameMain();
  readonly session = session.defaultSession;
  readonly #owner: WebContentsOwner;
  #target: Target | undefined;
  #bridge: PageBridge | undefined;
  #ready = Promise.withResolvers<Target>();
  #windowOpenHandler: WindowOpenHandler | null = null;
  readonly #life = new PageLife(this, this.mainFrame);
  #destroyed = false;

  constructor(id: number, owner: WebContentsOwner) {
    super();
    this.id = id;
    this.#owner = owner;
    // A window that never opens is reported by its surface; without a listener the rejection would end the host.
    this.#ready.promise.catch(() => undefined);
  }

  /** For the window: the target that shows this page from now on. */
  async bind(target: Target): Promise<void> {
    const bridge = new PageBridge(target, (message, document) => this.#fromPage(message, document));
    target.onEvent((event) => {
      if (target !== this.#target) return;
      this.#life.receive(event, target.targetId);
      if (event.method === 'Page.windowOpen') this.#popupOpened(event.params.url);
    });
    await bridge.install(this.#owner.preloadFile, {
      platform: process.platform,
      argv: [process.execPath, ...this.#owner.additionalArguments],
      versions: { node: process.versions.node, v8: process.versions.v8 },
    });
    this.#target = target;
    this.#bridge = bridge;
    this.#ready.resolve(target);
  }

  /** For the window: its target is gone, and another will come. */
  unbind(): void {
    this.#target = undefined;
    this.#bridge = undefined;
    this.#ready = Promise.withResolvers<Target>();
    this.#ready.promise.catch(() => undefined);
  }

  /** For the window, once. */
  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#ready.reject(new Error('Object has been destroyed'));
    this.emit('destroyed');
  }

  readonly shows = (targetId: string): boolean => this.#target?.targetId === targetId;

  /** Resolves when the page has loaded. @throws Error with Chromium's reason when it does not. */
  async loadURL(url: string): Promise<void> {
    const loaded = this.#nextLoad();
    loaded.catch(() => undefined);
    const target = await this.#ready.promise;
    this.#life.asked();
    const { errorText } = await target.send('Page.navigate', { url: toBrowserUrl(url) });
    if (errorText) {
      this.#life.failed(errorText, url);
      throw new Error(`${errorText} loading '${url}'`);
    }
    return loaded;
  }

  reload(): void {
    this.#command((target) => {
      this.#life.asked();
      return target.send('Page.reload');
    });
  }

  /** Nothing is cached: every file comes from main's handler. */
  reloadIgnoringCache = (): void => this.reload();

  stop(): void {
    this.#command((target) => target.send('Page.stopLoading'));
  }

  /** @throws Error when an argument cannot be cloned. Messages wait for the page; those to a dead one are dropped. */
  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    if (this.#life.isCrashed) return;
    if (this.#bridge) this.#bridge.deliver({ kind: 'message', channel, args });
    else void this.#ready.promise.then(() => this.send(channel, ...args)).catch(() => undefined);
  }

  /** Runs code in the page's own world. @returns its value as JSON. @throws Error with what the page threw. */
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const target = await this.#ready.promise;
    const { result, exceptionDetails } = await target.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  async capturePage(): Promise<NativeImage> {
    const target = await this.#ready.promise;
    const { data } = await target.send('Page.captureScreenshot', { format: 'png' });
    return new NativeImage(Buffer.from(data, 'base64'));
  }

  forcefullyCrashRenderer(): void {
    // The command itself is never answered: its page is gone.
    this.#command((target) => target.send('Page.crash'));
  }

  setWindowOpenHandler(handler: WindowOpenHandler | null): void {
    this.#windowOpenHandler = handler;
  }

  /** The window is closed whatever main says (target.ts); main is asked, as in Electron. */
  #popupOpened(url: string): void {
    const decision = this.#windowOpenHandler?.({ url: toAppUrl(url) }) ?? { action: 'allow' };
    if (decision.action === 'allow') notAvailable('window.open', 'windows that pages open are closed');
  }

  /** For the request gate: whether the page may go where it wants. */
  async mayNavigate({ paused }: GatedRequest): Promise<boolean> {
    const url = toAppUrl(paused.request.url);
    if (!this.#life.isAskedByMain) {
      const event = preventableEvent({
        url,
        isSameDocument: false,
        isMainFrame: true,
        frame: this.mainFrame,
      });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) return false;
    }
    await applyPermissionChecks(this, url);
    return true;
  }

  getURL = (): string => this.mainFrame.url;
  isDestroyed = (): boolean => this.#destroyed;
  isCrashed = (): boolean => this.#life.isCrashed;
  isLoading = (): boolean => this.#life.isLoading;
  isLoadingMainFrame = (): boolean => this.#life.isLoading;
  getOSProcessId = (): number => 0;
  getType = (): 'window' => 'window';
  isFocused = (): boolean => this.#owner.isFocused();
  isDevToolsOpened = (): boolean => false;

  focus(): void {
    this.#command((target) => target.send('Page.bringToFront'));
  }

  openDevTools(): void {
    notAvailable('webContents.openDevTools', 'start with --remote-debugging-port=0 and open it in Chromium');
  }

  closeDevTools(): void {
    // None are open.
  }

  setBackgroundThrottling(): void {
    // The host's switches throttle no window.
  }

  #command(run: (target: Target) => Promise<unknown>): void {
    // A window closed in the meantime no longer needs it.
    this.#ready.promise.then(run).catch(() => undefined);
  }

  #nextLoad(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        this.off('did-finish-load', onLoad);
        this.off('destroyed', onDestroyed);
        if (error) reject(error);
        else resolve();
      };
      const onLoad = () => settle();
      const onDestroyed = () => settle(new Error('ERR_ABORTED: the window was closed'));
      this.once('did-finish-load', onLoad);
      this.once('destroyed', onDestroyed);
    });
  }

  #fromPage(message: FromPage, document: number): void {
    if (this.#destroyed) return;
    switch (message.kind) {
      case 'focus':
        this.#owner.pageFocused(message.focused);
        return;
      case 'drag':
        this.#owner.pageDragged(message);
        return;
      case 'askMedia':
        void decideMedia(this, message).then((granted) =>
          this.#bridge?.deliver({ kind: 'mediaDecided', id: message.id, granted }, document),
        );
        return;
      case 'send':
      case 'invoke':
        receiveIpc(this, message, (answer) => this.#bridge?.deliver(answer, document));
        return;
      default:
        report('A page sent a message of an unknown kind; it was dropped.');
    }
  }
}
