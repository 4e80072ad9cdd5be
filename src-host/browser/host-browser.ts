// The one Chromium of this run: started when the app becomes ready, asked by windows for targets, ended at quit.
// Holds a hidden page of its own, which keeps Chromium alive without windows and answers for screens and colour scheme.
import path from 'node:path';
import { appPaths } from '../electron/app-paths.ts';
import { commandLine } from '../electron/command-line.ts';
import { browserFlags } from './browser-flags.ts';
import { BrowserProcess } from './browser-process.ts';
import { findChromium } from './find-chromium.ts';
import { untilProfileIsFree } from './profile-lock.ts';
import type { Protocol } from './protocol-types.ts';
import type { GatedRequest, Target } from './target.ts';
import { Targets } from './targets.ts';

export interface HostBrowser {
  readonly process: BrowserProcess;
  readonly targets: Targets;
  readonly keeper: Target;
  readonly headless: boolean;
  readonly product: string;
}

let running: HostBrowser | undefined;

/**
 * @param onRequest answers or fails each request of a page.
 * @throws Error when Chromium is missing or ends at once.
 */
export async function startHostBrowser(onRequest: (request: GatedRequest) => void): Promise<HostBrowser> {
  const headless = wantsHeadless();
  const profileFolder = path.join(appPaths.get('userData'), 'chromium');
  const flags = browserFlags({
    profileFolder,
    headless,
    superuser: process.getuid?.() === 0,
    appSwitches: commandLine.switches,
    appArguments: commandLine.arguments,
  });
  await untilProfileIsFree(profileFolder);
  const browserProcess = new BrowserProcess(findChromium(process.env), profileFolder, flags);
  // The very last moment of this process, however it comes.
  process.once('exit', () => browserProcess.kill());
  const targets = new Targets(browserProcess, onRequest);
  const { product } = await browserProcess.client.send('Browser.getVersion');
  await targets.watch();
  const keeper = await targets.openHidden();
  running = { process: browserProcess, targets, keeper, headless, product };
  return running;
}

/** @throws Error before the app is ready, as Electron's own classes do. */
export function hostBrowser(): HostBrowser {
  if (!running) throw new Error('This can only be used after the app is ready.');
  return running;
}

export function hostBrowserIfStarted(): HostBrowser | undefined {
  return running;
}

export async function screenInfos(browser: HostBrowser): Promise<Protocol.Emulation.ScreenInfo[]> {
  return (await browser.keeper.send('Emulation.getScreenInfos')).screenInfos;
}

/** `--headless` is the host's own switch; without a display there is no other way. */
function wantsHeadless(): boolean {
  if (commandLine.hasSwitch('headless')) return true;
  return !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}
