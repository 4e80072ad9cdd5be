// utilityProcess.fork: a Node process of its own beside main, with messages both ways. The child's half is
// utility-process-child.ts. It ends when main's process ends, however that happens.
import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { report } from '../host-log.ts';

const endWithinMs = 3_000;
// Of the same kind as this file: built, or as it is.
const childModule = new URL(`./utility-process-child${path.extname(import.meta.filename)}`, import.meta.url)
  .href;
const running = new Set<UtilityProcess>();

export interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
  readonly stdio?: 'pipe' | 'ignore' | 'inherit' | readonly ('pipe' | 'ignore' | 'inherit')[];
  readonly serviceName?: string;
}

export interface UtilityProcessGone {
  readonly type: 'Utility';
  readonly reason: 'abnormal-exit' | 'killed';
  readonly exitCode: number;
  readonly serviceName: string;
  readonly name: string;
}

let tellGone: (details: UtilityProcessGone) => void = () => undefined;

/** For app.ts: told of each process that did not end with 0. */
export function onUtilityProcessGone(listener: (details: UtilityProcessGone) => void): void {
  tellGone = listener;
}

type Output = 'pipe' | 'ignore' | 'inherit';

export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #serviceName: string;
  #ended = false;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#serviceName = options.serviceName ?? modulePath;
    const outputs =
      typeof options.stdio === 'object' ? options.stdio : Array(3).fill(options.stdio ?? 'inherit');
    const output = (index: number): Output => outputs[index] ?? 'inherit';
    this.#child = fork(modulePath, [...args], {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: options.env ?? process.env,
      execArgv: ['--import', childModule, ...(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: ['ignore', output(1), output(2), 'ipc'],
      // Ctrl+C in the terminal is for main, which tells its processes when to end.
      detached: true,
    });
    running.add(this);
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('error', (error) => {
      report(`The utility process ${this.#serviceName} could not be started.`, error);
      this.#exited(1, null);
    });
    this.#child.once('exit', (code, signal) => this.#exited(code ?? 1, signal));
  }

  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  /** Messages to a process that has ended are dropped. */
  postMessage(message: unknown): void {
    if (this.#ended || !this.#child.connected) return;
    this.#child.send(message as Serializable, (error) => {
      if (error && !this.#ended) report('A message to a utility process was lost.', error);
    });
  }

  /** @returns whether the process was still there. */
  kill(): boolean {
    return !this.#ended && this.#child.kill();
  }

  /** For the host's own end. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise((resolve) => this.once('exit', resolve));
    const force = setTimeout(() => this.#child.kill('SIGKILL'), endWithinMs);
    this.kill();
    await gone;
    clearTimeout(force);
  }

  #exited(code: number, signal: NodeJS.Signals | null): void {
    if (this.#ended) return;
    this.#ended = true;
    running.delete(this);
    this.emit('exit', code);
    if (code === 0) return;
    tellGone({
      type: 'Utility',
      reason: signal ? 'killed' : 'abnormal-exit',
      exitCode: code,
      serviceName: this.#serviceName,
      name: this.#serviceName,
    });
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(modulePath, args, options),
};

export async function endUtilityProcesses(): Promise<void> {
  await Promise.all([...running].map((child) => child.end()));
}
