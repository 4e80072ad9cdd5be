// Asks the records' reader in a thread of its own. Used by records-service.ts and search-service.ts.
import type { Clock } from '../calls/clock.ts';
import { createDatabaseThread, longestIdleMs } from '../database/database-thread.ts';
import type { ListAnswer, ListQuestion } from './record-lists.ts';
import type { Choices, ReaderQuestion } from './record-reader.ts';
import type { SearchAnswer, SearchQuestion } from './record-search.ts';

/** The reader, elsewhere. All fail with the error of the read, or with that of the thread. */
export interface ReaderThread {
  list(question: ListQuestion): Promise<ListAnswer>;
  search(question: SearchQuestion): Promise<SearchAnswer>;
  choices(limit: number): Promise<Choices>;
  /** Ends the thread; what was asked and not answered fails. */
  close(): Promise<void>;
}

const places = ['./reader-worker.ts', '../reader-worker.js', './reader-worker.js'];

/** @param file of the database, migrated already */
export function createReaderThread(file: string, clock: Clock): ReaderThread {
  const worker = places.map((place) => new URL(place, import.meta.url));
  const thread = createDatabaseThread<ReaderQuestion>({ given: file, worker, clock, idleMs: longestIdleMs });
  return {
    list: (question) => thread.ask({ ask: 'list', question }),
    search: (question) => thread.ask({ ask: 'search', question }),
    choices: (limit) => thread.ask({ ask: 'choices', limit }),
    close: thread.close,
  };
}
