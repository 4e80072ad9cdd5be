// Which windows exist and are shown: sign-in or agent by the session, the call box by the calls, the phone always.
// Windows are made once and hidden rather than closed where they must come back at once.
import { app, type BrowserWindow, Notification } from 'electron';
import type { CallView } from '#shared/domain/call-view.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { WireWindow } from '../desktop-wire/window-context.ts';
import type { Log } from '../log.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createAdminWindow } from './admin-window.ts';
import { type CallBoxWindow, openCallBoxWindow } from './call-box-window.ts';
import { recoverPage } from './page-recovery.ts';
import { loadPage, openPageWindow } from './page-window.ts';
import { openSignInWindow, type SignInWindow } from './sign-in-window.ts';
import type { Words } from './words.ts';

export interface AppWindowsParts {
  readonly outFolder: string;
  readonly ports: IpcPorts;
  readonly settings: SettingsService;
  /** Opened before everything else. */
  readonly firstSignIn: SignInWindow;
  /** Serves the desktop contract to a window. */
  attach(port: WirePort, window: WireWindow): void;
  /** The agent window was closed by hand while the phone is on: it is hidden, the app stays. */
  keepsRunningWhenClosed(): boolean;
  /** Closing it ends the app, and its person is still Available: that is asked about first (CALL-21). */
  asksWhenClosed(): boolean;
  quitByHand(): void;
  words(): Words;
  readonly log: Log;
}

export interface AppWindows {
  showSignIn(): void;
  showAgent(): void;
  /** To the front, with the keyboard: a second start, the tray, a notification. */
  raise(): void;
  painted(window: WireWindow): void;
  /** Resolves when a person has something to look at: work that can wait does so until then. */
  readonly firstPainted: Promise<void>;
  callsChanged(calls: readonly CallView[]): void;
  /** The call box stays for the undo bar until then. */
  keepCallBoxUntil(untilMs: number): void;
  showCallBox(takeFocus: boolean): void;
  openAdmin(): void;
  /** Whoever is signed in has nothing to administer any more. */
  endAdmin(): void;
  hide(window: WireWindow): void;
  fitHeight(window: WireWindow, heightPx: number): void;
  /** From now on windows really close. */
  allowClosing(): void;
}

/** A page that cannot be painted must not keep the phone from ringing. */
const paintsWithinMs = 3_000;
const agentSize = { width: 1180, height: 760, minWidth: 900, minHeight: 600 };

