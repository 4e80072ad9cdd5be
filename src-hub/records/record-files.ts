// Builds what takes records in as files and gives them out again. Called by compose.ts.
import type { BackgroundWork } from '../background-work.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubLog } from '../hub-log.ts';
import { ImportFiles } from '../imports/import-files.ts';
import { ImportJobs } from '../imports/import-jobs.ts';
import { ImportStore } from '../imports/import-store.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { ImportBatchStore } from './import/import-batch-store.ts';
import { type RecordImports, recordImportKind, storedRecordImports } from './import/record-import.ts';
import { recordAdminHandlers } from './record-admin-handlers.ts';
import { RecordExport } from './record-export.ts';
import type { Records, RecordsParts } from './records.ts';

export interface RecordFilesParts
  extends Omit<RecordsParts, 'forms' | 'erasureSecret' | 'erased' | 'numbersChanged' | 'happened'> {
  readonly people: Records;
  readonly forms: Pick<CallFormService, 'formOf'>;
  readonly dataDirectory: string;
  readonly changes: CompanyChanges;
  readonly scopeOf: ScopeOf;
  readonly background: BackgroundWork;
  readonly log: HubLog;
}

export interface RecordFiles {
  readonly imports: RecordImports;
  readonly exports: RecordExport;
  readonly handlers: ReturnType<typeof recordAdminHandlers>;
}

export function buildRecordFiles(parts: RecordFilesParts): RecordFiles {
  const { db, people, dataDirectory, users, projects, forms } = parts;
  const { countryOf } = people;
  const kind = recordImportKind({
    batches: new ImportBatchStore(db, people.numbersChanged, people.happened),
    countryOf,
    users,
    forms,
    isProject: (projectId) => projects.findAsSet(projectId) !== null,
    isUser: (userId) => users.byId(userId) !== null,
  });
  const imports = new ImportJobs({
    ...parts,
    kind,
    store: new ImportStore(db, storedRecordImports),
    files: new ImportFiles(dataDirectory, 'imports'),
  });
  const exports = new RecordExport({ lists: people.lists, users, projects, forms });
  const { records, lists } = people;
  const { scopeOf } = parts;
  return { imports, exports, handlers: recordAdminHandlers({ records, imports, exports, lists, scopeOf }) };
}
