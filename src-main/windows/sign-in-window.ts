// The sign-in's window. At a start it is opened by boot.ts before anything else is made, so that its page loads meanwhile;
// later, after signing out, by app-windows.ts. It shows itself when its page has been painted.
import type { BrowserWindow } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { Log } from '../log.ts';
import { loadPage, openPageWindow } from './page-window.ts';

export interface SignInWindow {
  readonly window: BrowserWindow;
  /** Keeps what the page says until somebody listens. */
  readonly port: WirePort;
}

const size = { width: 420, height: 640 };

export function openSignInWindow(parts: {
  readonly outFolder: string;
  readonly ports: IpcPorts;
  readonly log: Log;
}): SignInWindow {
  const window = openPageWindow(parts.outFolder, { ...size, resizable: false, maximizable: false });
  const port = parts.ports.register(window);
  window.once('ready-to-show', () => window.show());
  loadPage(window, 'sign-in', parts.log);
  return { window, port };
}

/** Resolves when the page has come and may be painted, or when it has had its time. */
export function pageHasCome({ window }: SignInWindow, withinMs = 1_000): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, withinMs);
    const come = () => {
      clearTimeout(timer);
      resolve();
    };
    window.webContents.once('did-navigate', come);
    window.once('closed', come);
  });
}
