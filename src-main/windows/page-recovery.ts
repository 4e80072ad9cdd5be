// Loads a window's page anew when its process has died, or hangs. The window itself stays, with its place and its wire;
// what the page showed is main's and is asked for again. The phone window has manners of its own (phone-window.ts).
import type { BrowserWindow } from 'electron';
import type { Log } from '../log.ts';
import { createRemakePace } from './remake-pace.ts';

/** @param isClosing the app is on its way out: what dies then is left dead */
export function recoverPage(
  window: BrowserWindow,
  parts: { readonly page: string; isClosing(): boolean; readonly log: Log },
): void {
  const { page, isClosing, log } = parts;
  const pace = createRemakePace();
  const isOver = () => window.isDestroyed() || isClosing();
  let timer: NodeJS.Timeout | undefined;

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (isOver()) return;
    const afterMs = pace(performance.now());
    log.error('page: died, loaded anew', { page, reason, afterMs });
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!isOver()) window.webContents.reload();
    }, afterMs);
  });
  // A page that hangs cannot be reloaded; ended by force it tells of its death, above.
  window.on('unresponsive', () => {
    if (isOver()) return;
    log.error('page: hangs, ended by force', { page });
    window.webContents.forcefullyCrashRenderer();
  });
  window.once('closed', () => clearTimeout(timer));
}
