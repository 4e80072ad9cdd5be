// A desktop's first pull of 100,000 records, and 5,000 notes that three desktops wrote while the hub was away, through the
// built team hub and the product's own sync; in turns with PouchDB, which replicates the same people as documents from
// express-pouchdb, and the same notes to it. Run by bench/run.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import { type PouchSide, startPouch } from './peers/pouch-side.ts';
import { type BenchOptions, chosen, flag, number } from './support/bench-options.ts';
import { progress, tellLoad } from './support/progress.ts';
import type { Stopped } from './support/stopwatch.ts';
import { startOurs } from './support/sync-ours.ts';
import type { Pulled, Pushed, SyncSide } from './support/sync-side.ts';

export const description =
  'pull 100,000 records into a desktop, push 5,000 notes from 3 desktops, beside PouchDB and express-pouchdb';

export const options = {
  records: number('records that a desktop pulls', 100_000),
  notes: number('notes that the desktops push in a round', 5_000),
  desks: number('desktops', 3),
  rounds: number('rounds of pushes', 5),
  // It takes 100 by itself; with more it is faster, up to about here.
  pouchBatch: number('documents in a batch of PouchDB', 1_000),
  sqliteOnly: flag('leaves PostgreSQL out'),
  alone: flag('leaves PouchDB out'),
} satisfies BenchOptions;

const { rounds: pushes, pouchBatch, sqliteOnly, alone, ...amount } = chosen(options);
const timesFaster = 10;
const rowsPerSecond = 10_000;
const longestHoldMs = 50;
/** One core for each of the two at that rate. */
const mostProcessorUs = 1e6 / rowsPerSecond;
const mostMiB = 300;

interface Measured {
  readonly pulls: Pulled[];
  readonly pushes: Pushed[];
  /** PouchDB alone: until numbers can be looked up. */
  readonly indexed: Stopped[];
}

