// Reads the line as it stands, page by page, and what a list shows beside the orders. Called by line-service.ts.
import type { ListedOrder, OrderInLine } from '#shared/admin/dial-up-contract.ts';
import type { Bucket } from '#shared/domain/dial-up.ts';
import type { OrderId, OrderStatusId, UserId } from '#shared/domain/ids.ts';
import { kept, runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { LinePlace } from './line-snapshot.ts';

/** On SQLite reading a page keeps the hub from its other work. */
const rowsAtOnce = { sqlite: 1_000, postgres: 4_000 };

type Held = Pick<LinePlace, 'heldBy' | 'heldSinceMs'>;
type Unheld = Omit<LinePlace, keyof Held>;
const heldByNobody: Held = { heldBy: null, heldSinceMs: null };

/**
 * A page as one row of texts, in each the values of all its places with a character between that stands in none of them: to
 * take thousands of rows from the driver costs the hub several times as much as to cut a text.
 */
const between = '\u001f';
const pageColumns = {
  ids: 'order_id',
  queues: 'queue_id::text',
  statuses: 'status_id',
  buckets: 'bucket',
  dues: 'due_at_ms::text',
  attempts: 'attempts::text',
  agents: "coalesce(for_user_id, '')",
  draws: "coalesce(draw::text, '')",
} as const;
type PageColumns = { readonly [Column in keyof typeof pageColumns]: string | null };

// Later than the last one in both tables, or the server walks through all orders before it for each page.
const pageOnPostgres = kept(`select ${Object.entries(pageColumns)
  .map(([name, value]) => `string_agg(${value}, chr(31) order by order_id) as ${name}`)
  .join(', ')}
  from (select p.order_id, p.queue_id, o.status_id, p.bucket, p.due_at_ms, p.attempts, p.for_user_id, p.draw
    from dial_place p join dial_order o on o.id = p.order_id
    where p.order_id > $1::text and o.id > $1::text order by p.order_id limit ${rowsAtOnce.postgres}) page`);

/** An order as the list shows it, and who it is for; the number is the one that is dialled. */
export interface Listed extends Pick<OrderInLine, 'name' | 'number'> {
  readonly order: ListedOrder;
}

export class LineStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** All that stands in line, by order id. From a server, the next page comes while one is worked at. */
  async *places(): AsyncGenerator<LinePlace[]> {
    const isServer = onPostgres(this.#db);
    const limit = isServer ? rowsAtOnce.postgres : rowsAtOnce.sqlite;
    const held = await this.#held();
    let coming: Promise<Unheld[]> | null = null;
    let after: OrderId | null = null;
    for (;;) {
      const page: Unheld[] = await (coming ?? this.#page(after, limit));
      after = page.at(-1)?.orderId ?? null;
      const isLast = page.length < limit;
      coming = isServer && !isLast ? this.#page(after, limit) : null;
      // It is thrown where it is waited for.
      coming?.catch(() => undefined);
      yield page.map((place) => ({ ...place, ...(held.get(place.orderId) ?? heldByNobody) }));
      if (isLast) return;
    }
  }

  /** Few of many: asked for by themselves. */
  async #held(): Promise<Map<OrderId, Held>> {
    const rows = await this.#db
      .selectFrom('dial_place')
      .select(['order_id', 'leased_by', 'leased_at_ms'])
      .where('lease_until_ms', 'is not', null)
      .execute();
    return new Map(
      rows.map((row) => [row.order_id, { heldBy: row.leased_by, heldSinceMs: row.leased_at_ms }]),
    );
  }

  async #page(after: OrderId | null, limit: number): Promise<Unheld[]> {
    if (onPostgres(this.#db)) {
      const [columns] = await runKept<PageColumns>(this.#db, pageOnPostgres, [after ?? '']);
      return columns?.ids == null ? [] : placesOf(columns);
    }
    let query = this.#db
      .selectFrom('dial_place')
      .innerJoin('dial_order', 'dial_order.id', 'dial_place.order_id')
      .select([
        'order_id as orderId',
        'queue_id as queueId',
        'status_id as statusId',
        'bucket',
        'due_at_ms as dueAtMs',
        'dial_place.attempts as attempts',
        'for_user_id as forUserId',
        'draw',
      ])
      .orderBy('order_id')
      .limit(limit);
    if (after !== null) query = query.where('order_id', '>', after);
    return await query.execute();
  }

  /** As they are on disk now; those that are gone are left out. */
  async listed(ids: readonly OrderId[]): Promise<Map<OrderId, Listed>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('dial_order')
      .innerJoin('record', 'record.id', 'dial_order.record_id')
      .leftJoin('record_number', (join) =>
        join
          .onRef('record_number.record_id', '=', 'dial_order.record_id')
          .on('record_number.position', '=', 0),
      )
      .leftJoin('dial_place', 'dial_place.order_id', 'dial_order.id')
      .leftJoin('dial_queue', 'dial_queue.id', 'dial_place.queue_id')
      .select([
        'dial_order.id as id',
        'dial_order.project_id as projectId',
        'dial_order.status_id as statusId',
        'dial_order.attempts as attempts',
        'dial_queue.mode as mode',
        'dial_place.bucket as bucket',
        'dial_place.due_at_ms as dueAtMs',
        'dial_place.for_user_id as forUserId',
        'record.name as name',
        'record_number.number as number',
      ])
      .where('dial_order.id', 'in', ids)
      .execute();
    return new Map(
      rows.map(({ id, projectId, statusId, attempts, mode, bucket, dueAtMs, forUserId, name, number }) => {
        const isInLine = mode !== null && bucket !== null && dueAtMs !== null;
        const place = isInLine ? { mode, bucket, dueAtMs, forUserId } : null;
        return [id, { order: { id, projectId, statusId, attempts, place }, name, number }];
      }),
    );
  }

  async idsInStatus(statusId: OrderStatusId): Promise<OrderId[]> {
    const query = this.#db.selectFrom('dial_order').select('id').where('status_id', '=', statusId);
    return (await query.execute()).map(({ id }) => id);
  }

  /** As accounts are called, removed ones too. */
  async names(ids: readonly UserId[]): Promise<Map<UserId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('account')
      .select(['user_id', 'display_name'])
      .where('user_id', 'in', ids)
      .execute();
    return new Map(rows.map(({ user_id, display_name }) => [user_id, display_name]));
  }
}

function placesOf(columns: PageColumns): Unheld[] {
  const cut = (column: keyof PageColumns) => columns[column]?.split(between) ?? [];
  const [queues, statuses, buckets, dues] = [cut('queues'), cut('statuses'), cut('buckets'), cut('dues')];
  const [attempts, agents, draws] = [cut('attempts'), cut('agents'), cut('draws')];
  return cut('ids').map((id, at) => ({
    // As the columns hold them.
    orderId: id as OrderId,
    queueId: Number(queues[at]),
    statusId: statuses[at] as OrderStatusId,
    bucket: buckets[at] as Bucket,
    dueAtMs: Number(dues[at]),
    attempts: Number(attempts[at]),
    forUserId: agents[at] ? (agents[at] as UserId) : null,
    draw: draws[at] ? Number(draws[at]) : null,
  }));
}
