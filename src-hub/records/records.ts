// Builds what the hub knows of people and firms. Called by compose.ts.
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import { countryOf } from '../projects/project-numbers.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { ErasedPeopleStore } from './erased-people-store.ts';
import { ErasureStore } from './erasure-store.ts';
import { NoteStore } from './note-store.ts';
import { RecordIntake } from './record-intake.ts';
import { RecordListService } from './record-list-service.ts';
import { RecordListStore } from './record-list-store.ts';
import { type RecordLookupParts, RecordLookupService } from './record-lookup-service.ts';
import { RecordService, type RecordServiceParts } from './record-service.ts';
import { RecordStore } from './record-store.ts';
import { SyncedCallStore } from './synced-call-store.ts';

export interface RecordsParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly forms: Pick<CallFormService, 'formOf'>;
  /** For what is remembered of erased people (database/hub-secrets.ts). */
  readonly erasureSecret: Uint8Array;
  /** See RecordServiceParts. */
  readonly numbersChanged: RecordServiceParts['numbersChanged'];
  readonly happened: RecordServiceParts['happened'];
  /** Somebody was erased: sound that the person left is to go. */
  erased(): Promise<void>;
}

export interface Records {
  readonly erasedPeople: ErasedPeopleStore;
  readonly records: RecordService;
  readonly store: RecordStore;
  readonly notes: NoteStore;
  readonly calls: SyncedCallStore;
  readonly intake: RecordIntake;
  readonly lists: RecordListService;
  readonly countryOf: RecordServiceParts['countryOf'];
  readonly numbersChanged: RecordServiceParts['numbersChanged'];
  readonly happened: RecordServiceParts['happened'];
  lookup(seesOf: RecordLookupParts['seesOf']): RecordLookupService;
}

export function buildRecords(parts: RecordsParts): Records {
  const { db, clock, users, projects, forms } = parts;
  const erasedPeople = new ErasedPeopleStore(parts.erasureSecret);
  const store = new RecordStore(db);
  const notes = new NoteStore(db);
  const calls = new SyncedCallStore(db);
  const country = () => countryOf(projects.all().flatMap(({ project }) => project.numbers));
  const countryOfProject: RecordServiceParts['countryOf'] = (projectId) => {
    const own = projectId === null ? [] : (projects.find(projectId)?.project.numbers ?? []);
    return countryOf(own) ?? country();
  };
  const records = new RecordService({
    store,
    notes,
    calls,
    erasure: new ErasureStore(db, erasedPeople),
    numbersChanged: parts.numbersChanged,
    happened: parts.happened,
    erased: parts.erased,
    clock,
    countryOf: countryOfProject,
    isProject: (projectId) => projects.findAsSet(projectId) !== null,
    isUser: (userId) => users.byId(userId) !== null,
  });
  const intake = new RecordIntake({ records, store, forms });
  const listStore = new RecordListStore(db);
  const lists = new RecordListService({ store: listStore, notes, records, country });
  const lookup = (seesOf: RecordLookupParts['seesOf']) =>
    new RecordLookupService({ store: listStore, country, seesOf });
  const { numbersChanged, happened } = parts;
  return {
    ...{ erasedPeople, records, store, notes, calls, intake, lists, lookup },
    countryOf: countryOfProject,
    ...{ numbersChanged, happened },
  };
}
