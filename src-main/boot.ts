// Boot order and nothing else, once Electron is starting: the sign-in's page first, then all that it is to speak with.
// What the app consists of is in compose.ts. Loaded by main.ts.
import path from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, protocol, safeStorage, session } from 'electron';
import type { Composed } from './compose.ts';
import { DatabaseTooNew, diskTroubleOf, isDamage } from './database/database-errors.ts';
import { createIpcPorts } from './desktop-wire/ipc-ports.ts';
import { createLog } from './log.ts';
import { lockDown } from './security/lock-down.ts';
import { secretsAreSafe } from './security/secret-store.ts';
import { asksAtQuit } from './session/quitting.ts';
import { glanceAtSettings } from './settings/settings-glance.ts';
import { serveAppOrigin } from './windows/app-origin.ts';
import { dialTargetIn, listenForDialLinks } from './windows/dial-links.ts';
import { firstFacePage } from './windows/first-face.ts';
import { openSignInWindow, pageHasCome } from './windows/sign-in-window.ts';
import { wordsIn } from './windows/words.ts';

/** @param outFolder the built files: main/, renderer/, preload/ and hub/ stand in it */
export async function boot(outFolder: string): Promise<void> {
  const log = createLog(app.getPath('logs'), !app.isPackaged);
  process.on('uncaughtException', (error) => log.error('main: uncaught', { error }));
  process.on('unhandledRejection', (error) => log.error('main: unhandled rejection', { error }));
  await app.whenReady();
  lockDown(app, session.defaultSession, log);

  let settled = false;
  const quitSettled = () => {
    settled = true;
    app.quit();
  };
  let composed: Composed;
  try {
    const userDataFolder = app.getPath('userData');
    const hubUrlOverride = process.env.OFFHOOK_HUB_URL ?? null;
    const renderer = path.join(outFolder, 'renderer');
    const glance = () => glanceAtSettings(userDataFolder, app.getLocale());
    nativeTheme.themeSource = glance().theme;
    serveAppOrigin(protocol, renderer, async (page) => {
      if (page !== 'sign-in') return null;
      const { language, username, hubUrl } = glance();
      return firstFacePage(renderer, {
        language,
        dark: nativeTheme.shouldUseDarkColors,
        canRemember: secretsAreSafe(safeStorage),
        username,
        hubUrl: hubUrlOverride ?? hubUrl,
      });
    });
    const ports = createIpcPorts(log);
    const firstSignIn = openSignInWindow({ outFolder, ports, log });
    // Loading and composing keep this process busy for as long as the page takes to be painted: the page comes first.
    await pageHasCome(firstSignIn);
    const { compose } = await import('./compose.ts');
    composed = await compose({
      outFolder,
      userDataFolder,
      downloadsFolder: app.getPath('downloads'),
      systemLocale: app.getLocale(),
      hubUrlOverride,
      safeStorage,
      ports,
      firstSignIn,
      log,
      quit: () => quitSettled(),
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
  quitInOrder(composed, () => settled);
  composed.start();
}

/** Whoever quits by hand is asked first; then the phone unregisters and the database closes before the process ends. */
function quitInOrder(composed: Composed, isSettled: () => boolean): void {
  let stopped = false;
  let stopping = false;
  let computerEnds = false;
  const { platform } = process;
  if (platform === 'darwin') {
    const ends = () => {
      computerEnds = true;
    };
    powerMonitor.on('shutdown', ends);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        ends();
        app.quit();
      });
    }
  }
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (stopping) return;
    if (asksAtQuit({ platform, settled: isSettled(), computerEnds })) return composed.quitByHand();
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
  else if (isDamage(error)) say(words.databaseFailedTitle, words.databaseUnreadable, 'userData');
  else if (diskTroubleOf(error)) say(words.databaseFailedTitle, words.databaseFailed, 'userData');
  else say(words.startFailedTitle, words.startFailed, 'logs');
}
