// A company of 500 agents at work on one hub: calls at a steady rate over hub and exchange, on SQLite and on PostgreSQL,
// each offered to somebody eligible; then as many calls as the hub takes, in turns with bare Fastify that runs the same
// statements and bare `ws` that passes the same frames. Hub, load and peers are processes of their own. Run by bench/run.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabasePlace } from '../src-hub/database/open-database.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { type SeededCompany, seedCompany } from '../tests/support/seed-company.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import type { PeerDoors, PeerOrder } from './peers/hub-peer.ts';
import { type BenchOptions, chosen, flag, number } from './support/bench-options.ts';
import type { LoadQuestion, LoadResult, RecordedFrame, Spread } from './support/hub-load.ts';
import { askFastify, passFrames } from './support/peer-load.ts';
import { progress, tellLoad } from './support/progress.ts';
import { startTeamHub } from './support/team-hub.ts';

export const description =
  '500 agents, 20 calls a second through hub and exchange on both databases, beside bare Fastify and bare ws';

export const options = {
  agents: number('agents who are signed in', 500),
  seconds: number('seconds of the steady rate', 60),
  rate: number('calls a second at the steady rate', 20),
  watchers: number('desktops that show the directory all the time', 'as many as --agents', 0),
  flatOut: number('seconds flat out, of ours and of each peer, in each round', '8, or 3 below --seconds=30'),
  sqliteOnly: flag('leaves PostgreSQL out'),
} satisfies BenchOptions;

const { agents, seconds, rate: callsPerSecond, sqliteOnly, ...given } = chosen(options);
const watchers = given.watchers ?? agents;
const flatOutSeconds = given.flatOut ?? (seconds < 30 ? 3 : 8);
const rounds = 3;
/** As many as there are callers: of one connection the exchange takes 20 new calls a second. */
const flatOutLines = 40;

export async function run(): Promise<readonly Metric[]> {
  const metrics: Metric[] = [];
  tellLoad('at the start');
  metrics.push(...(await onDatabase('SQLite', (folder) => ({ sqlite: path.join(folder, 'hub.sqlite') }))));
  const postgres = sqliteOnly ? null : await startPostgres();
  if (!postgres) return metrics;
  try {
    const url = await postgres.newDatabase();
    metrics.push(...(await onDatabase('PostgreSQL', () => ({ postgres: url }))));
  } finally {
    await postgres.stop();
  }
  tellLoad('at the end');
  return metrics;
}

