// The company's directory in windows: who can be called or be given a call, found as one types, with presence while
// somebody looks.
import { z } from 'zod';
import { callableProject, person, personPresence } from '../domain/person.ts';
import { command } from '../wire/contract.ts';

export const foundPerson = z.strictObject({
  ...person.shape,
  /** Null while the hub is away: nobody confirms it then. */
  presence: personPresence.nullable(),
});
export type FoundPerson = z.output<typeof foundPerson>;

export const foundPeople = z.strictObject({
  /** Best first; those that fit equally well by name. Without oneself. */
  people: z.array(foundPerson),
  projects: z.array(callableProject),
  /** How many people fit in all. */
  peopleInAll: z.number().int().nonnegative(),
  /** The text is a number that is nobody's here; null where it is not. */
  number: z.strictObject({ target: z.string(), display: z.string(), allowed: z.boolean() }).nullable(),
  /** Whether the hub says so now; otherwise it is what it said last. */
  live: z.boolean(),
});
export type FoundPeople = z.output<typeof foundPeople>;

export const peopleCommands = {
  /** `text` matches name, extension and team, umlauts in any way of writing; '' for all. */
  'people.search': command(
    z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(200) }),
    foundPeople,
  ),
  /** While on, `people.presence` tells what changes. Goes off by itself unless asked again within two minutes. */
  'people.watch': command(z.strictObject({ on: z.boolean() }), z.null()),
} as const;

export const peopleEvents = {
  'people.presence': z.array(personPresence),
  /** Somebody came, went or was renamed, or the hub is away or back: search again. */
  'people.changed': z.null(),
} as const;
