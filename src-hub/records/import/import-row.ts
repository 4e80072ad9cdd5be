// One row of an import as what it says of a record, or what is wrong with it. Pure; used by record-import.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import type { ImportSettings, ImportTarget } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { type RecordKind, recordKind } from '#shared/domain/disposition.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { type CustomValue, type RecordNumber, recordContent } from '#shared/domain/record.ts';
import { fits, isDate } from '../../call-forms/call-form-rules.ts';
import { asTyped, yesOrNoIn } from '../../csv/csv-cells.ts';
import type { ReadRow } from '../../imports/import-jobs.ts';
import type { CsvRow } from '../../imports/import-text.ts';
import type { PartialRecord } from '../record-intake.ts';
import { readRecordNumbers } from '../record-number.ts';

export interface RowReading {
  readonly settings: ImportSettings;
  readonly header: readonly string[];
  /** The project's own. */
  readonly fields: ReadonlyMap<string, CustomField>;
  readonly country: CountryCode | null;
  /** Numbers are left as written: whoever only looks at a file need not wait for that. */
  readonly onlyLooking: boolean;
  /** By username in small letters. */
  readonly users: ReadonlyMap<string, UserId>;
}

const kinds: Readonly<Record<string, RecordKind>> = {
  ...Object.fromEntries(recordKind.options.map((kind) => [kind.toLowerCase(), kind])),
  person: 'individual',
  privatperson: 'individual',
  firma: 'company',
  kunde: 'customer',
  kontakt: 'contact',
  interessent: 'lead',
  formercustomer: 'previousCustomer',
  ehemaligerkunde: 'previousCustomer',
};

type Draft = { -readonly [K in keyof PartialRecord]: PartialRecord[K] };

export function readRow({ row, cells, quoteOpen }: CsvRow, reading: RowReading): ReadRow<PartialRecord> {
  const problems: ImportProblem[] = [];
  const refuse = (place: number | null, reason: string, message: string) => {
    problems.push({ row, column: place === null ? null : (reading.header[place] ?? null), reason, message });
  };
  if (quoteOpen) {
    refuse(
      null,
      'quoteOpen',
      'A quotation mark is opened here and never closed; what stands behind it could not be read.',
    );
    return { row, given: null, problems };
  }
  if (cells.slice(reading.header.length).some((cell) => cell.trim() !== '')) {
    refuse(
      null,
      'tooManyCells',
      'This row has more cells than the header. Perhaps a quotation mark is missing.',
    );
  }
  const { columns } = reading.settings;
  const draft: Draft = {};
  const numbers: RecordNumber[] = [];
  const own: Record<string, CustomValue> = {};
  for (const [place, target] of columns.entries()) {
    if (target === null) continue;
    const cell = asTyped(cells[place] ?? '').trim();
    if (cell.includes('\0')) {
      refuse(place, 'malformed', 'The cell holds a NUL character: the file may be damaged.');
      continue;
    }
    if (isOwnField(target)) {
      const key = target.slice('fields.'.length);
      const value = cell === '' ? null : ownValue(cell, reading.fields.get(key));
      if (value === undefined) refuse(place, 'fieldMalformed', 'The field cannot have this value.');
      else if (value !== null) own[key] = value;
      continue;
    }
    const wrong = put(draft, numbers, target, cell, reading);
    if (wrong !== null) refuse(place, ...wrong);
  }
  if (columns.some((target) => target?.startsWith('number.'))) {
    draft.numbers = reading.onlyLooking ? numbers : readRecordNumbers(numbers, reading.country);
  }
  if (Object.keys(own).length > 0) draft.fields = own;
  const { firstName, lastName, companyName, emails } = draft;
  const named = [firstName, lastName, companyName].some((part) => part !== undefined && part !== '');
  // One that is found by its external id may have a name already: that is looked at when it is written.
  if (problems.length === 0 && !named && numbers.length === 0 && !emails?.length && !draft.externalId) {
    refuse(null, 'nameMissing', 'The row has neither a name nor a number nor an e-mail address.');
  }
  const isShort = cells.every((cell) => cell.length <= shortEnough);
  if (problems.length === 0 && !isShort) tooLong(draft, columns, refuse);
  return { row, given: problems.length === 0 ? draft : null, problems };
}

