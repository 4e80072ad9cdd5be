// Handing out orders: 100 agents at two hubs on one PostgreSQL with durable commits take and end orders as fast as they can,
// beside graphile-worker and pg-boss with as many jobs on the same server; then 200 takes a second, among as many orders and
// among five times as many, in turns; then one hub on SQLite. Run by bench/run.ts.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabasePlace } from '../src-hub/database/open-database.ts';
import { durable, type PostgresServer, startPostgres } from '../tests/support/postgres-server.ts';
import type { SeededCompany } from '../tests/support/seed-company.ts';
import { type Metric, metric, percentile } from './benchmark.ts';
import { workQueue } from './peers/queue-side.ts';
import { type BenchOptions, chosen, number, word } from './support/bench-options.ts';
import { DialAgents, type Worked } from './support/dial-agents.ts';
import { attemptsKept, fillDialCompany } from './support/dial-company.ts';
import { processorTime, timeForEach } from './support/processor-time.ts';
import { progress, tellLoad } from './support/progress.ts';
import { startTeamHub, type TeamHub } from './support/team-hub.ts';

export const description =
  '100 agents take and end 200,000 orders at two hubs on PostgreSQL, beside graphile-worker and pg-boss; SQLite';

export const options = {
  only: word('this part alone: flat out beside the peers, ours flat out, the steady rate, SQLite', [
    'saturated',
    'ours',
    'steady',
    'sqlite',
  ]),
  orders: number(
    'orders, and jobs of the peers; 2,500 for each second, or there are none left before it is over',
    200_000,
  ),
  many: number('orders where the steady rate is among many', 'five times --orders'),
  agents: number('agents at two hubs', 100),
  seconds: number('seconds of each part after its warm-up, at the most', 600),
  // Of each side, before anything is counted: programs are compiled as they run.
  warmUp: number('seconds of each part that warm up and are not counted', 3, 0),
  steady: number('seconds of each round at the steady rate', '20, or --seconds'),
  rate: number('takes a second at the steady rate', 200),
  rounds: number('rounds at the steady rate', 3),
} satisfies BenchOptions;

const { only, seconds, warmUp: warmUpSeconds, rate: takesPerSecond, rounds, ...given } = chosen(options);
const amount = { orders: given.orders, agents: given.agents };
const many = given.many ?? amount.orders * 5;
const steadySeconds = given.steady ?? Math.min(seconds, 20);

interface Team {
  readonly place: DatabasePlace;
  readonly agents: DialAgents;
  /** @throws Error where a hub has logged one; all have ended then, too. */
  stop(): Promise<void>;
}

/** Running hubs, to be ended where something fails before their team is stopped. */
const hubsAtWork = new Set<TeamHub>();

