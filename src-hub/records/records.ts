// Builds what the hub knows of people and firms. Called by compose.ts.
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import { countryOf } from '../projects/project-numbers.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { ErasureStore } from './erasure-store.ts';
import { NoteStore } from './note-store.ts';
import { RecordService } from './record-service.ts';
import { RecordStore } from './record-store.ts';
import { SyncedCallStore } from './synced-call-store.ts';

export interface RecordsParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly users: UserDirectory;
  readonly projects: ProjectService;
}

export interface Records {
  readonly records: RecordService;
  readonly store: RecordStore;
  readonly notes: NoteStore;
  readonly calls: SyncedCallStore;
}

export function buildRecords({ db, clock, users, projects }: RecordsParts): Records {
  const store = new RecordStore(db);
  const notes = new NoteStore(db);
  const calls = new SyncedCallStore(db);
  const records = new RecordService({
    store,
    notes,
    calls,
    erasure: new ErasureStore(db),
    clock,
    countryOf(projectId) {
      const own = projectId === null ? [] : (projects.find(projectId)?.project.numbers ?? []);
      return countryOf(own) ?? countryOf(projects.all().flatMap(({ project }) => project.numbers));
    },
    isProject: (projectId) => projects.findAsSet(projectId) !== null,
    isUser: (userId) => users.byId(userId) !== null,
  });
  return { records, store, notes, calls };
}
