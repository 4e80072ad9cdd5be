// A person or firm known to us (product.md, "record"), whole: as the hub keeps it, a desktop caches it, forms edit it.
import { z } from 'zod';
import { recordKind } from './disposition.ts';
import { projectId, recordId, userId } from './ids.ts';

export const recordNumber = z.strictObject({
  /** E.164 where it could be parsed, else as written. */
  number: z.string().trim().min(1).max(200),
  /** Behind the number, inside that firm; '' for none. Never part of what is looked up. */
  extension: z.string().trim().max(20),
  label: z.enum(['main', 'mobile', 'work', 'home', 'other']),
});
export type RecordNumber = z.output<typeof recordNumber>;

/** A value of a field that a project defines; a date is ISO 8601 (2026-11-21), a choice its text. */
export const customValue = z.union([z.string().max(10_000), z.number(), z.boolean()]);
export type CustomValue = z.output<typeof customValue>;

/** Stays the same for ever, also when the label changes. */
export const customFieldKey = z.string().regex(/^[a-z][a-zA-Z0-9]{0,49}$/);

/** Everything of a record that people write. */
export const recordContent = z.strictObject({
  kind: recordKind,
  /** Null: every agent sees it. */
  projectId: projectId.nullable(),
  ownerId: userId.nullable(),
  /** Another system's name for it, once in this hub; REST and imports find it by that. */
  externalId: z.string().min(1).max(200).nullable(),
  firstName: z.string().max(10_000),
  lastName: z.string().max(10_000),
  companyName: z.string().max(10_000),
  /** The first is the one that is dialled. */
  numbers: z.array(recordNumber).max(50),
  emails: z.array(z.string().trim().min(1).max(320)).max(50),
  street: z.string().max(500),
  houseNumber: z.string().max(50),
  city: z.string().max(200),
  zipCode: z.string().max(50),
  country: z.string().max(100),
  description: z.string().max(100_000),
  tags: z.array(z.string().trim().min(1).max(100)).max(100),
  /** By the keys that its project defines; those it does not define any more are kept. */
  fields: z.record(customFieldKey, customValue),
});
export type RecordContent = z.output<typeof recordContent>;

export const recordChanges = recordContent.partial();
export type RecordChanges = z.output<typeof recordChanges>;

export const wholeRecord = recordContent.extend({
  id: recordId,
  /** Counts its changes at the hub, from 1. 0: no hub has it yet. */
  version: z.number().int().nonnegative(),
  createdAtMs: z.number(),
  changedAtMs: z.number(),
});
export type WholeRecord = z.output<typeof wholeRecord>;

export const emptyRecordContent: RecordContent = {
  kind: 'contact',
  projectId: null,
  ownerId: null,
  externalId: null,
  firstName: '',
  lastName: '',
  companyName: '',
  numbers: [],
  emails: [],
  street: '',
  houseNumber: '',
  city: '',
  zipCode: '',
  country: '',
  description: '',
  tags: [],
  fields: {},
};

/** How a record is called in lists and pops; '' where nothing of a name is known. */
export function recordName(
  record: Pick<RecordContent, 'kind' | 'firstName' | 'lastName' | 'companyName'>,
): string {
  const person = [record.firstName, record.lastName]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
  const firm = record.companyName.trim();
  return record.kind === 'company' ? firm || person : person || firm;
}
