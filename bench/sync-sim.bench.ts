// Three desktops and a hub, the product's own modules on real databases, through thousands of random schedules of
// partitions, lost, late and doubled frames, kills between any two writes, projects lost, erasure: after each, all must be
// the same, nothing acknowledged lost, nothing doubled. On SQLite, then on PostgreSQL. What fails is printed with its seed,
// shortened. Run by bench/run.ts.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { type Metric, metric } from './benchmark.ts';
import { type BenchOptions, chosen, number } from './support/bench-options.ts';
import { progress, tellLoad } from './support/progress.ts';
import type { SimJob, SimReport } from './support/sync-sim-worker.ts';

export const description =
  '10,000 schedules of what goes wrong between three desktops and a hub, none of which may lose or double a write';

export const options = {
  runs: number('schedules on SQLite', 10_000, 0),
  postgresRuns: number('schedules on PostgreSQL', 500, 0),
  steps: number('steps of a schedule, at the most', 24),
  workers: number('schedules at a time', 2),
  seed: number('other schedules', 20_261_121),
} satisfies BenchOptions;

const { runs, postgresRuns, seed, workers, steps: mostSteps } = chosen(options);
const progressEveryMs = 15_000;

export async function run(): Promise<readonly Metric[]> {
  tellLoad('before');
  // Files that live in memory: what a kill leaves is what was written, on any file system.
  const parent = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'offhook-sync-sim-'));
  const metrics: Metric[] = [];
  try {
    if (runs > 0) metrics.push(...(await onDatabase('SQLite', runs, parent, async () => null)));
    const postgres = postgresRuns > 0 ? await startPostgres() : null;
    if (postgres) {
      try {
        metrics.push(...(await onDatabase('PostgreSQL', postgresRuns, parent, () => postgres.newDatabase())));
      } finally {
        await postgres.stop();
      }
    }
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
  tellLoad('after');
  return metrics;
}

interface Played {
  held: number;
  steps: number;
  readonly failures: string[];
}

async function onDatabase(
  name: string,
  wanted: number,
  parent: string,
  newDatabase: () => Promise<string | null>,
): Promise<Metric[]> {
  const startedAtMs = performance.now();
  const all: Played[] = [];
  const sum = (what: 'held' | 'steps') => all.reduce((total, each) => total + each[what], 0);
  const told = setInterval(() => progress(`${name}: ${sum('held')} of ${wanted} have held`), progressEveryMs);
  const share = Math.ceil(wanted / workers);
  await Promise.all(
    Array.from({ length: workers }, async (_, at) => {
      const played: Played = { held: 0, steps: 0, failures: [] };
      all.push(played);
      const folder = path.join(parent, `${name}-${at}`);
      const ofThis = Math.min(share, wanted - at * share);
      progress(`${name}: ${ofThis} schedules of seed ${seed + at}`);
      await work({ runs: ofThis, seed: seed + at, mostSteps, folder, postgres: await newDatabase() }, played);
    }),
  );
  clearInterval(told);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const failures = all.flatMap((each) => each.failures);
  const alone = { peer: null, peerName: null };
  return [
    metric({
      ...alone,
      name: `${name}: schedules that lose, double or differ, of ${sum('held') + failures.length}`,
      unit: 'schedules',
      ours: failures.length,
      target: 0,
    }),
    metric({
      ...alone,
      name: `${name}: schedules that held, of ${(sum('steps') / Math.max(1, sum('held'))).toFixed(1)} steps each`,
      unit: 'schedules',
      ours: sum('held'),
      target: wanted,
      better: 'more',
    }),
    metric({
      ...alone,
      name: `${name}: schedules a second, ${workers} at a time`,
      unit: '1/s',
      ours: sum('held') / seconds,
      target: 0,
      better: 'more',
    }),
  ];
}

/** A worker ends at its first schedule that fails, or when all have held. */
async function work(job: SimJob, played: Played): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'support', 'sync-sim-worker.ts'));
  await new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      if (code !== 0 && code !== null) played.failures.push(`A worker ended with ${code}.`);
      resolve();
    });
    child.on('message', (report: SimReport) => {
      if ('held' in report) Object.assign(played, report);
      else {
        if (report.failure !== null) {
          progress(report.failure);
          played.failures.push(report.failure);
        }
        child.disconnect();
        child.kill();
      }
    });
    child.send(job);
  });
}
