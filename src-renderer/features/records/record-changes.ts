// From what a person typed to what is told to main: the fields that they changed, and these as they were before. Pure.
import type { RecordChanges, RecordContent, WholeRecord } from '#shared/domain/record.ts';

export function contentOf(record: WholeRecord): RecordContent {
  const { id: _id, version: _version, createdAtMs: _created, changedAtMs: _changed, ...content } = record;
  return content;
}

/** Lines that were opened and left empty are no numbers and no addresses. */
export function tidied(content: RecordContent): RecordContent {
  return {
    ...content,
    firstName: content.firstName.trim(),
    lastName: content.lastName.trim(),
    companyName: content.companyName.trim(),
    numbers: content.numbers
      .map((each) => ({ ...each, number: each.number.trim(), extension: each.extension.trim() }))
      .filter(({ number }) => number !== ''),
    emails: content.emails.map((email) => email.trim()).filter((email) => email !== ''),
    tags: [...new Set(content.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))],
  };
}

/** Null where nothing was changed. */
export function madeChange(
  before: RecordContent,
  after: RecordContent,
): { before: RecordChanges; changes: RecordChanges } | null {
  const keys = (Object.keys(after) as (keyof RecordContent)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (keys.length === 0) return null;
  const only = (content: RecordContent): RecordChanges =>
    Object.fromEntries(
      keys.map((key) => [key, key === 'fields' ? touchedFields(content, before, after) : content[key]]),
    );
  return { before: only(before), changes: only(after) };
}

/** Of a project's own fields only those that were touched: the others may be changed by others meanwhile. */
function touchedFields(of: RecordContent, before: RecordContent, after: RecordContent) {
  const keys = [...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])].filter(
    (key) => before.fields[key] !== after.fields[key],
  );
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = of.fields[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
