// A thread beside main that has the database open for itself, so that main is free for calls while much is read or
// written. It is started by the first question and ends when nobody asks any more: it takes some 20 MiB, and most of the
// day nobody asks it anything. What runs in it answers by database-thread-worker.ts.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../calls/clock.ts';

export interface ThreadCall<Question> {
  readonly id: number;
  readonly question: Question;
}

export type ThreadReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: { readonly message: string; readonly code: string | null } };

export interface DatabaseThread<Question> {
  /** Fails with the error of the work, its `code` too, or with that of the thread. */
  ask<Answer>(question: Question): Promise<Answer>;
  /** Starts the thread, where it does not run: something will be asked in a moment. */
  soon(): void;
  /** Ends the thread, where it runs; what was asked and not answered fails. */
  close(): Promise<void>;
}

export interface DatabaseThreadOptions {
  /** The worker's `workerData`: the file of the database, migrated already, or that and more. */
  readonly given: unknown;
  /** Beside the caller as it is, or where the build puts it; the first that is there runs. */
  readonly worker: readonly URL[];
  readonly clock: Clock;
  /** How long it waits for the next question before it ends; a minute where that proved too short within the last one. */
  readonly idleMs: number;
}

/** Starting it takes 0.1 s of processor time: what is asked something every few seconds stays. */
export const longestIdleMs = 60_000;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export function createDatabaseThread<Question>({
  given,
  worker: places,
  clock,
  idleMs,
}: DatabaseThreadOptions): DatabaseThread<Question> {
  let worker: Worker | null = null;
  let callOffEnd: (() => void) | null = null;
  let endedAtMs = Number.NEGATIVE_INFINITY;
  let waitsMs = idleMs;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (error: Error) => {
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  };
  const end = async () => {
    callOffEnd?.();
    callOffEnd = null;
    const ending = worker;
    worker = null;
    endedAtMs = clock.nowMs();
    failAll(new Error('The thread of the database was ended.'));
    await ending?.terminate();
  };
  const endWhenIdle = () => {
    callOffEnd?.();
    callOffEnd = waiting.size > 0 ? null : clock.setTimer(waitsMs, () => void end());
  };
  const start = () => {
    const there = places.find((place) => existsSync(place));
    if (!there)
      throw new Error(`A thread of the database is missing from this build: ${places[0]?.pathname}`);
    waitsMs = clock.nowMs() - endedAtMs < longestIdleMs ? longestIdleMs : idleMs;
    const started = new Worker(there, { workerData: given });
    // A program that ends does not wait for it.
    started.unref();
    started.on('message', (reply: ThreadReply) => {
      const each = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('answer' in reply) each?.resolve(reply.answer as never);
      else each?.reject(Object.assign(new Error(reply.failed.message), { code: reply.failed.code }));
      if (worker === started) endWhenIdle();
    });
    started.on('error', (error) => {
      if (worker === started) worker = null;
      failAll(error as Error);
    });
    return started;
  };
  return {
    ask<Answer>(question: Question) {
      worker ??= start();
      callOffEnd?.();
      callOffEnd = null;
      lastId += 1;
      const call: ThreadCall<Question> = { id: lastId, question };
      const answered = new Promise<Answer>((resolve, reject) => waiting.set(call.id, { resolve, reject }));
      worker.postMessage(call);
      return answered;
    },
    soon() {
      worker ??= start();
      callOffEnd?.();
      endWhenIdle();
    },
    close: end,
  };
}
