// Starts the built app as a person would, and gives its windows as Playwright pages. Used by the end-to-end tests,
// the tour and the benchmarks. Runs on the Chromium host, or on the real Electron with OFFHOOK_RUNTIME=electron.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type Browser, chromium, type Page } from 'playwright';
import { eventually } from './eventually.ts';

export type WindowName = 'sign-in' | 'agent' | 'call-box' | 'phone';

export interface AppOptions {
  /** Taken up again where it exists; a new temporary one by default, removed at the end. */
  readonly userDataDir?: string;
  /** ws: address of another app's hub; without it the app starts a practice hub of its own. */
  readonly hubUrl?: string;
  /** WAV that stands in for the microphone. */
  readonly microphoneWav?: string;
  /** Fields of `settingsView` that are set before the start. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly switches?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
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
  /** Ends main at once, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const projectFolder = path.resolve(import.meta.dirname, '../..');
const mainFile = path.join(projectFolder, 'out', 'main', 'main.js');
const startWithinMs = 30_000;
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
    '--use-fake-device-for-media-stream',
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
    : await onHost(userDataDir, switches, environment);
  const clean = () => {
    if (ownFolder) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return {
    userDataDir,
    pid: runtime.process.pid ?? -1,
    async window(name) {
      const page = await eventually(`the ${name} window`, () =>
        runtime.pages().find((candidate) => new URL(candidate.url()).pathname === `/${name}.html`),
      );
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
  close(): Promise<void>;
}

async function onHost(
  userDataDir: string,
  switches: string[],
  env: Record<string, string>,
): Promise<Runtime> {
  const node = path.join(projectFolder, 'node_modules', '.bin', 'node');
  const register = path.join(projectFolder, 'src-host', 'register.ts');
  const child = spawn(
    node,
    ['--import', register, mainFile, '--headless', '--remote-debugging-port=0', ...switches],
    {
      cwd: projectFolder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output = collect(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await eventually(
    'Offhook is ready',
    () => {
      if (child.exitCode !== null) throw new Error(`The app ended at once:\n${output()}`);
      return output().includes('Offhook is ready') || undefined;
    },
    startWithinMs,
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${output()}`);
  });
  const port = readFileSync(path.join(userDataDir, 'chromium', 'DevToolsActivePort'), 'utf8').split('\n')[0];
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return {
    process: child,
    ended,
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    output,
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