export async function run(): Promise<readonly Metric[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-sync-'));
  const postgres = sqliteOnly ? null : await startPostgres();
  try {
    tellLoad('at the start');
    const metrics = await onSqlite(folder);
    if (!postgres) return metrics;
    const place = { postgres: await postgres.newDatabase() };
    const name = 'hub on PostgreSQL';
    const ours = await startOurs(name, path.join(folder, 'postgres'), place, amount);
    metrics.push(...metricsOf(name, await inTurns(ours, null), null));
    tellLoad('at the end');
    return metrics;
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function onSqlite(folder: string): Promise<Metric[]> {
  const name = 'hub on SQLite';
  const own = path.join(folder, 'sqlite');
  const ours = await startOurs(name, own, { sqlite: path.join(own, 'hub', 'hub.sqlite') }, amount);
  const peer = alone ? null : await startPouch(path.join(folder, 'pouch'), amount, pouchBatch);
  const measured = await inTurns(ours, peer);
  return metricsOf(name, measured, peer && measured.peer);
}

async function inTurns(ours: SyncSide, peer: PouchSide | null): Promise<Measured & { peer: Measured }> {
  const own: Measured = { pulls: [], pushes: [], indexed: [] };
  const theirs: Measured = { pulls: [], pushes: [], indexed: [] };
  const sides = peer
    ? ([
        [ours, own],
        [peer, theirs],
      ] as const)
    : ([[ours, own]] as const);
  try {
    for (let desk = 0; desk < amount.desks; desk++) {
      for (const [side, into] of sides) {
        const stopped = await side.pull();
        into.pulls.push(stopped);
        progress(`${side.name}: ${rowsASecond(stopped).toFixed(0)} rows/s ${JSON.stringify(stopped)}`);
      }
      if (peer) theirs.indexed.push(await peer.index());
    }
    for (let round = 0; round < pushes; round++) {
      for (const [side, into] of sides) {
        const pushed = await side.push(round);
        into.pushes.push(pushed);
        progress(`${side.name}: ${notesASecond(pushed).toFixed(0)} notes/s ${JSON.stringify(pushed)}`);
      }
    }
    for (const [side] of sides) await side.close();
  } catch (error) {
    for (const [side] of sides) side.end();
    throw error;
  }
  return { ...own, peer: theirs };
}

const tookMs = ({ startedAtMs, endedAtMs }: Stopped) => endedAtMs - startedAtMs;
const rowsASecond = (stopped: Stopped) => (amount.records * 1_000) / tookMs(stopped);
const notesASecond = ({ tookMs: taken }: Pushed) => (amount.notes * 1_000) / taken;

function metricsOf(name: string, ours: Measured, peer: Measured | null): Metric[] {
  const peerName = peer ? 'PouchDB' : null;
  const middle = <T>(all: readonly T[], of: (each: T) => number) => percentile(all.map(of), 0.5);
  const late = <T>(all: readonly T[], of: (each: T) => number) => percentile(all.map(of), 0.95);
  const beside = <T>(
    what: string,
    unit: string,
    target: number,
    of: (side: Measured) => readonly T[],
    sum: (all: readonly T[]) => number,
    better: 'less' | 'more' = 'less',
  ) =>
    metric({
      ...{ name: `${name}: ${what}`, unit, target, better, peerName },
      ...{ ours: sum(of(ours)), peer: peer && sum(of(peer)) },
    });
  const pulls = (side: Measured) => side.pulls;
  const each = (side: Measured) => side.pushes.flatMap(({ eachMs }) => eachMs);
  // Alone there is nothing to be faster than: a minute is what nobody waits for.
  const lessS = peer ? 1 / timesFaster : 60;
  const lessMs = peer ? 1 / timesFaster : 60_000;
  const metrics = [
    metric({
      ...{
        name: `${name}: rows pulled a second, median`,
        unit: '1/s',
        ours: middle(ours.pulls, rowsASecond),
      },
      ...{ peer: null, peerName: null, target: rowsPerSecond, better: 'more' },
    }),
    beside('whole first pull, median', 's', lessS, pulls, (all) => middle(all, tookMs) / 1_000),
    beside('whole first pull, p95', 's', lessS, pulls, (all) => late(all, tookMs) / 1_000),
    beside('processor time of the desktop, a row', 'µs', peer ? 1 : mostProcessorUs, pulls, (all) =>
      middle(all, ({ processorMs }) => (processorMs * 1_000) / amount.records),
    ),
    beside('processor time of the hub, a row', 'µs', peer ? 1 : mostProcessorUs, pulls, (all) =>
      middle(all, ({ hubProcessorMs }) => (hubProcessorMs * 1_000) / amount.records),
    ),
    metric({
      ...{ name: `${name}: longest hold-up of the desktop’s main thread`, unit: 'ms' },
      ...{ ours: Math.max(...ours.pulls.map((one) => one.longestHoldMs)), peer: null, peerName: null },
      target: longestHoldMs,
    }),
    beside('memory of the desktop (RSS), highest', 'MiB', peer ? 1 : mostMiB, pulls, (all) =>
      Math.max(...all.map(({ peakMiB }) => peakMiB)),
    ),
    beside(
      `notes pushed a second by ${amount.desks} desktops, median`,
      ...(['1/s', peer ? timesFaster : 0] as const),
      ({ pushes: all }) => all,
      (all) => middle(all, notesASecond),
      'more',
    ),
    beside('until a desktop has sent all of its own, median', 'ms', lessMs, each, (all) =>
      percentile(all, 0.5),
    ),
    beside('until a desktop has sent all of its own, p95', 'ms', lessMs, each, (all) =>
      percentile(all, 0.95),
    ),
  ];
  if (peer) {
    const until = peer.pulls.map((one, at) => tookMs(one) + tookMs(peer.indexed[at] ?? one));
    metrics.push(
      metric({
        ...{
          name: `${name}: pulled, and numbers can be looked up, median`,
          unit: 's',
          peerName,
          target: lessS,
        },
        ...{ ours: middle(ours.pulls, tookMs) / 1_000, peer: percentile(until, 0.5) / 1_000 },
      }),
    );
  }
  return metrics;
}
