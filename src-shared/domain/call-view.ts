// A call as windows see it: what is so, and what may be done now. Made by main, never changed by a window.
import { z } from 'zod';
import { callFormView } from './call-form-view.ts';
import { recordKind } from './disposition.ts';
import { formDraft } from './form-draft.ts';
import { callId, dispositionId, orderId, projectId, recordId } from './ids.ts';

export const callPhase = z.enum([
  'offered',
  'ignored',
  'answering',
  'dialing',
  'remoteRinging',
  'talking',
  'holding',
  'held',
  'resuming',
  'transferring',
  'hangingUp',
  'wrapUp',
  'closed',
]);
export type CallPhase = z.output<typeof callPhase>;

export const direction = z.enum(['inbound', 'outbound']);
export type Direction = z.output<typeof direction>;

/** How a call or an offer ended (product.md, "offer"); the last five belong to outbound calls. */
export const callOutcome = z.enum([
  'accepted',
  'ignored',
  'declined',
  'rejected',
  'missed',
  'answeredElsewhere',
  'declinedElsewhere',
  'abandoned',
  'connected',
  'busy',
  'noAnswer',
  'cancelled',
  'failed',
]);
export type CallOutcome = z.output<typeof callOutcome>;

/** Why an offer was missed (CALL-22). */
export const missedReason = z.enum([
  'rangOut',
  'asleep',
  'ignored',
  'noDevice',
  'network',
  'microphone',
  'onAnotherCall',
  'appEnded',
]);
export type MissedReason = z.output<typeof missedReason>;

/** Why a call ended, or was never had, that nobody ended on purpose. 'lost': Offhook itself ended under it. */
export const endCause = z.enum([
  'busy',
  'noAnswer',
  'notFound',
  'unavailable',
  'forbidden',
  'declined',
  'network',
  'microphone',
  'media',
  'timeout',
  'lost',
  'other',
]);
export type EndCause = z.output<typeof endCause>;

/** The other end, already looked up and formatted for reading. */
export const remoteParty = z.strictObject({
  /** As it is dialled; null where the caller withheld it. */
  number: z.string().max(200).nullable(),
  /** As people write it; '' where withheld. */
  display: z.string().max(200),
  /** Record's name, else the caller's own display name, else null. */
  name: z.string().max(10_000).nullable(),
  recordId: recordId.nullable(),
  recordKind: recordKind.nullable(),
  withheld: z.boolean(),
});
export type RemoteParty = z.output<typeof remoteParty>;

/** Who was erased: the call stays, and says no more of them than a withheld number does. */
export const erasedParty: RemoteParty = {
  number: null,
  display: '',
  name: null,
  recordId: null,
  recordKind: null,
  withheld: true,
};

export const draftView = z.strictObject({
  callId,
  note: z.string().max(100_000),
  dispositionId: dispositionId.nullable(),
  form: formDraft,
  /** When what is shown was on disk; null where nothing was written yet. */
  savedAtMs: z.number().nullable(),
});
export type DraftView = z.output<typeof draftView>;

/** Why a transfer brought the caller back. 'lineCannot': the far end's line takes no transfers at all. */
export const transferFailure = z.enum([
  'busy',
  'noAnswer',
  'declined',
  'unreachable',
  'notFound',
  'notAllowed',
  'lineCannot',
  'network',
  'other',
]);
export type TransferFailure = z.output<typeof transferFailure>;

/** A blind transfer: under way, failed and not yet dismissed, or what ended the call. */
export const callTransfer = z.strictObject({
  /** A name, else the number as people write it. */
  to: z.string().max(300),
  kind: z.enum(['person', 'project', 'number']),
  sinceMs: z.number(),
  /** queued: waits in a project. takingBack: asked back, and not here yet. */
  progress: z.enum(['asked', 'ringing', 'queued', 'takingBack', 'failed', 'done']),
  /** Null unless failed, or about to. */
  failure: transferFailure.nullable(),
});
export type CallTransfer = z.output<typeof callTransfer>;

/** What may be done with a call now. A button whose intent is false is disabled. */
export const callIntents = z.strictObject({
  accept: z.boolean(),
  ignore: z.boolean(),
  decline: z.boolean(),
  hangUp: z.boolean(),
  hold: z.boolean(),
  resume: z.boolean(),
  mute: z.boolean(),
  sendDtmf: z.boolean(),
  transfer: z.boolean(),
  /** The transfer under way is ended, and the caller is here again. */
  takeBack: z.boolean(),
  /** The caller is left waiting in the project that they were given to. */
  letGo: z.boolean(),
  finish: z.boolean(),
});
export type CallIntents = z.output<typeof callIntents>;

export const callQuality = z.strictObject({
  /** 0 (nothing heard) to 4 (fine). */
  bars: z.number().int().min(0).max(4),
  cause: z.enum(['fine', 'nothingHeard', 'microphoneSilent', 'loss', 'delay']),
  /** Estimated mean opinion score, 1 to 4.5; null before the first sample. */
  mos: z.number().nullable(),
  /** No path for the sound since then, and whose network is away; absent or null while there is one. */
  silence: z
    .strictObject({ side: z.enum(['here', 'there', 'unknown']), sinceMs: z.number() })
    .nullable()
    .optional(),
});
export type CallQuality = z.output<typeof callQuality>;

export const callView = z.strictObject({
  callId,
  direction,
  phase: callPhase,
  remote: remoteParty,
  projectId: projectId.nullable(),
  projectName: z.string().nullable(),
  queueName: z.string().nullable(),
  /** The order that it was made for; its note and outcome are the order's (call mode). */
  orderId: orderId.nullable(),
  /** The number that sent the call on (Diversion, History-Info), as people write it; null where not redirected. */
  redirectedFrom: z.string().nullable(),
  startedAtMs: z.number(),
  answeredAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  outcome: callOutcome.nullable(),
  missedReason: missedReason.nullable(),
  /** Null where somebody ended it. Beside an outcome that was talked on: the call was cut off. */
  endCause: endCause.nullable(),
  /** What the microphone's track really does, told by the phone window. */
  muted: z.boolean(),
  remoteHold: z.boolean(),
  quality: callQuality.nullable(),
  dtmfSent: z.string(),
  transfer: callTransfer.nullable(),
  /** When the wrap-up runs out; null where it has no end or is not running. */
  wrapUpEndsAtMs: z.number().nullable(),
  dispositionRequired: z.boolean(),
  draft: draftView,
  form: callFormView,
  intents: callIntents,
});
export type CallView = z.output<typeof callView>;
