// The thread in which what comes from the hub is written, with pauses in which main may write. Started by
// writer-thread.ts, which alone speaks to it.
import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { restFor } from '../calls/calls-first.ts';
import { answerMain } from '../database/database-thread-worker.ts';
import { openForSync } from '../database/open.ts';
import { askedFor } from '../database/way.ts';
import { createSyncWriter } from './sync-writer.ts';
import type { WriterGiven, WriterQuestion } from './writer-thread.ts';

const pauseMs = 1;
/** SQLite looks again after 1, 2 and 5 ms whether it may write: main finds one of these free. */
const pauseForMainMs = 5;
/**
 * Where main does not write, and for as long as it does not: mostly a whole page. What is looked for in the index is sorted
 * in at each commit, which costs half as much for hundreds of rows at once as for thirty, and a page of the file that
 * several rows come to is written once.
 */
const holdMs = 40;

const { file, mainAsks, callsFirst } = workerData as WriterGiven;
const writer = createSyncWriter(openForSync(file), {
  pause: (mainWrites) => setTimeout(mainWrites ? pauseForMainMs : pauseMs),
  holdMs,
  mainAsks: askedFor(mainAsks),
  ...(callsFirst ? { callsRestMs: restFor(callsFirst, Date.now) } : {}),
  wait: (ms) => setTimeout(ms),
});

answerMain(({ ask, given }: WriterQuestion) => {
  const work = writer[ask] as (...given: readonly unknown[]) => Promise<unknown>;
  return work(...given);
});
