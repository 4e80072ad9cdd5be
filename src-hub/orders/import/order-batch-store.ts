// Writes some rows of an import of orders: orders, the people who are new with them, their places in line, how far it has
// come, and what was bad, in one transaction: cut off at any moment, it goes on with the row after the last that is in.
import type { OrderImportSettings } from '#shared/admin/dial-up-contract.ts';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import { type OrderId, orderId, type RecordId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, recordName } from '#shared/domain/record.ts';
import { among } from '../../database/among.ts';
import { BulkInsert } from '../../database/bulk-insert.ts';
import type { HubDatabase } from '../../database/open-database.ts';
import { uniqueViolation } from '../../database/unique-violation.ts';
import type { NewOrder } from '../../dial-up/placing.ts';
import {
  type BatchUnderWay,
  besideBefore,
  nothingUnderWay,
  type Steps,
} from '../../imports/batch-under-way.ts';
import type { ImportBatch } from '../../imports/import-jobs.ts';
import { type BatchResult, countRows } from '../../imports/import-store.ts';
import { orderedIds } from '../../imports/ordered-ids.ts';
import { putRecords, type Written } from '../../records/import/import-batch-store.ts';
import type { RecordHappenings } from '../../records/record-ports.ts';
import { onPostgres, stampChanges } from '../../sync/sync-stamp-store.ts';
import { orderRow, type StoredOrder, storedOrderOf } from '../order-rows.ts';
import type { Placing } from '../placing-port.ts';
import type { GivenOrder, GivenPerson } from './order-import-row.ts';

export type OrderBatch = ImportBatch<OrderImportSettings, GivenOrder>;

const columns = {
  id: 'text',
  external_id: 'text',
  record_id: 'text',
  project_id: 'text',
  status_id: 'text',
  goods: 'text',
  sum_minor: 'bigint',
  currency: 'text',
  delivery: 'text',
  fields: 'text',
  time_zone: 'text',
  source: 'text',
  version: 'bigint',
  created_at_ms: 'bigint',
  changed_at_ms: 'bigint',
  status_since_ms: 'bigint',
  attempts: 'bigint',
} as const;
const overwritten = Object.keys(columns)
  .filter((column) => column !== 'id')
  .map((column) => `"${column}" = excluded."${column}"`);
const addOrders = new BulkInsert('dial_order', columns);
const putOrders = new BulkInsert(
  'dial_order',
  columns,
  `on conflict (id) do update set ${overwritten.join(', ')}`,
);

const mostAttempts = 5;

interface DecidedOrder {
  readonly order: StoredOrder;
  /** Null where it is new. */
  readonly before: StoredOrder | null;
}

interface Decided {
  readonly orders: Map<OrderId, DecidedOrder>;
  readonly people: Written[];
  readonly problems: ImportProblem[];
  readonly result: BatchResult;
}

/** Who is known by what a row says of them. */
interface Known {
  readonly orders: Map<string, StoredOrder>;
  readonly byExternalId: Map<string, RecordId>;
  readonly byNumber: Map<string, { readonly id: RecordId; readonly externalId: string | null }>;
}

export class OrderBatchStore {
  readonly #db: HubDatabase;
  readonly #placing: Pick<Placing, 'place' | 'placeNew'>;
  readonly #happened: Pick<RecordHappenings, 'recordsCreated'>;
  readonly #newId = orderedIds(() => Date.now());
  #last: BatchUnderWay = nothingUnderWay;

  constructor(
    db: HubDatabase,
    placing: Pick<Placing, 'place' | 'placeNew'>,
    happened: Pick<RecordHappenings, 'recordsCreated'>,
  ) {
    this.#db = db;
    this.#placing = placing;
    this.#happened = happened;
  }

  /** Two keep server and hub at work; on SQLite more than none would only keep a transaction open for longer. */
  get underWay(): number {
    return onPostgres(this.#db) ? 2 : 0;
  }

  /** One of another import is over, and in nobody's way. */
  write(batch: OrderBatch, before: Promise<unknown>): Promise<unknown> {
    const { locked, keys } = this.#last;
    this.#last = besideBefore({ locked, keys, written: before }, keysOf(batch), (steps) =>
      this.#writeUntilDone(batch, steps),
    );
    return this.#last.written;
  }

