// An order: a record's item to be dialled in call mode, as the hub keeps it, agents work it and lists show it. Who it is for
// is its record alone: name and numbers are never copied here, so that erasing the record leaves none.
import { z } from 'zod';
import { bucket, dialMode, outcomeButton } from './dial-up.ts';
import { attemptId, callId, orderId, orderStatusId, projectId, recordId, userId } from './ids.ts';
import { customFieldKey, customValue } from './record.ts';

/** Everything of an order that people and other programs write. */
export const orderContent = z.strictObject({
  recordId,
  projectId,
  statusId: orderStatusId,
  /** Another system's name for it, once in this hub; REST and imports find it by that. */
  externalId: z.string().min(1).max(200).nullable(),
  goods: z.string().max(10_000),
  /** In the smallest unit of `currency` (cents), so that sums add up. */
  sumMinor: z.number().int().min(-1e15).max(1e15).nullable(),
  /** ISO 4217, such as EUR; '' where there is no sum. */
  currency: z.string().regex(/^([A-Z]{3})?$/),
  delivery: z.string().max(10_000),
  /** By the keys of the project's order fields; those it does not define any more are kept. */
  fields: z.record(customFieldKey, customValue),
  /** IANA name, where it is known better than the number tells; null: from the number. */
  timeZone: z.string().min(1).max(100).nullable(),
});
export type OrderContent = z.output<typeof orderContent>;

export const orderSource = z.enum(['import', 'rest', 'automation', 'person', 'sample']);
export type OrderSource = z.output<typeof orderSource>;

export const order = orderContent.extend({
  id: orderId,
  /** Counts its changes, from 1. */
  version: z.number().int().positive(),
  source: orderSource,
  createdAtMs: z.number(),
  changedAtMs: z.number(),
  /** Since when it is in its status. */
  statusSinceMs: z.number(),
  /** In this status. */
  attempts: z.number().int().nonnegative(),
  /** Null: not in line. */
  place: z
    .strictObject({
      mode: dialMode,
      bucket,
      /** Unprocessed: since when it waits. Else: when it is due. */
      dueAtMs: z.number(),
      /** Of a call back that one agent keeps for themselves. */
      forUserId: userId.nullable(),
    })
    .nullable(),
});
export type Order = z.output<typeof order>;

/** One outcome, as the agent's desktop makes it (DIAL-9). */
export const outcome = z.strictObject({
  attemptId,
  orderId,
  /** As it was handed out. */
  mode: dialMode,
  button: outcomeButton,
  /** Of an extra button, as it was called when it was pressed; '' for the usual word. Absent: the hub knows what it is called. */
  buttonLabel: z.string().max(100).optional(),
  /** With 'callBack' always; with a not-reached reason where the agent set another time than the delay gives. */
  callBack: z.strictObject({ atMs: z.number(), own: z.boolean() }).nullable(),
  note: z.string().max(100_000),
  /** The call that it came of; null where none was made. */
  callId: callId.nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
});
export type Outcome = z.output<typeof outcome>;

/** What stands for the disposition of a call that was made for an order. */
export const orderCallOutcome = z.strictObject({
  button: outcomeButton,
  /** Of an extra button, as it was called then; '' for the usual word. */
  label: z.string().max(100),
});
export type OrderCallOutcome = z.output<typeof orderCallOutcome>;

/** What became of an outcome at the hub. 'conflict': somebody else had the order by then; a supervisor decides (DIAL-7). */
export const attemptEffect = z.enum(['moved', 'conflict', 'conflictApplied', 'conflictDismissed']);
export type AttemptEffect = z.output<typeof attemptEffect>;

export const attempt = outcome.extend({
  userId,
  userName: z.string().max(400),
  /** As the button was called then; '' for the usual word. */
  buttonLabel: z.string().max(100),
  effect: attemptEffect,
  /** The status after it. */
  statusId: orderStatusId,
});
export type Attempt = z.output<typeof attempt>;
