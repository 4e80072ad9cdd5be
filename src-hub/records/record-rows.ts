// A record as its rows hold it, and back. Pure; used by the stores of this folder.
import { z } from 'zod';
import type { RecordId } from '#shared/domain/ids.ts';
import {
  customFieldKey,
  customValue,
  type RecordContent,
  type RecordNumber,
  recordName,
  type WholeRecord,
} from '#shared/domain/record.ts';
import type { HubTables } from '../database/tables.ts';

export type RecordRow = HubTables['record'];
export type NumberRow = HubTables['record_number'];

const texts = z.array(z.string());
const fields = z.record(customFieldKey, customValue);

export function recordRow(record: WholeRecord): RecordRow {
  return {
    id: record.id,
    kind: record.kind,
    name: recordName(record),
    project_id: record.projectId,
    owner_id: record.ownerId,
    external_id: record.externalId,
    first_name: record.firstName,
    last_name: record.lastName,
    company_name: record.companyName,
    emails: JSON.stringify(record.emails),
    street: record.street,
    house_number: record.houseNumber,
    city: record.city,
    zip_code: record.zipCode,
    country: record.country,
    description: record.description,
    tags: JSON.stringify(record.tags),
    fields: JSON.stringify(record.fields),
    search_text: searchText(record),
    version: record.version,
    created_at_ms: record.createdAtMs,
    changed_at_ms: record.changedAtMs,
  };
}

export function numberRows({ id, numbers }: Pick<WholeRecord, 'id' | 'numbers'>): NumberRow[] {
  return numbers.map((each, position) => ({ record_id: id, position, ...each }));
}

/** What a record is made of: all but what it is only looked for and sorted by. */
export const wholeColumns = [
  'id',
  'kind',
  'project_id',
  'owner_id',
  'external_id',
  'first_name',
  'last_name',
  'company_name',
  'emails',
  'street',
  'house_number',
  'city',
  'zip_code',
  'country',
  'description',
  'tags',
  'fields',
  'version',
  'created_at_ms',
  'changed_at_ms',
] as const satisfies readonly (keyof RecordRow)[];
type WholeRow = Pick<RecordRow, (typeof wholeColumns)[number]>;

/** Most records have none, and reading a hundred thousand of them takes long enough. */
function textsOf(json: string): string[] {
  return json === '[]' ? [] : texts.parse(JSON.parse(json));
}

/** @param numbers in their order. */
export function wholeRecordOf(row: WholeRow, numbers: readonly RecordNumber[]): WholeRecord {
  return {
    id: row.id,
    kind: row.kind,
    projectId: row.project_id,
    ownerId: row.owner_id,
    externalId: row.external_id,
    firstName: row.first_name,
    lastName: row.last_name,
    companyName: row.company_name,
    numbers: [...numbers],
    emails: textsOf(row.emails),
    street: row.street,
    houseNumber: row.house_number,
    city: row.city,
    zipCode: row.zip_code,
    country: row.country,
    description: row.description,
    tags: textsOf(row.tags),
    fields: row.fields === '{}' ? {} : fields.parse(JSON.parse(row.fields)),
    version: row.version,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}

/** @param numberRowsOfAll of these and perhaps others, by position. */
export function wholeRecords(
  rows: readonly WholeRow[],
  numberRowsOfAll: readonly NumberRow[],
): WholeRecord[] {
  const byRecord = new Map<RecordId, RecordNumber[]>();
  for (const { record_id, number, extension, label } of numberRowsOfAll) {
    const known = byRecord.get(record_id);
    const read = { number, extension, label };
    if (known) known.push(read);
    else byRecord.set(record_id, [read]);
  }
  return rows.map((row) => wholeRecordOf(row, byRecord.get(row.id) ?? []));
}

export function contentOf(record: WholeRecord): RecordContent {
  const {
    id: _id,
    version: _version,
    createdAtMs: _createdAtMs,
    changedAtMs: _changedAtMs,
    ...content
  } = record;
  return content;
}

/** As a text filter compares: small letters, without accents. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

const longestSearchText = 2_000;
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** "Müller" is found as muller and as mueller. */
function searchText({ firstName, lastName, companyName, emails, city }: RecordContent): string {
  const text = [firstName, lastName, companyName, city, ...emails].filter((part) => part !== '').join(' ');
  const spelled = text.replace(/[äöü]/gi, (letter) => umlauts[letter] ?? letter);
  const all = spelled === text ? plainText(text) : `${plainText(text)} ${plainText(spelled)}`;
  return all.slice(0, longestSearchText);
}

/** PostgreSQL takes no NUL character in a text, and nobody can see one: it is left out, here as in what is told of it. */
export function withoutNul<T>(value: T): T {
  if (typeof value === 'string') return (value.includes('\0') ? value.replaceAll('\0', '') : value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutNul(each)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNul(each)])) as T;
}

/** By field of the record, a project's own fields as one. */
export function differences(
  before: RecordContent,
  after: RecordContent,
): { field: string; before: unknown; after: unknown }[] {
  return (Object.keys(after) as (keyof RecordContent)[])
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
