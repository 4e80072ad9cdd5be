// Which fields a record's page has, in which groups, and what was typed into them as a record's content. Pure; the call
// form's own functions do the reading, so that both read alike.
import { type CallForm, type CustomField, usualCallForm } from '#shared/domain/call-form.ts';
import type { RecordKind } from '#shared/domain/disposition.ts';
import { type Filled, type FormField, fieldsOf, fill } from '#shared/domain/form-fields.ts';
import type { NewRecordDraft } from '#shared/domain/record-draft.ts';
import { tidied } from './record-changes.ts';

const names = ['firstName', 'lastName', 'companyName'] as const;
const address = ['street', 'houseNumber', 'zipCode', 'city', 'country'] as const;

/** Numbers and e-mails have lines of their own: a record has several. */
function formOf(customFields: readonly CustomField[]): CallForm {
  const shown = [...names, ...address, 'description' as const];
  return {
    ...usualCallForm,
    fields: shown.map((field) => ({ field, required: false })),
    customFields: [...customFields],
  };
}

export interface FieldGroups {
  readonly names: readonly FormField[];
  readonly address: readonly FormField[];
  /** The project's own. */
  readonly own: readonly FormField[];
  readonly description: readonly FormField[];
  readonly all: readonly FormField[];
}

export function fieldGroups(kind: RecordKind, customFields: readonly CustomField[]): FieldGroups {
  const all = fieldsOf(formOf(customFields), kind);
  const among = (keys: readonly string[]) => all.filter(({ key }) => keys.includes(key));
  return {
    names: among(names),
    address: among(address),
    own: all.filter(({ custom }) => custom !== null),
    description: among(['description']),
    all,
  };
}

/** @param isNew everything that the project requires is asked of it; of one that exists only what was emptied just now */
export function filledFrom(
  { values, typed }: NewRecordDraft,
  customFields: readonly CustomField[],
  isNew: boolean,
): Filled {
  const { content, problems } = fill(tidied(values), typed, formOf(customFields), { requireAll: isNew });
  return { content: tidied(content), problems };
}
