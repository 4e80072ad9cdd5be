// A user's status and what the hub knows beside it.
import { z } from 'zod';
import { statusId } from './ids.ts';

/** Set by hand, except `inactive`, which only the system sets. */
export const presenceStatus = z.enum(['available', 'away', 'busy', 'offline', 'inactive']);
export type PresenceStatus = z.output<typeof presenceStatus>;

/** The four that an agent may choose. */
export const choosableStatus = presenceStatus.exclude(['inactive']);
export type ChoosableStatus = z.output<typeof choosableStatus>;

/**
 * A status that a supervisor added, such as "Training". It acts as one of the usual ones in everything but its name:
 * as Available it takes calls, as Away direct calls only, as Busy none.
 */
export const statusLabel = z.strictObject({
  id: statusId,
  label: z.string().trim().min(1).max(40),
  actsAs: z.enum(['available', 'away', 'busy']),
  /** One of Mantine's colour names. */
  color: z.string().max(30),
});
export type StatusLabel = z.output<typeof statusLabel>;

export const activity = z.enum(['free', 'onCall', 'wrapUp']);
export type Activity = z.output<typeof activity>;

export const presenceView = z.strictObject({
  status: presenceStatus,
  sinceMs: z.number(),
  /** When a timed status ends by itself; null where it stays. */
  untilMs: z.number().nullable(),
  /** A status that a supervisor added, which acts as `status`; null for the usual ones. */
  labelId: statusId.nullable(),
  activity,
  /** False while the hub has not confirmed the status (link away). */
  confirmed: z.boolean(),
});
export type PresenceView = z.output<typeof presenceView>;
