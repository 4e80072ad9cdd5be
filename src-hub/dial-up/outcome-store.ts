// What outcomes read and write, for many at once: the orders with their places, then attempts, orders and places. On
// PostgreSQL each is one statement, on SQLite a few. Everything takes the transaction of the push that brings the outcomes.
import type { LeaseId, OrderId, OrderStatusId, ProjectId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import { anyNumberOf, kept, keptAhead, rowsOf, runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { PlacedOrder } from './placing-store.ts';

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

export interface Outcomes {
  readonly attempts: readonly NewAttempt[];
  readonly moved: readonly MovedOrder[];
  /** In line already, and from now on there; nobody holds them any more. */
  readonly staying: readonly PlacedOrder[];
  readonly out: readonly OrderId[];
}

type AttemptRow = HubTables['dial_attempt'];

interface InHandRow {
  readonly id: OrderId;
  readonly record_id: RecordId;
  readonly project_id: ProjectId;
  readonly status_id: OrderStatusId;
  readonly attempts: number;
  readonly lease_id: LeaseId | null;
  readonly leased_by: UserId | null;
  readonly lease_until_ms: number | null;
  readonly queue_id: number | null;
}

/** Orders before places, and each by its id: whoever else locks several does it so, and nobody waits in a circle. */
const inHandOnPostgres = kept(`with o as materialized (
    select id, record_id, project_id, status_id, attempts from dial_order
      where id = any(${anyNumberOf(1, 'text')}) order by id for update
  ), p as materialized (
    select order_id, lease_id, leased_by, lease_until_ms, queue_id from dial_place
      where order_id = any(array(select id from o)) order by order_id for update
  ) select o.*, p.lease_id, p.leased_by, p.lease_until_ms, p.queue_id from o left join p on p.order_id = o.id`);
const inHandOnSqlite = `select o.id, o.record_id, o.project_id, o.status_id, o.attempts, p.lease_id, p.leased_by,
    p.lease_until_ms, p.queue_id
  from dial_order o left join dial_place p on p.order_id = o.id
  where o.id in (select value from json_each(?))`;

const attemptTypes = {
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
} as const satisfies Record<keyof AttemptRow, 'text' | 'bigint'>;
/** Of dial_attempt, all. */
export const attemptColumns = Object.keys(attemptTypes) as (keyof AttemptRow)[];

const writeOnPostgres = keptAhead(`with attempt as (
    insert into dial_attempt (${attemptColumns.join(', ')}) select * from ${rowsOf(1, Object.values(attemptTypes))}
  ), moved as (
    update dial_order o set status_id = m.status_id, attempts = m.attempts, changed_at_ms = $18::bigint,
        version = o.version + 1, status_since_ms =
          case when m.status_id = o.status_id then o.status_since_ms else $18::bigint end
      from ${rowsOf(19, ['text', 'text', 'int'])} as m (id, status_id, attempts) where o.id = m.id
  ), gone as (
    delete from dial_place where order_id = any(${anyNumberOf(22, 'text')})
  ), staying as (
    update dial_place p set queue_id = s.queue_id, bucket = s.bucket, due_at_ms = s.due_at_ms, attempts = s.attempts,
        for_user_id = s.for_user_id, draw = s.draw, lease_until_ms = null
      from ${rowsOf(23, ['text', 'int', 'text', 'bigint', 'int', 'text', 'int'])}
        as s (order_id, queue_id, bucket, due_at_ms, attempts, for_user_id, draw)
      where p.order_id = s.order_id
  ) select 1`);

const putAttempt = `insert into dial_attempt (${attemptColumns.join(', ')}) values (${attemptColumns.map(() => '?').join(', ')})`;
const moveOrder = `update dial_order set status_since_ms = case when status_id = ? then status_since_ms else ? end,
  status_id = ?, attempts = ?, changed_at_ms = ?, version = version + 1 where id = ?`;
const takeOut = 'delete from dial_place where order_id in (select value from json_each(?))';
const stay = `update dial_place set queue_id = ?, bucket = ?, due_at_ms = ?, attempts = ?, for_user_id = ?, draw = ?,
  lease_until_ms = null where order_id = ?`;

export class OutcomeStore {
  /** Locked until the transaction ends, so that no other hub gives them away meanwhile; those that are gone are left out. */
  async ordersInHand(db: HubDatabase, ids: readonly OrderId[]): Promise<Map<OrderId, OrderInHand>> {
    if (ids.length === 0) return new Map();
    const rows = onPostgres(db)
      ? await runKept<InHandRow>(db, inHandOnPostgres, [ids])
      : await runKept<InHandRow>(db, inHandOnSqlite, [JSON.stringify(ids)]);
    return new Map(rows.map((row) => [row.id, orderInHand(row)]));
  }

  /** @param nowMs when it arrived; also since when an order is in its status, where that changes. */
  async write(db: HubDatabase, { attempts, moved, staying, out }: Outcomes, nowMs: number): Promise<void> {
    if (attempts.length + moved.length === 0) return;
    const rows = attempts.map((each) => attemptRow(each, nowMs));
    if (onPostgres(db)) {
      await runKept(db, writeOnPostgres, [
        ...attemptColumns.map((column) => rows.map((row) => row[column])),
        nowMs,
        moved.map(({ order }) => order.id),
        moved.map(({ after }) => after.statusId),
        moved.map(({ after }) => after.attempts),
        out,
        staying.map(({ orderId }) => orderId),
        staying.map(({ queueId }) => queueId),
        staying.map(({ place }) => place.bucket),
        staying.map(({ place }) => place.dueAtMs),
        staying.map((each) => each.attempts),
        staying.map(({ place }) => place.forUserId),
        staying.map(({ draw }) => draw),
      ]);
      return;
    }
    for (const row of rows) {
      await runKept(
        db,
        putAttempt,
        attemptColumns.map((column) => row[column]),
      );
    }
    for (const { order, after } of moved) {
      const { statusId } = after;
      await runKept(db, moveOrder, [statusId, nowMs, statusId, after.attempts, nowMs, order.id]);
    }
    if (out.length > 0) await runKept(db, takeOut, [JSON.stringify(out)]);
    for (const { orderId, queueId, attempts: made, draw, place } of staying) {
      const { bucket, dueAtMs, forUserId } = place;
      await runKept(db, stay, [queueId, bucket, dueAtMs, made, forUserId, draw, orderId]);
    }
  }
}

function orderInHand(row: InHandRow): OrderInHand {
  const { id, record_id, project_id, status_id, attempts, queue_id } = row;
  return {
    ...{ id, recordId: record_id, projectId: project_id, statusId: status_id, attempts },
    lastLease:
      queue_id === null
        ? null
        : {
            leaseId: row.lease_id,
            userId: row.leased_by,
            queueId: queue_id,
            held: row.lease_until_ms !== null,
          },
  };
}

function attemptRow({ leaseId, attempt }: NewAttempt, arrivedAtMs: number): AttemptRow {
  return {
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
  };
}
