// The fields of the form, one by one: which a project asks for, what a record has in each, and what was typed turned into
// a record's content. Pure; the windows show with it, and main saves with it.
import { assertNever } from './assert-never.ts';
import type { BuiltInField, CallForm, CustomField } from './call-form.ts';
import type { FieldProblem } from './call-form-view.ts';
import type { RecordKind } from './disposition.ts';
import type { TypedValues } from './form-draft.ts';
import { type CustomValue, type RecordContent, type RecordNumber, recordContent } from './record.ts';

export type FormField =
  | { readonly key: BuiltInField; readonly required: boolean; readonly custom: null }
  | { readonly key: `fields.${string}`; readonly required: boolean; readonly custom: CustomField };

/**
 * What is asked of a record of this kind, in order. A company has its own name: what is required of a person's names is
 * required of that instead, and a form that shows only people's names shows it all the same.
 */
export function fieldsOf(form: CallForm, kind: RecordKind): FormField[] {
  const isName = (field: BuiltInField) => field === 'firstName' || field === 'lastName';
  const asked = form.fields.filter(
    ({ field }, at) => form.fields.findIndex((each) => each.field === field) === at,
  );
  const nameRequired = asked.some(({ field, required }) => required && isName(field));
  const builtIn = asked.map(({ field, required }): FormField => {
    if (kind !== 'company') return { key: field, required, custom: null };
    if (isName(field)) return { key: field, required: false, custom: null };
    return {
      key: field,
      required: field === 'companyName' ? required || nameRequired : required,
      custom: null,
    };
  });
  if (kind === 'company') {
    const at = builtIn.findIndex(({ key }) => key === 'companyName');
    const company = at < 0 ? null : builtIn.splice(at, 1)[0];
    builtIn.unshift(company ?? { key: 'companyName', required: nameRequired, custom: null });
  }
  return [
    ...builtIn,
    ...form.customFields.map(
      (custom): FormField => ({ key: `fields.${custom.key}`, required: custom.required, custom }),
    ),
  ];
}

/**
 * What a record has in a field, as the form shows it.
 * @param numberAt which of its numbers the form is about
 */
export function valueIn(content: RecordContent, field: string, numberAt = 0): string {
  switch (field) {
    case 'number':
      return content.numbers[numberAt]?.number ?? '';
    case 'extension':
      return content.numbers[numberAt]?.extension ?? '';
    case 'email':
      return content.emails[0] ?? '';
    case 'firstName':
    case 'lastName':
    case 'companyName':
    case 'street':
    case 'houseNumber':
    case 'city':
    case 'zipCode':
    case 'country':
    case 'description':
      return content[field];
    default: {
      const value = content.fields[customKey(field)];
      return value === undefined ? '' : value === true ? 'yes' : value === false ? 'no' : String(value);
    }
  }
}

export interface Filled {
  readonly content: RecordContent;
  readonly problems: readonly FieldProblem[];
}

/**
 * Lays what was typed over a record. What cannot be read is named in `problems`, and the record has its old value there.
 * @param base the record as it is; of one that is to be made, what is known of it
 * @param requireAll false for a record that exists: it may lack what its project has come to ask for since, and only what
 * was emptied just now is missed
 */
export function fill(
  base: RecordContent,
  typed: TypedValues,
  form: CallForm,
  { requireAll, numberAt = 0 }: { readonly requireAll: boolean; readonly numberAt?: number },
): Filled {
  const fields = fieldsOf(form, base.kind);
  const problems: FieldProblem[] = [];
  let content = base;
  for (const [field, text] of Object.entries(typed)) {
    const read = readField(content, field, text, fields, numberAt);
    if (typeof read === 'string') problems.push({ field, problem: read });
    else content = read;
  }
  for (const { key, required } of fields) {
    if (!required || problems.some(({ field }) => field === key)) continue;
    if (valueIn(content, key, numberAt).trim() === '' && (requireAll || typed[key] !== undefined))
      problems.push({ field: key, problem: 'required' });
  }
  return { content, problems };
}

/** A project no longer asks for these, and something was typed into them. */
export function orphanedIn(typed: TypedValues, form: CallForm): string[] {
  const known = new Set(form.customFields.map(({ key }) => key));
  return Object.keys(typed).filter(
    (field) => isCustom(field) && !known.has(customKey(field)) && (typed[field] ?? '').trim() !== '',
  );
}

export function customKey(field: string): string {
  return field.slice('fields.'.length);
}

function isCustom(field: string): boolean {
  return field.startsWith('fields.');
}

function readField(
  content: RecordContent,
  field: string,
  typed: string,
  fields: readonly FormField[],
  numberAt: number,
): RecordContent | FieldProblem['problem'] {
  const text = typed.trim();
  switch (field) {
    case 'number':
      if (text !== '' && !/[\d*#]/.test(text)) return 'notAPhoneNumber';
      return checked({ ...content, numbers: withNumber(content.numbers, numberAt, { number: text }) });
    case 'extension':
      return checked({ ...content, numbers: withNumber(content.numbers, numberAt, { extension: text }) });
    case 'email':
      if (text !== '' && !/^[^\s@]+@[^\s@]+$/.test(text)) return 'notAnEmail';
      return checked({ ...content, emails: [...(text === '' ? [] : [text]), ...content.emails.slice(1)] });
    case 'firstName':
    case 'lastName':
    case 'companyName':
    case 'street':
    case 'houseNumber':
    case 'city':
    case 'zipCode':
    case 'country':
    case 'description':
      return checked({ ...content, [field]: text });
    default: {
      if (!isCustom(field)) return content;
      const custom = fields.find(({ key }) => key === field)?.custom;
      // The project asks for it no more: what was typed is kept as text, as records keep such fields.
      const value = custom ? readCustom(custom, text) : text === '' ? null : text;
      if (value !== null && typeof value === 'object') return value.problem;
      const { [customKey(field)]: _before, ...others } = content.fields;
      return checked({
        ...content,
        fields: value === null ? others : { ...others, [customKey(field)]: value },
      });
    }
  }
}

function readCustom(
  custom: CustomField,
  text: string,
): CustomValue | null | { readonly problem: FieldProblem['problem'] } {
  if (text === '') return null;
  switch (custom.type) {
    case 'text':
      return text;
    case 'number': {
      const value = Number(text.replace(/\s/g, '').replace(',', '.'));
      return Number.isFinite(value) ? value : { problem: 'notANumber' };
    }
    case 'date':
      return isDate(text) ? text : { problem: 'notADate' };
    case 'choice':
      return custom.choices.includes(text) ? text : { problem: 'notAChoice' };
    case 'yesNo':
      return text === 'yes' ? true : text === 'no' ? false : { problem: 'notAChoice' };
    default:
      return assertNever(custom.type);
  }
}

/** ISO 8601, and a day that there is. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function withNumber(
  numbers: readonly RecordNumber[],
  at: number,
  change: Partial<RecordNumber>,
): RecordNumber[] {
  const changed: RecordNumber = {
    ...(numbers[at] ?? { number: '', extension: '', label: 'main' }),
    ...change,
  };
  const next = numbers[at]
    ? numbers.map((each, index) => (index === at ? changed : each))
    : [...numbers, changed];
  return next.filter(({ number, extension }) => number !== '' || extension !== '');
}

/** The limits are the record's own. */
function checked(content: RecordContent): RecordContent | 'tooLong' {
  return recordContent.safeParse(content).success ? content : 'tooLong';
}
