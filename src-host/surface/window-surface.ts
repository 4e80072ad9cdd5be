// What shows a window: a plain headless target, an app window on the display, or a hidden target. BrowserWindow says what
// it wants; here is decided which of the three can give it.
import { hostBrowser } from '../browser/host-browser.ts';
import type { Target } from '../browser/target.ts';
import { notAvailable } from '../host-log.ts';
import { openDisplaySurface } from './display-surface.ts';
import { openHeadlessSurface } from './headless-surface.ts';
import { openHiddenSurface } from './hidden-surface.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Everything a surface must show from its first moment on. */
export interface WindowWishes {
  readonly bounds: Bounds;
  readonly visible: boolean;
  readonly takesFocus: boolean;
  readonly frame: boolean;
  readonly alwaysOnTop: boolean;
  readonly skipTaskbar: boolean;
  readonly minimized: boolean;
}

export interface WindowSurface {
  readonly target: Target;
  /** Shows the window as it is now wished. Calls are carried out in order. */
  apply(wishes: WindowWishes): void;
  /** Where the window really is; null where nobody can move it but main. */
  readBounds(): Promise<Bounds | null>;
}

/**
 * @param background the window is never shown and must never be throttled: the phone.
 * @throws Error when Chromium opens no target.
 */
export async function openSurface(wishes: WindowWishes, background: boolean): Promise<WindowSurface> {
  if (hostBrowser().headless) return openHeadlessSurface(wishes);
  if (background) {
    const hidden = await openHiddenSurface();
    if (hidden) return hidden;
    notAvailable('A window without a window', 'the phone runs in a minimised one');
    return openDisplaySurface({ ...wishes, minimized: true });
  }
  return openDisplaySurface(wishes);
}
