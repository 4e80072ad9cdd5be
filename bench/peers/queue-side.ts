// Fills a queue of a library on PostgreSQL with jobs and has two processes work it off. Part of bench/dialup.bench.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeWorkerUtils } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import { processorTime, timeForEach } from '../support/processor-time.ts';
import { type QueueOrder, queueName } from './queue-names.ts';

const insertedAtOnce = 10_000;

export interface QueueWorked {
  /** Jobs, until all are done or the time is over. */
  readonly perSecond: number;
  /** Processor time for each job, in words. */
  readonly time: string;
}

export async function workQueue(
  what: QueueOrder['what'],
  url: string,
  amount: {
    readonly jobs: number;
    readonly agents: number;
    readonly seconds: number;
    readonly warmUpSeconds: number;
  },
): Promise<QueueWorked> {
  await (what === 'graphile-worker' ? fillGraphile(url, amount.jobs) : fillBoss(url, amount.jobs));
  const peers = [0, 1].map(() => fork(path.join(import.meta.dirname, 'queue-peer.ts')));
  try {
    await Promise.all(peers.map((peer) => once(peer, 'spawn')));
    await Promise.all(peers.map((peer) => ask(peer, { what, url, atOnce: amount.agents / peers.length })));
    await setTimeout(amount.warmUpSeconds * 1_000);
    const counts = await Promise.all(peers.map((peer) => ask(peer, 'count')));
    // What was done until here is not counted, nor the time.
    const begun = { done: sum(counts), atMs: performance.now() };
    const timeBefore = processorTime();
    let last = { ...begun };
    while (last.done < amount.jobs && performance.now() - begun.atMs < amount.seconds * 1_000) {
      await setTimeout(100);
      const done = sum(await Promise.all(peers.map((peer) => ask(peer, 'count'))));
      last = { done, atMs: performance.now() };
    }
    const done = last.done - begun.done;
    const time = timeForEach(timeBefore, processorTime(), done);
    await Promise.all(peers.map((peer) => ask(peer, 'stop')));
    return { perSecond: (done * 1_000) / (last.atMs - begun.atMs), time };
  } finally {
    for (const peer of peers) peer.kill('SIGKILL');
  }
}

async function ask(peer: ChildProcess, asked: QueueOrder | 'count' | 'stop'): Promise<number> {
  const answered = once(peer, 'message');
  peer.send(asked);
  const [done] = (await answered) as [number];
  return done;
}

const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);

async function fillGraphile(url: string, jobs: number): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url });
  await utils.migrate();
  await utils.withPgClient((client) =>
    client.query(
      `select count(graphile_worker.add_job($1, json_build_object('orderId', 'order ' || at)))
        from generate_series(1, $2::int) at`,
      [queueName, jobs],
    ),
  );
  await utils.release();
}

async function fillBoss(url: string, jobs: number): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue(queueName);
  for (let from = 0; from < jobs; from += insertedAtOnce) {
    const length = Math.min(insertedAtOnce, jobs - from);
    await boss.insert(
      queueName,
      Array.from({ length }, (_, at) => ({ data: { orderId: `order ${from + at}` } })),
    );
  }
  await boss.stop({ graceful: false });
}
