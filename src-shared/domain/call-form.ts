// The incoming-call form as a project sets it (FORM-1 to FORM-8): when it opens, what it creates, which fields it has.
import { z } from 'zod';
import { projectId } from './ids.ts';
import { customFieldKey } from './record.ts';

/** The kinds that a call can create (FORM-2). */
export const creatableKind = z.enum(['individual', 'company', 'contact', 'lead']);
export type CreatableKind = z.output<typeof creatableKind>;

export const formOpens = z.enum(['beforeAnswer', 'afterAnswer', 'never']);
export type FormOpens = z.output<typeof formOpens>;

/** The fields that every record has and that a form may show, in the order of FORM-7. */
export const builtInField = z.enum([
  'firstName',
  'lastName',
  'companyName',
  'number',
  'email',
  'street',
  'houseNumber',
  'city',
  'zipCode',
  'country',
  'description',
]);
export type BuiltInField = z.output<typeof builtInField>;

export const customField = z.strictObject({
  key: customFieldKey,
  label: z.string().trim().min(1).max(100),
  type: z.enum(['text', 'number', 'date', 'choice', 'yesNo']),
  /** Of a choice; else empty. */
  choices: z.array(z.string().trim().min(1).max(200)).max(200),
  required: z.boolean(),
});
export type CustomField = z.output<typeof customField>;

export const callForm = z.strictObject({
  /** For calls from outside. */
  opens: formOpens,
  /** For calls from colleagues. */
  opensInternal: formOpens,
  /** Null: a contact without project (FORM-7). */
  creates: creatableKind.nullable(),
  /** Shown, in this order, with the tick "required". */
  fields: z.array(z.strictObject({ field: builtInField, required: z.boolean() })).max(20),
  customFields: z.array(customField).max(100),
  /** Said to the caller, shown above the form; '' for none. */
  greeting: z.string().max(2_000),
});
export type CallForm = z.output<typeof callForm>;

export const callFormOfProject = z.strictObject({ projectId, form: callForm });
export type CallFormOfProject = z.output<typeof callFormOfProject>;

/** What counts until somebody sets otherwise. */
export const usualCallForm: CallForm = {
  opens: 'afterAnswer',
  opensInternal: 'never',
  creates: 'lead',
  fields: builtInField.options.map((field) => ({ field, required: field === 'lastName' })),
  customFields: [],
  greeting: '',
};