async function onDatabase(name: string, placeIn: (folder: string) => DatabasePlace): Promise<Metric[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-hub-'));
  const place = placeIn(folder);
  const counts = { agents, callers: flatOutLines, projects: 10 };
  const company = await seedCompany(place, counts);
  const hub = await startTeamHub(folder, place);
  const load = child('support/hub-load.ts');
  const peer = child('peers/hub-peer.ts');
  try {
    progress(`${name}: signing in`);
    const order = {
      hubUrl: hub.url,
      company,
      callsPerSecond,
      seconds,
      watchers,
      flatOutSeconds,
      flatOutLines,
    };
    await ask(load, { what: 'start', order });
    progress(`${name}: ${callsPerSecond} calls a second for ${seconds} s`);
    const steady = (await ask(load, { what: 'steady' })) as LoadResult;
    const memory = hub.memoryMiB();
    progress(`${name}: flat out, in turns`);
    const frames = (await ask(load, { what: 'record' })) as RecordedFrame[];
    const rates = await inTurns(
      hub.pid,
      load,
      peer,
      { place, frames, projectId: company.projects[0]?.id ?? '' },
      company,
    );
    tellResult(name, steady, frames);
    hub.requireNoErrors();
    return [...steadyMetrics(name, steady, memory), ...rateMetrics(name, rates)];
  } finally {
    for (const each of [load, peer]) each.kill('SIGKILL');
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Rate {
  readonly perSecond: number;
  /** Processor time of the server, in milliseconds for each call. */
  readonly workMs: number;
}

interface Rates {
  readonly ours: Rate[];
  readonly fastify: Rate[];
  readonly ws: Rate[];
}

async function inTurns(
  hubPid: number,
  load: ChildProcess,
  peer: ChildProcess,
  order: PeerOrder,
  { agents: seeded }: SeededCompany,
): Promise<Rates> {
  peer.send(order);
  const [doors] = (await once(peer, 'message')) as [PeerDoors];
  const { frames, projectId } = order;
  const userIds = seeded.map(({ userId }) => userId);
  const given = { lines: flatOutLines, seconds: flatOutSeconds };
  const rates: Rates = { ours: [], fastify: [], ws: [] };
  const peerPid = peer.pid ?? 0;
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const ours = await rate(hubPid, async () => (await ask(load, { what: 'flatOut' })) as number);
    const fastify = await rate(peerPid, () => askFastify(doors, { ...given, userIds, projectId }));
    const ws = await rate(peerPid, () => passFrames(doors, { ...given, frames }));
    const told = Object.entries({ ours, fastify, ws }).map(
      ([who, { perSecond, workMs }]) =>
        `${who} ${perSecond.toFixed(0)} calls/s (${workMs.toFixed(2)} ms each)`,
    );
    progress(`  ${told.join(', ')}`);
    if (round === 0) continue;
    rates.ours.push(ours);
    rates.fastify.push(fastify);
    rates.ws.push(ws);
  }
  return rates;
}

async function rate(pid: number, work: () => Promise<number>): Promise<Rate> {
  const [workedMs, startedAtMs] = [processorMs(pid), performance.now()];
  const perSecond = await work();
  const calls = perSecond * ((performance.now() - startedAtMs) / 1_000);
  return { perSecond, workMs: (processorMs(pid) - workedMs) / calls };
}

/** User and system time (proc(5): fields 14 and 15, in hundredths of a second). */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function child(file: string): ChildProcess {
  return fork(path.join(import.meta.dirname, file), { serialization: 'advanced' });
}

async function ask(load: ChildProcess, question: LoadQuestion): Promise<unknown> {
  const answered = once(load, 'message');
  load.send(question);
  const [{ reply, error }] = (await answered) as [{ reply?: unknown; error?: string }];
  if (error !== undefined) throw new Error(`The load failed at ${question.what}: ${error}`);
  return reply;
}

function steadyMetrics(
  name: string,
  result: LoadResult,
  memory: { atTheEnd: number; peak: number },
): Metric[] {
  const alone = (what: string, unit: string, ours: number, target: number) =>
    metric({ name: `${name}: ${what}`, unit, ours, peer: null, peerName: null, target });
  const { offerMs, letThroughToOfferMs, presenceMs } = result;
  return [
    alone(
      'calls offered to nobody, or to somebody not eligible',
      'calls',
      result.neverOffered + result.wronglyOffered.length,
      0,
    ),
    alone(
      'calls told to wait, or that ended otherwise than they should',
      'calls',
      result.waited + result.otherEnds.length,
      0,
    ),
    ...spreads('INVITE → offer', offerMs, 100),
    ...spreads('INVITE with credentials → offer', letThroughToOfferMs, 100),
    ...spreads(`presence → each of ${watchers} who show it`, presenceMs, 250),
    alone('presence changes that did not reach somebody', 'frames', result.presenceMissed, 0),
    alone('presence frames to one desktop, busiest 10 s', '1/s', result.framesPerSecond, 10.1),
    alone('memory of the hub (RSS) after the run', 'MiB', memory.atTheEnd, 300),
    alone('– at its highest', 'MiB', memory.peak, 300),
  ];

  function spreads(what: string, { p50, p95, p99 }: Spread, target: number): Metric[] {
    return [
      alone(`${what}, median`, 'ms', p50, target),
      alone(`${what}, p95`, 'ms', p95, target),
      alone(`${what}, p99`, 'ms', p99, target),
    ];
  }
}

function rateMetrics(name: string, rates: Rates): Metric[] {
  const middle = (of: readonly Rate[], what: keyof Rate) =>
    percentile(
      of.map((each) => each[what]),
      0.5,
    );
  const { ours, fastify, ws } = rates;
  const than = (peerName: string, perSecond: number, workMs: number) => [
    metric({
      ...{ name: `${name}: whole calls, flat out`, unit: 'calls/s', ours: middle(ours, 'perSecond') },
      ...{ peer: perSecond, peerName, target: 0.7, better: 'more' },
    }),
    metric({
      ...{
        name: `${name}: – processor time of the server for each`,
        unit: 'ms',
        ours: middle(ours, 'workMs'),
      },
      ...{ peer: workMs, peerName, target: 1.43 },
    }),
  ];
  const [ofFastify, ofWs] = [middle(fastify, 'perSecond'), middle(ws, 'perSecond')];
  const [workOfFastify, workOfWs] = [middle(fastify, 'workMs'), middle(ws, 'workMs')];
  return [
    ...than('bare Fastify, same SQL', ofFastify, workOfFastify),
    ...than('bare ws, same frames', ofWs, workOfWs),
    // Whoever did both jobs bare, one after the other.
    ...than('both of them together', 1 / (1 / ofFastify + 1 / ofWs), workOfFastify + workOfWs),
  ];
}

function tellResult(name: string, result: LoadResult, frames: readonly RecordedFrame[]): void {
  const { calls, answered, wronglyOffered, otherEnds, waited, offerMs, presenceMs, loadLateMs } = result;
  const late = `p99 ${loadLateMs.p99.toFixed(1)} ms`;
  progress(
    `${name}: ${calls} calls, ${answered} answered, ${offerMs.count} offers timed (longest ${offerMs.longest.toFixed(1)} ms), ` +
      `${presenceMs.count} presence frames timed; ${frames.length} frames a call; load late by ${late}`,
  );
  for (const wrong of new Set([...wronglyOffered, ...otherEnds])) progress(`  ${wrong}`);
  if (waited > 0) progress(`  ${waited} calls were told to wait`);
}
