// How a desktop and its hub come to the same: the desktop pushes what was done on it, in order, each thing once; it pulls
// what others did, scope by scope (one project, or what belongs to no project), from a cursor that the hub assigns.
import { z } from 'zod';
import { callOutcome, direction, missedReason } from '../domain/call-view.ts';
import {
  callId,
  dispositionId,
  leaseId,
  mutationId,
  noteId,
  projectId,
  recordId,
  sipCallId,
  userId,
} from '../domain/ids.ts';
import { orderCallOutcome, outcome } from '../domain/order.ts';
import { recordChanges, recordContent, wholeRecord } from '../domain/record.ts';
import { command } from '../wire/contract.ts';

export const recordNote = z.strictObject({
  id: noteId,
  recordId,
  /** The call that it was written in; null for one added by itself. */
  callId: callId.nullable(),
  authorId: userId,
  authorName: z.string().max(400),
  text: z.string().max(100_000),
  writtenAtMs: z.number(),
});
export type RecordNote = z.output<typeof recordNote>;

/** A correction of a saved call: a new entry, never a change of the old (CALL-13). */
export const callCorrection = z.strictObject({
  id: z.string().min(1).max(100),
  atMs: z.number(),
  author: z.string().max(400),
  note: z.string().max(100_000),
  dispositionId: dispositionId.nullable(),
  dispositionLabel: z.string().max(200).nullable(),
});

/** What one desktop says of a call that it had. Only that desktop changes it, so the later word counts. */
export const callReport = z.strictObject({
  callId,
  /** Shared by all who were offered the call; null where it never left this desktop. */
  sipCallId: sipCallId.nullable(),
  direction,
  /** Null where withheld. */
  number: z.string().max(200).nullable(),
  redirectedFrom: z.string().max(200).nullable(),
  projectId: projectId.nullable(),
  recordId: recordId.nullable(),
  /** A second record: the firm that the person called for (FORM-3, "customer" beside "contact"). */
  customerId: recordId.nullable(),
  subject: z.string().max(1_000),
  startedAtMs: z.number(),
  answeredAtMs: z.number().nullable(),
  endedAtMs: z.number(),
  outcome: callOutcome,
  missedReason: missedReason.nullable(),
  note: z.string().max(100_000),
  dispositionId: dispositionId.nullable(),
  /** As it was when chosen. */
  dispositionLabel: z.string().max(200).nullable(),
  /** Of the order that it was made for; it has no disposition then. */
  orderOutcome: orderCallOutcome.nullable(),
  /** Whether Save has made it final. */
  finished: z.boolean(),
  corrections: z.array(callCorrection).max(1_000),
});
export type CallReport = z.output<typeof callReport>;

/** As others pull it: with who had it. */
export const syncedCall = callReport.extend({ userId, userName: z.string().max(400) });
export type SyncedCall = z.output<typeof syncedCall>;

export const mutation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record.create'), recordId, content: recordContent }),
  /** `before`: the changed fields as the person saw them; see domain/record-merge.ts. */
  z.strictObject({
    kind: z.literal('record.change'),
    recordId,
    before: recordChanges,
    changes: recordChanges,
  }),
  z.strictObject({
    kind: z.literal('note.add'),
    note: recordNote.omit({ authorId: true, authorName: true }),
  }),
  /** Upsert by callId. */
  z.strictObject({ kind: z.literal('call.report'), call: callReport }),
  /** Of an order that was handed out under this lease, which may be over by now (DIAL-7). */
  z.strictObject({
    kind: z.literal('order.outcome'),
    leaseId,
    /** The order's, so that whoever keeps this can forget the person. */
    recordId,
    outcome,
  }),
]);
export type Mutation = z.output<typeof mutation>;

export const outgoing = z.strictObject({
  mutationId,
  /** Counts this device's mutations; the hub applies them in this order. */
  sequence: z.number().int().positive(),
  /** By the desktop's clock, which may be wrong: shown, never compared. */
  madeAtMs: z.number(),
  mutation,
});
export type Outgoing = z.output<typeof outgoing>;

/** What became of one mutation. Asked again, the hub says the same again. `at` is where it stands in the hub's order. */
export const pushed = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('applied'), mutationId, at: z.string() }),
  /** Nothing of it was applied: somebody else changed the same fields. `theirs` is the record as it is now. */
  z.strictObject({
    outcome: z.literal('conflict'),
    mutationId,
    at: z.string(),
    clashes: z.array(z.string()),
    theirs: wholeRecord,
  }),
  /** For good: 'noSuchRecord' (erased), 'noSuchOrder', 'notAllowed', 'malformed', 'externalIdTaken'. */
  z.strictObject({ outcome: z.literal('refused'), mutationId, at: z.string(), reason: z.string() }),
]);
export type Pushed = z.output<typeof pushed>;

export const pulled = z.discriminatedUnion('entity', [
  z.strictObject({ entity: z.literal('record'), record: wholeRecord }),
  z.strictObject({ entity: z.literal('note'), note: recordNote }),
  z.strictObject({ entity: z.literal('call'), call: syncedCall }),
  /**
   * Erased, or moved out of this scope. `erased`: its bytes must go, too, whatever else the desktop has of it. Of a call it
   * says that its person was erased: the desktop that had it empties its own; where it still belongs to this scope, it
   * comes next, without number, name and notes.
   */
  z.strictObject({
    entity: z.literal('gone'),
    of: z.enum(['record', 'note', 'call']),
    id: z.string(),
    erased: z.boolean(),
  }),
]);
export type Pulled = z.output<typeof pulled>;

/** A project, or null for what belongs to none. */
export const syncScope = projectId.nullable();
export type SyncScope = z.output<typeof syncScope>;

export const syncCommands = {
  /** In the order of `sequence`. Refused whole: 'notAllowed'. */
  'sync.push': command(z.strictObject({ mutations: z.array(outgoing).min(1).max(200) }), z.array(pushed)),
  /** `cursor` is opaque; null begins anew. Refused: 'notAMember' (this scope is no business of this user any more). */
  'sync.pull': command(
    z.strictObject({
      scope: syncScope,
      cursor: z.string().max(200).nullable(),
      limit: z.number().int().min(1).max(2_000),
    }),
    z.discriminatedUnion('state', [
      z.strictObject({
        state: z.literal('changes'),
        changes: z.array(pulled),
        cursor: z.string(),
        /** How many are still to come after these. */
        left: z.number().int().nonnegative(),
      }),
      /**
       * The hub knows less than it once told: it was restored from an older backup. Everything after `knownUntil` (an
       * `at` of before) is to be pushed again, and the scope pulled from the beginning.
       */
      z.strictObject({ state: z.literal('restored'), knownUntil: z.string() }),
    ]),
  ),
} as const;

export const syncEvents = {
  /** There is something new to pull in these scopes. Told to those who have them open; coalesced. */
  'sync.changed': z.strictObject({ scopes: z.array(syncScope) }),
} as const;