  /** Where somebody makes an order of the same external id in the same moment, it is known at the next attempt. */
  async #writeUntilDone(batch: OrderBatch, steps: Steps): Promise<BatchResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#write(batch, steps);
      } catch (error) {
        if (uniqueViolation(error) === null || attempt === mostAttempts) throw error;
      }
    }
  }

  async #write(batch: OrderBatch, steps: Steps): Promise<BatchResult> {
    return await this.#db.transaction().execute(async (db) => {
      const known = await this.#known(db, batch);
      steps.locked();
      const { orders, people, problems, result } = this.#decide(known, batch);
      await putRecords(db, people, batch.actor, batch.atMs);
      await this.#happened.recordsCreated(
        db,
        batch.actor,
        people.map(({ record }) => record),
      );
      const written = [...orders.values()].filter(({ order, before }) => order !== before);
      const [made, changed] = [true, false].map((isNew) =>
        written.flatMap(({ order, before }) => ((before === null) === isNew ? [orderRow(order)] : [])),
      );
      await addOrders.run(db, made ?? []);
      await putOrders.run(db, changed ?? []);
      await this.#placeAll(db, written, people);
      await steps.ofBefore;
      await countRows(db, batch, result, problems);
      await stampChanges(
        db,
        people.map(({ record }) => ({ entity: 'record', id: record.id, scope: record.projectId })),
      );
      return result;
    });
  }

  /** Of new orders of new people everything is known; of others it is read. */
  async #placeAll(
    db: HubDatabase,
    written: readonly DecidedOrder[],
    people: readonly Written[],
  ): Promise<void> {
    const numberOf = new Map(people.map(({ record }) => [record.id, record.numbers[0]?.number ?? null]));
    const fresh: NewOrder[] = [];
    const entering: OrderId[] = [];
    const staying: OrderId[] = [];
    for (const { order, before } of written) {
      const number = before === null ? numberOf.get(order.recordId) : undefined;
      if (number !== undefined) fresh.push({ ...order, number });
      else if (order.statusId !== before?.statusId) entering.push(order.id);
      else staying.push(order.id);
    }
    await this.#placing.placeNew(db, fresh);
    await this.#placing.place(db, entering, true);
    await this.#placing.place(db, staying);
  }

  /** What each row comes to, over what is there and over the rows before it. */
  #decide(known: Known, { rows, settings, atMs }: OrderBatch): Decided {
    const orders: Decided['orders'] = new Map();
    const people: Written[] = [];
    const problems = rows.flatMap((row) => row.problems);
    const result = { created: 0, updated: 0, bad: 0 };
    const bad = (row: number, column: string | null, reason: string, message: string) => {
      problems.push({ row, column, reason, message });
      result.bad += 1;
    };
    for (const { row, given } of rows) {
      if (given === null) {
        result.bad += 1;
        continue;
      }
      const { externalId = null } = given.order;
      const there = externalId === null ? undefined : known.orders.get(externalId);
      if (there && there.projectId !== settings.projectId) {
        bad(row, null, 'otherProject', 'The order of this external id belongs to another project.');
        continue;
      }
      const person = knownPerson(known, given.person);
      if (there) {
        const order = changed(there, given.order, person ?? there.recordId, atMs);
        const before = orders.get(there.id)?.before;
        orders.set(there.id, { order, before: before === undefined ? there : before });
        if (externalId !== null) known.orders.set(externalId, order);
        result.updated += 1;
        continue;
      }
      const owner = person ?? this.#newPerson(known, people, given.person, settings, atMs);
      if (owner === null) {
        bad(
          row,
          null,
          'personMissing',
          'The row does not say whom the order is for: no name, number or e-mail.',
        );
        continue;
      }
      const order = this.#newOrder(given.order, owner, settings, atMs);
      orders.set(order.id, { order, before: null });
      if (externalId !== null) known.orders.set(externalId, order);
      result.created += 1;
    }
    return { orders, people, problems, result };
  }

  #newOrder(
    given: GivenOrder['order'],
    owner: RecordId,
    { projectId, statusId }: OrderImportSettings,
    atMs: number,
  ): StoredOrder {
    return {
      ...{
        statusId,
        externalId: null,
        goods: '',
        sumMinor: null,
        currency: '',
        delivery: '',
        timeZone: null,
      },
      ...given,
      ...{ fields: given.fields ?? {}, projectId, recordId: owner },
      ...{ id: orderId.parse(this.#newId()), version: 1, source: 'import', attempts: 0 },
      ...{ createdAtMs: atMs, changedAtMs: atMs, statusSinceMs: atMs },
    };
  }

  /** @returns null where the row says nothing of anybody. */
  #newPerson(
    known: Known,
    people: Written[],
    { externalId, number, content: given }: GivenPerson,
    { projectId }: OrderImportSettings,
    atMs: number,
  ): RecordId | null {
    const content = { ...emptyRecordContent, kind: 'lead' as const, projectId, externalId, ...given };
    if (recordName(content) === '' && number === null && content.emails.length === 0) return null;
    const id = recordId.parse(this.#newId());
    const record = { ...content, id, version: 1, createdAtMs: atMs, changedAtMs: atMs };
    people.push({ record, before: null });
    if (externalId !== null) known.byExternalId.set(externalId, id);
    if (number !== null) known.byNumber.set(number, { id, externalId });
    return id;
  }

  async #known(db: HubDatabase, { rows, settings }: OrderBatch): Promise<Known> {
    const given = rows.flatMap((row) => row.given ?? []);
    const [orders, byExternalId, byNumber] = [
      await this.#knownOrders(db, [...new Set(given.flatMap(({ order }) => order.externalId ?? []))]),
      await knownByExternalId(db, [...new Set(given.flatMap(({ person }) => person.externalId ?? []))]),
      await knownByNumber(db, [...new Set(given.flatMap(({ person }) => person.number ?? []))], settings),
    ];
    return { orders, byExternalId, byNumber };
  }

  /** Nobody else changes them before this transaction ends. */
  async #knownOrders(db: HubDatabase, externalIds: readonly string[]): Promise<Map<string, StoredOrder>> {
    if (externalIds.length === 0) return new Map();
    const query = db
      .selectFrom('dial_order')
      .selectAll()
      .where(among(db, 'external_id', externalIds))
      .orderBy('id');
    const rows = await (onPostgres(db) ? query.forUpdate() : query).execute();
    return new Map(rows.map((row) => [row.external_id ?? '', storedOrderOf(row)]));
  }
}

