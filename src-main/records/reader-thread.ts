// Asks the records' reader in a thread of its own. The thread is started by the first question and ends after a minute
// without one: it takes memory, and most of the day nobody looks at a list. Used by records-service.ts and search-service.ts.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../calls/clock.ts';
import type { ListAnswer, ListQuestion } from './record-lists.ts';
import type { Choices, ReaderQuestion } from './record-reader.ts';
import type { SearchAnswer, SearchQuestion } from './record-search.ts';

export interface ReaderCall {
  readonly id: number;
  readonly asked: ReaderQuestion;
}

export type ReaderReply =
  | { readonly id: number; readonly answer: ListAnswer | SearchAnswer | Choices }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string | null } };

/** The reader, elsewhere. All fail with the error of the read, or with that of the thread. */
export interface ReaderThread {
  list(question: ListQuestion): Promise<ListAnswer>;
  search(question: SearchQuestion): Promise<SearchAnswer>;
  choices(limit: number): Promise<Choices>;
  /** Ends the thread; what was asked and not answered fails. */
  close(): Promise<void>;
}

const idleMs = 60_000;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** @param file of the database, migrated already */
export function createReaderThread(file: string, clock: Clock): ReaderThread {
  let worker: Worker | null = null;
  let callOffEnd: (() => void) | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const end = async () => {
    callOffEnd?.();
    callOffEnd = null;
    const ending = worker;
    worker = null;
    for (const each of waiting.values()) each.reject(new Error('The thread that reads records was ended.'));
    waiting.clear();
    await ending?.terminate();
  };
  const start = () => {
    const started = new Worker(workerFile(), { workerData: file });
    // A program that ends does not wait for it.
    started.unref();
    started.on('message', (reply: ReaderReply) => {
      const each = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('answer' in reply) each?.resolve(reply.answer as never);
      else each?.reject(Object.assign(new Error(reply.failed.message), { code: reply.failed.code }));
    });
    started.on('error', (error) => {
      if (worker === started) worker = null;
      for (const each of waiting.values()) each.reject(error as Error);
      waiting.clear();
    });
    return started;
  };
  const ask = <Answer>(asked: ReaderQuestion) => {
    worker ??= start();
    callOffEnd?.();
    callOffEnd = clock.setTimer(idleMs, () => void end());
    lastId += 1;
    const call: ReaderCall = { id: lastId, asked };
    const answered = new Promise<Answer>((resolve, reject) => waiting.set(call.id, { resolve, reject }));
    worker.postMessage(call);
    return answered;
  };

  return {
    list: (question) => ask({ ask: 'list', question }),
    search: (question) => ask({ ask: 'search', question }),
    choices: (limit) => ask({ ask: 'choices', limit }),
    close: end,
  };
}

/** Beside this file as it is, or beside main as it is built, whose parts lie a folder deeper. */
function workerFile(): URL {
  const names = ['./reader-worker.ts', '../reader-worker.js', './reader-worker.js'];
  const found = names.map((name) => new URL(name, import.meta.url)).find((file) => existsSync(file));
  if (!found) throw new Error('The thread that reads records is missing from this build.');
  return found;
}
