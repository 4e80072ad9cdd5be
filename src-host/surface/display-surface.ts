// A window on the display: one of Chromium's app windows, with help from the X server for what the protocol cannot say
// (no frame, above all, really hidden). Where that help is missing, hidden means minimised.
import { hostBrowser } from '../browser/host-browser.ts';
import type { Protocol } from '../browser/protocol-types.ts';
import { notAvailable } from '../host-log.ts';
import type { Bounds, WindowSurface, WindowWishes } from './window-surface.ts';
import { findX11Window, type X11Window } from './x11-window.ts';

export async function openDisplaySurface(first: WindowWishes): Promise<WindowSurface> {
  const { target, nonce } = await hostBrowser().targets.openApp();
  const { windowId } = await target.sendToBrowser('Browser.getWindowForTarget', {
    targetId: target.targetId,
  });
  const x11 = await findX11Window(nonce);
  if (!x11) {
    notAvailable(
      'Frameless windows, windows above all and hidden windows',
      'xdotool and xprop with X11 are needed',
    );
  }
  let queue = Promise.resolve();
  let shown: WindowWishes | undefined;
  const apply = (wishes: WindowWishes) => {
    queue = queue.then(async () => {
      if (target.isGone) return;
      const before = shown;
      shown = wishes;
      await change(windowId, x11, before, wishes);
    });
  };
  apply(first);
  await queue;
  return {
    target,
    apply,
    async readBounds() {
      await queue;
      if (target.isGone || !shown?.visible || shown.minimized) return null;
      const { bounds } = await target.sendToBrowser('Browser.getWindowBounds', { windowId });
      return toBounds(bounds);
    },
  };
}

async function change(
  windowId: number,
  x11: X11Window | null,
  before: WindowWishes | undefined,
  wishes: WindowWishes,
): Promise<void> {
  const { client } = hostBrowser().process;
  const set = (bounds: Protocol.Browser.Bounds) =>
    // Chromium refuses what the window's state forbids, and windows that are gone.
    client.send('Browser.setWindowBounds', { windowId, bounds }).catch(() => undefined);
  const decorated =
    before?.frame !== wishes.frame ||
    before.alwaysOnTop !== wishes.alwaysOnTop ||
    before.skipTaskbar !== wishes.skipTaskbar;
  // A window manager reads frame and state when a window appears, so it is taken away for a change of them.
  if (x11 && (!wishes.visible || (decorated && (before?.visible ?? true)))) await x11.unmap();
  if (x11 && decorated) await x11.decorate(wishes);
  if (JSON.stringify(before?.bounds) !== JSON.stringify(wishes.bounds)) await set(fromBounds(wishes.bounds));
  if (!wishes.visible) {
    if (!x11) await set({ windowState: 'minimized' });
    return;
  }
  const appears = !before?.visible || decorated;
  if (x11 && appears) {
    await x11.map(wishes);
    // Window managers place a window that appears where they like.
    await set(fromBounds(wishes.bounds));
  }
  if (before?.minimized !== wishes.minimized || (!x11 && appears)) {
    await set({ windowState: wishes.minimized ? 'minimized' : 'normal' });
  }
}

function fromBounds({ x, y, width, height }: Bounds): Protocol.Browser.Bounds {
  return {
    left: Math.round(x),
    top: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
}

function toBounds({ left = 0, top = 0, width = 0, height = 0 }: Protocol.Browser.Bounds): Bounds {
  return { x: left, y: top, width, height };
}
