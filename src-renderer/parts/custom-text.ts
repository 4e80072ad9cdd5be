// What a field that a project defines holds, as text for reading. Used for records and for orders. Pure.
import type { CustomField } from '#shared/domain/call-form.ts';
import type { CustomValue } from '#shared/domain/record.ts';

/** '' for nothing. */
export function customText(
  field: CustomField,
  value: CustomValue | undefined,
  words: { yes: string; no: string; language: string },
): string {
  if (value === undefined) return '';
  if (field.type === 'yesNo') return value === true ? words.yes : value === false ? words.no : String(value);
  if (typeof value === 'number') return value.toLocaleString(words.language, { maximumFractionDigits: 20 });
  if (field.type === 'date' && typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const locale = words.language === 'en' ? 'en-GB' : words.language;
    return new Date(`${value}T00:00:00`).toLocaleDateString(locale, { dateStyle: 'medium' });
  }
  return String(value);
}
