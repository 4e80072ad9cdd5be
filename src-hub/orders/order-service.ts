// Everything that is done to orders outside of an agent's outcome: made, changed, moved in bulk, by the admin window, REST,
// imports and automations alike; each in one transaction with its place in line and its entry in the audit log.
import { randomUUID } from 'node:crypto';
import {
  type OrderId,
  type OrderStatusId,
  orderId,
  type ProjectId,
  type RecordId,
} from '#shared/domain/ids.ts';
import type { Attempt, Order, OrderContent, OrderSource } from '#shared/domain/order.ts';
import { type CustomValue, recordName } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type Actor, type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { AttemptStore } from '../dial-up/attempt-store.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import { noSuchRecord } from '../records/record-refusals.ts';
import { withoutNul } from '../records/record-rows.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import { requireGoodFields, requireTimeZone } from './order-fields.ts';
import {
  asRefusals,
  changedMeanwhile,
  externalIdTaken,
  noSuchOrder,
  noSuchStatus,
} from './order-refusals.ts';
import { contentOf, type StoredOrder } from './order-rows.ts';
import type { OrderStatusService } from './order-status-service.ts';
import type { OrderStore, OrdersDatabase } from './order-store.ts';
import type { Placing } from './placing-port.ts';

export interface OrderServiceParts {
  readonly store: OrderStore;
  readonly attempts: Pick<AttemptStore, 'ofOrders'>;
  readonly records: Pick<RecordStore, 'find'>;
  readonly statuses: Pick<OrderStatusService, 'find'>;
  readonly settings: Pick<DialUpSettingsService, 'settingsOf'>;
  readonly placing: Pick<Placing, 'place'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  isProject(projectId: ProjectId): boolean;
}

export interface OrderOptions {
  /** A transaction to work in; whoever gives one tells of the change after its commit. */
  readonly within?: OrdersDatabase;
  /** What the asker may see; a record outside of it is none. All where it is left out. */
  readonly scope?: Scope;
}

/** What is left out stays as it is; a field that is null is taken away, those that are not named stay. */
export type OrderChanges = Partial<Omit<OrderContent, 'fields'>> & {
  readonly fields?: Readonly<Record<string, CustomValue | null>>;
};

const ordersOfRecord = 50;
const movedAtOnce = 1_000;

export class OrderService {
  readonly #parts: OrderServiceParts;

  constructor(parts: OrderServiceParts) {
    this.#parts = parts;
  }

  /** @param scope what the asker may see. @throws CommandFailed 'noSuchOrder' */
  async get(id: OrderId, scope: Scope = 'all'): Promise<Order> {
    const order = await this.#parts.store.find(id);
    if (!order || !seesProject(scope, order.projectId)) throw noSuchOrder();
    return order;
  }

