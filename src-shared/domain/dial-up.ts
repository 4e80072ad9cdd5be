// Call mode as projects set it: the modes, the statuses that orders stand in, the buttons that end an order's attempt, the
// delays, who may work it, when people may be called (DIAL-2 to DIAL-4, DIAL-8 to DIAL-10).
import { z } from 'zod';
import { customField } from './call-form.ts';
import { orderStatusId, projectId, userId } from './ids.ts';

export const dialMode = z.enum(['newLeads', 'reconfirmation', 'beforeBuyout', 'random1', 'random2']);
export type DialMode = z.output<typeof dialMode>;

/** The two that an admin names, and may have drawn at random. */
export const freeMode = dialMode.extract(['random1', 'random2']);
export type FreeMode = z.output<typeof freeMode>;

export const bucket = z.enum(['unprocessed', 'noAnswer', 'callBack']);
export type Bucket = z.output<typeof bucket>;

export const notReachedReason = z.enum(['noAnswer', 'busy', 'hangUp']);

/** What may end an attempt. 'extra1' and 'extra2' are a mode's own. */
export const outcomeButton = z.enum([
  'confirmed',
  'refused',
  'willCollect',
  'collected',
  'callBack',
  ...notReachedReason.options,
  'wrongNumber',
  'extra1',
  'extra2',
]);
export type OutcomeButton = z.output<typeof outcomeButton>;

/** A company's statuses stand in one list, in their order; each belongs to one mode at the most. */
export const orderStatus = z.strictObject({
  id: orderStatusId,
  label: z.string().trim().min(1).max(100),
  /** One of Mantine's colour names. */
  color: z.string().max(30),
  /** Null: orders in it are in no mode, such as those that are done. */
  mode: dialMode.nullable(),
  /** DIAL-4. Without it, orders that enter this status are not handed out and not in line. */
  addToDialUp: z.boolean(),
});
export type OrderStatus = z.output<typeof orderStatus>;

/** How a free mode is called and handed out, in all projects. */
export const freeModeSettings = z.strictObject({
  mode: freeMode,
  /** '' until somebody names it. */
  name: z.string().trim().max(60),
  handsOut: z.enum(['byRule', 'atRandom']),
  /** What draws: the same seed draws the same orders in the same order. */
  seed: z.number().int().min(0).max(2_147_483_647),
});
export type FreeModeSettings = z.output<typeof freeModeSettings>;

export const shownButton = z.strictObject({
  button: outcomeButton.exclude(['extra1', 'extra2']),
  shown: z.boolean(),
  /** Where the order goes; null: it stays in its status (a call back, or one not reached). */
  statusId: orderStatusId.nullable(),
});

export const extraButton = z.strictObject({
  label: z.string().trim().min(1).max(60),
  statusId: orderStatusId,
});

/** DIAL-3: of one mode in one project. */
export const modeSettings = z.strictObject({
  mode: dialMode,
  /** Closed: nothing of it is handed out; who holds an order of it may end it. */
  open: z.boolean(),
  /** New leads of this project go ahead of other projects' orders. Of no meaning in other modes. */
  highPriority: z.boolean(),
  /** An order that has waited longer rises; 0: none does. */
  standardTimeMinutes: z.number().int().min(0).max(525_600),
  /** Until one not reached is tried again. */
  delayMinutes: z.record(notReachedReason, z.number().int().min(0).max(525_600)),
  /** Calls that did not reach the person, before the order is moved on. */
  attempts: z.number().int().min(1).max(100),
  /** Where it goes then. Null: it stays where it is, out of line. */
  usedUpStatusId: orderStatusId.nullable(),
  buttons: z.array(shownButton).max(20),
  /** 'extra1', then 'extra2'. */
  extraButtons: z.array(extraButton).max(2),
  /** Null: all members of the project. */
  agentIds: z.array(userId).max(10_000).nullable(),
  /** Read out or followed by the agent; '' for none. */
  script: z.string().max(20_000),
});
export type ModeSettings = z.output<typeof modeSettings>;

/** When people may be called, on their own clocks. */
export const callingHours = z.strictObject({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.number().int().min(1).max(7),
  fromMinute: z.number().int().min(0).max(1_440),
  /** Greater than `fromMinute`; 1440 for midnight. */
  toMinute: z.number().int().min(0).max(1_440),
});
export type CallingHours = z.output<typeof callingHours>;

/** Of one project, all modes. */
export const dialUpSettings = z.strictObject({
  /** Empty: at any time. */
  callingHours: z.array(callingHours).max(100),
  /** DIAL-7: whoever holds an order is offered inbound calls all the same. */
  inboundWhileHolding: z.boolean(),
  /** DIAL-8. */
  dials: z.enum(['atOnce', 'countdown', 'onKey']),
  countdownSeconds: z.number().int().min(1).max(120),
  /** What orders of this project have besides goods, sum and delivery. */
  orderFields: z.array(customField).max(100),
  /** One for each mode, in the order of `dialMode`. */
  modes: z.array(modeSettings).length(dialMode.options.length),
});
export type DialUpSettings = z.output<typeof dialUpSettings>;

/** Why an order stands where it stands in line, and why it is handed out now (DIAL-6). */
export const whyNow = z.enum([
  'ownCallBackDue',
  'callBackDue',
  'highPriorityLead',
  'overStandardTime',
  'unprocessed',
  'retryDue',
  'drawn',
]);
export type WhyNow = z.output<typeof whyNow>;

/** Why an order in line cannot be handed out at this moment; the rest of `whyNow` in lists. */
export const whyNotNow = z.enum([
  'callBackLater',
  'retryLater',
  'outsideHours',
  'doNotCall',
  'held',
  'modeClosed',
  'noNumber',
]);
export type WhyNotNow = z.output<typeof whyNotNow>;

/** What an agent sees of a project's modes. */
export const workableMode = z.strictObject({
  projectId,
  mode: dialMode,
  /** A free mode's own name; '' otherwise. */
  name: z.string(),
});
export type WorkableMode = z.output<typeof workableMode>;
