// Orders as other programs list them: the one changed longest ago first, a page at a time, so that whoever reads on while
// others write meets what changes again rather than missing it.

import {
  type OrderId,
  type OrderStatusId,
  orderId,
  type ProjectId,
  type RecordId,
} from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { withPlaces } from './order-store.ts';

export interface OrderListFilter {
  readonly projectId?: ProjectId | undefined;
  readonly statusId?: OrderStatusId | undefined;
  readonly recordId?: RecordId | undefined;
  readonly externalId?: string | undefined;
  /** At this moment or after it. */
  readonly changedSinceMs?: number | undefined;
}

export interface OrdersPage {
  readonly orders: Order[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export class OrderListStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @param cursor of the page before; null for the first. @throws CommandFailed 'cursorMalformed' */
  async page(filter: OrderListFilter, limit: number, cursor: string | null): Promise<OrdersPage> {
    const { projectId, statusId, recordId, externalId, changedSinceMs } = filter;
    let query = this.#db
      .selectFrom('dial_order')
      .selectAll()
      .orderBy('changed_at_ms')
      .orderBy('id')
      .limit(limit + 1);
    if (projectId !== undefined) query = query.where('project_id', '=', projectId);
    if (statusId !== undefined) query = query.where('status_id', '=', statusId);
    if (recordId !== undefined) query = query.where('record_id', '=', recordId);
    if (externalId !== undefined) query = query.where('external_id', '=', externalId);
    if (changedSinceMs !== undefined) query = query.where('changed_at_ms', '>=', changedSinceMs);
    const after = cursor === null ? null : placeOf(cursor);
    if (after !== null) {
      query = query.where((is) =>
        is.or([
          is('changed_at_ms', '>', after.changedAtMs),
          is.and([is('changed_at_ms', '=', after.changedAtMs), is('id', '>', after.id)]),
        ]),
      );
    }
    const rows = await query.execute();
    const orders = await withPlaces(this.#db, rows.slice(0, limit));
    const last = orders.at(-1);
    return { orders, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
  }
}

function cursorOf({ changedAtMs, id }: Pick<Order, 'changedAtMs' | 'id'>): string {
  return Buffer.from(`${changedAtMs} ${id}`, 'utf8').toString('base64url');
}

function placeOf(cursor: string): { changedAtMs: number; id: OrderId } {
  const [, changedAtMs, id] =
    /^(\d{1,16}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  const parsed = orderId.safeParse(id);
  if (changedAtMs === undefined || !parsed.success) {
    throw new CommandFailed('cursorMalformed', 'This cursor is none of ours. Begin again without one.');
  }
  return { changedAtMs: Number(changedAtMs), id: parsed.data };
}
