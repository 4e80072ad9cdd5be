// Every call that has been, what was written about it, and what is still to be done.
import { z } from 'zod';
import { recordBrief } from '../domain/call-form-view.ts';
import { callOutcome, direction, endCause, missedReason, remoteParty } from '../domain/call-view.ts';
import { disposition } from '../domain/disposition.ts';
import { callId, projectId, voicemailId } from '../domain/ids.ts';
import { orderCallOutcome } from '../domain/order.ts';
import { command, nothing, topic } from '../wire/contract.ts';

export const historyEntry = z.strictObject({
  callId,
  direction,
  outcome: callOutcome,
  missedReason: missedReason.nullable(),
  /** As in `callView`. */
  endCause: endCause.nullable(),
  /** Whom the call was given to; null where it was not. */
  transferredTo: z.string().nullable(),
  remote: remoteParty,
  redirectedFrom: z.string().nullable(),
  projectId: projectId.nullable(),
  projectName: z.string().nullable(),
  startedAtMs: z.number(),
  answeredAtMs: z.number().nullable(),
  endedAtMs: z.number(),
  note: z.string(),
  disposition: disposition.nullable(),
  /** Of the order that it was made for, in place of a disposition (call mode). */
  orderOutcome: orderCallOutcome.nullable(),
  subject: z.string(),
  /** The record that the call is with (CALL-25), and the customer beside it; null where none, or erased. */
  contact: recordBrief.nullable(),
  customer: recordBrief.nullable(),
  /** Whether it cannot be saved without one, by what its project asked for when it came. */
  dispositionRequired: z.boolean(),
  /** notNeeded: nothing is asked for. undoable: saved, may be undone until `undoUntilMs`. */
  state: z.enum(['notNeeded', 'toFinish', 'undoable', 'finished']),
  undoUntilMs: z.number().nullable(),
  /** A missed call that the agent has looked at. */
  seen: z.boolean(),
  /** Entries added after the save had become final, oldest first. */
  corrections: z.array(
    z.strictObject({
      atMs: z.number(),
      author: z.string(),
      note: z.string(),
      disposition: disposition.nullable(),
    }),
  ),
});
export type HistoryEntry = z.output<typeof historyEntry>;

export const voicemailView = z.strictObject({
  voicemailId,
  projectName: z.string().nullable(),
  remote: remoteParty,
  leftAtMs: z.number(),
  durationMs: z.number(),
  heard: z.boolean(),
});
export type VoicemailView = z.output<typeof voicemailView>;

/** Shown newest first. Ringing calls that were ignored stand in the `calls` topic with phase 'ignored'. */
export const inboxView = z.strictObject({
  toFinish: z.array(historyEntry),
  missed: z.array(historyEntry),
  voicemails: z.array(voicemailView),
});
export type InboxView = z.output<typeof inboxView>;

const inbox = topic('inbox', inboxView);
const dispositions = topic('dispositions', z.array(disposition));

export const historyCommands = {
  ...inbox.commands,
  ...dispositions.commands,
  /** `text` matches name, number (in any way of writing) and note; '' for all. Newest first; `before` continues. */
  'history.search': command(
    z.strictObject({
      text: z.string().max(200),
      beforeMs: z.number().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ entries: z.array(historyEntry), more: z.boolean() }),
  ),
  /** Refused: 'noSuchCall'. */
  'history.get': command(z.strictObject({ callId }), historyEntry),
  'history.markSeen': command(z.strictObject({ callId }), z.null()),
  /** Adds an audited entry beside a call that is finished. Refused: 'notFinished' (change the draft instead). */
  'history.correct': command(
    z.strictObject({ callId, note: z.string().max(100_000), dispositionId: z.string().nullable() }),
    historyEntry,
  ),
  /** The message as Ogg Opus. Refused: 'noSuchVoicemail', 'hubAway'. */
  'voicemail.audio': command(z.strictObject({ voicemailId }), z.strictObject({ oggOpusBase64: z.string() })),
  'voicemail.markHeard': command(z.strictObject({ voicemailId, heard: z.boolean() }), z.null()),
  'voicemail.list': command(nothing, z.array(voicemailView)),
} as const;

export const historyEvents = {
  ...inbox.events,
  ...dispositions.events,
  /** Something in the history is new or other: search again. */
  'history.changed': z.strictObject({ callId: callId.nullable() }),
  'voicemail.changed': z.null(),
} as const;