  /** Newest first, at most fifty. */
  async attemptsOf(id: OrderId): Promise<Attempt[]> {
    return (await this.#parts.attempts.ofOrders([id])).get(id) ?? [];
  }

  /** Whom it is for. */
  async personOf({ recordId }: Order): Promise<{ name: string; numbers: string[] }> {
    const record = await this.#parts.records.find(recordId);
    if (!record) throw noSuchOrder();
    return { name: recordName(record), numbers: record.numbers.map(({ number }) => number) };
  }

  /** How many stand in each status, in line or not. */
  async counts(scope: Scope): Promise<{ statusId: OrderStatusId; orders: number }[]> {
    return await this.#parts.store.counts(scope === 'all' ? null : [...scope.projectIds]);
  }

  /** The last changed first, at most fifty. @param projectIds of these only. */
  async ofRecord(
    recordId: RecordId,
    projectIds: readonly ProjectId[],
  ): Promise<{ order: Order; attempts: Attempt[] }[]> {
    const orders = await this.#parts.store.ofRecord(recordId, projectIds, ordersOfRecord);
    const attempts = await this.#parts.attempts.ofOrders(orders.map(({ id }) => id));
    return orders.map((order) => ({ order, attempts: attempts.get(order.id) ?? [] }));
  }

  /**
   * @throws CommandFailed 'noSuchProject', 'noSuchRecord', 'noSuchStatus', 'externalIdTaken', 'noSuchField',
   * 'fieldMalformed', 'timeZoneUnknown'
   */
  async create(
    actor: Actor,
    source: OrderSource,
    content: OrderContent,
    options: OrderOptions = {},
  ): Promise<Order> {
    const { store, clock } = this.#parts;
    this.#require(content, null);
    const nowMs = clock.nowMs();
    const order: StoredOrder = {
      ...withoutNul(content),
      ...{ id: orderId.parse(randomUUID()), version: 1, source, attempts: 0 },
      ...{ createdAtMs: nowMs, changedAtMs: nowMs, statusSinceMs: nowMs },
    };
    const made = await asRefusals(() =>
      store.inTransaction(options.within, async (db) => {
        await this.#requireThere(db, order, null, options.scope);
        await store.add(db, order);
        await this.#parts.placing.place(db, [order.id], true);
        await appendAudit(db, this.#entry(actor, 'order.add', null, order), nowMs);
        return await store.find(order.id, db);
      }),
    );
    if (!made) throw noSuchOrder();
    if (!options.within) this.#parts.changes.tell('orders');
    return made;
  }

  /**
   * Another status, or the same one anew, has it wait there from now on.
   * @param seenVersion another version than this is refused; null: the last writer wins.
   * @throws CommandFailed 'noSuchOrder', 'changedMeanwhile', and as `create`
   */
  async change(
    actor: Actor,
    id: OrderId,
    seenVersion: number | null,
    given: OrderChanges,
    options: OrderOptions = {},
  ): Promise<Order> {
    const { store, clock, placing } = this.#parts;
    const changed = await asRefusals(() =>
      store.inTransaction(options.within, async (db) => {
        const before = await store.findToChange(id, db);
        if (!before) throw noSuchOrder();
        if (seenVersion !== null && seenVersion !== before.version) throw changedMeanwhile();
        const content = withoutNul(overlaid(contentOf(before), given));
        this.#require(content, before);
        const after = laidOver(before, content, clock.nowMs());
        if (after === before) return before;
        await this.#requireThere(db, after, before, options.scope);
        await store.replace(db, after);
        await placing.place(db, [id], after.statusId !== before.statusId);
        await appendAudit(db, this.#entry(actor, 'order.change', before, after), after.changedAtMs);
        return await store.find(id, db);
      }),
    );
    if (!changed) throw noSuchOrder();
    if (!options.within) this.#parts.changes.tell('orders');
    return changed;
  }

  /**
   * Makes it, or changes the one that has this external id already; the last writer wins.
   * @throws CommandFailed as `create`; @param whole refuses where it must be made and something is missing.
   */
  async put(
    actor: Actor,
    source: OrderSource,
    externalId: string,
    given: OrderChanges,
    whole: (given: OrderChanges) => OrderContent,
  ): Promise<{ order: Order; made: boolean }> {
    const mostAttempts = 5;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const id = await this.#parts.store.idOfExternal(externalId);
        if (id !== null) return { order: await this.change(actor, id, null, given), made: false };
        return { order: await this.create(actor, source, { ...whole(given), externalId }), made: true };
      } catch (error) {
        // Somebody made or erased it in the same moment.
        const reason = error instanceof CommandFailed ? error.reason : '';
        const again = reason === 'externalIdTaken' || reason === 'noSuchOrder';
        if (!again || attempt === mostAttempts) throw error;
      }
    }
  }

  /**
   * In bulk into another status, a thousand in one transaction. What an agent holds stays where it is, and is counted.
   * @param scope what the asker may see; others are passed over.
   * @throws CommandFailed 'noSuchStatus'
   */
  async move(
    actor: Actor,
    ids: readonly OrderId[],
    statusId: OrderStatusId,
    scope: Scope = 'all',
  ): Promise<{ moved: number; held: number }> {
    const { store, statuses, changes } = this.#parts;
    const status = statuses.find(statusId);
    if (!status) throw noSuchStatus();
    const result = { moved: 0, held: 0 };
    const sorted = [...new Set(ids)].sort();
    for (let from = 0; from < sorted.length; from += movedAtOnce) {
      const part = sorted.slice(from, from + movedAtOnce);
      const { moved, held } = await asRefusals(() =>
        store.inTransaction(undefined, (db) => this.#movePart(db, actor, part, status, scope)),
      );
      result.moved += moved;
      result.held += held;
      if (moved > 0) changes.tell('orders');
    }
    return result;
  }

  async #movePart(
    db: OrdersDatabase,
    actor: Actor,
    ids: readonly OrderId[],
    status: { readonly id: OrderStatusId; readonly label: string },
    scope: Scope,
  ): Promise<{ moved: number; held: number }> {
    const { store, clock, placing } = this.#parts;
    const rows = (await store.lock(db, ids)).filter(({ project_id }) => seesProject(scope, project_id));
    const others = rows.filter(({ status_id }) => status_id !== status.id);
    const held = await store.held(
      db,
      others.map(({ id }) => id),
    );
    const moving = others.filter(({ id }) => !held.has(id));
    const nowMs = clock.nowMs();
    const movingIds = moving.map(({ id }) => id);
    await store.setStatus(db, movingIds, status.id, nowMs);
    await placing.place(db, movingIds, true);
    for (const [projectId, own] of Map.groupBy(moving, ({ project_id }) => project_id)) {
      const counts = Map.groupBy(own, ({ status_id }) => this.#label(status_id));
      await appendAudit(
        db,
        {
          actor,
          action: 'order.move',
          subject: { kind: 'orders', id: status.id, name: status.label },
          projectId,
          before: { orders: Object.fromEntries([...counts].map(([label, some]) => [label, some.length])) },
          after: { orders: { [status.label]: own.length } },
        },
        nowMs,
      );
    }
    return { moved: moving.length, held: held.size };
  }

  /** What stays as it was is not looked at: a project may have been removed since. */
  #require(content: OrderContent, before: OrderContent | null): void {
    const { statuses, settings, isProject } = this.#parts;
    if (content.projectId !== before?.projectId && !isProject(content.projectId)) {
      throw new CommandFailed('noSuchProject', 'There is no such project. Nothing was changed.');
    }
    if (content.statusId !== before?.statusId && !statuses.find(content.statusId)) throw noSuchStatus();
    if (content.timeZone !== before?.timeZone) requireTimeZone(content.timeZone);
    const { orderFields } = settings.settingsOf(content.projectId);
    requireGoodFields(orderFields, content.fields, before?.fields ?? {});
  }

  async #requireThere(
    db: OrdersDatabase,
    order: StoredOrder,
    before: StoredOrder | null,
    scope: Scope = 'all',
  ): Promise<void> {
    const { records, store } = this.#parts;
    if (order.recordId !== before?.recordId) {
      const record = await records.find(order.recordId, db);
      if (!record || (record.projectId !== null && !seesProject(scope, record.projectId)))
        throw noSuchRecord();
    }
    if (order.externalId === null || order.externalId === before?.externalId) return;
    const holder = await store.idOfExternal(order.externalId, db);
    if (holder !== null && holder !== order.id) throw externalIdTaken();
  }

