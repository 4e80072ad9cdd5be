// How far a desktop has come with its first pull, seen in its own database from outside. Used by pop.bench.ts.
import BetterSqlite from 'better-sqlite3';

export interface PullWatch {
  /** Whether there was still something to come the moment before this. */
  isUnderWay(): boolean;
  /** What came since the watch began, as a sentence's end. */
  told(): string;
}

/** @param people so many the hub has to give */
export function watchPull(file: string, people: number): PullWatch {
  const soFar = (): number => {
    const database = new BetterSqlite(file, { readonly: true });
    try {
      // Each record that comes takes the next place.
      return database.prepare<[], number>('SELECT coalesce(max(place), 0) FROM records').pluck().get() ?? 0;
    } finally {
      database.close();
    }
  };
  const began = { records: soFar(), atMs: performance.now() };
  let last = began;
  return {
    isUnderWay() {
      const now = { records: soFar(), atMs: performance.now() };
      const underWay = now.records < people;
      if (underWay) last = now;
      return underWay;
    },
    told() {
      const seconds = (last.atMs - began.atMs) / 1000;
      const records = last.records - began.records;
      return `${records} records came in ${seconds.toFixed(1)} s (${Math.round(records / Math.max(seconds, 0.001))} a second), after ${began.records} before`;
    },
  };
}
