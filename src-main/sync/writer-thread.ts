// The sync writer in a thread of its own, so that main is free for calls while a hundred thousand rows come in. Started by
// the first thing that is to be written. Used by sync.ts.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SyncWriter } from './sync-writer.ts';

type Ask = Exclude<keyof SyncWriter, 'close'>;

export interface WriterCall {
  readonly id: number;
  readonly ask: Ask | 'close';
  readonly given: readonly unknown[];
}

export type WriterReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string | null } };

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** @param file of the database, migrated already */
export function createWriterThread(file: string): SyncWriter {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const start = () => {
    const started = new Worker(workerFile(), { workerData: file });
    // A program that ends does not wait for it.
    started.unref();
    started.on('message', (reply: WriterReply) => {
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
  const ask = <Answer>(name: WriterCall['ask'], ...given: unknown[]) => {
    worker ??= start();
    lastId += 1;
    const call: WriterCall = { id: lastId, ask: name, given };
    const answered = new Promise<Answer>((resolve, reject) => waiting.set(call.id, { resolve, reject }));
    worker.postMessage(call);
    return answered;
  };

  return {
    keepPage: (page) => ask('keepPage', page),
    keepAnswers: (answers, nowMs) => ask('keepAnswers', answers, nowMs),
    removeScope: (scope) => ask('removeScope', scope),
    takeUpAgain: (hub, knownUntil) => ask('takeUpAgain', hub, knownUntil),
    forgetSent: (beforeMs) => ask('forgetSent', beforeMs),
    wipe: () => ask('wipe'),
    async close() {
      if (!worker) return;
      const ending = worker;
      await ask('close');
      worker = null;
      await ending.terminate();
    },
  };
}

/** Beside this file as it is, or beside main as it is built, whose parts lie a folder deeper. */
function workerFile(): URL {
  const names = ['./writer-worker.ts', '../writer-worker.js', './writer-worker.js'];
  const found = names.map((name) => new URL(name, import.meta.url)).find((file) => existsSync(file));
  if (!found) throw new Error('The thread that writes what is synced is missing from this build.');
  return found;
}
