// What agents said came of orders, as lists and order pages read it; src-hub/dial-up writes it. Outcomes that came too late
// (DIAL-7) are decided here, too.
import type { AttemptId, OrderId, ProjectId } from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { attemptOf } from './order-rows.ts';

const mostLate = 500;

export class AttemptStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Newest first, at most so many of each order. */
  async ofOrders(ids: readonly OrderId[], mostOfEach: number): Promise<Map<OrderId, Attempt[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .selectAll()
      .where('order_id', 'in', ids)
      .orderBy('arrived_at_ms', 'desc')
      .orderBy('id', 'desc')
      .execute();
    const byOrder = Map.groupBy(rows, ({ order_id }) => order_id);
    return new Map([...byOrder].map(([id, own]) => [id, own.slice(0, mostOfEach).map(attemptOf)]));
  }

  async ofOrder(id: OrderId, most: number): Promise<Attempt[]> {
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .selectAll()
      .where('order_id', '=', id)
      .orderBy('arrived_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(most)
      .execute();
    return rows.map(attemptOf);
  }

  /** Undecided conflicts, the oldest first, with the order's last attempt by somebody else since. */
  async late(
    projectIds: readonly ProjectId[] | null,
  ): Promise<{ attempt: Attempt; since: Attempt | null }[]> {
    if (projectIds?.length === 0) return [];
    let query = this.#db
      .selectFrom('dial_attempt')
      .innerJoin('dial_order', 'dial_order.id', 'dial_attempt.order_id')
      .selectAll('dial_attempt')
      .where('effect', '=', 'conflict')
      .orderBy('arrived_at_ms')
      .limit(mostLate);
    if (projectIds) query = query.where('dial_order.project_id', 'in', projectIds);
    const late = (await query.execute()).map(attemptOf);
    const others = await this.ofOrders([...new Set(late.map(({ orderId }) => orderId))], mostLate);
    return late.map((attempt) => ({
      attempt,
      since:
        others
          .get(attempt.orderId)
          ?.find((each) => each.attemptId !== attempt.attemptId && each.effect !== 'conflict') ?? null,
    }));
  }

  async find(id: AttemptId, db: HubDatabase = this.#db): Promise<Attempt | null> {
    const row = await db.selectFrom('dial_attempt').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? attemptOf(row) : null;
  }

  /** @param db the transaction of what follows from it. @returns false where it is decided already. */
  async decide(db: HubDatabase, id: AttemptId, apply: boolean): Promise<boolean> {
    const decided = await db
      .updateTable('dial_attempt')
      .set({ effect: apply ? 'conflictApplied' : 'conflictDismissed' })
      .where('id', '=', id)
      .where('effect', '=', 'conflict')
      .returning('id')
      .executeTakeFirst();
    return decided !== undefined;
  }
}
