// A project's call form while it is edited (pure): the fields that every record has, shown or not, and the project's own,
// which get the key that they keep for ever when they are saved for the first time.
import {
  type BuiltInField,
  builtInField,
  type CallForm,
  type CreatableKind,
} from '#shared/domain/call-form.ts';
import { fieldsOf, type OwnRow, rowsOf } from '../../parts/custom-field-rows.ts';

export interface BuiltInRow {
  readonly field: BuiltInField;
  readonly shown: boolean;
  readonly required: boolean;
}

export interface FormDraft {
  readonly opens: CallForm['opens'];
  readonly opensInternal: CallForm['opensInternal'];
  readonly creates: CreatableKind | null;
  readonly greeting: string;
  readonly builtIn: readonly BuiltInRow[];
  readonly own: readonly OwnRow[];
}

/** Fields that the form does not show stand last, in their usual order. */
export function draftOf({ fields, customFields, ...form }: CallForm): FormDraft {
  const shown = new Set(fields.map(({ field }) => field));
  const hidden = builtInField.options.filter((field) => !shown.has(field));
  return {
    ...form,
    builtIn: [
      ...fields.map((each) => ({ ...each, shown: true })),
      ...hidden.map((field) => ({ field, shown: false, required: false })),
    ],
    own: rowsOf(customFields),
  };
}

/** @param taken keys that mean something already, also where the field is not in the draft any more */
export function formOf({ builtIn, own, ...draft }: FormDraft, taken: readonly string[]): CallForm {
  return {
    ...draft,
    greeting: draft.greeting.trim(),
    fields: builtIn.flatMap(({ field, shown, required }) => (shown ? [{ field, required }] : [])),
    customFields: fieldsOf(own, taken),
  };
}
