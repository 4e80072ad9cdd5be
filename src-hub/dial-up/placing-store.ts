// Reads what it takes to place orders, and writes their places. Everything within the transaction that it is given.
import { sql } from 'kysely';
import type { OrderId, OrderStatusId, ProjectId, UserId } from '#shared/domain/ids.ts';
import { among } from '../database/among.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import type { PlaceAfter } from './outcome-machine.ts';

/** Parameters of one statement are limited. */
const atOnce = 500;

const columns = {
  order_id: 'text',
  queue_id: 'bigint',
  bucket: 'text',
  due_at_ms: 'bigint',
  attempts: 'bigint',
  for_user_id: 'text',
  draw: 'bigint',
} as const;
const addPlaces = new BulkInsert('dial_place', columns);
/** Leases are left as they are. */
const putPlaces = new BulkInsert(
  'dial_place',
  columns,
  `on conflict (order_id) do update set queue_id = excluded.queue_id, bucket = excluded.bucket,
    due_at_ms = excluded.due_at_ms, attempts = excluded.attempts, for_user_id = excluded.for_user_id,
    draw = excluded.draw`,
);

export interface OrderToPlace {
  readonly id: OrderId;
  readonly projectId: ProjectId;
  readonly statusId: OrderStatusId;
  readonly timeZone: string | null;
  readonly attempts: number;
  readonly statusSinceMs: number;
  /** The one that is dialled; null where the person has none. */
  readonly number: string | null;
  readonly doNotCall: boolean;
  /** Where it stands now. */
  readonly place: PlaceAfter | null;
}

export interface PlacedOrder {
  readonly orderId: OrderId;
  readonly queueId: number;
  readonly attempts: number;
  readonly draw: number | null;
  readonly place: PlaceAfter;
}

export class PlacingStore {
  async read(db: HubDatabase, ids: readonly OrderId[]): Promise<OrderToPlace[]> {
    const found: OrderToPlace[] = [];
    for (let from = 0; from < ids.length; from += atOnce) {
      const rows = await db
        .selectFrom('dial_order')
        .leftJoin('record_number', (join) =>
          join
            .onRef('record_number.record_id', '=', 'dial_order.record_id')
            .on('record_number.position', '=', 0),
        )
        .leftJoin('do_not_call', 'do_not_call.number', 'record_number.number')
        .leftJoin('dial_place', 'dial_place.order_id', 'dial_order.id')
        .select([
          'dial_order.id',
          'dial_order.project_id',
          'dial_order.status_id',
          'dial_order.time_zone',
          'dial_order.attempts',
          'dial_order.status_since_ms',
          'record_number.number',
          'do_not_call.number as blocked',
          'dial_place.bucket',
          'dial_place.due_at_ms',
          'dial_place.for_user_id',
        ])
        .where(among(db, 'dial_order.id', ids.slice(from, from + atOnce)))
        .execute();
      for (const row of rows) {
        found.push({
          id: row.id,
          projectId: row.project_id,
          statusId: row.status_id,
          timeZone: row.time_zone,
          attempts: row.attempts,
          statusSinceMs: row.status_since_ms,
          number: row.number,
          doNotCall: row.blocked !== null,
          place:
            row.bucket === null || row.due_at_ms === null
              ? null
              : { bucket: row.bucket, dueAtMs: row.due_at_ms, forUserId: row.for_user_id },
        });
      }
    }
    return found;
  }

  /** Of these numbers, those that nobody may call. */
  async blocked(db: HubDatabase, numbers: readonly string[]): Promise<Set<string>> {
    if (numbers.length === 0) return new Set();
    const rows = await db
      .selectFrom('do_not_call')
      .select('number')
      .where(among(db, 'number', numbers))
      .execute();
    return new Set(rows.map(({ number }) => number));
  }

  /** Who holds one keeps it. */
  async write(db: HubDatabase, placed: readonly PlacedOrder[]): Promise<void> {
    await putPlaces.run(db, placed.map(rowOf));
  }

  /** Of orders that this transaction has just made. */
  async add(db: HubDatabase, placed: readonly PlacedOrder[]): Promise<void> {
    await addPlaces.run(db, placed.map(rowOf));
  }

  async remove(db: HubDatabase, ids: readonly OrderId[]): Promise<void> {
    for (let from = 0; from < ids.length; from += atOnce) {
      await db
        .deleteFrom('dial_place')
        .where('order_id', 'in', ids.slice(from, from + atOnce))
        .execute();
    }
  }

  /** In line or not. */
  async ofNumbers(db: HubDatabase, numbers: readonly string[]): Promise<OrderId[]> {
    const rows = await db
      .selectFrom('dial_order')
      .innerJoin('record_number', 'record_number.record_id', 'dial_order.record_id')
      .select('dial_order.id')
      .where('record_number.number', 'in', [...numbers])
      .execute();
    return [...new Set(rows.map(({ id }) => id))];
  }

  /** Call backs that nobody will make, since whose they are works no more: anybody's from now on. */
  async freeCallBacksBut(db: HubDatabase, active: ReadonlySet<UserId>): Promise<number> {
    const kept = await db
      .selectFrom('dial_place')
      .select('for_user_id')
      .distinct()
      .where('for_user_id', 'is not', null)
      .execute();
    const gone = kept.flatMap(({ for_user_id }) =>
      for_user_id === null || active.has(for_user_id) ? [] : [for_user_id],
    );
    if (gone.length === 0) return 0;
    const { numUpdatedRows } = await db
      .updateTable('dial_place')
      .set({ for_user_id: null })
      .where('for_user_id', 'in', gone)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Those of a project, a page at a time, for a change of its settings. */
  async inLineOf(db: HubDatabase, projectId: ProjectId, after: OrderId | null): Promise<OrderId[]> {
    const rows = await db
      .selectFrom('dial_place')
      .innerJoin('dial_queue', 'dial_queue.id', 'dial_place.queue_id')
      .select('dial_place.order_id')
      .where('dial_queue.project_id', '=', projectId)
      .where(after === null ? sql<boolean>`1 = 1` : sql<boolean>`dial_place.order_id > ${after}`)
      .orderBy('dial_place.order_id')
      .limit(atOnce)
      .execute();
    return rows.map(({ order_id }) => order_id);
  }
}

function rowOf({ orderId, queueId, attempts, draw, place }: PlacedOrder): Partial<HubTables['dial_place']> {
  return {
    order_id: orderId,
    queue_id: queueId,
    bucket: place.bucket,
    due_at_ms: place.dueAtMs,
    attempts,
    for_user_id: place.forUserId,
    draw,
  };
}
