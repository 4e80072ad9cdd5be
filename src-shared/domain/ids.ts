// Branded ids, so that a call's id cannot be passed where a project's is meant.
import { z } from 'zod';

const id = z.string().min(1).max(200);

/** One call on this desktop (a UUID made here). Not SIP's Call-ID. */
export const callId = id.brand<'CallId'>();
/** SIP's Call-ID header (RFC 3261 20.8): the same for every device that an inbound call rings. */
export const sipCallId = id.brand<'SipCallId'>();
export const userId = id.brand<'UserId'>();
export const projectId = id.brand<'ProjectId'>();
export const recordId = id.brand<'RecordId'>();
export const dispositionId = id.brand<'DispositionId'>();
export const voicemailId = id.brand<'VoicemailId'>();
export const teamId = id.brand<'TeamId'>();
/** A status that a supervisor added. */
export const statusId = id.brand<'StatusId'>();
export const apiKeyId = id.brand<'ApiKeyId'>();
export const noteId = id.brand<'NoteId'>();
/** One change made on a desktop (a UUID made there); the hub applies it once. */
export const mutationId = id.brand<'MutationId'>();
export const orderId = id.brand<'OrderId'>();
export const orderStatusId = id.brand<'OrderStatusId'>();
/** One handing out of one order to one agent; made by the hub. */
export const leaseId = id.brand<'LeaseId'>();
/** One outcome of one order (a UUID made on the desktop). */
export const attemptId = id.brand<'AttemptId'>();
export const automationRuleId = id.brand<'AutomationRuleId'>();

export type CallId = z.output<typeof callId>;
export type SipCallId = z.output<typeof sipCallId>;
export type UserId = z.output<typeof userId>;
export type ProjectId = z.output<typeof projectId>;
export type RecordId = z.output<typeof recordId>;
export type DispositionId = z.output<typeof dispositionId>;
export type VoicemailId = z.output<typeof voicemailId>;
export type TeamId = z.output<typeof teamId>;
export type StatusId = z.output<typeof statusId>;
export type ApiKeyId = z.output<typeof apiKeyId>;
export type NoteId = z.output<typeof noteId>;
export type MutationId = z.output<typeof mutationId>;
export type OrderId = z.output<typeof orderId>;
export type OrderStatusId = z.output<typeof orderStatusId>;
export type LeaseId = z.output<typeof leaseId>;
export type AttemptId = z.output<typeof attemptId>;
export type AutomationRuleId = z.output<typeof automationRuleId>;