  #label(id: OrderStatusId): string {
    return this.#parts.statuses.find(id)?.label ?? id;
  }

  /** Goods, delivery and fields may name people: the log says that they were changed, and not into what. */
  #entry(actor: Actor, action: string, before: StoredOrder | null, after: StoredOrder): AuditedChange {
    const told = ({ statusId, projectId, sumMinor, currency, timeZone }: StoredOrder) => ({
      ...{ status: this.#label(statusId), projectId, sumMinor, currency, timeZone },
    });
    const hidden = (['goods', 'delivery', 'fields', 'recordId', 'externalId'] as const).filter(
      (field) => before !== null && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    return {
      actor,
      action,
      subject: { kind: 'order', id: after.id, name: orderName(after) },
      projectId: after.projectId,
      before: before === null ? {} : { ...told(before), changed: [] },
      after: before === null ? told(after) : { ...told(after), changed: hidden },
    };
  }
}

/** The same object where nothing differs. */
function laidOver(before: Order, content: OrderContent, nowMs: number): StoredOrder {
  if (JSON.stringify(contentOf(before)) === JSON.stringify(content)) return before;
  const { place: _place, ...stored } = before;
  const isMoved = content.statusId !== before.statusId;
  return {
    ...stored,
    ...content,
    version: before.version + 1,
    changedAtMs: nowMs,
    statusSinceMs: isMoved ? nowMs : before.statusSinceMs,
    attempts: isMoved ? 0 : before.attempts,
  };
}

/** For the audit log, which names nobody: enough to find it by. */
export function orderName({ id }: Pick<Order, 'id'>): string {
  return `Order ${id.slice(0, 8)}`;
}

function overlaid(content: OrderContent, { fields, ...given }: OrderChanges): OrderContent {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const all = Object.entries({ ...content.fields, ...fields });
  return {
    ...content,
    ...Object.fromEntries(named),
    fields: Object.fromEntries(all.filter((each): each is [string, CustomValue] => each[1] !== null)),
  };
}
