// What supervisors set of a project's call form, and what is done to records as files and for good: imports from CSV, the
// export, erasing.
import { z } from 'zod';
import { callForm } from '../domain/call-form.ts';
import { recordKind } from '../domain/disposition.ts';
import { projectId, recordId, userId } from '../domain/ids.ts';
import { customFieldKey, wholeRecord } from '../domain/record.ts';
import { command, nothing } from '../wire/contract.ts';

const version = z.number().int().nonnegative();

/** Version 0: nobody has set it yet, and the usual form counts. */
export const versionedCallForm = z.strictObject({ version, form: callForm });
export type VersionedCallForm = z.output<typeof versionedCallForm>;

/** What a column of an import is; 'fields.<key>' for a project's own. Several columns may be numbers, e-mails or tags. */
export const importTarget = z.union([
  z.enum([
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
  ]),
  z.templateLiteral(['fields.', customFieldKey]),
]);
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

/** `row` counts from 1, the header being row 1; `column` is the file's own name for it. */
export const importProblem = z.strictObject({
  row: z.number().int(),
  column: z.string().nullable(),
  reason: z.string(),
  message: z.string(),
});
export type ImportProblem = z.output<typeof importProblem>;

export const recordImport = z.strictObject({
  id: z.string(),
  fileName: z.string(),
  madeAtMs: z.number(),
  madeBy: z.string(),
  /** 'failed' can be started again, and goes on where it was. */
  state: z.enum(['uploaded', 'running', 'done', 'failed']),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16']),
  separator: z.enum([',', ';', '\t']),
  header: z.array(z.string()),
  /** All but the header and empty ones. */
  rows: z.number().int(),
  rowsDone: z.number().int(),
  created: z.number().int(),
  /** Found by their external id, whether anything differed or not. */
  updated: z.number().int(),
  /** Rows that were left out; `problems` says why. */
  bad: z.number().int(),
  /** Null until it is started. */
  settings: importSettings.nullable(),
  endedAtMs: z.number().nullable(),
  /** Why it failed. */
  reason: z.string().nullable(),
});
export type RecordImport = z.output<typeof recordImport>;

export const importPreview = z.strictObject({
  import: recordImport,
  /** As asked for, or as the header was understood. */
  settings: importSettings,
  /** The first rows as they stand in the file. */
  firstRows: z.array(z.array(z.string())),
  /** Of the whole file; the first hundred. */
  problems: z.array(importProblem),
  badRows: z.number().int(),
});
export type ImportPreview = z.output<typeof importPreview>;

const ofImport = z.strictObject({ id: z.string().min(1).max(100) });

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

/** Refused in common: 'notAllowed', 'noSuchProject'; of imports 'noSuchImport'. */
export const adminRecordCommands = {
  'admin.callForms.get': command(z.strictObject({ projectId }), versionedCallForm),
  /**
   * A field of the project's own that is taken away keeps its values in records. Refused: 'changedMeanwhile',
   * 'fieldTwice', 'keyTaken', 'labelTaken' (of the project's own fields), 'typeChanged' (a key keeps its type for ever),
   * 'choicesMissing', 'choiceTwice'.
   */
  'admin.callForms.set': command(z.strictObject({ projectId, version, form: callForm }), versionedCallForm),

  /** Newest first. While one runs, `admin.changed` tells of 'records' about twice a second. */
  'admin.recordImports.list': command(nothing, z.array(recordImport)),
  /** Begins an upload; the file comes in pieces. Refused: 'tooLarge'. */
  'admin.recordImports.begin': command(
    z.strictObject({ fileName: z.string().trim().min(1).max(255), bytes: z.number().int().min(1) }),
    ofImport,
  ),
  /** In their order; of at most 512 KiB. Replies with the import once the last piece is there. Refused: 'pieceMissing', 'fileEmpty', 'fileMalformed', 'tooManyRows'. */
  'admin.recordImports.addPiece': command(
    ofImport.extend({ offset: z.number().int().nonnegative(), base64: z.string().max(700_000) }),
    recordImport.nullable(),
  ),
  /** What would become of it. Without settings, or with no columns in them, as the header is understood. Refused: 'alreadyStarted'. */
  'admin.recordImports.preview': command(
    ofImport.extend({ settings: importSettings.nullable() }),
    importPreview,
  ),
  /**
   * Rows whose external id is known change that record; what has no column stays as it is. Refused: 'alreadyStarted',
   * 'columnTwice', 'columnMissing', 'noSuchField', 'noSuchUser'.
   */
  'admin.recordImports.start': command(ofImport.extend({ settings: importSettings }), recordImport),
  /** All problems by row, as CSV. */
  'admin.recordImports.problems': command(ofImport, z.strictObject({ csv: z.string() })),
  /** One that runs is ended: what is in stays in. */
  'admin.recordImports.remove': command(ofImport, z.null()),
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
  /** By number in any way of writing, or anywhere in names, e-mails and city; the last changed first, at most twenty. */
  'admin.records.find': command(
    z.strictObject({ text: z.string().trim().min(1).max(200) }),
    z.array(foundRecord),
  ),
  /** For good: notes and history too, here and on every desktop; its calls lose number and name. Refused: 'noSuchRecord'. */
  'admin.records.erase': command(z.strictObject({ recordId }), z.null()),
} as const;
