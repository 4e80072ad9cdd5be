// Starts the built app as a person would, and gives its windows as Playwright pages. Used by the end-to-end tests,
// the tour and the benchmarks. Runs on the Chromium host, or on the real Electron with OFFHOOK_RUNTIME=electron.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { eventually } from './eventually.ts';
import type { AppNetwork } from './own-network.ts';

export type WindowName = 'sign-in' | 'agent' | 'call-box' | 'admin' | 'phone';

export interface AppOptions {
  /** Taken up again where it exists; a new temporary one by default, removed at the end. */
  readonly userDataDir?: string;
  /** ws: address of another app's hub; without it the app starts a practice hub of its own. */
  readonly hubUrl?: string;
  /** WAV that stands in for the microphone. */
  readonly microphoneWav?: string;
  /** Fields of `settingsView` that are set before the start. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: a computer without any microphone or speaker. */
  readonly fakeDevices?: boolean;
  /** False shows real windows on the display, where there is one. Host only; Electron always shows its own. */
  readonly headless?: boolean;
  readonly switches?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the app is to run; this computer's own network by default. Host only. */
  readonly network?: AppNetwork;
}

export interface RunningApp {
  readonly userDataDir: string;
  readonly pid: number;
  /** Waits until the window is there and its page has loaded. */
  window(name: WindowName): Promise<Page>;
  openWindows(): string[];
  /** ws: address of this app's own practice hub. */
  hubUrl(): Promise<string>;
  output(): string;
  /** Looks at the windows with new eyes: those of before see a page that died as dead for ever. Host only. */
  lookAnew(): Promise<void>;
  /** As the computer's privacy settings do: takes the microphone from the app, or gives it back. Host only. */
  allowMicrophone(allowed: boolean): Promise<void>;
  /** Ends main at once, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const projectFolder = path.resolve(import.meta.dirname, '../..');
const mainFile = path.join(projectFolder, 'out', 'main', 'main.js');
const startWithinMs = 30_000;
/** A window that does not answer fails its step, in words, rather than the whole test. */
/** A sign-in waits up to 10 s for a hub that is just being started. */
const windowWithinMs = 20_000;
const actionWithinMs = 15_000;
export const onElectron = process.env.OFFHOOK_RUNTIME === 'electron';

/** Processing that would take a steady tone for noise is off, so that tests can listen for one. */
const testSettings = {
  language: 'en',
  theme: 'light',
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const ownFolder = options.userDataDir === undefined;
  const userDataDir = options.userDataDir ?? mkdtempSync(path.join(os.tmpdir(), 'offhook-'));
  presetSettings(userDataDir, { ...testSettings, ...options.settings });
  const switches = [
    `--user-data-dir=${userDataDir}`,
    ...(options.fakeDevices === false ? [] : ['--use-fake-device-for-media-stream']),
    '--allow-loopback-in-peer-connection',
    '--disable-component-update',
    '--disable-background-networking',
    ...(options.microphoneWav ? [`--use-file-for-fake-audio-capture=${options.microphoneWav}`] : []),
    ...(options.switches ?? []),
  ];
  const environment: Record<string, string> = {
    ...(process.env as Record<string, string>),
    ...options.environment,
    ...(options.hubUrl ? { OFFHOOK_HUB_URL: options.hubUrl } : {}),
  };
  const runtime = onElectron
    ? await onRealElectron(switches, environment)
    : await onHost(
        userDataDir,
        [...(options.headless === false ? [] : ['--headless']), ...switches],
        environment,
        options.network,
      );
  const clean = () => {
    if (ownFolder) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return {
    userDataDir,
    pid: runtime.process.pid ?? -1,
    async window(name) {
      const page = await eventually(
        `the ${name} window`,
        () => runtime.pages().find((candidate) => new URL(candidate.url()).pathname === `/${name}.html`),
        windowWithinMs,
      );
      page.setDefaultTimeout(actionWithinMs);
      await page.waitForLoadState('load');
      return page;
    },
    openWindows: () => runtime.pages().map((page) => new URL(page.url()).pathname),
    hubUrl: () =>
      eventually('the practice hub', () => {
        const file = path.join(userDataDir, 'practice-hub', 'practice-hub.json');
        return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url;
      }),
    output: runtime.output,
    lookAnew: () => runtime.lookAnew(),
    allowMicrophone: (allowed) => runtime.allowMicrophone(allowed),
    async kill() {
      runtime.process.kill('SIGKILL');
      await runtime.ended;
    },
    async stop() {
      await runtime.close();
      await runtime.ended;
      clean();
    },
  };
}

interface Runtime {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  pages(): Page[];
  output(): string;
  lookAnew(): Promise<void>;
  allowMicrophone(allowed: boolean): Promise<void>;
  close(): Promise<void>;
}

function spawnHost(
  switches: readonly string[],
  env: Record<string, string>,
  before: readonly string[] = [],
): ChildProcess {
  const node = path.join(projectFolder, 'node_modules', '.bin', 'node');
  const register = path.join(projectFolder, 'out', 'host', 'register.js');
  const [command = node, ...args] = [...before, node, '--import', register, mainFile, ...switches];
  return spawn(command, args, {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A start that is expected to end by itself: a second one, or one that is refused. Host only. */
export async function startThatEnds(
  userDataDir: string,
  switches: readonly string[] = [],
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const child = spawnHost(
    ['--headless', `--user-data-dir=${userDataDir}`, ...switches],
    process.env as Record<string, string>,
  );
  const output = collect(child);
  try {
    await eventually('the start ends', () => child.exitCode !== null, startWithinMs);
  } finally {
    child.kill('SIGKILL');
  }
  return { exitCode: child.exitCode, output: output() };
}

async function onHost(
  userDataDir: string,
  switches: string[],
  env: Record<string, string>,
  network: AppNetwork | undefined,
): Promise<Runtime> {
  const child = spawnHost(['--remote-debugging-port=0', ...switches], env, network?.command);
  const output = collect(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await eventually(
    'Offhook is ready',
    () => output().includes('Offhook is ready') || child.exitCode !== null,
    startWithinMs,
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${output()}`);
  });
  if (child.exitCode !== null) throw new Error(`The app ended at once:\n${output()}`);
  let port: number;
  let browser: Browser;
  try {
    const itsPort = Number(
      readFileSync(path.join(userDataDir, 'chromium', 'DevToolsActivePort'), 'utf8').split('\n')[0],
    );
    port = (await network?.reach(itsPort)) ?? itsPort;
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  let permissions: CDPSession | undefined;
  return {
    process: child,
    ended,
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    output,
    async lookAnew() {
      await browser.close();
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    },
    async allowMicrophone(allowed) {
      // Kept: what a session has set ends with it.
      permissions ??= await browser.newBrowserCDPSession();
      await permissions.send('Browser.setPermission', {
        permission: { name: 'microphone' },
        setting: allowed ? 'granted' : 'denied',
        origin: 'https://desk.localhost',
      });
    },
    async close() {
      await browser.close();
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await ended;
      clearTimeout(force);
    },
  };
}

async function onRealElectron(switches: string[], env: Record<string, string>): Promise<Runtime> {
  const app = await _electron.launch({ args: [mainFile, ...switches], cwd: projectFolder, env });
  const child = app.process();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    ended,
    pages: () => app.windows(),
    output: collect(child),
    lookAnew: () => Promise.reject(new Error('On Electron a page that died is seen again by itself.')),
    allowMicrophone: () => Promise.reject(new Error('The computer itself decides this on Electron.')),
    close: () => app.close(),
  };
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return () => chunks.join('');
}

/** electron-store's file, as the settings service reads it; what stands in it already is kept. */
function presetSettings(userDataDir: string, view: Readonly<Record<string, unknown>>): void {
  mkdirSync(userDataDir, { recursive: true });
  const file = path.join(userDataDir, 'config.json');
  try {
    writeFileSync(file, JSON.stringify({ view }), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
