// What the card of a leased order shows: order, person, number. Many at once, since many agents are served at once.
import type { LeaseId, OrderId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { wholeRecords } from '../records/record-rows.ts';

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
    const all = [...new Set(ids)];
    const [rows, numbers] = await Promise.all([
      this.#db.selectFrom('record').selectAll().where('id', 'in', all).execute(),
      this.#db
        .selectFrom('record_number')
        .selectAll()
        .where('record_id', 'in', all)
        .orderBy('position')
        .execute(),
    ]);
    return new Map(wholeRecords(rows, numbers).map((record) => [record.id, record]));
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

  /** Of these persons, those whose first number may not be called. */
  async blockedOf(ids: readonly RecordId[]): Promise<Set<RecordId>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('record_number')
      .innerJoin('do_not_call', 'do_not_call.number', 'record_number.number')
      .select('record_number.record_id')
      .where('record_number.record_id', 'in', [...new Set(ids)])
      .where('record_number.position', '=', 0)
      .execute();
    return new Set(rows.map(({ record_id }) => record_id));
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
