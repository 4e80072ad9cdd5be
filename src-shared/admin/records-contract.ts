// What supervisors set of a project's call form, and what is done to records as files and for good: imports from CSV, the
// export, erasing.
import { z } from 'zod';
import { callForm } from '../domain/call-form.ts';
import { recordKind } from '../domain/disposition.ts';
import { projectId, recordId, userId } from '../domain/ids.ts';
import { customFieldKey, wholeRecord } from '../domain/record.ts';
import { command } from '../wire/contract.ts';
import { importCommands, importWith, previewed } from './import-contract.ts';

const version = z.number().int().nonnegative();

/** Version 0: nobody has set it yet, and the usual form counts. */
export const versionedCallForm = z.strictObject({ version, form: callForm });
export type VersionedCallForm = z.output<typeof versionedCallForm>;

/** What an import reads of every record, and the export tells. */
export const builtInTarget = z.enum([
  'externalId',
  'kind',
  'firstName',
  'lastName',
  'companyName',
  'number.main',
  'number.mobile',
  'number.work',
  'number.home',
  'number.other',
  'emails',
  'street',
  'houseNumber',
  'zipCode',
  'city',
  'country',
  'description',
  'tags',
  /** A username. */
  'owner',
]);
export type BuiltInTarget = z.output<typeof builtInTarget>;

/** What a column of an import is; 'fields.<key>' for a project's own. Several columns may be numbers, e-mails or tags. */
export const importTarget = z.union([builtInTarget, z.templateLiteral(['fields.', customFieldKey])]);
export type ImportTarget = z.output<typeof importTarget>;

export const importSettings = z.strictObject({
  /** By place; null: read over. */
  columns: z.array(importTarget.nullable()).max(500),
  /** Where the row says none. */
  kind: recordKind,
  projectId: projectId.nullable(),
  ownerId: userId.nullable(),
});
export type ImportSettings = z.output<typeof importSettings>;

export const recordImport = importWith(importSettings);
export type RecordImport = z.output<typeof recordImport>;

export const importPreview = z.strictObject({
  import: recordImport,
  /** As asked for, or as the header was understood. */
  settings: importSettings,
  ...previewed,
});
export type ImportPreview = z.output<typeof importPreview>;

/** As much of a record as says which it is. */
export const foundRecord = wholeRecord.pick({
  id: true,
  kind: true,
  projectId: true,
  firstName: true,
  lastName: true,
  companyName: true,
  numbers: true,
  emails: true,
  city: true,
  changedAtMs: true,
});
export type FoundRecord = z.output<typeof foundRecord>;

/** Refused in common: 'notAllowed', 'noSuchProject'. */
export const adminRecordCommands = {
  'admin.callForms.get': command(z.strictObject({ projectId }), versionedCallForm),
  /**
   * A field of the project's own that is taken away keeps its values in records. Refused: 'changedMeanwhile',
   * 'fieldTwice', 'keyTaken', 'labelTaken' (of the project's own fields), 'typeChanged' (a key keeps its type for ever),
   * 'choicesMissing', 'choiceTwice'.
   */
  'admin.callForms.set': command(z.strictObject({ projectId, version, form: callForm }), versionedCallForm),

  /**
   * Rows whose external id is known change that record; what has no column stays as it is. Starting may be refused with
   * 'noSuchUser', too. While one runs, `admin.changed` tells of 'records'.
   */
  ...importCommands('recordImports', {
    import: recordImport,
    settings: importSettings,
    preview: importPreview,
  }),
  /** A piece of the export as CSV, the header in the first; asked again with `cursor` until that is null. */
  'admin.records.exportCsv': command(
    z.strictObject({
      /** 'all', or null for records of no project. */
      projectId: z.union([z.literal('all'), projectId]).nullable(),
      kind: recordKind.nullable(),
      cursor: z.string().max(500).nullable(),
    }),
    z.strictObject({ csv: z.string(), cursor: z.string().nullable() }),
  ),
  /**
   * By number in any way of writing, or anywhere in names, e-mails and city; the last changed first, at most twenty. Of
   * a supervisor's projects, and of none.
   */
  'admin.records.find': command(
    z.strictObject({ text: z.string().trim().min(1).max(200) }),
    z.array(foundRecord),
  ),
  /** For good: notes and history too, here and on every desktop; its calls lose number and name. Refused: 'noSuchRecord'. */
  'admin.records.erase': command(z.strictObject({ recordId }), z.null()),
} as const;
