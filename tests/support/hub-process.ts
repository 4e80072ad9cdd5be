// A practice hub in a process of its own, as the built app starts it, that a test may kill, stop and start again on the
// same address and data. For apps that are given its address (OFFHOOK_HUB_URL).
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from './eventually.ts';

export interface HubProcess {
  /** ws: address; the same after each start. */
  readonly url: string;
  /** As SIGKILL and a power cut do: nobody is told. */
  kill(): Promise<void>;
  /** Resolves when it listens again. */
  start(): Promise<void>;
  /** As a network that loses every packet: connections stay, nothing is answered. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const projectFolder = path.resolve(import.meta.dirname, '../..');

export async function startHubProcess(
  environment: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'offhook-hub-'));
  let child: ChildProcess;
  let url = '';

  const start = async () => {
    const started = spawn(
      path.join(projectFolder, 'node_modules', '.bin', 'node'),
      [path.join(projectFolder, 'out', 'hub', 'practice-hub.js'), `--data-directory=${dataDirectory}`],
      { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child = started;
    let said = '';
    started.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    started.stderr?.resume();
    url = await eventually('the hub tells its address', () => /^ws:\S+$/m.exec(said)?.[0], 20_000);
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };

  await start();
  return {
    get url() {
      return url;
    },
    kill,
    start,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async close() {
      await kill();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
