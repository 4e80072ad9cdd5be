// The company's directory: who can be called or be given a call, and how each of them stands at the moment.
import { z } from 'zod';
import { projectId, statusId, userId } from './ids.ts';
import { activity, presenceStatus } from './presence.ts';

export const personPresence = z.strictObject({
  userId,
  status: presenceStatus,
  /** A status that a supervisor added; null for the usual ones. */
  labelId: statusId.nullable(),
  sinceMs: z.number(),
  activity,
  activitySinceMs: z.number(),
  /** Whether any device of theirs could ring now. */
  reachable: z.boolean(),
});
export type PersonPresence = z.output<typeof personPresence>;

export const person = z.strictObject({
  userId,
  displayName: z.string(),
  extension: z.string(),
  /** Names of the teams that they are in. */
  teams: z.array(z.string()),
});
export type Person = z.output<typeof person>;

/** A project whose queue a call can be given to. */
export const callableProject = z.strictObject({
  projectId,
  name: z.string(),
  /** What is dialled to reach it. */
  number: z.string(),
});
export type CallableProject = z.output<typeof callableProject>;

export const people = z.strictObject({
  people: z.array(person),
  presences: z.array(personPresence),
  projects: z.array(callableProject),
});
export type People = z.output<typeof people>;
