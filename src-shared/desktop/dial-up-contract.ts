// Call mode in the agent window: one order at a time, dialled at once, after a countdown or on a key, ended by an outcome
// (DIAL-1, DIAL-8, DIAL-9). Truth lives in main; the hub hands out, and outcomes reach it through the outbox.
import { z } from 'zod';
import { callOutcome, endCause } from '../domain/call-view.ts';
import { outcomeButton, workableMode } from '../domain/dial-up.ts';
import { callId, orderId, recordId } from '../domain/ids.ts';
import { attempt, order } from '../domain/order.ts';
import { dialDay, leasedOrder } from '../hub/dial-contract.ts';
import { command, topic } from '../wire/contract.ts';

/** Kept on disk at every keystroke, as a call's draft is. */
export const outcomeDraft = z.strictObject({
  note: z.string().max(100_000),
  /** Null: as the delay of the reason gives. */
  callBackAtMs: z.number().nullable(),
  own: z.boolean(),
  savedAtMs: z.number().nullable(),
});
export type OutcomeDraft = z.output<typeof outcomeDraft>;

/** How the call for an order ended. */
export const orderCallEnd = z.strictObject({
  outcome: callOutcome,
  /** Null where somebody ended it on purpose. */
  endCause: endCause.nullable(),
  endedAtMs: z.number(),
});
export type OrderCallEnd = z.output<typeof orderCallEnd>;

export const workedOrder = z.strictObject({
  leased: leasedOrder,
  /** The number that will be dialled, and as people write it; null where the record has none. */
  number: z.string().nullable(),
  numberShown: z.string().nullable(),
  /** All of the record's, in its order, as people write them. */
  numbersShown: z.array(z.string()),
  name: z.string(),
  /** On this desk since then: the clock against the standard time. */
  sinceMs: z.number(),
  /** When it dials by itself; null where it does not, or was stopped. */
  dialsAtMs: z.number().nullable(),
  /** The call that is or was made for it last; null before the first. */
  callId: callId.nullable(),
  /** Of that call; null before the first and while it goes on. */
  callEnd: orderCallEnd.nullable(),
  draft: outcomeDraft,
  /** The lease is over: the outcome is stored all the same, and moves the order only if nobody else has it (DIAL-7). */
  leaseOver: z.boolean(),
  /** Its mode is not open to this agent any more: it is ended as usual, and no other one of it comes. */
  modeClosed: z.boolean(),
  /** Why it was not dialled, the last time that it should have been; a reason as `dialUp.dial` has. */
  notDialled: z.string().max(100).nullable(),
  intents: z.strictObject({ dial: z.boolean(), stopCountdown: z.boolean(), end: z.boolean() }),
});
export type WorkedOrder = z.output<typeof workedOrder>;

export const dialUpView = z.strictObject({
  /** What this agent may work; empty: there is no call mode for them. */
  modes: z.array(workableMode),
  state: z.enum([
    'off',
    /** Asking the hub. */
    'asking',
    /** There is nothing now; the hub tells when that changes. */
    'nothing',
    /** As 'nothing': no mode is open to this agent any more. */
    'closed',
    /** The hub is away, and nothing new is handed out. */
    'hubAway',
    /** Not now: on another call, in wrap-up, or not Available; goes on by itself. */
    'busy',
    'order',
  ]),
  /** With 'nothing': when something becomes due; null where that is not known. */
  nextAtMs: z.number().nullable(),
  order: workedOrder.nullable(),
  /** No other one after this. */
  pauseAfterThis: z.boolean(),
  /** The last one, while it can be taken back (10 s). */
  undo: z
    .strictObject({
      orderId,
      name: z.string(),
      button: outcomeButton,
      /** Of an extra button, as it was called when it was pressed; '' for the usual word. */
      label: z.string().max(100),
      untilMs: z.number(),
    })
    .nullable(),
  /** Outcomes that are still on this computer only. */
  unsent: z.number().int().nonnegative(),
  today: dialDay,
});
export type DialUpView = z.output<typeof dialUpView>;

const dialUp = topic('dialUp', dialUpView);
const done = z.null();

/** Refused in common: 'notNow'. */
export const dialUpCommands = {
  ...dialUp.commands,
  /** Begins, or goes on after a pause. Refused: 'notAvailable' (the status takes no calls), 'hubAway'. */
  'dialUp.start': command(z.null(), done),
  /** Gives back what is on the desk and was not dialled. Refused: 'notNow' while a call for it is there or an outcome is due. */
  'dialUp.stop': command(z.null(), done),
  'dialUp.pauseAfterThis': command(z.strictObject({ on: z.boolean() }), done),
  /** Refused: as calls.dial; and 'outsideHours', 'doNotCall', 'leaseOver', 'noNumber'. `number`: another one of the record's. */
  'dialUp.dial': command(z.strictObject({ number: z.string().max(200).nullable() }), done),
  'dialUp.stopCountdown': command(z.null(), done),
  /** Replies when it is on disk. Refused: 'diskFull', 'diskFailed'. */
  'dialUp.changeDraft': command(
    z.strictObject({
      orderId,
      note: z.string().max(100_000).optional(),
      callBackAtMs: z.number().nullable().optional(),
      own: z.boolean().optional(),
    }),
    done,
  ),
  /**
   * Ends the attempt, and the wrap-up of its call, for which the outcome stands as its disposition; a call that goes on
   * is hung up. The next order comes by itself. Refused: 'callBackTimeMissing', 'notInFuture', 'diskFull', 'diskFailed'.
   */
  'dialUp.end': command(z.strictObject({ orderId, button: outcomeButton }), done),
  /** The last outcome is taken back, and its order is on the desk again. Refused: 'tooLate', 'notNow' (the next is being called). */
  'dialUp.undo': command(z.null(), done),
  /** What the hub knows of a record's orders; null while it is away. */
  'orders.ofRecord': command(
    z.strictObject({ recordId }),
    z
      .array(
        z.strictObject({
          order,
          modeName: z.string(),
          statusLabel: z.string(),
          statusColor: z.string(),
          attempts: z.array(attempt).max(50),
        }),
      )
      .nullable(),
  ),
} as const;

export const dialUpEvents = { ...dialUp.events } as const;