function isOwnField(target: ImportTarget): target is `fields.${string}` {
  return target.startsWith('fields.');
}

/** @returns what is wrong with it, or null. */
function put(
  draft: Draft,
  numbers: RecordNumber[],
  target: Exclude<ImportTarget, `fields.${string}`>,
  cell: string,
  reading: RowReading,
): [reason: string, message: string] | null {
  switch (target) {
    case 'externalId':
      draft.externalId = cell === '' ? null : cell;
      return null;
    case 'kind': {
      if (cell === '') return null;
      const kind = kinds[cell.toLowerCase().replace(/[\s_-]/g, '')];
      if (!kind) return ['kindUnknown', `A record’s kind is one of ${recordKind.options.join(', ')}.`];
      draft.kind = kind;
      return null;
    }
    case 'owner': {
      if (cell === '') return null;
      const owner = reading.users.get(cell.toLowerCase());
      if (owner === undefined) return ['noSuchUser', 'There is no user of this name to own it.'];
      draft.ownerId = owner;
      return null;
    }
    case 'emails': {
      const emails = parts(cell, /[|,;\s]+/);
      if (emails.some((email) => !/^[^@]+@[^@]+$/.test(email)))
        return ['emailMalformed', 'This is no e-mail address.'];
      draft.emails = [...new Set([...(draft.emails ?? []), ...emails])];
      return null;
    }
    case 'tags':
      draft.tags = [...new Set([...(draft.tags ?? []), ...parts(cell, /[|,;]+/)])];
      return null;
    case 'number.main':
    case 'number.mobile':
    case 'number.work':
    case 'number.home':
    case 'number.other': {
      const label = target.slice(7) as RecordNumber['label'];
      for (const written of parts(cell, /[|\n]+/)) {
        numbers.push({ number: written, extension: '', label });
      }
      return null;
    }
    default:
      draft[target] = cell;
      return null;
  }
}

function parts(cell: string, separator: RegExp): string[] {
  return cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Of records and orders alike. @returns undefined where the field cannot have it, or there is none. */
export function ownValue(cell: string, field: CustomField | undefined): CustomValue | undefined {
  if (!field) return undefined;
  const value = valueAs(field, cell);
  return value !== null && fits(field, value) ? value : undefined;
}

function valueAs({ type, choices }: CustomField, cell: string): CustomValue | null {
  switch (type) {
    case 'text':
      return cell;
    case 'number': {
      const plain = cell.replace(/\s/g, '');
      const value = Number(/^-?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain);
      return Number.isFinite(value) ? value : null;
    }
    case 'date': {
      if (isDate(cell)) return cell;
      const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? [];
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    }
    case 'choice':
      return choices.find((choice) => choice.toLowerCase() === cell.toLowerCase()) ?? null;
    case 'yesNo':
      return yesOrNoIn(cell);
  }
}

/** As the shortest field takes; what is no longer need not be looked at field by field. */
const shortEnough = 50;
const checked = recordContent.omit({ fields: true }).partial();

function tooLong(
  draft: Draft,
  columns: ImportSettings['columns'],
  refuse: (place: number | null, reason: string, message: string) => void,
): void {
  const { fields: _fields, ...rest } = draft;
  const result = checked.safeParse(rest);
  if (result.success) return;
  for (const name of new Set(result.error.issues.map(({ path }) => path[0]))) {
    const place = columns.findIndex(
      (target) => target === name || (name === 'numbers' && target?.startsWith('number.')),
    );
    refuse(place < 0 ? null : place, 'tooLong', 'The cell holds more than fits.');
  }
}
