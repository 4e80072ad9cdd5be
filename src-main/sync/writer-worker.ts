// The thread in which what comes from the hub is written, with pauses in which main may write. Started by
// writer-thread.ts, which alone speaks to it.
import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { answerMain } from '../database/database-thread-worker.ts';
import { openForSync } from '../database/open.ts';
import { createSyncWriter } from './sync-writer.ts';
import type { WriterQuestion } from './writer-thread.ts';

const pauseMs = 1;
/** SQLite looks again after 1, 2 and 5 ms whether it may write: main finds one of these free. */
const pauseForMainMs = 5;

const writer = createSyncWriter(openForSync(String(workerData)), {
  pause: (mainWrites) => setTimeout(mainWrites ? pauseForMainMs : pauseMs),
});

answerMain(({ ask, given }: WriterQuestion) => {
  const work = writer[ask] as (...given: readonly unknown[]) => Promise<unknown>;
  return work(...given);
});
