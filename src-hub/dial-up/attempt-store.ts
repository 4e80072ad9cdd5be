// Attempts at orders, and the order's own row as far as an attempt moves it. Everything that writes takes its transaction.
import { sql } from 'kysely';
import type { DialMode } from '#shared/domain/dial-up.ts';
import type {
  AttemptId,
  LeaseId,
  OrderId,
  OrderStatusId,
  ProjectId,
  RecordId,
  UserId,
} from '#shared/domain/ids.ts';
import type { Attempt, AttemptEffect } from '#shared/domain/order.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';

/** What a service hands from one store to another: a transaction. */
export type LineDatabase = HubDatabase;

export interface OrderInHand {
  readonly id: OrderId;
  readonly recordId: RecordId;
  readonly projectId: ProjectId;
  readonly statusId: OrderStatusId;
  readonly attempts: number;
  /** Of the last time that it was handed out, over or not; null where it is not in line. */
  readonly lastLease: {
    readonly leaseId: LeaseId | null;
    readonly userId: UserId | null;
    readonly queueId: number;
    readonly held: boolean;
  } | null;
}

/** An order and where an attempt moves it. */
export interface MovedOrder {
  readonly order: OrderInHand;
  readonly after: { readonly statusId: OrderStatusId; readonly attempts: number };
}

export interface NewAttempt {
  readonly leaseId: LeaseId;
  readonly attempt: Attempt;
}

const putAttempts = new BulkInsert('dial_attempt', {
  id: 'text',
  order_id: 'text',
  lease_id: 'text',
  user_id: 'text',
  user_name: 'text',
  mode: 'text',
  button: 'text',
  button_label: 'text',
  call_back_at_ms: 'bigint',
  call_back_own: 'bigint',
  note: 'text',
  call_id: 'text',
  started_at_ms: 'bigint',
  ended_at_ms: 'bigint',
  effect: 'text',
  status_id: 'text',
  arrived_at_ms: 'bigint',
});

