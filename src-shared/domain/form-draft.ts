// What an agent has put into the call form and not saved yet: as typed, so that nothing invalid is lost either.
import { z } from 'zod';
import { creatableKind } from './call-form.ts';
import { projectId, type RecordId, recordId } from './ids.ts';

/**
 * By field: a name of `builtInField`, 'extension' (behind the number), or 'fields.<key>' for a project's own. A yes/no is
 * 'yes' or 'no'; '' is a field that was emptied.
 */
export const typedValues = z.record(z.string().max(60), z.string().max(100_000));
export type TypedValues = z.output<typeof typedValues>;

/** Which record the call is with: the one that is found ('usual'), a chosen one, a new one all the same, or none. */
export const contactChoice = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('usual') }),
  z.strictObject({ choice: z.literal('record'), recordId }),
  z.strictObject({ choice: z.literal('new') }),
  z.strictObject({ choice: z.literal('none') }),
]);
export type ContactChoice = z.output<typeof contactChoice>;

export const formDraft = z.strictObject({
  subject: z.string().max(1_000),
  contact: contactChoice,
  /** FORM-3: beside the contact, the customer that the call is about. */
  customerId: recordId.nullable(),
  /** FORM-5: the other side's number is added to the chosen record. */
  saveNumber: z.boolean(),
  /** Null: as the project sets. */
  kind: creatableKind.nullable(),
  /** FORM-7: where the record is made. Null: not chosen, so as the call says. */
  project: z.strictObject({ projectId: projectId.nullable() }).nullable(),
  /** By 'new' or the id of the record that was edited: who chooses another one gets the first one's values back. */
  typed: z.record(z.string().max(200), typedValues),
  /** What the form showed in these fields of a record when they were first changed. */
  seen: z.record(z.string().max(200), typedValues),
});
export type FormDraft = z.output<typeof formDraft>;

export const emptyFormDraft: FormDraft = {
  subject: '',
  contact: { choice: 'usual' },
  customerId: null,
  saveNumber: false,
  kind: null,
  project: null,
  typed: {},
  seen: {},
};

/** Whether the call is to be kept with one of these, as the agent chose. */
export function isFormWith(draft: FormDraft, records: ReadonlySet<RecordId>): boolean {
  const { contact, customerId } = draft;
  const chosen = contact.choice === 'record' && records.has(contact.recordId);
  return chosen || (customerId !== null && records.has(customerId));
}

/** Without what was typed about these, since they were erased. The same object where nothing was. */
export function formDraftWithout(draft: FormDraft, erased: ReadonlySet<RecordId>): FormDraft {
  const isErased = (key: string) => (erased as ReadonlySet<string>).has(key);
  if (![...Object.keys(draft.typed), ...Object.keys(draft.seen)].some(isErased)) return draft;
  const kept = (byRecord: FormDraft['typed']) =>
    Object.fromEntries(Object.entries(byRecord).filter(([key]) => !isErased(key)));
  return { ...draft, typed: kept(draft.typed), seen: kept(draft.seen) };
}

/** Whether nothing was put into it. */
export function isEmptyFormDraft(draft: FormDraft): boolean {
  return (
    draft.subject.trim() === '' &&
    draft.contact.choice === 'usual' &&
    draft.customerId === null &&
    draft.kind === null &&
    draft.project === null &&
    Object.values(draft.typed).every((values) => Object.keys(values).length === 0)
  );
}
