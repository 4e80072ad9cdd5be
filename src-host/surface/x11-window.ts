// One window of the X server, by way of xdotool and xprop where they are installed: taken away and shown, without frame,
// above all others. Used by display-surface.ts only.
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findOnPath } from '../browser/find-chromium.ts';

const run = promisify(execFile);
const searchWithinMs = 5_000;
const searchEveryMs = 50;

export interface X11Wishes {
  readonly frame: boolean;
  readonly alwaysOnTop: boolean;
  readonly skipTaskbar: boolean;
  readonly takesFocus: boolean;
}

export interface X11Window {
  readonly id: string;
  unmap(): Promise<void>;
  map(wishes: X11Wishes): Promise<void>;
  /** Takes effect when the window is mapped next. */
  decorate(wishes: X11Wishes): Promise<void>;
}

/** @param title must be unlike any other window's. @returns null without X11 or its tools, or when no window has the title. */
export async function findX11Window(title: string): Promise<X11Window | null> {
  const xdotool = findOnPath(['xdotool'], process.env);
  const xprop = findOnPath(['xprop'], process.env);
  if (!process.env.DISPLAY || !xdotool || !xprop) return null;
  const deadline = performance.now() + searchWithinMs;
  while (performance.now() < deadline) {
    // It ends with 1 while it finds nothing.
    const found = await run(xdotool, ['search', '--name', `^${title}$`]).catch(() => null);
    const id = found?.stdout.trim().split('\n').at(-1);
    if (id) return x11Window(xdotool, xprop, id);
    await pause(searchEveryMs);
  }
  return null;
}

function x11Window(xdotool: string, xprop: string, id: string): X11Window {
  // A window that a person closed meanwhile needs no more care.
  const tell = async (tool: string, args: readonly string[]) => {
    await run(tool, args).catch(() => undefined);
  };
  const setProperty = (name: string, format: string, value: string) =>
    tell(xprop, ['-id', id, '-f', name, format, '-set', name, value]);
  const states = ({ alwaysOnTop, skipTaskbar }: X11Wishes) =>
    [
      ...(alwaysOnTop ? ['_NET_WM_STATE_ABOVE'] : []),
      ...(skipTaskbar ? ['_NET_WM_STATE_SKIP_TASKBAR', '_NET_WM_STATE_SKIP_PAGER'] : []),
    ].join(', ');
  return {
    id,
    unmap: () => tell(xdotool, ['windowunmap', '--sync', id]),
    async map(wishes) {
      // Window managers forget the state of a window that was taken away, and read it when it appears.
      await setProperty('_NET_WM_STATE', '32a', states(wishes));
      // A user time of zero asks for no focus (Extended Window Manager Hints).
      if (!wishes.takesFocus) await setProperty('_NET_WM_USER_TIME', '32c', '0');
      await tell(xdotool, ['windowmap', '--sync', id]);
      await tell(xdotool, ['windowraise', id]);
      if (wishes.takesFocus) await tell(xdotool, ['windowfocus', id]);
    },
    async decorate(wishes) {
      // Flags 2: the third field, decorations, counts.
      await setProperty('_MOTIF_WM_HINTS', '32c', `2, 0, ${wishes.frame ? 1 : 0}, 0, 0`);
      await setProperty('_NET_WM_STATE', '32a', states(wishes));
    },
  };
}
