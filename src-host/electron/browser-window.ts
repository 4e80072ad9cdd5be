// BrowserWindow: its life, its page, who sees it and has the keyboard. Where it stands is placed-window.ts, what shows it
// is surface/. A person's close cannot be prevented on Chromium: where main prevents it, the window is opened again.
import { hostBrowser } from '../browser/host-browser.ts';
import type { Target } from '../browser/target.ts';
import { notAvailable, report } from '../host-log.ts';
import { openSurface, type WindowSurface } from '../surface/window-surface.ts';
import { app } from './app.ts';
import { preventableEvent } from './events.ts';
import { watchForHangs } from './hang-watch.ts';
import { applyTheme } from './native-theme.ts';
import { PlacedWindow } from './placed-window.ts';
import { WebContents } from './web-contents.ts';
import type { WindowOptions } from './window-options.ts';
import { windowRegistry } from './window-registry.ts';

const watchEveryMs = 500;

export class BrowserWindow extends PlacedWindow {
  static getAllWindows = (): BrowserWindow[] => windowRegistry.all();
  static getFocusedWindow = (): BrowserWindow | null => windowRegistry.focused();
  static fromId = (id: number): BrowserWindow | null =>
    windowRegistry.all().find((window) => window.id === id) ?? null;
  static fromWebContents = (contents: WebContents): BrowserWindow | null =>
    windowRegistry.all().find((window) => window.webContents === contents) ?? null;

  readonly id = windowRegistry.nextId();
  readonly webContents: WebContents;
  readonly #background: boolean;
  #focused = false;
  #destroyed = false;
  #dragging = false;
  #watch: NodeJS.Timeout | undefined;
  readonly #stopHangWatch: () => void;

