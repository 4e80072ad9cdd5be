// The admin window: one at most, at the size that it was left with. Closed by hand it is hidden, so that what was typed
// in it is still there; signing out ends it. Opened by app-windows.ts; who may open it is decided by windows-handlers.ts.
import type { BrowserWindow } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { Log } from '../log.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { recoverPage } from './page-recovery.ts';
import { loadPage, openPageWindow } from './page-window.ts';

const firstSize = { width: 1240, height: 800 };
const leastSize = { minWidth: 900, minHeight: 600 };
/** A company's users as CSV, coming or going. */
const mostFrameCharacters = 12_000_000;
/** A resize has ended when nothing has changed for this long. */
const resizedForMs = 300;

export interface AdminWindow {
  /** Makes it, or brings it to the front. */
  open(): void;
  painted(): void;
  hide(): void;
  /** For good: what stood in it is gone. */
  end(): void;
}

export function createAdminWindow(parts: {
  readonly outFolder: string;
  readonly ports: IpcPorts;
  readonly settings: SettingsService;
  attach(port: WirePort): void;
  isClosing(): boolean;
  readonly log: Log;
}): AdminWindow {
  const { settings, log } = parts;
  let window: BrowserWindow | null = null;
  let painted = false;

  const make = () => {
    const made = openPageWindow(parts.outFolder, {
      ...(settings.local().adminWindowSize ?? firstSize),
      ...leastSize,
      title: 'Offhook admin',
    });
    painted = false;
    parts.attach(parts.ports.register(made, mostFrameCharacters));
    let timer: NodeJS.Timeout | undefined;
    const keepSize = () => {
      if (made.isDestroyed() || made.isMaximized() || made.isMinimized()) return;
      const { width, height } = made.getBounds();
      settings.changeLocal({ adminWindowSize: { width, height } });
    };
    made.on('resize', () => {
      clearTimeout(timer);
      timer = setTimeout(keepSize, resizedForMs);
    });
    made.on('close', (event) => {
      if (parts.isClosing()) return;
      event.preventDefault();
      made.hide();
    });
    made.once('closed', () => {
      clearTimeout(timer);
      if (window === made) window = null;
    });
    recoverPage(made, { page: 'admin', isClosing: parts.isClosing, log });
    loadPage(made, 'admin', log);
    return made;
  };

  const show = () => {
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  return {
    open() {
      window ??= make();
      // A page that is still loading shows itself when it has something to show.
      if (painted) show();
    },
    painted() {
      // A page that was loaded anew in a hidden window shows itself to nobody.
      if (!painted) {
        painted = true;
        show();
      }
    },
    hide: () => window?.hide(),
    end: () => window?.destroy(),
  };
}
