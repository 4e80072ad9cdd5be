// Ctrl+K: one field over people, records, numbers, notes and calls, all on this desktop. Commands are the window's own.
import { z } from 'zod';
import { recordKind } from '../domain/disposition.ts';
import { callId, noteId, recordId, userId } from '../domain/ids.ts';
import { command } from '../wire/contract.ts';

/** Text with what was found in it: [from, to) in UTF-16 units, in order, not overlapping. */
export const markedText = z.strictObject({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type MarkedText = z.output<typeof markedText>;

export const searchHit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), userId, name: markedText, extension: markedText }),
  z.strictObject({
    kind: z.literal('record'),
    recordId,
    recordKind,
    name: markedText,
    /** Where it was found besides the name: number, e-mail, city, description; null where in the name. */
    found: markedText.nullable(),
    number: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('note'),
    noteId,
    recordId,
    recordName: z.string(),
    /** A cut-out around the first hit. */
    text: markedText,
    writtenAtMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('call'),
    callId,
    name: z.string(),
    text: markedText,
    startedAtMs: z.number(),
    /** Somebody else's, or one's own on another desktop: not in this history, but with its record. Null for the others. */
    elsewhere: z.strictObject({ recordId, agentName: z.string() }).nullable(),
  }),
]);
export type SearchHit = z.output<typeof searchHit>;

export const searchCommands = {
  /** The best first, by kind in the order person, record, note, call; at most `limit` of each. */
  'search.everything': command(
    z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(50) }),
    z.strictObject({
      hits: z.array(searchHit),
      more: z.boolean(),
      /** What was asked for, where it is a number that can be dialled, as people write it. */
      number: z.string().nullable(),
    }),
  ),
} as const;