export async function run(): Promise<readonly Metric[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-dialup-'));
  tellLoad('at the start');
  const metrics: Metric[] = [];
  try {
    if (only !== 'sqlite') metrics.push(...(await onPostgres(folder)));
    if (only === null || only === 'sqlite') metrics.push(...(await onSqlite(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  tellLoad('at the end');
  return metrics;
}

async function onPostgres(folder: string): Promise<Metric[]> {
  const server = await startPostgres(durable);
  if (!server) return [];
  try {
    const steady = only === null || only === 'steady' ? await steadyOn(server, folder) : [];
    if (only === 'steady') return steady;
    return [...(await saturatedOn(server, folder)), ...steady];
  } finally {
    for (const hub of hubsAtWork) hub.end();
    await server.stop();
  }
}

/** (a): as fast as they can. */
async function saturatedOn(server: PostgresServer, folder: string): Promise<Metric[]> {
  const team = await teamAt(path.join(folder, 'saturated'), { postgres: await server.newDatabase() }, 2);
  const ours = await flatOut('PostgreSQL, flat out', team);
  const metrics = await checked('PostgreSQL', team);
  const beside = async (peerName: 'graphile-worker' | 'pg-boss', target: number) => {
    const peer = only === 'ours' ? null : await peerRate(server, peerName);
    return metric({
      ...{ name: 'PostgreSQL: orders taken and ended, flat out', unit: '1/s', ours: ours.perSecond },
      ...{ peer, peerName: peer === null ? null : peerName, target, better: 'more' },
    });
  };
  return [
    await beside('graphile-worker', 0.7),
    await beside('pg-boss', 1),
    ...spreads('PostgreSQL, flat out', ours, null),
    ...metrics,
  ];
}

async function peerRate(server: PostgresServer, what: 'graphile-worker' | 'pg-boss'): Promise<number> {
  const { orders: jobs, agents } = amount;
  progress(`${what}: ${jobs} jobs`);
  const { perSecond, time } = await workQueue(what, await server.newDatabase(), {
    jobs,
    agents,
    seconds,
    warmUpSeconds,
  });
  progress(`${what}: ${perSecond.toFixed(0)} jobs/s; ${time}`);
  return perSecond;
}

/** (b): at a steady rate, among fewer and among many. */
async function steadyOn(server: PostgresServer, folder: string): Promise<Metric[]> {
  const few = await teamAt(path.join(folder, 'few'), { postgres: await server.newDatabase() }, 2);
  const large = await teamAt(path.join(folder, 'many'), { postgres: await server.newDatabase() }, 2, many);
  const ofFew: Worked[] = [];
  const ofMany: Worked[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [team, into, name] of [
      [few, ofFew, `${amount.orders}`],
      [large, ofMany, `${many}`],
    ] as const) {
      const worked = await team.agents.steady(takesPerSecond, round === 0 ? 3 : steadySeconds);
      tell(`${takesPerSecond} a second of ${name}`, worked);
      if (round > 0) into.push(worked);
    }
  }
  const [one, other] = [together(ofFew), together(ofMany)];
  const name = `${takesPerSecond} takes a second`;
  return [
    ...spreads(`PostgreSQL, ${name} of ${amount.orders}`, one, 15),
    metric({
      ...{ name: `PostgreSQL, ${name}: take of ${many}, median`, unit: 'ms', target: 1.2 },
      ...{ ours: percentile(other.takeMs, 0.5), peer: percentile(one.takeMs, 0.5) },
      peerName: `ours of ${amount.orders}`,
    }),
    ...(await checked(`PostgreSQL, ${name} of ${amount.orders}`, few)),
    ...(await checked(`PostgreSQL, ${name} of ${many}`, large)),
  ];
}

/** (c): one hub, one file. */
async function onSqlite(folder: string): Promise<Metric[]> {
  const own = path.join(folder, 'sqlite');
  try {
    const team = await teamAt(own, { sqlite: path.join(own, 'hub-0', 'hub.sqlite') }, 1);
    const worked = await flatOut('SQLite, flat out', team);
    return [
      alone('SQLite: orders taken and ended, flat out', '1/s', worked.perSecond, 1_000, 'more'),
      ...spreads('SQLite, flat out', worked, null),
      ...(await checked('SQLite', team)),
    ];
  } finally {
    for (const hub of hubsAtWork) hub.end();
  }
}

async function flatOut(name: string, { agents }: Team): Promise<Worked> {
  const before = { handed: agents.leases.size, time: processorTime() };
  const worked = await agents.flatOut(seconds, warmUpSeconds);
  tell(name, worked);
  progress(`${name}: ${timeForEach(before.time, processorTime(), agents.leases.size - before.handed)}`);
  return worked;
}

async function teamAt(
  folder: string,
  place: DatabasePlace,
  hubs: number,
  orders = amount.orders,
): Promise<Team> {
  const folders = Array.from({ length: hubs }, (_, at) => path.join(folder, `hub-${at}`));
  for (const each of folders) mkdirSync(each, { recursive: true });
  progress(`${orders} orders come in`);
  const company: SeededCompany = await fillDialCompany(place, folder, { ...amount, orders });
  const running: TeamHub[] = [];
  for (const each of folders) {
    const hub = await startTeamHub(each, place);
    running.push(hub);
    hubsAtWork.add(hub);
  }
  const agents = await DialAgents.signIn(
    running.map(({ url }) => url),
    company,
  );
  return {
    place,
    agents,
    async stop() {
      agents.close();
      for (const hub of running) {
        await hub.stop();
        hubsAtWork.delete(hub);
      }
      for (const hub of running) hub.requireNoErrors();
    },
  };
}

/** Ends the team and looks at what it has done, here and in the database. */
async function checked(name: string, team: Team): Promise<Metric[]> {
  await team.stop();
  const { attempts, late, twice } = await attemptsKept(team.place);
  const { leases, doubles } = team.agents;
  progress(`${name}: ${leases.size} orders handed out, ${attempts} attempts kept, ${late} of them late`);
  return [
    alone(`${name}: orders handed out twice`, 'orders', doubles + twice + late, 0),
    alone(`${name}: outcomes told and not kept`, 'outcomes', leases.size - attempts, 0),
  ];
}

function together(all: readonly Worked[]): Worked {
  return {
    orders: all.reduce((sum, { orders }) => sum + orders, 0),
    perSecond: percentile(
      all.map((each) => each.perSecond),
      0.5,
    ),
    takeMs: all.flatMap((each) => each.takeMs),
    finishMs: all.flatMap((each) => each.finishMs),
  };
}

function alone(name: string, unit: string, ours: number, target: number | null, better?: 'more'): Metric {
  return metric({ name, unit, ours, peer: null, peerName: null, target, ...(better ? { better } : {}) });
}

/** @param target of the slowest in a hundred takes; null: nothing is asked of them. */
function spreads(name: string, { takeMs, finishMs }: Worked, target: number | null): Metric[] {
  return [
    ...[0.5, 0.95, 0.99].map((share) =>
      alone(
        `${name}: take, p${share * 100}`,
        'ms',
        percentile(takeMs, share),
        share === 0.99 ? target : null,
      ),
    ),
    ...[0.5, 0.95, 0.99].map((share) =>
      alone(`${name}: finish, p${share * 100}`, 'ms', percentile(finishMs, share), null),
    ),
  ];
}

function tell(name: string, { orders, perSecond, takeMs, finishMs }: Worked): void {
  const of = (all: readonly number[]) =>
    [0.5, 0.95, 0.99].map((share) => percentile(all, share).toFixed(1)).join(' / ');
  progress(
    `${name}: ${orders} orders, ${perSecond.toFixed(0)} a second; take ${of(takeMs)} ms, finish ${of(finishMs)} ms`,
  );
}
