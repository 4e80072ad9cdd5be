// The other end of a database-thread.ts, in the thread itself: takes each question, sends its answer or what went wrong.
import { parentPort } from 'node:worker_threads';
import type { ThreadCall, ThreadReply } from './database-thread.ts';

/** @param answer may take its time; where it asks for nothing in between, one question is answered after the other. */
export function answerMain<Question>(answer: (question: Question) => unknown): void {
  parentPort?.on('message', (call: ThreadCall<Question>) => {
    void replyTo(call, answer).then((reply) => parentPort?.postMessage(reply));
  });
}

async function replyTo<Question>(
  { id, question }: ThreadCall<Question>,
  answer: (question: Question) => unknown,
): Promise<ThreadReply> {
  try {
    return { id, answer: await answer(question) };
  } catch (error) {
    // Errors lose their fields on the way to another thread; the code is what the disk's trouble is known by.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { id, failed: { message: error instanceof Error ? error.message : String(error), code } };
  }
}
