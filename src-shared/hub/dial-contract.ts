// Call mode between a desktop and its hub: one order is handed out at a time, leased, prolonged while the agent works, and
// ended by an outcome, which comes as a mutation ('order.outcome', sync-contract.ts), so that it is kept without the hub.
import { z } from 'zod';
import { customField } from '../domain/call-form.ts';
import { dialMode, notReachedReason, outcomeButton, whyNow, workableMode } from '../domain/dial-up.ts';
import { leaseId, orderId, recordId } from '../domain/ids.ts';
import { attempt, order } from '../domain/order.ts';
import { wholeRecord } from '../domain/record.ts';
import { command, nothing } from '../wire/contract.ts';

/** DIAL-10. `untilMs`: when it may be dialled again, as far as anyone knows. */
export const mayDial = z.discriminatedUnion('may', [
  /** `untilMs`: when the calling hours end; null where they do not. */
  z.strictObject({ may: z.literal(true), untilMs: z.number().nullable() }),
  z.strictObject({
    may: z.literal(false),
    reason: z.enum(['outsideHours', 'doNotCall', 'leaseOver']),
    untilMs: z.number().nullable(),
  }),
]);
export type MayDial = z.output<typeof mayDial>;

export const orderButton = z.strictObject({
  button: outcomeButton,
  /** Of an extra button; null: the usual word. */
  label: z.string().max(60).nullable(),
});
export type OrderButton = z.output<typeof orderButton>;

/** By whose clocks the calling hours count. */
export const theirClocks = z.strictObject({
  /** IANA names; several where the number may be in any of them. */
  zones: z.array(z.string().max(100)).max(1_000),
  /** 'project': neither the order nor the number tells a zone. */
  from: z.enum(['order', 'number', 'project']),
});
export type TheirClocks = z.output<typeof theirClocks>;

/** An order on an agent's desk, with everything that its card shows and that it takes to end it without the hub. */
export const leasedOrder = z.strictObject({
  leaseId,
  leaseUntilMs: z.number(),
  why: whyNow,
  order,
  mode: dialMode,
  /** A free mode's own name; '' otherwise. */
  modeName: z.string(),
  statusLabel: z.string(),
  /** Null where it was erased meanwhile. */
  record: wholeRecord.nullable(),
  /** Newest first, at most fifty. */
  attempts: z.array(attempt).max(50),
  orderFields: z.array(customField),
  buttons: z.array(orderButton),
  delayMinutes: z.record(notReachedReason, z.number()),
  /** One more that does not reach the person uses the attempts up: the order moves on, and is not tried again. */
  lastAttempt: z.boolean().default(false),
  /** 0: none. */
  standardTimeMinutes: z.number(),
  dials: z.enum(['atOnce', 'countdown', 'onKey']),
  countdownSeconds: z.number(),
  script: z.string(),
  mayDial,
  /** Null where there is no number to dial. */
  clocks: theirClocks.nullable().default(null),
});
export type LeasedOrder = z.output<typeof leasedOrder>;

export const dialDay = z.strictObject({
  /** Attempts since midnight where the agent is, by button; and how long they took together. */
  byButton: z.array(
    z.strictObject({
      button: outcomeButton,
      /** Of an extra button, as it was called when it was pressed; '' for the usual word. */
      label: z.string().max(100),
      count: z.number().int(),
    }),
  ),
  attempts: z.number().int(),
  workedMs: z.number(),
});
export type DialDay = z.output<typeof dialDay>;

export const dialCommands = {
  /**
   * The next order (DIAL-1). Whoever still holds one gets that one again. `settling`: leases whose outcome is on its way.
   * `order` null: there is none now; `nextAtMs` says when one becomes due, where that is known. Refused: 'modesClosed'
   * (this agent may work none in their open projects).
   */
  'dial.take': command(
    z.strictObject({ settling: z.array(leaseId).max(20) }),
    z.strictObject({ order: leasedOrder.nullable(), nextAtMs: z.number().nullable() }),
  ),
  /** Every 20 s or so. Those not in the reply are over: the order went back, or somebody else has it. */
  'dial.prolong': command(
    z.strictObject({ leaseIds: z.array(leaseId).min(1).max(20) }),
    z.strictObject({ leases: z.array(z.strictObject({ leaseId, leaseUntilMs: z.number() })) }),
  ),
  /** Unharmed: it counts no attempt. */
  'dial.giveBack': command(z.strictObject({ leaseId }), z.null()),
  /** Asked right before dialling. */
  'dial.mayDial': command(z.strictObject({ leaseId, number: z.string().max(200) }), mayDial),
  /** `sinceMs`: midnight on the agent's clock. */
  'dial.day': command(z.strictObject({ sinceMs: z.number() }), dialDay),
  /** In the open projects of the agent; where there are none, there is no call mode for them. */
  'dial.modes': command(nothing, z.array(workableMode)),
  /** For the record page; of projects that the agent is a member of. The last changed first, at most fifty. */
  'orders.ofRecord': command(
    z.strictObject({ recordId }),
    z.array(
      z.strictObject({
        order,
        /** Of the mode in which it stands in line, where that is a free one with a name of its own; '' otherwise. */
        modeName: z.string(),
        statusLabel: z.string(),
        statusColor: z.string(),
        attempts: z.array(attempt).max(50),
      }),
    ),
  ),
} as const;

export const dialEvents = {
  /** There may be something to hand out: told to those who asked and got nothing. Or the modes have changed: to everybody. */
  'dial.changed': z.null(),
  /** Of an order that this user holds: it may be dialled no more, or again, or its lease is over. */
  'dial.orderChanged': z.strictObject({ leaseId, orderId, mayDial }),
} as const;
