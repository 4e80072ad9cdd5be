// The hidden window that holds microphone, speaker and peer connections. Never shown, never throttled; made again at
// once when it dies or hangs, because calls wait for it. What is said over its wire is telephony's business
// (telephony/media-link.ts), which also finds out that it hangs: a page that nobody clicks is never told unresponsive.
import type { BrowserWindow } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { Log } from '../log.ts';
import { loadPage, openPageWindow } from './page-window.ts';
import { createRemakePace } from './remake-pace.ts';

export interface PhoneWindowParts {
  readonly outFolder: string;
  readonly ports: IpcPorts;
  attach(port: WirePort): void;
  detach(): void;
  /** The page does not answer any more. */
  onStuck(listener: () => void): void;
  readonly log: Log;
}

/** Returns the way to end it for good. */
export function keepPhoneWindow(parts: PhoneWindowParts): () => void {
  const { ports, log } = parts;
  const pace = createRemakePace();
  let ended = false;
  let window: BrowserWindow | null = null;
  let timer: NodeJS.Timeout | undefined;

  const open = () => {
    const opened = openPageWindow(parts.outFolder, {
      width: 400,
      height: 300,
      title: 'Offhook phone',
      skipTaskbar: true,
      webPreferences: { backgroundThrottling: false },
    });
    window = opened;
    parts.attach(ports.register(opened));
    opened.webContents.on('render-process-gone', (_event, details) => replace(opened, details.reason));
    opened.once('closed', () => replace(opened, 'closed'));
    loadPage(opened, 'phone', log);
  };

  const replace = (dead: BrowserWindow, what: string) => {
    if (window !== dead) return;
    window = null;
    parts.detach();
    if (ended) return;
    const afterMs = pace(performance.now());
    log.error('phone window: gone, made again', { what, afterMs });
    if (!dead.isDestroyed()) dead.destroy();
    // Not within the event of the one that dies.
    timer = setTimeout(open, afterMs);
  };

  parts.onStuck(() => {
    const stuck = window;
    if (!stuck) return;
    // Its sound may still go on; a destroyed window's process is let go of, and may hang on.
    stuck.webContents.forcefullyCrashRenderer();
    replace(stuck, 'hangs');
  });
  open();

  return () => {
    ended = true;
    clearTimeout(timer);
    window?.destroy();
  };
}
