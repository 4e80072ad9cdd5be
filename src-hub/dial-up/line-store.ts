// Reads the line from its front: the first places of each class, as precedence.ts orders them, straight from an index each.
// What comes back is sorted there; here is only made sure that nothing that could be first is left out.
import { sql } from 'kysely';
import type { Bucket, WhyNow } from '#shared/domain/dial-up.ts';
import type { OrderId, UserId } from '#shared/domain/ids.ts';
import { runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Stretch } from './line-front.ts';
import type { Place } from './precedence.ts';

export interface PlaceInQueue extends Place {
  readonly queueId: number;
}

/** How many attempts there were, from and to. */
export interface AttemptsMade {
  readonly least: number;
  readonly most: number;
}

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
 * On SQLite; for PostgreSQL see one-statement-store.ts.
 * @param stretches all of one class. @param attempts with as many attempts only; null: with any.
 * @returns the first `limit` that nobody holds and everybody may have, by how long each is within its stretch, or by what else
 * their class goes; perhaps some more, in no order.
 */
export async function frontOf(
  db: HubDatabase,
  stretches: readonly Stretch[],
  attempts: AttemptsMade | null,
  limit: number,
): Promise<PlaceInQueue[]> {
  const found: PlaceInQueue[] = [];
  for (let from = 0; from < stretches.length; from += atOnce) {
    const some = stretches.slice(from, from + atOnce);
    const values = some.flatMap(({ queueId, bucket, afterMs, untilMs }) => [
      ...[untilMs, queueId, bucket, afterMs, untilMs],
      ...(attempts === null ? [] : [attempts.least, attempts.most]),
      limit,
    ]);
    const why = some[0]?.why ?? 'unprocessed';
    const rows = await runKept<Row>(db, textOf(why, some.length), [...values, limit]);
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

const columns = 'p.order_id, p.queue_id, p.bucket, p.due_at_ms, p.attempts, p.for_user_id, p.draw';

const texts = new Map<string, string>();

/** Of one stretch after the other, then of all together, where `since` counts from where each ends. */
function textOf(why: WhyNow, stretches: number): string {
  const key = `${why} ${stretches}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const [only, order, orderOfAll] = orders(why);
  const part = `select * from (select ${columns}, p.due_at_ms - ? as since from dial_place p
    where p.queue_id = ? and p.bucket = ? and p.due_at_ms > ? and p.due_at_ms <= ?
    and p.lease_until_ms is null and p.for_user_id is null ${only} order by ${order} limit ?)`;
  const parts = Array.from({ length: stretches }, () => part);
  const text = `${parts.join(' union all ')} order by ${orderOfAll} limit ?`;
  texts.set(key, text);
  return text;
}

/** What more it must be, to be found in its own index; and the orders of one stretch and of all. */
function orders(why: WhyNow): readonly [string, string, string] {
  if (why === 'drawn') return ['and p.draw is not null', 'p.draw, p.order_id', 'draw, order_id'];
  if (why !== 'retryDue') return ['', 'p.due_at_ms, p.order_id', 'since, order_id'];
  return [
    "and p.bucket = 'noAnswer' and p.attempts between ? and ?",
    'p.attempts, p.due_at_ms, p.order_id',
    'attempts, due_at_ms, order_id',
  ];
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
