// An order as its rows hold it, and back. Pure; used by the stores of this folder.
import { z } from 'zod';
import type { OrderId } from '#shared/domain/ids.ts';
import type { Order, OrderContent } from '#shared/domain/order.ts';
import { customFieldKey, customValue } from '#shared/domain/record.ts';
import type { HubTables } from '../database/tables.ts';

export type OrderRow = HubTables['dial_order'];
/** An order without its place in line. */
export type StoredOrder = Omit<Order, 'place'>;
export type PlaceRow = Pick<HubTables['dial_place'], 'order_id' | 'bucket' | 'due_at_ms' | 'for_user_id'> &
  Pick<HubTables['dial_queue'], 'mode'>;

const fields = z.record(customFieldKey, customValue);

export function orderRow(order: StoredOrder): OrderRow {
  return {
    id: order.id,
    external_id: order.externalId,
    record_id: order.recordId,
    project_id: order.projectId,
    status_id: order.statusId,
    goods: order.goods,
    sum_minor: order.sumMinor,
    currency: order.currency,
    delivery: order.delivery,
    fields: JSON.stringify(order.fields),
    time_zone: order.timeZone,
    source: order.source,
    version: order.version,
    created_at_ms: order.createdAtMs,
    changed_at_ms: order.changedAtMs,
    status_since_ms: order.statusSinceMs,
    attempts: order.attempts,
  };
}

export function storedOrderOf(row: OrderRow): StoredOrder {
  return {
    id: row.id,
    recordId: row.record_id,
    projectId: row.project_id,
    statusId: row.status_id,
    externalId: row.external_id,
    goods: row.goods,
    sumMinor: row.sum_minor,
    currency: row.currency,
    delivery: row.delivery,
    fields: row.fields === '{}' ? {} : fields.parse(JSON.parse(row.fields)),
    timeZone: row.time_zone,
    version: row.version,
    source: row.source,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
    statusSinceMs: row.status_since_ms,
    attempts: row.attempts,
  };
}

/** In the order of the rows. */
export function ordersOf(rows: readonly OrderRow[], places: readonly PlaceRow[]): Order[] {
  const placeOf = new Map<OrderId, PlaceRow>(places.map((place) => [place.order_id, place]));
  return rows.map((row) => {
    const place = placeOf.get(row.id);
    return {
      ...storedOrderOf(row),
      place: place
        ? {
            mode: place.mode,
            bucket: place.bucket,
            dueAtMs: place.due_at_ms,
            forUserId: place.for_user_id,
          }
        : null,
    };
  });
}

export function contentOf(order: StoredOrder): OrderContent {
  return {
    recordId: order.recordId,
    projectId: order.projectId,
    statusId: order.statusId,
    externalId: order.externalId,
    goods: order.goods,
    sumMinor: order.sumMinor,
    currency: order.currency,
    delivery: order.delivery,
    fields: order.fields,
    timeZone: order.timeZone,
  };
}
