// The thread in which what comes from the hub is written, one thing after the other, with pauses in which main may write.
// Started by writer-thread.ts, which alone speaks to it.
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openForSync } from '../database/open.ts';
import { createSyncWriter } from './sync-writer.ts';
import type { WriterCall, WriterReply } from './writer-thread.ts';

const pauseMs = 1;
/** SQLite looks again after 1, 2 and 5 ms whether it may write: main finds one of these free. */
const pauseForMainMs = 5;

const writer = createSyncWriter(openForSync(String(workerData)), {
  pause: (mainWrites) => setTimeout(mainWrites ? pauseForMainMs : pauseMs),
});

parentPort?.on('message', (call: WriterCall) => {
  void replyTo(call).then((reply) => parentPort?.postMessage(reply));
});

async function replyTo({ id, ask, given }: WriterCall): Promise<WriterReply> {
  try {
    const work = writer[ask] as (...given: readonly unknown[]) => Promise<unknown>;
    return { id, answer: await work(...given) };
  } catch (error) {
    // Errors lose their fields on the way to another thread; the code is what the disk's trouble is known by.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
  }
}
