// The thread in which records are read: it has the database open for reading, and answers one question after the other.
// Started by reader-thread.ts, which alone speaks to it.
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from '../database/open.ts';
import type { ReaderCall, ReaderReply } from './reader-thread.ts';
import { openRecordReader } from './record-reader.ts';

const reader = openRecordReader(openForReading(String(workerData)));

parentPort?.on('message', ({ id, asked }: ReaderCall) => {
  parentPort?.postMessage(replyTo(id, asked));
});

function replyTo(id: number, asked: ReaderCall['asked']): ReaderReply {
  try {
    return { id, answer: reader.answer(asked) };
  } catch (error) {
    // Errors lose their fields on the way to another thread; the code is what the disk's trouble is known by.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
  }
}
