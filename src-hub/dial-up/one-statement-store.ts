// The next orders on PostgreSQL, for many agents in one statement, which is a transaction by itself: what they hold, their own
// call backs, and the first of the line class by class, locked, passing over what another hub is giving away, leased, and with
// all that their cards show. The classes are those of precedence.ts, as line-front.ts cuts them into stretches of the index.
import { randomUUID } from 'node:crypto';
import type { Bucket, WhyNow } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, UserId } from '#shared/domain/ids.ts';
import { anyNumberOf, kept, rowsOf, runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { type CardRow, cardOf, cardOnPostgres } from './leased-order-store.ts';
import { always, countedAttempts, stretchesOf } from './line-front.ts';
import { type Ask, type Given, leaseMs, type NextOrders } from './next-orders.ts';
import type { OpenQueue } from './queue-book.ts';

/** All but `seen` are null in the row of a statement that gave nothing, and those of the card where its order is gone. */
interface Row extends CardRow {
  /** How many of the line were looked at. */
  readonly seen: number;
  readonly again: boolean | null;
  readonly order_id: OrderId | null;
  readonly queue_id: number | null;
  readonly lease_id: LeaseId | null;
  readonly leased_by: UserId | null;
  readonly leased_device: string | null;
  readonly lease_why: WhyNow | null;
  readonly lease_until_ms: number | null;
}

/**
 * So many of the line are looked at. A number in the text, so that PostgreSQL knows how few; and few texts. What others are
 * giving away at the moment is passed over: whoever got nothing looks again further down the line, at as many more as all
 * hubs together may be giving away.
 */
const looks = [20, 48, 100, 250, 1_000] as const;
const passedOver = 8;
/** Sets of queues that are remembered; agents have few kinds of them. */
const mostLines = 100;

export class OneStatementStore implements NextOrders {
  readonly takesTwo = true;
  readonly #db: HubDatabase;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async give(asks: readonly Ask[], queues: readonly OpenQueue[], nowMs: number): Promise<Map<UserId, Given>> {
    const given = new Map<UserId, Given>();
    const most = looks.findIndex((look) => look >= asks.length + passedOver);
    for (const look of looks.slice(most === -1 ? looks.length - 1 : most)) {
      const without = asks.filter(({ userId }) => !given.has(userId));
      const seen = await this.#look(look, without, queues, nowMs, given);
      if (given.size === asks.length || seen < look) break;
    }
    return given;
  }

  /** @param into gets what was given. @returns how many of the line were looked at. */
  async #look(
    look: number,
    asks: readonly Ask[],
    queues: readonly OpenQueue[],
    nowMs: number,
    into: Map<UserId, Given>,
  ): Promise<number> {
    const rows = await runKept<Row>(this.#db, textOf(look), [
      asks.map(({ userId }) => userId),
      asks.map(({ deviceId }) => deviceId),
      asks.map(() => randomUUID()),
      asks.flatMap(({ settling }) => settling),
      nowMs,
      nowMs + leaseMs,
      ...this.#lineOf(queues),
    ]);
    for (const row of rows) {
      const { order_id, queue_id, lease_id, leased_by, lease_why, lease_until_ms } = row;
      if (!order_id || queue_id === null || !lease_id || !leased_by || !lease_why || !lease_until_ms)
        continue;
      const lease = {
        leaseId: lease_id,
        orderId: order_id,
        queueId: queue_id,
        userId: leased_by,
        deviceId: row.leased_device ?? '',
        why: lease_why,
        untilMs: lease_until_ms,
      };
      // Of an order that is gone the row has nothing, whatever its type says.
      const card = (row.id as OrderId | null) === null ? null : cardOf(row);
      into.set(leased_by, { lease, again: row.again === true, card });
    }
    return rows[0]?.seen ?? 0;
  }

  /** Of as many queues as there are, made once: it is the same for nearly everybody who asks. */
  #lineOf(queues: readonly OpenQueue[]): readonly string[] {
    const key = queues
      .map(({ id, drawn, rule }) => `${id} ${drawn} ${rule.mode} ${rule.highPriority} ${rule.standardTimeMs}`)
      .join();
    const known = this.#lines.get(key);
    if (known) return known;
    if (this.#lines.size === mostLines) this.#lines.clear();
    const made = lineOf(queues);
    this.#lines.set(key, made);
    return made;
  }
}

/**
 * The queues and their stretches as arrays in PostgreSQL's own writing, which the driver need not make of each anew. Times
 * are told by how long ago they are, so that they stay the same.
 */
function lineOf(queues: readonly OpenQueue[]): readonly string[] {
  const atMs = Number.MAX_SAFE_INTEGER;
  const stretches = stretchesOf(queues, atMs);
  return [
    queues.map(({ id }) => id),
    stretches.map(({ why }) => why),
    stretches.map(({ queueId }) => queueId),
    stretches.map(({ bucket }) => bucket),
    stretches.map(({ afterMs }) => (afterMs === always ? 'null' : atMs - afterMs)),
    stretches.map(({ untilMs }) => atMs - untilMs),
  ].map((values) => `{${values.join()}}`);
}

const leased =
  'order_id, queue_id, lease_id, leased_by, leased_device, lease_why, lease_until_ms' satisfies string;

const texts = new Map<number, string>();

function textOf(look: number): string {
  const text = texts.get(look) ?? kept(textFor(look));
  texts.set(look, text);
  return text;
}