export function createAppWindows(parts: AppWindowsParts): AppWindows {
  const { outFolder, ports, log } = parts;
  let signIn: BrowserWindow | null = null;
  let agent: BrowserWindow | null = null;
  let callBox: CallBoxWindow | null = null;
  let closing = false;
  const firstPaint = Promise.withResolvers<void>();
  setTimeout(firstPaint.resolve, paintsWithinMs).unref();
  let readyTold = false;
  /** Ids of the calls that the call box was shown for: hidden by hand, it comes back for a new one only. */
  let shownFor = new Set<string>();
  let undoTimer: NodeJS.Timeout | undefined;
  let undoOpen = false;
  let wanted = false;
  let stillRunningSaid = false;
  const paintedOnce = new WeakSet<BrowserWindow>();

  /** Once per start: whoever knows it needs no telling each time. */
  const sayStillRunning = (words: Words) => {
    if (stillRunningSaid || !Notification.isSupported()) return;
    stillRunningSaid = true;
    new Notification({ title: words.stillRunning, body: words.stillRunningBody, silent: true }).show();
  };

  const admin = createAdminWindow({
    outFolder,
    ports,
    settings: parts.settings,
    attach: (port) => parts.attach(port, 'admin'),
    isClosing: () => closing,
    log,
  });

  const recover = (window: BrowserWindow, page: string) =>
    recoverPage(window, { page, isClosing: () => closing, log });

  let firstSignIn: SignInWindow | null = parts.firstSignIn;
  const openSignIn = () => {
    const { window, port } = firstSignIn ?? openSignInWindow({ outFolder, ports, log });
    firstSignIn = null;
    const gone = () => {
      signIn = null;
      if (!agent && !closing) app.quit();
    };
    if (window.isDestroyed()) setImmediate(gone);
    else window.once('closed', gone);
    parts.attach(port, 'signIn');
    recover(window, 'sign-in');
    return window;
  };

  const openAgent = () => {
    const window = openPageWindow(outFolder, agentSize);
    parts.attach(ports.register(window), 'agent');
    window.on('close', (event) => {
      if (closing) return;
      if (!parts.keepsRunningWhenClosed()) {
        if (!parts.asksWhenClosed()) return;
        // It stays until that is answered: an app without a window would look as if it were gone.
        event.preventDefault();
        return parts.quitByHand();
      }
      event.preventDefault();
      window.hide();
      sayStillRunning(parts.words());
    });
    window.once('closed', () => {
      agent = null;
      if (!closing && !signIn && !parts.keepsRunningWhenClosed()) app.quit();
    });
    recover(window, 'agent');
    loadPage(window, 'agent', log);
    return window;
  };

  const theCallBox = () => {
    if (callBox && !callBox.window.isDestroyed()) return callBox;
    const opened = openCallBoxWindow({
      outFolder,
      ports,
      settings: parts.settings,
      attach: (port) => parts.attach(port, 'callBox'),
      log,
    });
    opened.window.once('closed', () => {
      if (callBox === opened) callBox = null;
    });
    recover(opened.window, 'call-box');
    callBox = opened;
    return opened;
  };

  const settleCallBox = () => {
    if (wanted || undoOpen) return;
    callBox?.hide();
  };

  const show = (window: BrowserWindow | null) => {
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  return {
    showSignIn() {
      signIn ??= openSignIn();
      agent?.destroy();
      callBox?.window.destroy();
      admin.end();
    },
    showAgent() {
      agent ??= openAgent();
      signIn?.destroy();
    },
    raise: () => show(agent ?? signIn),
    firstPainted: firstPaint.promise,
    painted(window) {
      if (window === 'callBox') return;
      if (window === 'admin') return admin.painted();
      firstPaint.resolve();
      const shown = window === 'agent' ? agent : signIn;
      // A page that was loaded anew in a window that the agent has hidden shows itself to nobody.
      if (shown && !paintedOnce.has(shown)) {
        paintedOnce.add(shown);
        shown.show();
      }
      // Made ahead, so that the first call's pop does not wait for a page to load.
      if (window === 'agent') theCallBox();
      if (window === 'signIn' && !readyTold) {
        readyTold = true;
        process.stdout.write('Offhook is ready\n');
      }
    },
    callsChanged(calls) {
      const present = calls.filter((call) => call.phase !== 'ignored' && call.phase !== 'closed');
      const fresh = present.some((call) => !shownFor.has(call.callId));
      shownFor = new Set(present.map((call) => call.callId));
      wanted = present.length > 0;
      if (fresh) theCallBox().appear();
      settleCallBox();
    },
    keepCallBoxUntil(untilMs) {
      clearTimeout(undoTimer);
      undoOpen = untilMs > Date.now();
      undoTimer = setTimeout(
        () => {
          undoOpen = false;
          settleCallBox();
        },
        Math.max(0, untilMs - Date.now()),
      );
    },
    showCallBox(takeFocus) {
      const box = theCallBox();
      box.appear();
      if (takeFocus) box.window.focus();
    },
    openAdmin: admin.open,
    endAdmin: admin.end,
    hide(window) {
      if (window === 'callBox') callBox?.hide();
      else if (window === 'admin') admin.hide();
      else (window === 'agent' ? agent : signIn)?.hide();
    },
    fitHeight(window, heightPx) {
      if (window === 'callBox') callBox?.fitHeight(heightPx);
    },
    allowClosing() {
      closing = true;
      clearTimeout(undoTimer);
    },
  };
}
