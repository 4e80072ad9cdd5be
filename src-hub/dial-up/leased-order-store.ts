// What the card of a leased order shows: order, person, number. Many at once, since many agents are served at once.
import type { Bucket, DialMode } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Attempt, Order } from '#shared/domain/order.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import { anyNumberOf, kept, runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { type OrderRow, storedOrderOf } from '../orders/order-rows.ts';
import { type RecordRow, wholeColumns, wholeRecordOf } from '../records/record-rows.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import { attemptOf } from './attempt-store.ts';
import { attemptColumns } from './outcome-store.ts';

export interface OrderToDial {
  readonly orderId: OrderId;
  readonly projectId: ProjectId;
  readonly timeZone: string | null;
  /** The person's first; null where they have none. */
  readonly number: string | null;
}

export interface CardContent {
  readonly order: Order;
  readonly record: WholeRecord;
  /** The person's first number may not be called. */
  readonly isBlocked: boolean;
  /** Newest first, at most fifty. */
  readonly attempts: readonly Attempt[];
}

type NumberJson = Omit<HubTables['record_number'], 'record_id' | 'position'>;

/** What `cardColumns` select. */
export interface CardRow extends OrderRow {
  readonly mode: DialMode | null;
  readonly bucket: Bucket | null;
  readonly due_at_ms: number | null;
  readonly for_user_id: UserId | null;
  /** JSON each: NumberJson[], a row of dial_attempt each; null for none. */
  readonly numbers: string | null;
  readonly attempts_made: string | null;
  readonly is_blocked: boolean | 0 | 1;
  /** The record's columns, with `r_` before their names. */
  readonly [column: `r_${string}`]: never;
}

const mostAttempts = 50;

const namedInCard = wholeColumns.map((column) => [column, `r_${column}` as const] as const);

const ofNumber = { number: 'number', extension: 'extension', label: 'label' } satisfies Record<
  keyof NumberJson,
  string
>;
const pairs = (columns: readonly string[]) => columns.map((column) => `'${column}', ${column}`).join(', ');
const numbersOf = 'select * from record_number n where n.record_id = o.record_id order by n.position';
const attemptsOf = `select * from dial_attempt a where a.order_id = o.id order by a.arrived_at_ms desc limit ${mostAttempts}`;

/** @param numbers how this database makes JSON of all numbers. @param attempts the same of attempts. @param which of `o`. */
const cardsText = (numbers: string, attempts: string, which: string) => `select o.*, q.mode, p.bucket,
    p.due_at_ms, p.for_user_id,
    ${wholeColumns.map((column) => `r.${column} as r_${column}`).join(', ')},
    (select ${numbers} from (${numbersOf}) n) as numbers,
    (select ${attempts} from (${attemptsOf}) a) as attempts_made,
    exists (select 1 from record_number n join do_not_call d on d.number = n.number
      where n.record_id = o.record_id and n.position = 0) as is_blocked
  from dial_order o join record r on r.id = o.record_id
    left join dial_place p on p.order_id = o.id left join dial_queue q on q.id = p.queue_id
  where o.id ${which}`;
/** The card of one order, to be asked within another statement. @param id a column of it. @returns a select of CardRow. */
export const cardOnPostgres = (id: string): string =>
  cardsText(
    `json_agg(json_build_object(${pairs(Object.keys(ofNumber))}) order by position)::text`,
    'json_agg(a order by arrived_at_ms desc)::text',
    `= ${id}`,
  );
const cardsOnPostgres = kept(cardOnPostgres(`any(${anyNumberOf(1, 'text')})`));
const cardsOnSqlite = cardsText(
  `json_group_array(json_object(${pairs(Object.keys(ofNumber))}))`,
  `json_group_array(json_object(${pairs(attemptColumns)}))`,
  'in (select value from json_each(?))',
);

export class LeasedOrderStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** What is known of these orders and the people they are about, in one statement; without those that are gone. */
  async cards(ids: readonly OrderId[]): Promise<Map<OrderId, CardContent>> {
    if (ids.length === 0) return new Map();
    const rows = onPostgres(this.#db)
      ? await runKept<CardRow>(this.#db, cardsOnPostgres, [ids])
      : await runKept<CardRow>(this.#db, cardsOnSqlite, [JSON.stringify(ids)]);
    return new Map(rows.map((row) => [row.id, cardOf(row)]));
  }

  /** Null where the lease is over. */
  async leased(leaseId: LeaseId): Promise<OrderToDial | null> {
    return (await this.leasedAll([leaseId])).get(leaseId) ?? null;
  }

  /** Without those that are over. */
  async leasedAll(leaseIds: readonly LeaseId[]): Promise<Map<LeaseId, OrderToDial>> {
    if (leaseIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('dial_place')
      .innerJoin('dial_order', 'dial_order.id', 'dial_place.order_id')
      .leftJoin('record_number', (join) =>
        join
          .onRef('record_number.record_id', '=', 'dial_order.record_id')
          .on('record_number.position', '=', 0),
      )
      .select([
        'dial_place.lease_id',
        'dial_order.id',
        'dial_order.project_id',
        'dial_order.time_zone',
        'record_number.number',
      ])
      .where('dial_place.lease_id', 'in', [...leaseIds])
      .where('dial_place.lease_until_ms', 'is not', null)
      .execute();
    return new Map(
      rows.flatMap(({ lease_id, id, project_id, time_zone, number }) =>
        lease_id === null
          ? []
          : [[lease_id, { orderId: id, projectId: project_id, timeZone: time_zone, number }] as const],
      ),
    );
  }

  /** Which of these may not be called. */
  async blocked(numbers: readonly string[]): Promise<Set<string>> {
    if (numbers.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('do_not_call')
      .select('number')
      .where('number', 'in', [...new Set(numbers)])
      .execute();
    return new Set(rows.map(({ number }) => number));
  }
}

export function cardOf(row: CardRow): CardContent {
  const numbers = row.numbers === null ? [] : (JSON.parse(row.numbers) as NumberJson[]);
  const attempts =
    row.attempts_made === null ? [] : (JSON.parse(row.attempts_made) as HubTables['dial_attempt'][]);
  const record = Object.fromEntries(
    namedInCard.map(([column, named]) => [column, row[named]]),
  ) as unknown as RecordRow;
  const { mode, bucket, due_at_ms, for_user_id } = row;
  const inLine = mode !== null && bucket !== null && due_at_ms !== null;
  return {
    order: {
      ...storedOrderOf(row),
      place: inLine ? { mode, bucket, dueAtMs: due_at_ms, forUserId: for_user_id } : null,
    },
    record: wholeRecordOf(record, numbers),
    isBlocked: Boolean(row.is_blocked),
    attempts: attempts.map(attemptOf),
  };
}
