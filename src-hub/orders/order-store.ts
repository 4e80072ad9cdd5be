// Orders at rest, read with their place in line. Everything that writes takes the transaction that it belongs to; the place
// itself is src-hub/dial-up's.
import { sql } from 'kysely';
import type { OrderId, OrderStatusId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import { type OrderRow, orderRow, ordersOf, type StoredOrder } from './order-rows.ts';

/** What a service hands from one store to another: a transaction. */
export type OrdersDatabase = HubDatabase;

/** SQLite takes some 32,000 parameters in a statement; plans are made anew for each length. */
const idsAtOnce = 1_000;

export class OrderStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** In one transaction; where the given one is none, in one of its own. */
  async inTransaction<T>(within: HubDatabase | undefined, work: (db: HubDatabase) => Promise<T>): Promise<T> {
    if (within) return await work(within);
    return await this.#db.transaction().execute(work);
  }

  /** @param db a transaction, or nothing for what is on disk now. @returns in the order asked for; those that are gone are left out. */
  async ordersOf(ids: readonly OrderId[], db: HubDatabase = this.#db): Promise<Order[]> {
    const found = new Map<OrderId, Order>();
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const rows = await db
        .selectFrom('dial_order')
        .selectAll()
        .where('id', 'in', ids.slice(from, from + idsAtOnce))
        .execute();
      for (const order of await withPlaces(db, rows)) found.set(order.id, order);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async find(id: OrderId, db: HubDatabase = this.#db): Promise<Order | null> {
    return (await this.ordersOf([id], db))[0] ?? null;
  }

  /** As `find`; nobody else changes it before this transaction ends. */
  async findToChange(id: OrderId, db: HubDatabase): Promise<Order | null> {
    if (onPostgres(db)) await sql`select 1 from dial_order where id = ${id} for update`.execute(db);
    return await this.find(id, db);
  }

  async idOfExternal(externalId: string, db: HubDatabase = this.#db): Promise<OrderId | null> {
    const row = await db
      .selectFrom('dial_order')
      .select('id')
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** @throws unique violations of the id and of `dial_order_external_id` */
  async add(db: HubDatabase, order: StoredOrder): Promise<void> {
    await db.insertInto('dial_order').values(orderRow(order)).execute();
  }

  /** @throws unique violations of `dial_order_external_id` */
  async replace(db: HubDatabase, order: StoredOrder): Promise<void> {
    const { id, ...columns } = orderRow(order);
    await db.updateTable('dial_order').set(columns).where('id', '=', id).execute();
  }

  /** Those that are there, locked for this transaction in the order of their ids. */
  async lock(db: HubDatabase, ids: readonly OrderId[]): Promise<OrderRow[]> {
    if (ids.length === 0) return [];
    const query = db.selectFrom('dial_order').selectAll().where('id', 'in', ids).orderBy('id');
    return await (onPostgres(db) ? query.forUpdate() : query).execute();
  }

  /** Into another status: it waits there from now on, with no attempts yet. */
  async setStatus(
    db: HubDatabase,
    ids: readonly OrderId[],
    statusId: OrderStatusId,
    atMs: number,
  ): Promise<void> {
    if (ids.length === 0) return;
    await db
      .updateTable('dial_order')
      .set((row) => ({
        status_id: statusId,
        status_since_ms: atMs,
        changed_at_ms: atMs,
        attempts: 0,
        version: row('version', '+', 1),
      }))
      .where('id', 'in', ids)
      .execute();
  }

  /** Of these, those that somebody holds. */
  async held(db: HubDatabase, ids: readonly OrderId[]): Promise<Set<OrderId>> {
    if (ids.length === 0) return new Set();
    const rows = await db
      .selectFrom('dial_place')
      .select('order_id')
      .where('order_id', 'in', ids)
      .where('lease_until_ms', 'is not', null)
      .execute();
    return new Set(rows.map(({ order_id }) => order_id));
  }

  /** The last changed first. @param projectIds within these only; null for all. */
  async ofRecord(
    recordId: RecordId,
    projectIds: readonly ProjectId[] | null,
    limit: number,
  ): Promise<Order[]> {
    if (projectIds?.length === 0) return [];
    let query = this.#db
      .selectFrom('dial_order')
      .selectAll()
      .where('record_id', '=', recordId)
      .orderBy('changed_at_ms', 'desc')
      .orderBy('id')
      .limit(limit);
    if (projectIds) query = query.where('project_id', 'in', projectIds);
    return await withPlaces(this.#db, await query.execute());
  }

  /** @param db the transaction of their change. */
  async idsOfRecords(db: HubDatabase, recordIds: readonly RecordId[]): Promise<OrderId[]> {
    const rows = await db
      .selectFrom('dial_order')
      .select('id')
      .where('record_id', 'in', [...recordIds])
      .execute();
    return rows.map(({ id }) => id);
  }

  /** How many stand in each status. @param projectIds of these only; null for all. */
  async counts(
    projectIds: readonly ProjectId[] | null,
  ): Promise<{ statusId: OrderStatusId; orders: number }[]> {
    if (projectIds?.length === 0) return [];
    let query = this.#db
      .selectFrom('dial_order')
      .select((is) => ['status_id as statusId', is.fn.countAll<number>().as('orders')])
      .groupBy('status_id');
    if (projectIds) query = query.where('project_id', 'in', projectIds);
    return await query.execute();
  }
}

/** The same orders with their places, in the same order. */
export async function withPlaces(db: HubDatabase, rows: readonly OrderRow[]): Promise<Order[]> {
  if (rows.length === 0) return [];
  const places = await db
    .selectFrom('dial_place')
    .innerJoin('dial_queue', 'dial_queue.id', 'dial_place.queue_id')
    .select(['order_id', 'bucket', 'due_at_ms', 'for_user_id', 'mode'])
    .where(
      'order_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return ordersOf(rows, places);
}
