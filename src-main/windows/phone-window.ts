// The hidden window that holds microphone, speaker and peer connections. Never shown, never throttled; made again when
// it dies. What is said over its wire is telephony's business (telephony/media-link.ts).
import type { BrowserWindow } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { Log } from '../log.ts';
import { loadPage, openPageWindow } from './page-window.ts';

/** A page that dies over and over is not made again faster than this. */
const remakeAfterMs = 500;

export interface PhoneWindowParts {
  readonly outFolder: string;
  readonly ports: IpcPorts;
  attach(port: WirePort): void;
  detach(): void;
  readonly log: Log;
}

/** Returns the way to end it for good. */
export function keepPhoneWindow(parts: PhoneWindowParts): () => void {
  const { ports, log } = parts;
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
    const gone = (what: string) => {
      if (window !== opened) return;
      window = null;
      parts.detach();
      if (ended) return;
      log.error('phone window: gone, made again', { what });
      if (!opened.isDestroyed()) opened.destroy();
      timer = setTimeout(open, remakeAfterMs);
    };
    opened.webContents.on('render-process-gone', (_event, details) => gone(details.reason));
    opened.once('closed', () => gone('closed'));
    loadPage(opened, 'phone', log);
  };
  open();

  return () => {
    ended = true;
    clearTimeout(timer);
    window?.destroy();
  };
}
