// What an import of records is (imports/import-jobs.ts): what its columns mean, what a row says, how rows are written.
import { type ImportSettings, importSettings } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { UserDirectory } from '../../accounts/user-directory.ts';
import type { CallFormService } from '../../call-forms/call-form-service.ts';
import type { ImportJobs, ImportKind } from '../../imports/import-jobs.ts';
import type { KindOfImport, LookedUpBy } from '../../imports/import-store.ts';
import type { PartialRecord } from '../record-intake.ts';
import type { RecordServiceParts } from '../record-service.ts';
import type { ImportBatchStore } from './import-batch-store.ts';
import { recognised, repeatable } from './import-columns.ts';
import { readRow } from './import-row.ts';

export type RecordImports = ImportJobs<ImportSettings, PartialRecord>;

export interface RecordImportParts extends Pick<RecordServiceParts, 'countryOf' | 'isProject' | 'isUser'> {
  readonly batches: ImportBatchStore;
  readonly forms: Pick<CallFormService, 'formOf'>;
  readonly users: Pick<UserDirectory, 'all'>;
}

/** Also of what is told of them to desktops. */
export const recordsLookedUpBy = {
  record: ['id', 'external_id', 'project_id'],
  record_number: ['record_id', 'number'],
  record_change: ['record_id'],
  sync_entry: ['scope', 'entity', 'entity_id', 'seq'],
} satisfies LookedUpBy;

export const storedRecordImports: KindOfImport<ImportSettings> = {
  what: 'records',
  settings: importSettings,
  subject: 'record',
  projectOf: ({ projectId }) => projectId,
  lookedUpBy: recordsLookedUpBy,
};

export function recordImportKind(
  parts: RecordImportParts,
): ImportKind<ImportSettings, PartialRecord, ImportSettings> {
  const { batches, forms, users, countryOf } = parts;
  const ownFields = (projectId: ImportSettings['projectId']): CustomField[] =>
    projectId === null ? [] : forms.formOf(projectId).customFields;
  return {
    what: 'records',
    batches,
    understood(header, wanted) {
      if (wanted && wanted.columns.length > 0) return wanted;
      const settings = wanted ?? ({ kind: 'contact', projectId: null, ownerId: null } as const);
      return { ...settings, columns: recognised(header, ownFields(settings.projectId)) };
    },
    requireGood: (header, settings) => requireGood(parts, header, settings, ownFields(settings.projectId)),
    reader(header, settings, onlyLooking) {
      const byName = users.all().map(({ username, userId }) => [username.toLowerCase(), userId] as const);
      const reading = {
        settings,
        header,
        fields: new Map(ownFields(settings.projectId).map((field) => [field.key, field])),
        country: countryOf(settings.projectId),
        onlyLooking,
        users: new Map(byName),
      };
      return (row) => readRow(row, reading);
    },
  };
}

function requireGood(
  { isProject, isUser }: RecordImportParts,
  header: readonly string[],
  { columns, projectId, ownerId }: ImportSettings,
  fields: readonly CustomField[],
): void {
  requireGoodColumns(header, columns, fields, repeatable);
  const refuse = (reason: string, message: string): never => {
    throw new CommandFailed(reason, `${message} Nothing was imported.`);
  };
  if (projectId !== null && !isProject(projectId)) refuse('noSuchProject', 'There is no such project.');
  if (ownerId !== null && !isUser(ownerId)) refuse('noSuchUser', 'There is no such user.');
}

/** Of any import. @throws CommandFailed 'columnMissing', 'columnTwice', 'noSuchField' */
export function requireGoodColumns<Target extends string>(
  header: readonly string[],
  columns: readonly (Target | null)[],
  fields: readonly CustomField[],
  repeatableOnes: ReadonlySet<Target>,
): void {
  const refuse = (reason: string, message: string): never => {
    throw new CommandFailed(reason, `${message} Nothing was imported.`);
  };
  if (columns.length !== header.length) refuse('columnMissing', 'Say of each column what it is.');
  const named = columns.filter((target) => target !== null);
  const twice = named.find((target, place) => named.indexOf(target) !== place && !repeatableOnes.has(target));
  if (twice) refuse('columnTwice', `Two columns are meant to be ${twice}.`);
  if (named.length === 0) refuse('columnMissing', 'No column is anything of what is imported.');
  const own = fields.map(({ key }) => `fields.${key}`);
  const unknown = named.find((target) => target.startsWith('fields.') && !own.includes(target));
  if (unknown) refuse('noSuchField', `The project has no field ${unknown.slice('fields.'.length)}.`);
}
