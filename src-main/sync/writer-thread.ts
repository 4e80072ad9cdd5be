// The sync writer in a thread of its own, so that main is free for calls while a hundred thousand rows come in. Used by
// sync.ts.
import type { Clock } from '../calls/clock.ts';
import { createDatabaseThread } from '../database/database-thread.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { writesAhead } from '../database/way.ts';
import type { SyncWriter } from './sync-writer.ts';

export interface WriterQuestion {
  readonly ask: Exclude<keyof SyncWriter, 'soon' | 'close'>;
  readonly given: readonly unknown[];
}

/** The pages of a pull and the answers to what was sent follow each other sooner. */
const idleMs = 2_000;

const places = ['./writer-worker.ts', '../writer-worker.js', './writer-worker.js'];

/** What the thread is given. */
export interface WriterGiven {
  readonly file: string;
  readonly mainAsks: SharedArrayBuffer;
  /** See calls/calls-first.ts. */
  readonly callsFirst: SharedArrayBuffer | undefined;
}

/**
 * @param database main's own, migrated already
 * @param callsFirst as its thread is told of calls; undefined where there are none
 * @param built where else its program may be, looked at first: for benchmarks
 */
export function createWriterThread(
  { sqlite }: DesktopDatabase,
  clock: Clock,
  callsFirst?: SharedArrayBuffer,
  ...built: readonly URL[]
): SyncWriter {
  const worker = [...built, ...places.map((place) => new URL(place, import.meta.url))];
  const given: WriterGiven = { file: sqlite.name, mainAsks: writesAhead(sqlite), callsFirst };
  const thread = createDatabaseThread<WriterQuestion>({ given, worker, clock, idleMs });
  const ask = <Answer>(name: WriterQuestion['ask'], ...given: unknown[]) =>
    thread.ask<Answer>({ ask: name, given });
  return {
    keepPage: (page) => ask('keepPage', page),
    keepAnswers: (answers, nowMs) => ask('keepAnswers', answers, nowMs),
    removeScope: (scope) => ask('removeScope', scope),
    takeUpAgain: (hub, knownUntil) => ask('takeUpAgain', hub, knownUntil),
    takeUpSetAside: (hub) => ask('takeUpSetAside', hub),
    forgetSent: (beforeMs) => ask('forgetSent', beforeMs),
    wipe: () => ask('wipe'),
    soon: thread.soon,
    // Each transaction is whole: what is cut off is done again, and does no harm.
    close: thread.close,
  };
}