/** What orders and people of these rows are known by. */
function keysOf({ rows }: OrderBatch): Set<string> {
  return new Set(
    rows.flatMap(({ given }) => [
      ...(given?.order.externalId ? [`order ${given.order.externalId}`] : []),
      ...(given?.person.externalId ? [`person ${given.person.externalId}`] : []),
      ...(given?.person.number ? [`number ${given.person.number}`] : []),
    ]),
  );
}

/** By external id, else by number; but two external ids are two people, also where they have one number. */
function knownPerson({ byExternalId, byNumber }: Known, person: GivenPerson): RecordId | null {
  const { externalId, number } = person;
  const named = externalId === null ? undefined : byExternalId.get(externalId);
  if (named !== undefined) return named;
  const found = number === null ? undefined : byNumber.get(number);
  const isOther = externalId !== null && found?.externalId !== null;
  return found === undefined || isOther ? null : found.id;
}

/** The same object where nothing differs. Another status has it wait there from now on. */
function changed(
  before: StoredOrder,
  { fields, ...given }: GivenOrder['order'],
  owner: RecordId,
  atMs: number,
): StoredOrder {
  const after = {
    ...before,
    ...given,
    recordId: owner,
    fields: fields ? { ...before.fields, ...fields } : before.fields,
  };
  if (JSON.stringify(after) === JSON.stringify(before)) return before;
  const isMoved = after.statusId !== before.statusId;
  return {
    ...after,
    version: before.version + 1,
    changedAtMs: atMs,
    ...(isMoved ? { statusSinceMs: atMs, attempts: 0 } : {}),
  };
}

async function knownByExternalId(
  db: HubDatabase,
  externalIds: readonly string[],
): Promise<Map<string, RecordId>> {
  if (externalIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('record')
    .select(['id', 'external_id'])
    .where(among(db, 'external_id', externalIds))
    .execute();
  return new Map(rows.map(({ id, external_id }) => [external_id ?? '', id]));
}

/** People of this project and of none; of several, of the project before others, then whoever was changed last. */
async function knownByNumber(
  db: HubDatabase,
  numbers: readonly string[],
  { projectId }: OrderImportSettings,
): Promise<Known['byNumber']> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('record_number')
    .innerJoin('record', 'record.id', 'record_number.record_id')
    .select(['record_number.number', 'record.id', 'record.external_id', 'record.project_id'])
    .where(among(db, 'record_number.number', numbers))
    .orderBy('record.changed_at_ms')
    .orderBy('record.id')
    .execute();
  const nobodys = rows.filter(({ project_id }) => project_id === null);
  const own = rows.filter(({ project_id }) => project_id === projectId);
  return new Map(
    [...nobodys, ...own].map(({ number, id, external_id }) => [number, { id, externalId: external_id }]),
  );
}
