// Reads the line from its front: the first places of each class, as precedence.ts orders them, straight from an index each.
// What comes back is sorted there; here is only made sure that nothing that could be first is left out.
import { type RawBuilder, sql } from 'kysely';
import type { Bucket } from '#shared/domain/dial-up.ts';
import type { OrderId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { Place } from './precedence.ts';

export interface PlaceInQueue extends Place {
  readonly queueId: number;
}

/** A stretch of one queue's index. */
export interface Stretch {
  readonly queueId: number;
  readonly bucket: Bucket;
  /** Due until then. */
  readonly untilMs: number;
  /** Only with this many attempts, or (`orMore`) at least as many. */
  readonly attempts?: number;
  readonly orMore?: boolean;
}

export type By = 'due' | 'attempts' | 'draw';

interface Row {
  order_id: OrderId;
  queue_id: number;
  bucket: Bucket;
  due_at_ms: number | string;
  attempts: number;
  for_user_id: UserId | null;
  draw: number | null;
}

/** In one statement: SQLite joins no more than 500, and each costs its time to be read by the database. */
const atOnce = 100;

/**
 * @returns the first `limit` that nobody holds and everybody may have, by how long each is within its stretch, or by what else
 * it goes; perhaps some more, in no order.
 */
export async function frontOf(
  db: HubDatabase,
  stretches: readonly Stretch[],
  by: By,
  limit: number,
): Promise<PlaceInQueue[]> {
  const found: PlaceInQueue[] = [];
  for (let from = 0; from < stretches.length; from += atOnce) {
    const some = stretches.slice(from, from + atOnce);
    const statement = onPostgres(db) ? laterally(some, by, limit) : oneByOne(some, by, limit);
    const { rows } = await statement.execute(db);
    for (const row of rows) found.push(placeOf(row));
  }
  return found;
}

/** Call backs that one of these agents keeps for themselves, due until now. */
export async function ownCallBacks(
  db: HubDatabase,
  agentIds: readonly UserId[],
  nowMs: number,
): Promise<PlaceInQueue[]> {
  const rows = await db
    .selectFrom('dial_place')
    .select(['order_id', 'queue_id', 'bucket', 'due_at_ms', 'attempts', 'for_user_id', 'draw'])
    .where('for_user_id', 'in', [...agentIds])
    .where('due_at_ms', '<=', nowMs)
    // Not `is null`: PostgreSQL would take that for the index of what is due, and walk through all of the line.
    .where(sql<boolean>`coalesce(lease_until_ms, 0) = 0`)
    .orderBy('due_at_ms')
    .limit(1_000)
    .execute();
  return rows.map(placeOf);
}

/** @returns when the next of these queues' places becomes due; null where none is waiting for its time. */
export async function nextDueMs(
  db: HubDatabase,
  queueIds: readonly number[],
  agentId: UserId,
  nowMs: number,
): Promise<number | null> {
  if (queueIds.length === 0) return null;
  const next = (bucket: Bucket) =>
    db
      .selectFrom('dial_place')
      .select('due_at_ms')
      .where('queue_id', 'in', [...queueIds])
      .where('bucket', '=', bucket)
      .where('due_at_ms', '>', nowMs)
      .where('lease_until_ms', 'is', null)
      .where((is) => is.or([is('for_user_id', 'is', null), is('for_user_id', '=', agentId)]))
      .orderBy('due_at_ms')
      .limit(1)
      .executeTakeFirst();
  const rows = await Promise.all([next('callBack'), next('noAnswer')]);
  const times = rows.flatMap((row) => (row ? [Number(row.due_at_ms)] : []));
  return times.length > 0 ? Math.min(...times) : null;
}

const columns = sql`p.order_id, p.queue_id, p.bucket, p.due_at_ms, p.attempts, p.for_user_id, p.draw`;
/** Of all stretches together: `since` counts from where each ends. */
const ordersOfAll: Readonly<Record<By, RawBuilder<unknown>>> = {
  due: sql`since, order_id`,
  attempts: sql`attempts, due_at_ms, order_id`,
  draw: sql`draw, order_id`,
};
const orders: Readonly<Record<By, RawBuilder<unknown>>> = {
  due: sql`p.due_at_ms, p.order_id`,
  attempts: sql`p.attempts, p.due_at_ms, p.order_id`,
  draw: sql`p.draw, p.order_id`,
};

function oneByOne(stretches: readonly Stretch[], by: By, limit: number): RawBuilder<Row> {
  const parts = stretches.map(
    ({
      queueId,
      bucket,
      untilMs,
      attempts,
      orMore,
    }) => sql`select * from (select ${columns}, p.due_at_ms - ${untilMs} as since from dial_place p
      where p.queue_id = ${queueId} and p.bucket = ${sql.lit(bucket)} and p.due_at_ms <= ${untilMs}
      and p.lease_until_ms is null and p.for_user_id is null ${drawn(by)}
      ${attempts === undefined ? sql`` : orMore ? sql`and p.attempts >= ${attempts}` : sql`and p.attempts = ${attempts}`}
      order by ${orders[by]} limit ${limit})`,
  );
  return sql<Row>`${sql.join(parts, sql` union all `)} order by ${ordersOfAll[by]} limit ${limit}`;
}

/** The same statement however many stretches there are, so that its plan is made once for a connection. */
function laterally(stretches: readonly Stretch[], by: By, limit: number): RawBuilder<Row> {
  const least = stretches.map(({ attempts }) => attempts ?? 0);
  const most = stretches.map(({ attempts, orMore }) =>
    attempts === undefined || orMore ? 2_147_483_647 : attempts,
  );
  return sql<Row>`select found.*, found.due_at_ms - stretch.until_ms as since from
    unnest(${stretches.map(({ queueId }) => queueId)}::int[], ${stretches.map(({ bucket }) => bucket)}::text[],
      ${stretches.map(({ untilMs }) => untilMs)}::bigint[], ${least}::int[], ${most}::int[])
      as stretch (queue_id, bucket, until_ms, least, most)
    cross join lateral (select ${columns} from dial_place p
      where p.queue_id = stretch.queue_id and p.bucket = stretch.bucket and p.due_at_ms <= stretch.until_ms
      and p.lease_until_ms is null and p.for_user_id is null ${drawn(by)}
      ${by === 'attempts' ? sql`and p.bucket = 'noAnswer' and p.attempts between stretch.least and stretch.most` : sql``}
      order by ${orders[by]} limit ${limit}) as found
    order by ${ordersOfAll[by]} limit ${limit}`;
}

/** Only what is in the draw has an entry in its index; and what is in the draw has its turn by nothing else. */
function drawn(by: By): RawBuilder<unknown> {
  return by === 'draw' ? sql`and p.draw is not null` : sql``;
}

function placeOf(row: Row): PlaceInQueue {
  return {
    orderId: row.order_id,
    queueId: row.queue_id,
    bucket: row.bucket,
    dueAtMs: Number(row.due_at_ms),
    attempts: row.attempts,
    forUserId: row.for_user_id,
    draw: row.draw,
  };
}
