// Boot order and nothing else, once Electron is starting. What the app consists of is in compose.ts. Loaded by main.ts.
import path from 'node:path';
import { app, dialog, protocol, safeStorage, session } from 'electron';
import { type Composed, compose } from './compose.ts';
import { DatabaseTooNew, DatabaseUnreadable, diskTroubleOf } from './database/database-errors.ts';
import { createLog } from './log.ts';
import { lockDown } from './security/lock-down.ts';
import { serveAppOrigin } from './windows/app-origin.ts';
import { dialTargetIn, listenForDialLinks } from './windows/dial-links.ts';
import { wordsIn } from './windows/words.ts';

/** @param outFolder the built files: main/, renderer/, preload/ and hub/ stand in it */
export async function boot(outFolder: string): Promise<void> {
  const log = createLog(app.getPath('logs'), !app.isPackaged);
  process.on('uncaughtException', (error) => log.error('main: uncaught', { error }));
  process.on('unhandledRejection', (error) => log.error('main: unhandled rejection', { error }));
  await app.whenReady();
  lockDown(app, session.defaultSession, log);
  serveAppOrigin(protocol, path.join(outFolder, 'renderer'));

  let composed: Composed;
  try {
    composed = await compose({
      outFolder,
      userDataFolder: app.getPath('userData'),
      downloadsFolder: app.getPath('downloads'),
      systemLocale: app.getLocale(),
      hubUrlOverride: process.env.OFFHOOK_HUB_URL ?? null,
      safeStorage,
      log,
      quit: () => app.quit(),
    });
  } catch (error) {
    log.error('main: cannot start', { error });
    sayWhyNotStarted(error);
    app.exit(1);
    return;
  }

  app.on('second-instance', (_event, argv) => {
    composed.raise();
    const target = dialTargetIn(argv);
    if (target) composed.fillDialField(target);
  });
  listenForDialLinks(app, composed.fillDialField);
  app.on('activate', composed.raise);
  // The tray keeps the app; app-windows.ts quits where it does not.
  app.on('window-all-closed', () => {});
  quitInOrder(composed);
  composed.start();
}

/** The phone unregisters and the database closes before the process ends. */
function quitInOrder(composed: Composed): void {
  let stopped = false;
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void composed.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}

function sayWhyNotStarted(error: unknown): void {
  const words = wordsIn(app.getLocale().startsWith('de') ? 'de' : 'en');
  const say = (title: string, text: string, folder: 'userData' | 'logs') =>
    dialog.showErrorBox(title, `${text}\n${app.getPath(folder)}`);
  if (error instanceof DatabaseTooNew) dialog.showErrorBox(words.databaseTooNewTitle, words.databaseTooNew);
  else if (error instanceof DatabaseUnreadable)
    say(words.databaseFailedTitle, words.databaseUnreadable, 'userData');
  else if (diskTroubleOf(error)) say(words.databaseFailedTitle, words.databaseFailed, 'userData');
  else say(words.startFailedTitle, words.startFailed, 'logs');
}
