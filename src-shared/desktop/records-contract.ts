// Records as windows show them: lists, one record's page, what may be changed; from this desktop's own database, with or
// without the hub.
import { z } from 'zod';
import { callOutcome, direction } from '../domain/call-view.ts';
import { recordKind } from '../domain/disposition.ts';
import { callId, noteId, projectId, recordId, userId } from '../domain/ids.ts';
import { orderCallOutcome } from '../domain/order.ts';
import { recordChanges, recordContent, wholeRecord } from '../domain/record.ts';
import { command, nothing } from '../wire/contract.ts';

/** OFF-3. 'sent' is what the hub has; 'here' is on this computer only, still to be sent. */
export const syncState = z.enum(['sent', 'here', 'conflict', 'refused']);
export type SyncState = z.output<typeof syncState>;

export const recordRow = z.strictObject({
  id: recordId,
  kind: recordKind,
  name: z.string(),
  /** The first number, as dialled and as people write it; null where there is none. */
  number: z.string().nullable(),
  numberShown: z.string().nullable(),
  email: z.string().nullable(),
  city: z.string(),
  projectId: projectId.nullable(),
  ownerId: userId.nullable(),
  ownerName: z.string().nullable(),
  tags: z.array(z.string()),
  changedAtMs: z.number(),
  lastCallAtMs: z.number().nullable(),
  state: syncState,
});
export type RecordRow = z.output<typeof recordRow>;

export const recordFilter = z.strictObject({
  /** Name, number in any way of writing, e-mail, city; '' for all. */
  text: z.string().max(200),
  /** Empty: all kinds. */
  kinds: z.array(recordKind).max(6),
  /** Null: of all open projects and of none. */
  projectId: projectId.nullable(),
  ownerId: userId.nullable(),
  tag: z.string().max(100).nullable(),
});
export type RecordFilter = z.output<typeof recordFilter>;

export const recordSort = z.strictObject({
  by: z.enum(['name', 'city', 'changedAt', 'lastCallAt']),
  descending: z.boolean(),
});
export type RecordSort = z.output<typeof recordSort>;

export const listName = z.enum(['leads', 'contacts']);
export type ListName = z.output<typeof listName>;

export const recordColumn = z.enum([
  'kind',
  'number',
  'email',
  'city',
  'project',
  'owner',
  'tags',
  'changedAt',
  'lastCallAt',
]);
export type RecordColumn = z.output<typeof recordColumn>;

export const savedFilter = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(60),
  filter: recordFilter,
  sort: recordSort,
});
export type SavedFilter = z.output<typeof savedFilter>;

/** How this user likes a list on this computer. */
export const listSettings = z.strictObject({
  columns: z.array(recordColumn),
  filters: z.array(savedFilter).max(50),
});
export type ListSettings = z.output<typeof listSettings>;

/** What was typed about a record and not saved. Main keeps it on disk and knows no more of it than this. */
export const unsavedText = z.strictObject({
  /** What it is of, such as `note:<record id>`. */
  key: z.string().min(1).max(200),
  /** It is erased with this one; null for a record that is only being written. */
  recordId: recordId.nullable(),
  /** JSON, as the window has it. */
  content: z.string().max(2_000_000),
});
export type UnsavedText = z.output<typeof unsavedText>;

export const recordPage = z.strictObject({
  record: wholeRecord,
  /** Its numbers as people write them, in their order. */
  numbersShown: z.array(z.string()),
  state: syncState,
  projectName: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Newest first; this desktop's and, once pulled, everybody's. `own`: the history of this desktop has it. */
  calls: z.array(
    z.strictObject({
      callId,
      own: z.boolean(),
      direction,
      outcome: callOutcome,
      startedAtMs: z.number(),
      answeredAtMs: z.number().nullable(),
      endedAtMs: z.number(),
      agentName: z.string(),
      note: z.string(),
      disposition: z.string().nullable(),
      orderOutcome: orderCallOutcome.nullable(),
      state: syncState,
    }),
  ),
  /** Newest first; notes of calls stand with their calls. */
  notes: z.array(
    z.strictObject({
      id: noteId,
      text: z.string(),
      authorName: z.string(),
      writtenAtMs: z.number(),
      state: syncState,
    }),
  ),
  /** Calls with this record that this agent has still to finish, and missed ones not looked at. */
  openTasks: z.array(z.strictObject({ callId, kind: z.enum(['toFinish', 'missed']), atMs: z.number() })),
});
export type RecordPage = z.output<typeof recordPage>;

/** All writing replies when it is on disk here; the hub gets it when it can. Refused in common: 'diskFull', 'diskFailed'. */
export const recordsCommands = {
  /** A window of a long list: rows from `offset`, and how many there are in all. */
  'records.list': command(
    z.strictObject({
      filter: recordFilter,
      sort: recordSort,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(recordRow), total: z.number().int().nonnegative() }),
  ),
  /** What a filter may choose from: tags and owners that records on this computer have, the commonest first. */
  'records.choices': command(
    nothing,
    z.strictObject({
      tags: z.array(z.string()).max(500),
      owners: z.array(z.strictObject({ userId, name: z.string() })).max(500),
    }),
  ),
  /** Refused: 'noSuchRecord'. */
  'records.get': command(z.strictObject({ recordId }), recordPage),
  /** FORM-8: all that have this number, the most recent first. */
  'records.byNumber': command(z.strictObject({ number: z.string().max(200) }), z.array(recordRow)),
  /** Refused: 'notAMember', 'nameMissing'. */
  'records.create': command(z.strictObject({ content: recordContent }), recordPage),
  /** `before`: the changed fields as the person saw them. Refused: 'noSuchRecord', 'notAMember'. */
  'records.change': command(
    z.strictObject({ recordId, before: recordChanges, changes: recordChanges }),
    recordPage,
  ),
  /** Refused: 'noSuchRecord'. */
  'notes.add': command(z.strictObject({ recordId, text: z.string().trim().min(1).max(100_000) }), recordPage),
  /** All that this user has typed here and neither saved nor discarded. */
  'records.unsaved': command(nothing, z.array(unsavedText)),
  /** Replies when it is on disk. */
  'records.keepUnsaved': command(unsavedText, z.null()),
  /** It was saved or discarded. */
  'records.endUnsaved': command(unsavedText.pick({ key: true }), z.null()),
  'records.listSettings': command(z.strictObject({ list: listName }), listSettings),
  'records.setListSettings': command(z.strictObject({ list: listName, settings: listSettings }), z.null()),
} as const;

export const recordsEvents = {
  /** Null: more than a few. Whoever shows them asks anew. */
  'records.changed': z.strictObject({ recordIds: z.array(recordId).max(50).nullable() }),
} as const;
