// The outcomes that an agent may give a call; grouped, numbered by key, per project.
import { z } from 'zod';
import { dispositionId, projectId } from './ids.ts';

export const disposition = z.strictObject({
  id: dispositionId,
  projectId,
  label: z.string().min(1).max(100),
  /** Heading under which it stands; null for none. */
  group: z.string().max(100).nullable(),
  /** One of Mantine's colour names. */
  color: z.string().max(30),
  /** The digit that picks it, '1' to '9'; null for none. */
  key: z
    .string()
    .regex(/^[1-9]$/)
    .nullable(),
  noteRequired: z.boolean(),
});
export type Disposition = z.output<typeof disposition>;

export const project = z.strictObject({
  id: projectId,
  name: z.string().min(1).max(200),
  numbers: z.array(z.string().max(40)),
  /** 0 = no wrap-up. */
  wrapUpMs: z.number().int().nonnegative(),
  dispositionRequired: z.boolean(),
});
export type Project = z.output<typeof project>;

export const recordKind = z.enum([
  'lead',
  'contact',
  'individual',
  'company',
  'customer',
  'previousCustomer',
]);
export type RecordKind = z.output<typeof recordKind>;
