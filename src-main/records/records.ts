// Builds what belongs to records over the desktop's database. The stores come first, since directory, calls and sync
// write through them; the services when all their neighbours are there. Called by compose.ts and by tests.
import { randomUUID } from 'node:crypto';
import type { CountryCode } from 'libphonenumber-js';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Agent } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import type { DesktopDatabase } from '../database/open.ts';
import type { HubLookup } from './hub-lookup.ts';
import { openListSettingsStore } from './list-settings-store.ts';
import { openNoteStore } from './note-store.ts';
import { createReaderThread, type ReaderThread } from './reader-thread.ts';
import type { RecordChanges } from './record-changes.ts';
import { openRecordPageStore } from './record-page-store.ts';
import { openRecordStore } from './record-store.ts';
import { createRecordWriting } from './record-writing.ts';
import type { Names, RecordOutbox } from './records-ports.ts';
import { RecordsService } from './records-service.ts';
import { type SearchParts, SearchService } from './search-service.ts';
import { openSyncedCallStore } from './synced-call-store.ts';
import { openUnsavedStore } from './unsaved-store.ts';

export type RecordStores = ReturnType<typeof openRecordStores>;

/** @param country how national numbers are read, asked at each use since it follows the projects */
export function openRecordStores(database: DesktopDatabase, country: () => CountryCode) {
  const records = openRecordStore(database, country);
  return {
    records,
    notes: openNoteStore(database),
    syncedCalls: openSyncedCallStore(database, records),
  };
}

export interface RecordsOptions {
  readonly database: DesktopDatabase;
  readonly stores: RecordStores;
  readonly changes: RecordChanges;
  readonly outbox: RecordOutbox;
  readonly lookup: HubLookup;
  readonly names: Names;
  readonly agent: Agent;
  readonly country: () => CountryCode;
  readonly clock: Clock;
  readonly people: SearchParts['people'];
  readonly history: SearchParts['history'];
  readonly log: WireLog;
}

export interface Records {
  readonly service: RecordsService;
  readonly search: SearchService;
  close(): Promise<void>;
}

export function createRecords(options: RecordsOptions): Records {
  const { database, stores, changes, country, people, history, agent } = options;
  const reader: ReaderThread = createReaderThread(database.sqlite.name, options.clock);
  return {
    service: new RecordsService({
      ...options,
      store: stores.records,
      writing: createRecordWriting({ ...options, store: stores.records }),
      notes: stores.notes,
      syncedCalls: stores.syncedCalls,
      ownCalls: openRecordPageStore(database),
      listSettings: openListSettingsStore(database),
      unsaved: openUnsavedStore(database),
      reader,
      newId: randomUUID,
    }),
    search: new SearchService({ people, reader, history, agent, country }),
    close: async () => {
      changes.close();
      await reader.close();
    },
  };
}