  /** @throws Error before the app is ready. */
  constructor(options: WindowOptions = {}) {
    hostBrowser();
    super(options);
    const { preload, additionalArguments = [], backgroundThrottling = true } = options.webPreferences ?? {};
    this.#background = options.show === false && !backgroundThrottling;
    this.webContents = new WebContents(this.id, {
      preloadFile: preload,
      additionalArguments,
      isFocused: () => this.#focused,
      pageFocused: (focused) => this.#pageFocused(focused),
      pageDragged: ({ x, y, done }) => this.#dragged(x, y, done),
    });
    this.#stopHangWatch = watchForHangs({
      page: () => (this.isVisible() && !this.webContents.isCrashed() ? (this.surface?.target ?? null) : null),
      unresponsive: () => this.#tellHanging('unresponsive'),
      responsive: () => this.#tellHanging('responsive'),
    });
    windowRegistry.add(this);
    this.#followContents();
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
    this.#open(this.#background);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  capturePage(): ReturnType<WebContents['capturePage']> {
    return this.webContents.capturePage();
  }

  show(): void {
    this.#appear(true);
    this.focus();
  }

  showInactive(): void {
    this.#appear(false);
  }

  hide(): void {
    if (!this.wishes.visible) return;
    this.wish({ visible: false });
    this.#focusChanged(false);
    this.emit('hide');
  }

  focus(): void {
    if (this.#destroyed || !this.wishes.visible) return;
    this.webContents.focus();
    this.#focusChanged(true);
  }

  blur(): void {
    this.#focusChanged(false);
  }

  isFocused = (): boolean => this.#focused;
  isDestroyed = (): boolean => this.#destroyed;

  /** Asks first: a listener of 'close' may prevent it. */
  close(): void {
    if (!this.#destroyed && !this.#closeIsPrevented()) this.destroy();
  }

  /** At once, without asking. 'closed' is always emitted. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    clearInterval(this.#watch);
    this.#stopHangWatch();
    this.#focusChanged(false);
    windowRegistry.remove(this);
    this.surface?.target.close();
    this.webContents.destroyed();
    this.emit('closed');
    app.windowClosed();
  }

  /** For the host: what concerns the window's page target, where there is one. */
  withTarget(run: (target: Target) => Promise<void>): void {
    if (this.surface) void run(this.surface.target);
  }

  #appear(takesFocus: boolean): void {
    if (this.#destroyed) return;
    if (this.#background) notAvailable('Showing a background window', 'it has no window to show');
    const wasVisible = this.isVisible();
    this.wish({ visible: true, minimized: false, takesFocus });
    if (!wasVisible) this.emit('show');
  }

  #open(background: boolean): void {
    openSurface(this.wishes, background)
      .then((surface) => this.#opened(surface))
      .catch((error) => {
        if (this.#destroyed) return;
        report('A window could not be opened.', error);
        this.destroy();
      });
  }

  async #opened(surface: WindowSurface): Promise<void> {
    if (this.#destroyed) {
      surface.target.close();
      return;
    }
    this.surface = surface;
    void surface.target.gone.then(() => this.#surfaceGone(surface));
    await applyTheme(surface.target);
    await this.webContents.bind(surface.target);
    surface.apply(this.wishes);
    clearInterval(this.#watch);
    if (!hostBrowser().headless) this.#watch = setInterval(() => void this.#lookWhereItIs(), watchEveryMs);
  }

  /** The target went without main asking: a person closed the window, or Chromium ended. */
  #surfaceGone(surface: WindowSurface): void {
    if (this.#destroyed || this.surface !== surface) return;
    this.surface = undefined;
    if (app.isEnding || !this.#closeIsPrevented()) {
      this.destroy();
      return;
    }
    notAvailable("Preventing a person's close", 'the window is opened again with its page');
    const url = this.webContents.getURL();
    this.webContents.unbind();
    this.#open(this.#background);
    if (url) {
      this.webContents.loadURL(url).catch((error) => report('A window could not be opened again.', error));
    }
  }

  #closeIsPrevented(): boolean {
    const event = preventableEvent();
    this.emit('close', event);
    return event.defaultPrevented;
  }

  #followContents(): void {
    const { webContents } = this;
    // Chromium paints as soon as the page has loaded; Electron promises the event once per window.
    webContents.once('did-finish-load', () =>
      setImmediate(() => this.#destroyed || this.emit('ready-to-show')),
    );
    webContents.on('render-process-gone', (event, details) =>
      app.emit('render-process-gone', event, webContents, details),
    );
  }

  #tellHanging(event: 'unresponsive' | 'responsive'): void {
    this.webContents.emit(event);
    this.emit(event);
  }

  /** Without a display every page believes that it has the keyboard; there main's word counts. */
  #pageFocused(focused: boolean): void {
    if (!hostBrowser().headless && this.isVisible()) this.#focusChanged(focused);
  }

  #focusChanged(focused: boolean): void {
    if (focused === this.#focused || (focused && this.#destroyed)) return;
    if (focused) windowRegistry.focused()?.blur();
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur');
    app.emit(focused ? 'browser-window-focus' : 'browser-window-blur', {}, this);
  }

  #dragged(x: number, y: number, done: boolean): void {
    const { bounds } = this.wishes;
    this.#dragging ||= x !== 0 || y !== 0;
    if (x !== 0 || y !== 0) this.setBounds({ x: bounds.x + x, y: bounds.y + y });
    if (!done || !this.#dragging) return;
    this.#dragging = false;
    this.emit('moved');
  }

  async #lookWhereItIs(): Promise<void> {
    const { surface, wishes } = this;
    if (!surface || this.#dragging) return;
    // A window that is going has no bounds.
    const bounds = await surface.readBounds().catch(() => null);
    if (!bounds || this.surface !== surface || this.wishes !== wishes) return;
    const { bounds: wished } = wishes;
    const moved = (['x', 'y', 'width', 'height'] as const).some((side) => bounds[side] !== wished[side]);
    if (moved) this.movedByHand(bounds);
  }
}
