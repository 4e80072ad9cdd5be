// What is read of many records at once: windows of lists, searches, what a filter may choose from. Asked through
// reader-thread.ts, which runs it in a thread of its own, so that main is free for calls however many records there are.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { openRecordListStore } from './record-list-store.ts';
import { type ListAnswer, type ListQuestion, RecordLists } from './record-lists.ts';
import { type SearchAnswer, type SearchQuestion, searchRecords } from './record-search.ts';
import { openRecordSearchStore } from './record-search-store.ts';

export interface Choices {
  readonly tags: readonly string[];
  readonly ownerIds: readonly UserId[];
}

export type ReaderQuestion =
  | { readonly ask: 'list'; readonly question: ListQuestion }
  | { readonly ask: 'search'; readonly question: SearchQuestion }
  | { readonly ask: 'choices'; readonly limit: number };

export interface RecordReader {
  list(question: ListQuestion): ListAnswer;
  search(question: SearchQuestion): SearchAnswer;
  choices(limit: number): Choices;
  /** Any of the three, for the thread. */
  answer(asked: ReaderQuestion): ListAnswer | SearchAnswer | Choices;
}

export function openRecordReader(database: DesktopDatabase): RecordReader {
  const listStore = openRecordListStore(database);
  const searchStore = openRecordSearchStore(database);
  const lists = new RecordLists(listStore);
  const reader: RecordReader = {
    list: (question) => lists.window(question),
    search: (question) => searchRecords(searchStore, question),
    choices: (limit) => ({ tags: listStore.commonTags(limit), ownerIds: listStore.commonOwners(limit) }),
    answer(asked) {
      switch (asked.ask) {
        case 'list':
          return reader.list(asked.question);
        case 'search':
          return reader.search(asked.question);
        case 'choices':
          return reader.choices(asked.limit);
        default:
          return assertNever(asked);
      }
    },
  };
  return reader;
}
