// Leases on places in line (DIAL-7): given, prolonged, given back, ended by time. Each statement looks at what it changes, so
// that two hubs on one database never give the same order twice.
import { sql } from 'kysely';
import type { WhyNow } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { PlaceInQueue } from './line-store.ts';

export interface Lease {
  readonly leaseId: LeaseId;
  readonly orderId: OrderId;
  readonly queueId: number;
  readonly userId: UserId;
  readonly deviceId: string;
  readonly why: WhyNow;
  readonly untilMs: number;
}

interface LeaseRow {
  order_id: OrderId;
  queue_id: number;
  lease_id: LeaseId | null;
  leased_by: UserId | null;
  leased_device: string | null;
  lease_why: WhyNow | null;
  lease_until_ms: number | null;
}

const columns = [
  'order_id',
  'queue_id',
  'lease_id',
  'leased_by',
  'leased_device',
  'lease_why',
  'lease_until_ms',
] as const;

export class LeaseStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  inTransaction<T>(work: (db: HubDatabase) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(work);
  }

  /** Of all of these agents, or of everybody. */
  async held(db: HubDatabase | null, agentIds: readonly UserId[] | null): Promise<Lease[]> {
    const rows = await (db ?? this.#db)
      .selectFrom('dial_place')
      .select(columns)
      .where('lease_until_ms', 'is not', null)
      .$if(agentIds !== null, (query) => query.where('leased_by', 'in', [...(agentIds ?? [])]))
      .execute();
    return leasesOf(rows);
  }

  /**
   * Locks those that nobody holds and that stand as they were seen; what another hub is giving away at this moment is passed
   * over.
   * @returns the ids of those that are ours until the transaction ends.
   */
  async lock(db: HubDatabase, places: readonly PlaceInQueue[]): Promise<Set<OrderId>> {
    if (places.length === 0) return new Set();
    const seen = new Map(places.map((place) => [place.orderId, place]));
    const query = db
      .selectFrom('dial_place')
      .select(['order_id', 'queue_id', 'bucket', 'due_at_ms', 'for_user_id'])
      .where('order_id', 'in', [...seen.keys()])
      .where('lease_until_ms', 'is', null);
    const rows = await (onPostgres(db) ? query.forUpdate().skipLocked() : query).execute();
    return new Set(
      rows.flatMap((row) => {
        const place = seen.get(row.order_id);
        const same =
          place?.queueId === row.queue_id &&
          place.bucket === row.bucket &&
          place.dueAtMs === Number(row.due_at_ms) &&
          place.forUserId === row.for_user_id;
        return same ? [row.order_id] : [];
      }),
    );
  }

  /**
   * As `lock`, but only as many as are wanted: the first of these, in the order given, that another hub is not giving away at
   * this moment. Nobody's own call backs.
   * @returns them in that order.
   */
  async lockFirst(
    db: HubDatabase,
    places: readonly PlaceInQueue[],
    wanted: number,
  ): Promise<readonly OrderId[]> {
    if (!onPostgres(db)) {
      const locked = await this.lock(db, places.slice(0, wanted));
      return places.flatMap(({ orderId }) => (locked.has(orderId) ? [orderId] : []));
    }
    const { rows } = await sql<{ order_id: OrderId }>`select p.order_id
      from unnest(${places.map(({ orderId }) => orderId)}::text[], ${places.map(({ queueId }) => queueId)}::int[],
        ${places.map(({ bucket }) => bucket)}::text[], ${places.map(({ dueAtMs }) => dueAtMs)}::bigint[])
        with ordinality as seen (order_id, queue_id, bucket, due_at_ms, place)
      join dial_place p on p.order_id = seen.order_id and p.queue_id = seen.queue_id and p.bucket = seen.bucket
        and p.due_at_ms = seen.due_at_ms
      where p.lease_until_ms is null and p.for_user_id is null
      order by seen.place limit ${wanted} for update of p skip locked`.execute(db);
    return rows.map(({ order_id }) => order_id);
  }

  /** Of locked places. */
  async give(db: HubDatabase, leases: readonly Lease[], nowMs: number): Promise<void> {
    if (leases.length === 0) return;
    if (onPostgres(db)) {
      await sql`update dial_place p set lease_id = given.lease_id, leased_by = given.leased_by,
          leased_device = given.leased_device, leased_at_ms = ${nowMs}::bigint, lease_why = given.why,
          lease_until_ms = given.until_ms
        from unnest(${leases.map(({ orderId }) => orderId)}::text[], ${leases.map(({ leaseId }) => leaseId)}::text[],
          ${leases.map(({ userId }) => userId)}::text[], ${leases.map(({ deviceId }) => deviceId)}::text[],
          ${leases.map(({ why }) => why)}::text[], ${leases.map(({ untilMs }) => untilMs)}::bigint[])
          as given (order_id, lease_id, leased_by, leased_device, why, until_ms)
        where p.order_id = given.order_id`.execute(db);
      return;
    }
    for (const { orderId, leaseId, userId, deviceId, why, untilMs } of leases) {
      await db
        .updateTable('dial_place')
        .set({
          lease_id: leaseId,
          leased_by: userId,
          leased_device: deviceId,
          leased_at_ms: nowMs,
          lease_why: why,
          lease_until_ms: untilMs,
        })
        .where('order_id', '=', orderId)
        .execute();
    }
  }

  /** @returns those that this user holds still, until then. */
  async prolong(userId: UserId, leaseIds: readonly LeaseId[], untilMs: number): Promise<LeaseId[]> {
    const rows = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: untilMs })
      .where('leased_by', '=', userId)
      .where('lease_id', 'in', [...leaseIds])
      .where('lease_until_ms', 'is not', null)
      .returning('lease_id')
      .execute();
    return rows.flatMap(({ lease_id }) => lease_id ?? []);
  }

  /** The order is in line again, where it was. @returns whether this user held it. */
  async giveBack(userId: UserId, leaseId: LeaseId): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: null })
      .where('leased_by', '=', userId)
      .where('lease_id', '=', leaseId)
      .where('lease_until_ms', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Ends those whose time is over. @returns them as they were. */
  async endOverdue(nowMs: number): Promise<Lease[]> {
    const rows = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: null })
      .where('lease_until_ms', '<', nowMs)
      .returning(columns)
      .execute();
    return leasesOf(rows.map((row) => ({ ...row, lease_until_ms: nowMs })));
  }
}

function leasesOf(rows: readonly LeaseRow[]): Lease[] {
  return rows.flatMap((row) =>
    row.lease_id !== null && row.leased_by !== null && row.lease_why !== null && row.lease_until_ms !== null
      ? [
          {
            leaseId: row.lease_id,
            orderId: row.order_id,
            queueId: row.queue_id,
            userId: row.leased_by,
            deviceId: row.leased_device ?? '',
            why: row.lease_why,
            untilMs: Number(row.lease_until_ms),
          },
        ]
      : [],
  );
}
