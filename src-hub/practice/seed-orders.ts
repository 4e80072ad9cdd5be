// Puts the sample orders into a practice hub that has none, and opens call mode for its projects. Called by compose.ts once
// people and statuses are there.
import {
  attemptId,
  leaseId,
  orderId,
  orderStatusId,
  type ProjectId,
  type RecordId,
  recordId,
} from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import type { CallMode } from '../call-mode.ts';
import type { StoredOrder } from '../orders/order-rows.ts';
import type { OrdersDatabase } from '../orders/order-store.ts';
import { sampleAccounts, sampleUserId } from './sample-company.ts';
import { type SampleAttempt, type SampleOrder, sampleDialUpSettings, sampleOrders } from './sample-orders.ts';

const minuteMs = 60_000;

type Parts = Pick<CallMode, 'orderStore' | 'settings' | 'statuses' | 'dialUp'>;

/** What there is of the sample company: an earlier version had less of it, and somebody may have taken some away. */
export interface ThereIs {
  project(projectId: ProjectId): boolean;
  record(recordId: RecordId): boolean;
}

/** @param nowMs what the orders' times are counted from. */
export async function seedOrders(callMode: Parts, thereIs: ThereIs, nowMs: number): Promise<void> {
  if ((await callMode.orderStore.counts(null)).length > 0) return;
  for (const [projectId, settings] of sampleDialUpSettings)
    if (thereIs.project(projectId)) await callMode.settings.begin(projectId, settings);
  const possible = sampleOrders.filter(
    ({ projectId, person, statusId }) =>
      thereIs.project(projectId) &&
      thereIs.record(recordIdOf(person)) &&
      callMode.statuses.find(orderStatusId.parse(statusId)),
  );
  await callMode.orderStore.inTransaction(undefined, async (db) => {
    for (const [place, sample] of possible.entries()) await seedOrder(callMode, db, place, sample, nowMs);
  });
}

async function seedOrder(
  { orderStore: store, dialUp }: Parts,
  db: OrdersDatabase,
  place: number,
  sample: SampleOrder,
  nowMs: number,
): Promise<void> {
  const { person, waitsMinutes, attempt, ...content } = sample;
  const sinceMs = nowMs - waitsMinutes * minuteMs;
  const order: StoredOrder = {
    ...content,
    fields: { ...content.fields },
    id: orderId.parse(`practice-order-${place + 1}`),
    recordId: recordIdOf(person),
    statusId: orderStatusId.parse(content.statusId),
    externalId: `NW-${String(10_240 + place)}`,
    timeZone: null,
    version: 1,
    source: 'sample',
    createdAtMs: sinceMs,
    changedAtMs: sinceMs,
    statusSinceMs: sinceMs,
    attempts: attempt ? 1 : 0,
  };
  await store.add(db, order);
  await dialUp.placing.place(db, [order.id], true);
  if (!attempt) return;
  const placed = await store.find(order.id, db);
  if (!placed?.place) return;
  const made = attemptOf(order, placed.place.mode, attempt, nowMs);
  const lease = leaseId.parse(`practice-lease-${place + 1}`);
  const outcomes = { attempts: [{ leaseId: lease, attempt: made }], moved: [], staying: [], out: [] };
  await dialUp.outcomeStore.write(db, outcomes, made.endedAtMs);
  await dialUp.placing.placeAfter(db, order.id, {
    bucket: attempt.button === 'callBack' ? 'callBack' : 'noAnswer',
    dueAtMs: nowMs + attempt.againInMinutes * minuteMs,
    forUserId: attempt.own ? made.userId : null,
  });
}

function recordIdOf(person: string): RecordId {
  return recordId.parse(`practice-${person}`);
}

function attemptOf(
  { id, statusId }: StoredOrder,
  mode: Attempt['mode'],
  { button, username, minutesAgo, againInMinutes, own, note }: SampleAttempt,
  nowMs: number,
): Attempt {
  const endedAtMs = nowMs - minutesAgo * minuteMs;
  const isPlanned = button === 'callBack';
  return {
    ...{ attemptId: attemptId.parse(`${id}-attempt`), orderId: id, statusId, mode, button, note },
    callBack: isPlanned ? { atMs: nowMs + againInMinutes * minuteMs, own } : null,
    ...{ callId: null, startedAtMs: endedAtMs - minuteMs, endedAtMs, effect: 'moved', buttonLabel: '' },
    userId: sampleUserId(username),
    userName: sampleAccounts.find((each) => each.username === username)?.displayName ?? '',
  };
}
