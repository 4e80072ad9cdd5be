// What windows show of syncing (OFF-3): the chip, the page of what waits and why, conflicts and how people resolve them.
import { z } from 'zod';
import { callId, mutationId, recordId } from '../domain/ids.ts';
import { recordChanges, wholeRecord } from '../domain/record.ts';
import { command, nothing, topic } from '../wire/contract.ts';

export const syncView = z.strictObject({
  /** Changes of this desktop that the hub does not have yet. */
  waiting: z.number().int().nonnegative(),
  conflicts: z.number().int().nonnegative(),
  refused: z.number().int().nonnegative(),
  /** A pull that takes longer than a moment; null where none runs. `total` grows where others write meanwhile. */
  pulling: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** When all was last the same here and there; null where it never was. */
  sameSinceMs: z.number().nullable(),
  /** Why what waits waits; the disk's troubles hold up what is pulled, too, and are said where nothing waits. */
  why: z.enum([
    'nothing',
    'sending',
    'hubAway',
    'signedOut',
    'hubRefuses',
    'undoOpen',
    'diskFull',
    'diskFailed',
  ]),
});
export type SyncView = z.output<typeof syncView>;

export const waitingItem = z.strictObject({
  mutationId,
  kind: z.enum(['record.create', 'record.change', 'note.add', 'call.report', 'order.outcome']),
  /** Whom or what it is about, for people. */
  about: z.string(),
  recordId: recordId.nullable(),
  callId: callId.nullable(),
  madeAtMs: z.number(),
  state: z.enum(['waiting', 'undoOpen', 'sending', 'conflict', 'refused']),
  /** Of a refusal. */
  reason: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
});
export type WaitingItem = z.output<typeof waitingItem>;

export const recordConflict = z.strictObject({
  mutationId,
  recordId,
  madeAtMs: z.number(),
  /** The fields as they were, as they were wished here, and the record as it is at the hub. */
  before: recordChanges,
  mine: recordChanges,
  theirs: wholeRecord,
  clashes: z.array(z.string()),
});
export type RecordConflict = z.output<typeof recordConflict>;

const sync = topic('sync', syncView);

export const syncViewCommands = {
  ...sync.commands,
  'sync.items': command(nothing, z.array(waitingItem)),
  'sync.conflicts': command(nothing, z.array(recordConflict)),
  /** For each clash, whose value counts; the rest of mine is applied. Refused: 'noSuchConflict', 'diskFull'. */
  'sync.resolve': command(
    z.strictObject({ mutationId, choices: z.record(z.string(), z.enum(['mine', 'theirs'])) }),
    z.null(),
  ),
  'sync.now': command(nothing, z.null()),
  /** A refused one, after it was looked at. */
  'sync.putAway': command(z.strictObject({ mutationId }), z.null()),
} as const;
export const syncViewEvents = sync.events;
