// Attempts at orders, as they are read and decided on; outcome-store.ts writes them.
import type { DialMode } from '#shared/domain/dial-up.ts';
import type { AttemptId, LeaseId, OrderId, OrderStatusId, UserId } from '#shared/domain/ids.ts';
import type { Attempt, AttemptEffect } from '#shared/domain/order.ts';
import type { DialDay } from '#shared/hub/dial-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export class AttemptStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
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

  /** What a user did since then, by their desktop's clock; a button that was called otherwise meanwhile is two. */
  async day(
    userId: UserId,
    sinceMs: number,
  ): Promise<(DialDay['byButton'][number] & { readonly workedMs: number })[]> {
    const rows = await this.#db
      .selectFrom('dial_attempt')
      .select((is) => [
        'button',
        'button_label',
        is.fn.countAll().as('count'),
        is.fn.sum(is('ended_at_ms', '-', is.ref('started_at_ms'))).as('worked_ms'),
      ])
      .where('user_id', '=', userId)
      .where('ended_at_ms', '>=', Math.trunc(sinceMs))
      .groupBy(['button', 'button_label'])
      .execute();
    return rows.map(({ button, button_label, count, worked_ms }) => ({
      button,
      label: button_label,
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
