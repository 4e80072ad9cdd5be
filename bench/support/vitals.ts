// Loaded into a Node process under measurement (NODE_OPTIONS=--import=…): on SIGUSR2 it collects garbage and writes how
// it stands, as JSON, to $OFFHOOK_BENCH_VITALS/<pid>.json. Read by soak.bench.ts; the product knows nothing of it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Vitals {
  readonly heapUsedMiB: number;
  readonly timers: number;
  /** Sockets, pipes and the like. */
  readonly handles: number;
  readonly takenAtMs: number;
}

const folder = process.env.OFFHOOK_BENCH_VITALS;
if (folder) {
  process.on('SIGUSR2', () => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    const resources = process.getActiveResourcesInfo();
    const timers = resources.filter((each) => each === 'Timeout').length;
    const vitals: Vitals = {
      heapUsedMiB: process.memoryUsage().heapUsed / 2 ** 20,
      timers,
      handles: resources.length - timers,
      takenAtMs: Date.now(),
    };
    writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify(vitals));
  });
}
