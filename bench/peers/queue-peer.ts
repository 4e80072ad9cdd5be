// One process that works off a queue on PostgreSQL, as whoever had taken a library for it would: graphile-worker as it is
// out of the box, or pg-boss by `fetch` of one and `complete`. Forked by queue-side.ts, tells how many it has done.
import { Logger, run } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import { type QueueOrder, queueName } from './queue-names.ts';

/** Its logger tells of every job; nobody listens. */
const quiet = new Logger(() => () => undefined);

let done = 0;
let stop: () => Promise<void> = () => Promise.resolve();

async function graphile({ url, atOnce }: QueueOrder): Promise<() => Promise<void>> {
  const runner = await run({
    connectionString: url,
    concurrency: atOnce,
    logger: quiet,
    noHandleSignals: true,
    taskList: { [queueName]: async () => undefined },
  });
  runner.events.on('job:complete', () => {
    done += 1;
  });
  return () => runner.stop();
}

async function boss({ url, atOnce }: QueueOrder): Promise<() => Promise<void>> {
  const queue = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await queue.start();
  let over = false;
  const loop = async () => {
    while (!over) {
      const [job] = await queue.fetch(queueName);
      if (!job) return;
      await queue.complete(queueName, job.id);
      done += 1;
    }
  };
  const loops = Promise.all(Array.from({ length: atOnce }, loop));
  return async () => {
    over = true;
    await loops;
    await queue.stop({ graceful: false });
  };
}

process.on('message', async (asked: QueueOrder | 'count' | 'stop') => {
  if (asked === 'count') process.send?.(done);
  else if (asked === 'stop') {
    await stop();
    process.send?.(done);
  } else {
    stop = await (asked.what === 'graphile-worker' ? graphile(asked) : boss(asked));
    process.send?.(done);
  }
});