function textFor(look: number): string {
  return `with ask as materialized (
    select * from ${rowsOf(1, ['text', 'text', 'text'])}
      with ordinality as ask (user_id, device_id, lease_id, place)
  ), held as materialized (
    select ${leased} from dial_place
      where leased_by = any(${anyNumberOf(1, 'text')}) and lease_until_ms is not null
        and lease_id <> all(${anyNumberOf(4, 'text')})
  ), wanting as materialized (
    select * from ask where not exists (select from held where held.leased_by = ask.user_id)
  ), own as materialized (
    select wanting.*, due.order_id from wanting cross join lateral (
      select p.order_id from dial_place p
        where p.for_user_id = wanting.user_id and p.bucket = 'callBack' and p.due_at_ms <= $5::bigint
          and p.queue_id = any(${anyNumberOf(7, 'int')})
          -- Not "is null": that would be taken for the index of what is due, and all of the line walked through.
          and coalesce(p.lease_until_ms, 0) = 0
        order by p.due_at_ms, p.order_id limit 1 for update skip locked) due
  ), other as materialized (
    select wanting.*, row_number() over (order by place) as turn from wanting
      where not exists (select from own where own.user_id = wanting.user_id)
  ), stretch as materialized (
    select why, queue_id, bucket, $5::bigint - until_ago_ms as until_ms,
        coalesce($5::bigint - after_ago_ms, ${always}) as after_ms
      from ${rowsOf(8, ['text', 'int', 'text', 'bigint', 'bigint'])}
        as stretch (why, queue_id, bucket, after_ago_ms, until_ago_ms)
      where exists (select from other)
  ), front as materialized (
    select found.*, row_number() over () as place from (
      ${[
        due('callBackDue', look),
        due('highPriorityLead', look),
        due('overStandardTime', look),
        due('unprocessed', look),
        byAttempts(look),
        byDraw(look),
      ].join(' union all ')}
    ) found limit ${look}
  ), locked as materialized (
    select free.order_id, front.why, front.place from front cross join lateral (
      select p.order_id from dial_place p
        where p.order_id = front.order_id and p.queue_id = front.queue_id and p.bucket = front.bucket
          and p.due_at_ms = front.due_at_ms and p.lease_until_ms is null and p.for_user_id is null
        for update skip locked) free
      limit (select count(*) from other)
  ), given as (
    update dial_place p set lease_id = to_agent.lease_id, leased_by = to_agent.user_id,
        leased_device = to_agent.device_id, leased_at_ms = $5::bigint, lease_why = to_agent.why,
        lease_until_ms = $6::bigint
      from (
        select first.order_id, first.why, other.user_id, other.device_id, other.lease_id
          from (select order_id, why, row_number() over (order by place) as turn from locked) first
          join other on other.turn = first.turn
        union all select order_id, 'ownCallBackDue', user_id, device_id, lease_id from own
      ) to_agent
      where p.order_id = to_agent.order_id
      returning ${leased
        .split(', ')
        .map((column) => `p.${column}`)
        .join(', ')}
  )
  select (select count(*) from front) as seen, answer.*, card.* from (select 1) one
    left join (select false as again, given.* from given union all select true, held.* from held) answer on true
    -- Looked up for each by itself: joined, all orders might be read for a few.
    left join lateral (${cardOnPostgres('answer.order_id')} offset 0) card on true`;
}

const place = 'p.order_id, p.queue_id, p.bucket, p.due_at_ms';
const free = 'p.lease_until_ms is null and p.for_user_id is null';
/**
 * Only the end of a stretch is looked up in the index. Its beginning, behind the class before it, of which less is left than is
 * looked at, is passed over: of a stretch with two ends PostgreSQL expects next to nothing, and would read and sort all of it.
 */
const within = `p.queue_id = stretch.queue_id and p.due_at_ms <= stretch.until_ms and p.due_at_ms + 0 > stretch.after_ms`;

/** By how long each is due within its stretch. */
function due(why: WhyNow, look: number): string {
  return `(select '${why}' as why, p.* from stretch cross join lateral (
      select ${place}, p.due_at_ms - stretch.until_ms as since from dial_place p
        where ${within} and p.bucket = stretch.bucket and ${free}
        order by p.due_at_ms, p.order_id limit ${look}) p
    where stretch.why = '${why}' order by since, order_id limit ${look})`;
}

/** One number of attempts after the other, each a stretch of its index; then those with more. */
function byAttempts(look: number): string {
  const bucket: Bucket = 'noAnswer';
  const retries = (which: string) => `select p.* from stretch cross join lateral (
      select ${place}, p.attempts from dial_place p
        where ${within} and p.bucket = '${bucket}' and ${free} and p.attempts ${which}
        order by p.attempts, p.due_at_ms, p.order_id limit ${look}) p
    where stretch.why = 'retryDue' order by p.attempts, p.due_at_ms, p.order_id limit ${look}`;
  return `(select 'retryDue', few.* from generate_series(0, ${countedAttempts - 1}) as made (attempts)
      cross join lateral (${retries('= made.attempts')}) few limit ${look})
    union all (select 'retryDue', many.* from (${retries(`>= ${countedAttempts}`)}) many)`;
}

function byDraw(look: number): string {
  return `(select 'drawn', p.* from stretch cross join lateral (
      select ${place}, p.draw from dial_place p
        where ${within} and p.bucket = stretch.bucket and ${free} and p.draw is not null
        order by p.draw, p.order_id limit ${look}) p
    where stretch.why = 'drawn' order by p.draw, p.order_id limit ${look})`;
}
