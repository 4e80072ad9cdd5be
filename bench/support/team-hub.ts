// The built team hub as `npm run hub` starts it, in a process of its own, on a database that was filled before. Used by
// hub.bench.ts and sync.bench.ts. OFFHOOK_BENCH_HUB names another build, OFFHOOK_BENCH_PROFILE a folder for a profile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabasePlace } from '../../src-hub/database/open-database.ts';
import { eventually } from '../../tests/support/eventually.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface TeamHub {
  readonly url: string;
  readonly pid: number;
  memoryMiB(): { atTheEnd: number; peak: number };
  /** @throws Error where the hub has logged one */
  requireNoErrors(): void;
  stop(): Promise<void>;
  /** At once, whatever it does. */
  end(): void;
}

/** The built hub, as `npm run hub` starts it; its log goes to a file. */
export async function startTeamHub(folder: string, place: DatabasePlace): Promise<TeamHub> {
  const logFile = path.join(folder, 'hub.log');
  const built = process.env.OFFHOOK_BENCH_HUB ?? path.join(root, 'out', 'hub', 'server.js');
  const profile = process.env.OFFHOOK_BENCH_PROFILE;
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const hub = spawn(
    process.execPath,
    [...profiling, '--enable-source-maps', built, `--data-directory=${folder}`, '--port=0'],
    {
      env: { ...process.env, DATABASE_URL: 'postgres' in place ? place.postgres : '' },
      stdio: ['ignore', 'pipe', openSync(logFile, 'w')],
    },
  );
  let said = '';
  hub.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  // Whatever becomes of the benchmark, its hubs end with it.
  const endWithUs = () => hub.kill('SIGKILL');
  process.once('exit', endWithUs);
  hub.once('exit', () => process.off('exit', endWithUs));
  const url = await eventually(
    'the hub listens',
    () => {
      if (hub.exitCode !== null)
        throw new Error(`The hub ended: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
      return /^Offhook hub: (\S+)\n/m.exec(said)?.[1];
    },
    20_000,
  ).catch((error: unknown) => {
    hub.kill('SIGKILL');
    throw error;
  });
  const inMiB = (field: string) => {
    const status = readFileSync(`/proc/${hub.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  };
  return {
    url,
    pid: hub.pid ?? 0,
    memoryMiB: () => ({ atTheEnd: inMiB('VmRSS'), peak: inMiB('VmHWM') }),
    requireNoErrors() {
      const errors = readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line.includes('"level":50'));
      if (errors.length > 0) throw new Error(`The hub logged ${errors.length} errors: ${errors[0]}`);
    },
    end() {
      hub.kill('SIGKILL');
    },
    async stop() {
      if (hub.exitCode !== null || hub.signalCode !== null) return;
      const ended = once(hub, 'exit');
      hub.kill('SIGTERM');
      await ended;
    },
  };
}
