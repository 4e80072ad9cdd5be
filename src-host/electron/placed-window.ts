// The part of BrowserWindow that says where and how a window stands: bounds, visibility wishes, above all, minimised.
// Keeps the wishes at once and hands them to the surface when there is one. browser-window.ts has the rest.
import { EventEmitter } from 'node:events';
import { notAvailable } from '../host-log.ts';
import type { Bounds, WindowSurface, WindowWishes } from '../surface/window-surface.ts';
import { screen } from './screen.ts';
import type { WindowOptions } from './window-options.ts';

const defaultSize = { width: 800, height: 600 };

export class PlacedWindow extends EventEmitter {
  protected wishes: WindowWishes;
  protected surface: WindowSurface | undefined;
  #title: string;
  readonly #resizable: boolean;

  constructor(options: WindowOptions) {
    super();
    const { width = defaultSize.width, height = defaultSize.height } = options;
    this.#title = options.title ?? '';
    this.#resizable = options.resizable ?? true;
    this.wishes = {
      bounds: { ...centred(width, height), ...place(options), width, height },
      visible: options.show ?? true,
      takesFocus: options.show ?? true,
      frame: options.frame ?? true,
      alwaysOnTop: options.alwaysOnTop ?? false,
      skipTaskbar: options.skipTaskbar ?? false,
      minimized: false,
    };
  }

  protected wish(changes: Partial<WindowWishes>): void {
    this.wishes = { ...this.wishes, ...changes };
    this.surface?.apply(this.wishes);
  }

  /** Someone other than main moved or sized the window. */
  protected movedByHand(bounds: Bounds): void {
    const before = this.wishes.bounds;
    this.wishes = { ...this.wishes, bounds };
    if (before.x !== bounds.x || before.y !== bounds.y) {
      this.emit('move');
      this.emit('moved');
    }
    if (before.width !== bounds.width || before.height !== bounds.height) {
      this.emit('resize');
      this.emit('resized');
    }
  }

  getBounds(): Bounds {
    return { ...this.wishes.bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    const before = this.wishes.bounds;
    const after = { ...before, ...bounds };
    this.wish({ bounds: after });
    if (before.x !== after.x || before.y !== after.y) this.emit('move');
    if (before.width !== after.width || before.height !== after.height) this.emit('resize');
  }

  getContentBounds = (): Bounds => this.getBounds();
  getNormalBounds = (): Bounds => this.getBounds();
  setContentBounds = (bounds: Bounds): void => this.setBounds(bounds);
  setContentSize = (width: number, height: number): void => this.setBounds({ width, height });
  setSize = (width: number, height: number): void => this.setBounds({ width, height });
  setPosition = (x: number, y: number): void => this.setBounds({ x, y });

  getPosition(): [number, number] {
    return [this.wishes.bounds.x, this.wishes.bounds.y];
  }

  getSize(): [number, number] {
    return [this.wishes.bounds.width, this.wishes.bounds.height];
  }

  getContentSize = (): [number, number] => this.getSize();

  center(): void {
    const { width, height } = this.wishes.bounds;
    this.setBounds(centred(width, height));
  }

  setAlwaysOnTop(alwaysOnTop: boolean): void {
    if (alwaysOnTop === this.wishes.alwaysOnTop) return;
    this.wish({ alwaysOnTop });
    this.emit('always-on-top-changed', {}, alwaysOnTop);
  }

  isAlwaysOnTop = (): boolean => this.wishes.alwaysOnTop;
  setSkipTaskbar = (skipTaskbar: boolean): void => this.wish({ skipTaskbar });
  isVisible = (): boolean => this.wishes.visible && !this.wishes.minimized;
  isMinimized = (): boolean => this.wishes.minimized;
  isMaximized = (): boolean => false;
  isFullScreen = (): boolean => false;
  isResizable = (): boolean => this.#resizable;

  minimize(): void {
    if (this.wishes.minimized) return;
    this.wish({ minimized: true });
    this.emit('minimize');
  }

  restore(): void {
    if (!this.wishes.minimized) return;
    this.wish({ minimized: false });
    this.emit('restore');
  }

  maximize(): void {
    notAvailable('BrowserWindow.maximize', 'the window takes the work area of its display');
    this.setBounds(screen.getDisplayMatching(this.wishes.bounds).workArea);
  }

  getTitle = (): string => this.#title;

  /** The page's own title is what Chromium shows. */
  setTitle(title: string): void {
    this.#title = title;
  }

  setVisibleOnAllWorkspaces(): void {
    notAvailable('BrowserWindow.setVisibleOnAllWorkspaces', 'the window stays on its workspace');
  }

  flashFrame(): void {
    notAvailable('BrowserWindow.flashFrame', 'nothing flashes');
  }

  setOpacity(): void {
    notAvailable('BrowserWindow.setOpacity', 'windows are opaque');
  }

  setProgressBar(): void {
    notAvailable('BrowserWindow.setProgressBar', 'no progress is shown');
  }

  setOverlayIcon(): void {
    notAvailable('BrowserWindow.setOverlayIcon', 'no overlay is shown');
  }

  setMenu(): void {
    // Chromium's app windows have none.
  }

  removeMenu(): void {
    // Chromium's app windows have none.
  }

  setMenuBarVisibility(): void {
    // Chromium's app windows have none.
  }

  setMinimumSize(): void {
    notAvailable('BrowserWindow.setMinimumSize', 'a person may make the window smaller');
  }

  setResizable(): void {
    notAvailable('BrowserWindow.setResizable', 'a person may resize the window');
  }

  setBackgroundColor(): void {
    // The page paints all of its window.
  }
}

function place({ x, y }: WindowOptions): { x?: number; y?: number } {
  return { ...(x !== undefined && { x }), ...(y !== undefined && { y }) };
}

function centred(width: number, height: number): { x: number; y: number } {
  const { workArea } = screen.getPrimaryDisplay();
  return {
    x: Math.round(workArea.x + Math.max(0, workArea.width - width) / 2),
    y: Math.round(workArea.y + Math.max(0, workArea.height - height) / 2),
  };
}
