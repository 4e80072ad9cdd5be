// Starts the host on the fixture main in a process of its own and lets a test work inside it. Headless unless asked
// otherwise; with an empty user data folder that goes again at the end.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as Electron from '../../src-host/electron-module.ts';

export interface Kept {
  /** The fixtures' folder. */
  readonly folder: string;
  readonly windows: Record<string, Electron.BrowserWindow>;
  readonly seen: unknown[];
  /** `import()` from the fixtures' folder. */
  readonly load: (name: string) => Promise<unknown>;
}

/** Runs inside the fixture main: may use nothing of the test's file but its argument. */
export type InMain<A, R> = (electron: typeof Electron, kept: Kept, argument: A) => R | Promise<R>;

export interface HostRun {
  readonly process: ChildProcess;
  readonly userData: string;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  inMain<R, A = undefined>(run: InMain<A, R>, argument?: A): Promise<R>;
  output(): string;
  /** Quits as Electron does, and removes the user data folder. */
  stop(): Promise<void>;
}

interface HostRunOptions {
  readonly main?: string;
  readonly userData?: string;
  readonly switches?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly display?: boolean;
  /** False for a main that never says that it is ready. */
  readonly waits?: boolean;
}

interface Answer {
  readonly ready?: true;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
}

const projectFolder = path.resolve(import.meta.dirname, '../..');
export const fixtures = path.join(import.meta.dirname, 'fixtures');

export async function startHost(options: HostRunOptions = {}): Promise<HostRun> {
  const userData = options.userData ?? mkdtempSync(path.join(os.tmpdir(), 'offhook-host-'));
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
  const child = fork(
    path.join(fixtures, options.main ?? 'main.ts'),
    [`--user-data-dir=${userData}`, '--use-fake-device-for-media-stream', ...(options.switches ?? [])],
    {
      cwd: projectFolder,
      execPath: path.join(projectFolder, 'node_modules', '.bin', 'node'),
      execArgv: ['--import', path.join(projectFolder, 'src-host', 'register.ts')],
      env: { ...environment, ...options.environment },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  child.stdout?.on('data', (text: Buffer) => {
    output += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)),
  );
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ready = Promise.withResolvers<void>();
  child.on('message', ({ ready: isReady, id, value, error }: Answer) => {
    if (isReady) ready.resolve();
    if (id === undefined) return;
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(`${error}\n${output}`));
  });
  void ended.then((how) => {
    const error = new Error(`The host has ended (${how}):\n${output}`);
    ready.reject(error);
    for (const waiter of waiting.values()) waiter.reject(error);
  });
  ready.promise.catch(() => undefined);
  if (options.waits ?? true) await ready.promise;
  let lastId = 0;
  return {
    process: child,
    userData,
    ended,
    output: () => output,
    inMain<R, A>(run: InMain<A, R>, argument?: A): Promise<R> {
      const id = ++lastId;
      return new Promise<R>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, code: String(run), argument });
      });
    },
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(force);
      if (!options.userData) removeFolder(userData);
    },
  };
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Living processes whose command line names the folder: the browser and all that belongs to a run. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandLineOf(pid).includes(folder));
}

/** Those of the processes that the given one started itself. */
export function childrenOf(parent: number, pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    // After the command's name in parentheses: state, then the parent's id (proc(5)).
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === parent;
  });
}

/** TCP sockets that the processes listen on, as `address:port` in the kernel's hexadecimal. */
export function listeningSockets(pids: readonly number[]): string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8').trim().split('\n').slice(1),
  );
  const listenState = '0A';
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === listenState && sockets.has(inode ?? ''))
    .map(([, local]) => local ?? '');
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Ended while we looked.
    return '';
  }
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? [];
      return inode ? [inode] : [];
    });
  } catch {
    // Ended while we looked.
    return [];
  }
}
