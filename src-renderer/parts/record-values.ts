// What a record has in its fields, as people read and write it in their language. Pure.
import { type FormField, valueIn } from '#shared/domain/form-fields.ts';
import type { RecordContent } from '#shared/domain/record.ts';

/**
 * @param field one of `fields`, or 'extension'
 * @param numberAt which of its numbers the form is about
 * @returns '' for nothing
 */
export function valueShown(
  content: RecordContent,
  field: string,
  fields: readonly FormField[],
  language: string,
  numberAt = 0,
): string {
  const value = valueIn(content, field, numberAt);
  const isNumber = fields.find(({ key }) => key === field)?.custom?.type === 'number';
  return isNumber && language === 'de' ? value.replace('.', ',') : value;
}
