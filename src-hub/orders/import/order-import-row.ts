// One row of an import as what it says of an order and of whom it is for, or what is wrong with it. Pure; used by
// order-import.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { OrderImportSettings, OrderImportTarget } from '#shared/admin/dial-up-contract.ts';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { type OrderContent, orderContent } from '#shared/domain/order.ts';
import { type CustomValue, type RecordContent, recordContent } from '#shared/domain/record.ts';
import { asTyped } from '../../csv/csv-cells.ts';
import type { ReadRow } from '../../imports/import-jobs.ts';
import type { CsvRow } from '../../imports/import-text.ts';
import { ownValue } from '../../records/import/import-row.ts';
import { readRecordNumber } from '../../records/record-number.ts';
import { isTimeZone } from '../order-fields.ts';
import { readCurrency, readSum } from './read-sum.ts';

/** What a row says; what it leaves out stays as it is. */
export interface GivenOrder {
  readonly order: Partial<Omit<OrderContent, 'recordId' | 'projectId'>>;
  readonly person: GivenPerson;
}

export interface GivenPerson {
  readonly externalId: string | null;
  /** E.164, or short; null where the row has none. */
  readonly number: string | null;
  /** For one who is made. */
  readonly content: Partial<RecordContent>;
}

export interface OrderRowReading {
  readonly settings: OrderImportSettings;
  readonly header: readonly string[];
  /** Of the project's orders. */
  readonly fields: ReadonlyMap<string, CustomField>;
  readonly country: CountryCode | null;
  /** By id and by label in small letters. */
  readonly statuses: ReadonlyMap<string, OrderStatusId>;
}

type Wrong = readonly [reason: string, message: string];
type Plain = Exclude<OrderImportTarget, `fields.${string}`>;

interface Draft {
  order: { -readonly [K in keyof GivenOrder['order']]: GivenOrder['order'][K] };
  person: { externalId: string | null; number: string | null };
  content: { -readonly [K in keyof RecordContent]?: RecordContent[K] };
  /** Read once the currency is known. */
  sum: string;
}

const dialled = /^\+[1-9]\d{6,14}$|^\d{2,6}$/;
/** As the shortest field takes; what is no longer need not be looked at field by field. */
const shortEnough = 50;
const ofOrder = orderContent.omit({ fields: true, recordId: true, projectId: true }).partial();
const ofPerson = recordContent.omit({ fields: true }).partial();

export function readOrderRow(
  { row, cells, quoteOpen }: CsvRow,
  reading: OrderRowReading,
): ReadRow<GivenOrder> {
  const problems: ImportProblem[] = [];
  const refuse = (place: number | null, [reason, message]: Wrong) => {
    problems.push({ row, column: place === null ? null : (reading.header[place] ?? null), reason, message });
  };
  if (quoteOpen) {
    refuse(null, [
      'quoteOpen',
      'A quotation mark is opened here and never closed; what stands behind it could not be read.',
    ]);
    return { row, given: null, problems };
  }
  if (cells.slice(reading.header.length).some((cell) => cell.trim() !== '')) {
    refuse(null, [
      'tooManyCells',
      'This row has more cells than the header. Perhaps a quotation mark is missing.',
    ]);
  }
  const draft: Draft = { order: {}, person: { externalId: null, number: null }, content: {}, sum: '' };
  const own: Record<string, CustomValue> = {};
  for (const [place, target] of reading.settings.columns.entries()) {
    if (target === null) continue;
    const cell = asTyped(cells[place] ?? '').trim();
    if (cell === '') continue;
    const wrong = cell.includes('\0')
      ? (['malformed', 'The cell holds a NUL character: the file may be damaged.'] as const)
      : take(draft, own, target, cell, reading);
    if (wrong) refuse(place, wrong);
  }
  if (draft.sum !== '') {
    const sum = readSum(draft.sum, draft.order.currency ?? '');
    if (sum) {
      draft.order.sumMinor = sum.minor;
      draft.order.currency = sum.currency;
    } else refuse(reading.settings.columns.indexOf('sum'), ['sumMalformed', 'This is no sum of money.']);
  }
  if (Object.keys(own).length > 0) draft.order.fields = own;
  const isShort = cells.every((cell) => cell.length <= shortEnough);
  if (problems.length === 0 && !isShort) tooLong(draft, reading.settings.columns, refuse);
  const given = { order: draft.order, person: { ...draft.person, content: draft.content } };
  return { row, given: problems.length === 0 ? given : null, problems };
}

function take(
  draft: Draft,
  own: Record<string, CustomValue>,
  target: OrderImportTarget,
  cell: string,
  reading: OrderRowReading,
): Wrong | null {
  if (!isOwnField(target)) return put(draft, target, cell, reading);
  const key = target.slice('fields.'.length);
  const value = ownValue(cell, reading.fields.get(key));
  if (value === undefined) return ['fieldMalformed', 'The field cannot have this value.'];
  own[key] = value;
  return null;
}

function isOwnField(target: OrderImportTarget): target is `fields.${string}` {
  return target.startsWith('fields.');
}

/** @returns what is wrong with it, or null. */
function put(draft: Draft, target: Plain, cell: string, reading: OrderRowReading): Wrong | null {
  const { order, person, content } = draft;
  switch (target) {
    case 'status': {
      const statusId = reading.statuses.get(cell) ?? reading.statuses.get(cell.toLowerCase());
      if (statusId === undefined) return ['noSuchStatus', 'There is no status of this name.'];
      order.statusId = statusId;
      return null;
    }
    case 'sum':
      draft.sum = cell;
      return null;
    case 'currency': {
      const currency = readCurrency(cell);
      if (currency === null) return ['currencyMalformed', 'A currency has three letters, such as EUR.'];
      order.currency = currency;
      return null;
    }
    case 'timeZone':
      if (!isTimeZone(cell))
        return ['timeZoneUnknown', 'There is no such time zone; an example is Europe/Berlin.'];
      order.timeZone = cell;
      return null;
    case 'recordExternalId':
      person.externalId = cell;
      return null;
    case 'number': {
      const { number, extension } = readRecordNumber(cell, reading.country);
      if (!dialled.test(number)) return ['numberMalformed', 'This is no telephone number.'];
      person.number = number;
      content.numbers = [{ number, extension, label: 'main' }];
      return null;
    }
    case 'email':
      if (!/^[^@\s]+@[^@\s]+$/.test(cell)) return ['emailMalformed', 'This is no e-mail address.'];
      content.emails = [cell];
      return null;
    case 'externalId':
    case 'goods':
    case 'delivery':
      order[target] = cell;
      return null;
    default:
      content[target] = cell;
      return null;
  }
}

function tooLong(
  { order, content }: Draft,
  columns: OrderImportSettings['columns'],
  refuse: (place: number | null, wrong: Wrong) => void,
): void {
  const { fields: _fields, ...plain } = order;
  const issues = [...(ofOrder.safeParse(plain).error?.issues ?? [])].concat(
    ofPerson.safeParse(content).error?.issues ?? [],
  );
  for (const name of new Set(issues.map(({ path }) => path[0]))) {
    const target = name === 'emails' ? 'email' : name === 'numbers' ? 'number' : name;
    const place = columns.indexOf(target as OrderImportTarget);
    refuse(place < 0 ? null : place, ['tooLong', 'The cell holds more than fits.']);
  }
}
