// What of a record stands in columns and in the search index, for record-store.ts. Pure.
import type { CountryCode } from 'libphonenumber-js';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import type { RecordsTable } from '../database/tables.ts';
import { comparableNumber } from '../directory/phone-number.ts';
import { indexedDigits, indexedWords, sortKey } from './search-text.ts';

/** Lists show no more of it; the record's page has the whole. */
const longestListName = 500;
const e164 = /^\+[1-9]\d{6,14}$/;

/** What a list shows of a record, and what is shown of who is calling. */
export const rowColumns = [
  'id',
  'kind',
  'name',
  'number',
  'email',
  'city',
  'project_id',
  'owner_id',
  'tags',
  'changed_at_ms',
  'last_call_at_ms',
  'state',
] as const;

type Columns = Omit<RecordsTable, 'place' | 'last_call_at_ms' | 'state' | 'shown' | 'base'>;

export function columnsOf(record: WholeRecord): Columns {
  const name = recordName(record);
  return {
    id: record.id,
    kind: record.kind,
    name: name.slice(0, longestListName),
    name_key: sortKey(name),
    project_id: record.projectId,
    owner_id: record.ownerId,
    number: record.numbers[0]?.number ?? null,
    email: record.emails[0] ?? null,
    city: record.city,
    city_key: sortKey(record.city),
    tags: JSON.stringify(record.tags),
    changed_at_ms: Math.trunc(record.changedAtMs),
  };
}

/** Each once; @param country how national numbers are read */
export function comparableNumbersOf(record: WholeRecord, country: CountryCode): string[] {
  const numbers = record.numbers.map(({ number }) =>
    // Parsing takes twenty times as long as all else about a number, and the hub has parsed these.
    e164.test(number) ? number : comparableNumber(number, country),
  );
  return [...new Set(numbers)].filter((number) => number !== '');
}

/** As tags are compared: without case and accents. */
export function tagKey(tag: string): string {
  return sortKey(tag);
}

export function searchedTexts(record: WholeRecord): {
  name: string;
  number: string;
  whereabouts: string;
  rest: string;
} {
  const { firstName, lastName, companyName, emails, street, city, zipCode, description, tags } = record;
  const ownFields = Object.values(record.fields).map((value) => (value === true ? '' : String(value)));
  return {
    name: indexedWords([firstName, lastName, companyName]),
    number: indexedDigits(record.numbers.map(({ number }) => number)),
    whereabouts: indexedWords([...emails, city, zipCode]),
    rest: indexedWords([street, description, ...tags, ...ownFields]),
  };
}