export class AttemptStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Locked until the transaction ends, so that no other hub gives them away meanwhile; those that are gone are left out. */
  async ordersInHand(db: HubDatabase, ids: readonly OrderId[]): Promise<Map<OrderId, OrderInHand>> {
    if (ids.length === 0) return new Map();
    const ofOrders = db
      .selectFrom('dial_order')
      .select(['id', 'record_id', 'project_id', 'status_id', 'attempts'])
      .where('id', 'in', [...ids])
      .orderBy('id');
    const orders = await (onPostgres(db) ? ofOrders.forUpdate() : ofOrders).execute();
    const ofPlaces = db
      .selectFrom('dial_place')
      .select(['order_id', 'lease_id', 'leased_by', 'lease_until_ms', 'queue_id'])
      .where('order_id', 'in', [...ids])
      .orderBy('order_id');
    const rows = await (onPostgres(db) ? ofPlaces.forUpdate() : ofPlaces).execute();
    const places = new Map(rows.map((row) => [row.order_id, row]));
    return new Map(
      orders.map((order) => {
        const place = places.get(order.id);
        const lastLease = place && {
          leaseId: place.lease_id,
          userId: place.leased_by,
          queueId: place.queue_id,
          held: place.lease_until_ms !== null,
        };
        const { id, record_id, project_id, status_id, attempts } = order;
        const now = { id, recordId: record_id, projectId: project_id, statusId: status_id, attempts };
        return [id, { ...now, lastLease: lastLease ?? null }];
      }),
    );
  }

  async add(db: HubDatabase, leaseId: LeaseId, attempt: Attempt, arrivedAtMs: number): Promise<void> {
    await this.addAll(db, [{ leaseId, attempt }], arrivedAtMs);
  }

  async addAll(db: HubDatabase, all: readonly NewAttempt[], arrivedAtMs: number): Promise<void> {
    const rows = all.map(({ leaseId, attempt }): HubTables['dial_attempt'] => ({
      id: attempt.attemptId,
      order_id: attempt.orderId,
      lease_id: leaseId,
      user_id: attempt.userId,
      user_name: attempt.userName,
      mode: attempt.mode,
      button: attempt.button,
      button_label: attempt.buttonLabel,
      call_back_at_ms: attempt.callBack ? Math.trunc(attempt.callBack.atMs) : null,
      call_back_own: attempt.callBack?.own ? 1 : 0,
      note: attempt.note,
      call_id: attempt.callId,
      started_at_ms: Math.trunc(attempt.startedAtMs),
      ended_at_ms: Math.trunc(attempt.endedAtMs),
      effect: attempt.effect,
      status_id: attempt.statusId,
      arrived_at_ms: arrivedAtMs,
    }));
    await putAttempts.run(db, rows);
  }

  /** @param nowMs also since when one is in its status, where that changes. */
  async moveOrders(db: HubDatabase, moved: readonly MovedOrder[], nowMs: number): Promise<void> {
    if (moved.length === 0) return;
    if (onPostgres(db)) {
      await sql`update dial_order o set status_id = moved.status_id, attempts = moved.attempts,
          changed_at_ms = ${nowMs}::bigint, version = o.version + 1, status_since_ms =
            case when moved.status_id = o.status_id then o.status_since_ms else ${nowMs}::bigint end
        from unnest(${moved.map(({ order }) => order.id)}::text[],
          ${moved.map(({ after }) => after.statusId)}::text[], ${moved.map(({ after }) => after.attempts)}::int[])
          as moved (id, status_id, attempts)
        where o.id = moved.id`.execute(db);
      return;
    }
    for (const { order, after } of moved) {
      await db
        .updateTable('dial_order')
        .set((is) => ({
          status_id: after.statusId,
          attempts: after.attempts,
          changed_at_ms: nowMs,
          version: is('version', '+', 1),
          ...(after.statusId === order.statusId ? {} : { status_since_ms: nowMs }),
        }))
        .where('id', '=', order.id)
        .execute();
    }
  }

  /** Ends their leases; who holds them or held them last is still known. */
  async endLeases(db: HubDatabase, ids: readonly OrderId[]): Promise<void> {
    if (ids.length === 0) return;
    await db
      .updateTable('dial_place')
      .set({ lease_until_ms: null })
      .where('order_id', 'in', [...ids])
      .execute();
  }

  async find(db: HubDatabase, id: AttemptId): Promise<{ attempt: Attempt; leaseId: LeaseId | null } | null> {
    const row = await db.selectFrom('dial_attempt').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? { attempt: attemptOf(row), leaseId: row.lease_id } : null;
  }

  /** @returns false where it was decided already. */
  async decide(
    db: HubDatabase,
    id: AttemptId,
    effect: Exclude<AttemptEffect, 'moved' | 'conflict'>,
    statusId: OrderStatusId,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('dial_attempt')
      .set({ effect, status_id: statusId })
      .where('id', '=', id)
      .where('effect', '=', 'conflict')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Newest first, at most fifty of each. */
  async ofOrders(ids: readonly OrderId[]): Promise<Map<OrderId, Attempt[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .selectAll()
      .where('order_id', 'in', [...ids])
      .orderBy('arrived_at_ms', 'desc')
      .execute();
    const byOrder = Map.groupBy(rows.map(attemptOf), ({ orderId }) => orderId);
    return new Map([...byOrder].map(([id, attempts]) => [id, attempts.slice(0, 50)]));
  }

  /** What arrived late and waits for a supervisor, the last first. */
  async late(): Promise<Attempt[]> {
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .selectAll()
      .where('effect', '=', 'conflict')
      .orderBy('arrived_at_ms', 'desc')
      .limit(500)
      .execute();
    return rows.map(attemptOf);
  }

  /** What a user did since then, by their desktop's clock. */
  async day(
    userId: UserId,
    sinceMs: number,
  ): Promise<{ button: HubTables['dial_attempt']['button']; count: number; workedMs: number }[]> {
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .select((is) => [
        'button',
        is.fn.countAll().as('count'),
        is.fn.sum(is('ended_at_ms', '-', is.ref('started_at_ms'))).as('worked_ms'),
      ])
      .where('user_id', '=', userId)
      .where('ended_at_ms', '>=', Math.trunc(sinceMs))
      .groupBy('button')
      .execute();
    return rows.map(({ button, count, worked_ms }) => ({
      button,
      count: Number(count),
      workedMs: Math.max(0, Number(worked_ms)),
    }));
  }
}

export function attemptOf(row: HubTables['dial_attempt']): Attempt {
  const mode: DialMode = row.mode;
  return {
    attemptId: row.id,
    orderId: row.order_id,
    mode,
    button: row.button,
    callBack:
      row.call_back_at_ms === null
        ? null
        : { atMs: Number(row.call_back_at_ms), own: row.call_back_own === 1 },
    note: row.note,
    callId: row.call_id,
    startedAtMs: Number(row.started_at_ms),
    endedAtMs: Number(row.ended_at_ms),
    userId: row.user_id,
    userName: row.user_name,
    buttonLabel: row.button_label,
    effect: row.effect,
    statusId: row.status_id,
  };
}
