// The practice hub as a process of its own, run as main runs it, and other programs of the repository.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { practiceHubProgram } from '../support/hub-programs.ts';

export const root = resolve(import.meta.dirname, '../..');
export const slowMs = 60_000;

export interface Program {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly exited: Promise<number | null>;
}

export function run(
  program: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
  ipc = false,
  environment: Record<string, string> = {},
): Program {
  const child = spawn(process.execPath, [...nodeArgs, program, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (data) => {
    out += data;
  });
  child.stderr?.on('data', (data) => {
    err += data;
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return { child, out: () => out, err: () => err, exited };
}

export async function runHub(userDataDirectory: string, environment: Record<string, string> = {}) {
  const dataDirectory = join(userDataDirectory, 'practice-hub');
  const program = run(practiceHubProgram, [`--data-directory=${dataDirectory}`], [], false, environment);
  const address = () => /^ws:\S+$/m.exec(program.out())?.[0];
  const url = await eventually('the hub prints its address', address, 45_000);
  return { ...program, url, dataDirectory, file: join(dataDirectory, 'practice-hub.json') };
}
