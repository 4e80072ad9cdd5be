// What a call form may be. Pure; asked before one is written, and for the values that come in for a project's own fields.
import type { CallForm, CustomField } from '#shared/domain/call-form.ts';
import type { CustomValue } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** @throws CommandFailed 'fieldTwice', 'keyTaken', 'labelTaken', 'typeChanged', 'choicesMissing', 'choiceTwice' */
export function requireGoodForm(form: CallForm, before: CallForm): void {
  const field = firstTwice(form.fields.map((each) => each.field));
  if (field !== null) throw refused('fieldTwice', `The field ${field} stands there twice.`);
  const key = firstTwice(form.customFields.map((each) => each.key));
  if (key !== null) throw refused('keyTaken', `Two fields have the key ${key}.`);
  const label = firstTwice(form.customFields.map((each) => plain(each.label)));
  if (label !== null) throw refused('labelTaken', 'Two fields of this project have the same label.');
  for (const custom of form.customFields) requireGoodField(custom, before.customFields);
}

/** Of records or orders alike. @throws CommandFailed 'typeChanged', 'choicesMissing', 'choiceTwice' */
export function requireGoodField(
  { key, label, type, choices }: CustomField,
  before: readonly CustomField[],
): void {
  const was = before.find((each) => each.key === key);
  if (was && was.type !== type) {
    throw refused(
      'typeChanged',
      `${label}: there are values of another type already. Add a new field instead.`,
    );
  }
  if (type === 'choice' && choices.length === 0) {
    throw refused('choicesMissing', `${label}: there is nothing to choose from.`);
  }
  if (type !== 'choice' && choices.length > 0) {
    throw refused('choicesMissing', `${label}: only a choice has something to choose from.`);
  }
  if (firstTwice(choices.map(plain)) !== null) {
    throw refused('choiceTwice', `${label}: two choices are the same.`);
  }
}

const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a value is one that this field can have. */
export function fits({ type, choices }: Pick<CustomField, 'type' | 'choices'>, value: CustomValue): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'choice':
      return typeof value === 'string' && choices.includes(value);
    case 'yesNo':
      return typeof value === 'boolean';
  }
}

/** A day that there is. */
export function isDate(text: string): boolean {
  if (!isoDate.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function plain(text: string): string {
  return text.trim().toLowerCase();
}

export function firstTwice(values: readonly string[]): string | null {
  return values.find((value, index) => values.indexOf(value) !== index) ?? null;
}

function refused(reason: string, message: string): CommandFailed {
  return new CommandFailed(reason, `${message} Nothing was changed.`);
}
