// What the card of a leased order shows: order, person, number. Many at once, since many agents are served at once.
import type { LeaseId, OrderId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { withNumbers } from '../records/record-store.ts';

export interface OrderToDial {
  readonly orderId: OrderId;
  readonly projectId: ProjectId;
  readonly timeZone: string | null;
  /** The person's first; null where they have none. */
  readonly number: string | null;
}

export class LeasedOrderStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async records(ids: readonly RecordId[]): Promise<Map<RecordId, WholeRecord>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('record')
      .selectAll()
      .where('id', 'in', [...new Set(ids)])
      .execute();
    return new Map((await withNumbers(this.#db, rows)).map((record) => [record.id, record]));
  }

  /** Null where the lease is over. */
  async leased(leaseId: LeaseId): Promise<OrderToDial | null> {
    const row = await this.#db
      .selectFrom('dial_place')
      .innerJoin('dial_order', 'dial_order.id', 'dial_place.order_id')
      .leftJoin('record_number', (join) =>
        join
          .onRef('record_number.record_id', '=', 'dial_order.record_id')
          .on('record_number.position', '=', 0),
      )
      .select(['dial_order.id', 'dial_order.project_id', 'dial_order.time_zone', 'record_number.number'])
      .where('dial_place.lease_id', '=', leaseId)
      .where('dial_place.lease_until_ms', 'is not', null)
      .executeTakeFirst();
    return row
      ? { orderId: row.id, projectId: row.project_id, timeZone: row.time_zone, number: row.number }
      : null;
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
