// app: the life of the whole, from ready to quit, in Electron's order of events. Starts Chromium when main first asks for
// ready, and ends everything that was started.
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type HostBrowser, hostBrowserIfStarted, startHostBrowser } from '../browser/host-browser.ts';
import { createRequestGate } from '../browser/request-gate.ts';
import { notAvailable, report } from '../host-log.ts';
import { appPackage } from './app-package.ts';
import { appPaths } from './app-paths.ts';
import { commandLine } from './command-line.ts';
import { preventableEvent } from './events.ts';
import { nativeTheme } from './native-theme.ts';
import { ownSchemeHandler } from './protocol.ts';
import { screen } from './screen.ts';
import {
  hasSingleInstanceLock,
  releaseSingleInstanceLock,
  takeSingleInstanceLock,
} from './single-instance.ts';
import { endUtilityProcesses, onUtilityProcessGone } from './utility-process.ts';
import { windowRegistry } from './window-registry.ts';

const sameSignalWithinMs = 500;

export class App extends EventEmitter {
  readonly commandLine = commandLine;
  readonly isPackaged = false;
  /** macOS only. */
  readonly dock = undefined;
  readonly runningUnderARM64Translation = false;
  name = appPackage.name;
  #ready: Promise<void> | undefined;
  #isReady = false;
  #ending: 'no' | 'asking' | 'closed' = 'no';
  #exitCode = 0;
  #signalledAtMs: number | undefined;

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'ready') void this.whenReady();
    });
    onUtilityProcessGone((details) => this.emit('child-process-gone', {}, details));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#signalled());
  }

  whenReady(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  isReady = (): boolean => this.#isReady;
  getName = (): string => this.name;
  setName(name: string): void {
    this.name = name;
  }
  getVersion = (): string => appPackage.version;
  getAppPath = (): string => appPackage.folder;
  getPath = (name: string): string => appPaths.get(name);
  setPath = (name: string, folder: string): void => appPaths.set(name, folder);
  setAppLogsPath = (folder?: string): void => appPaths.set('logs', folder ?? appPaths.get('logs'));

  getLocale(): string {
    return commandLine.getSwitchValue('lang') || Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getSystemLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;
  getPreferredSystemLanguages = (): string[] => [this.getSystemLocale()];
  getLocaleCountryCode = (): string => new Intl.Locale(this.getSystemLocale()).region ?? '';

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return takeSingleInstanceLock(additionalData ?? null, (second) => {
      void this.whenReady().then(() =>
        this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData),
      );
    });
  }
  hasSingleInstanceLock = (): boolean => hasSingleInstanceLock();
  releaseSingleInstanceLock = (): void => releaseSingleInstanceLock();

  /** For windows: true when closing can no longer be prevented. */
  get isEnding(): boolean {
    return this.#ending === 'closed';
  }

  /** For windows: the last of them ends the app, unless main listens. */
  windowClosed(): void {
    if (this.#ending !== 'no' || windowRegistry.all().length > 0) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  /** before-quit, close and closed of each window, will-quit, quit; each of the first two and will-quit may stop it. */
  quit(): void {
    if (this.#ending !== 'no') return;
    this.#ending = 'asking';
    if (!this.#allow('before-quit') || !this.#windowsClose() || !this.#allow('will-quit')) {
      this.#ending = 'no';
      return;
    }
    void this.#end(this.#exitCode);
  }

  /** At once: no window and no listener is asked. */
  exit(exitCode = 0): void {
    if (this.#ending === 'closed') return;
    this.#ending = 'closed';
    for (const window of windowRegistry.all()) window.destroy();
    void this.#end(exitCode);
  }

  relaunch(): void {
    notAvailable('app.relaunch', 'start the app again by hand');
  }

  focus(): void {
    windowRegistry.all().at(0)?.focus();
  }

  setAppUserModelId(): void {
    // Windows only.
  }

  setAsDefaultProtocolClient(): boolean {
    notAvailable('app.setAsDefaultProtocolClient', 'links of other programs do not reach the app');
    return false;
  }
  removeAsDefaultProtocolClient = (): boolean => false;
  isDefaultProtocolClient = (): boolean => false;

  setLoginItemSettings(): void {
    notAvailable('app.setLoginItemSettings', 'the app does not start at login');
  }
  getLoginItemSettings = () => ({ openAtLogin: false, wasOpenedAtLogin: false });

  setBadgeCount(): boolean {
    notAvailable('app.setBadgeCount', 'no badge is shown');
    return false;
  }

  setAboutPanelOptions(): void {
    // Shown by native menus only.
  }

  enableSandbox(): void {
    // Pages are sandboxed always.
  }

  disableHardwareAcceleration(): void {
    commandLine.appendSwitch('disable-gpu');
  }

  getAppMetrics(): unknown[] {
    return [];
  }

  async #start(): Promise<void> {
    // Main's file is still being evaluated: its switches and schemes come before Chromium starts.
    await nextTurn();
    await nextTurn();
    if (this.#ending !== 'no') return new Promise(() => undefined);
    const request = createRequestGate({
      handler: ownSchemeHandler,
      async mayNavigate(gated) {
        const contents = windowRegistry.contents().find(({ shows }) => shows(gated.target.targetId));
        return contents ? contents.mayNavigate(gated) : true;
      },
      report,
    });
    try {
      const browser = await startHostBrowser(request);
      void browser.process.ended.then((how) => this.#browserEnded(how));
      await Promise.all([screen.watch(browser), nativeTheme.readSystem(browser)]);
      this.#announceReady(browser);
    } catch (error) {
      report('The app could not start.', error);
      this.exit(1);
      return new Promise(() => undefined);
    }
  }

  #announceReady(browser: HostBrowser): void {
    this.#isReady = true;
    process.stderr.write(
      `[host] Running on ${browser.product}${browser.headless ? ', without a display' : ''}.\n`,
    );
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
  }

  #allow(name: 'before-quit' | 'will-quit'): boolean {
    const event = preventableEvent();
    this.emit(name, event);
    return !event.defaultPrevented;
  }

  #windowsClose(): boolean {
    for (const window of windowRegistry.all()) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    return true;
  }

  async #end(exitCode: number): Promise<void> {
    this.#ending = 'closed';
    this.emit('quit', {}, exitCode);
    await Promise.all([endUtilityProcesses(), hostBrowserIfStarted()?.process.close()]);
    releaseSingleInstanceLock();
    process.exit(exitCode);
  }

  /** Without Chromium there is no window and no audio: main ends in order, and whoever started it sees a failure. */
  #browserEnded(how: number | string): void {
    if (this.#ending !== 'no') return;
    report(`Chromium has ended (${how}); the app ends with it.`);
    this.emit(
      'child-process-gone',
      {},
      { type: 'Unknown', reason: 'crashed', exitCode: 1, name: 'Chromium' },
    );
    this.#exitCode = 1;
    this.quit();
  }

  /**
   * The first asks, as Electron does on Linux; a later one does not. Packages that clean up on signals send them on to
   * their own process (when-exit, in electron-store), so one that follows at once is the same.
   */
  #signalled(): void {
    const nowMs = performance.now();
    this.#signalledAtMs ??= nowMs;
    if (this.#signalledAtMs === nowMs) this.quit();
    else if (nowMs - this.#signalledAtMs > sameSignalWithinMs) this.exit(1);
  }
}

export const app = new App();
