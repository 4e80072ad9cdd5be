// Which statuses' orders are still to be placed anew, so that a hub that is cut off in the middle goes on at its next start.
import { z } from 'zod';
import { dialMode, type FreeMode } from '#shared/domain/dial-up.ts';
import { type OrderId, type OrderStatusId, orderStatusId } from '#shared/domain/ids.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';

const rowName = 'orders.toPlaceAnew';
const kept = z.array(
  z.union([z.strictObject({ statusId: orderStatusId }), z.strictObject({ mode: dialMode })]),
);

/** A status whose mode or tick has changed, or a mode that is drawn otherwise. */
export type ToPlace = z.output<typeof kept>[number];

export class PlacingAnewStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<ToPlace[]> {
    return await read(this.#db);
  }

  /** @param db the transaction of the change that makes it necessary. */
  async add(db: HubDatabase, more: readonly ToPlace[]): Promise<void> {
    if (more.length === 0) return;
    await oneAtATime(db, 'placingAnew');
    await write(db, [...(await read(db)), ...more]);
  }

  /** What was added meanwhile stays. */
  async done(some: readonly ToPlace[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await oneAtATime(db, 'placingAnew');
      await write(db, (await read(db)).slice(some.length));
    });
  }

  /** The next of them by id. */
  async next(which: ToPlace, afterId: OrderId | null, limit: number): Promise<OrderId[]> {
    let query = this.#db
      .selectFrom('dial_order')
      .select('dial_order.id')
      .orderBy('dial_order.id')
      .limit(limit);
    if (afterId !== null) query = query.where('dial_order.id', '>', afterId);
    query =
      'statusId' in which
        ? query.where('status_id', '=', which.statusId)
        : query.where('status_id', 'in', (is) =>
            is.selectFrom('order_status').select('order_status.id').where('mode', '=', which.mode),
          );
    return (await query.execute()).map(({ id }) => id);
  }

  async inTransaction(work: (db: HubDatabase) => Promise<void>): Promise<void> {
    await this.#db.transaction().execute(work);
  }
}

export function toPlace(statusIds: readonly OrderStatusId[], modes: readonly FreeMode[] = []): ToPlace[] {
  return [...statusIds.map((statusId) => ({ statusId })), ...modes.map((mode) => ({ mode }))];
}

async function read(db: HubDatabase): Promise<ToPlace[]> {
  const row = await db
    .selectFrom('hub_setting')
    .select('value')
    .where('name', '=', rowName)
    .executeTakeFirst();
  return row ? kept.parse(JSON.parse(row.value)) : [];
}

async function write(db: HubDatabase, all: readonly ToPlace[]): Promise<void> {
  const value = JSON.stringify(all);
  await db
    .insertInto('hub_setting')
    .values({ name: rowName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
