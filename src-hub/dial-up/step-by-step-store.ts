// The next orders on SQLite: what agents hold, their own call backs, and the first of the line for all others, chosen one after
// the other in one transaction, beside which nothing else is written.
import { randomUUID } from 'node:crypto';
import { leaseId, type OrderId, type UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Lease, LeaseStore } from './lease-store.ts';
import { type Candidate, lineFront, turnsOf } from './line-front.ts';
import { ownCallBacks } from './line-store.ts';
import { type Ask, type Given, leaseMs, type NextOrders } from './next-orders.ts';
import type { OpenQueue } from './queue-book.ts';

export class StepByStepStore implements NextOrders {
  readonly takesTwo = false;
  readonly #store: LeaseStore;

  constructor(store: LeaseStore) {
    this.#store = store;
  }

  give(asks: readonly Ask[], queues: readonly OpenQueue[], nowMs: number): Promise<Map<UserId, Given>> {
    return this.#store.inTransaction((db) => this.#give(db, asks, queues, nowMs));
  }

  async #give(
    db: HubDatabase,
    asks: readonly Ask[],
    queues: readonly OpenQueue[],
    nowMs: number,
  ): Promise<Map<UserId, Given>> {
    const agentIds = asks.map(({ userId }) => userId);
    const held = await this.#store.held(db, agentIds);
    const given = new Map<UserId, Given>();
    for (const { userId, settling } of asks) {
      const lease = held.find((each) => each.userId === userId && !settling.includes(each.leaseId));
      if (lease) given.set(userId, { lease, again: true });
    }
    const without = asks.filter(({ userId }) => !given.has(userId));
    const chosen = await choose(db, without, queues, nowMs);
    const leases = [...chosen].map(
      ([{ userId, deviceId }, { place, turn }]): Lease => ({
        leaseId: leaseId.parse(randomUUID()),
        orderId: place.orderId,
        queueId: place.queueId,
        userId,
        deviceId,
        why: turn.why,
        untilMs: nowMs + leaseMs,
      }),
    );
    await this.#store.give(db, leases, nowMs);
    for (const lease of leases) given.set(lease.userId, { lease, again: false });
    return given;
  }
}

/** One for each, in the order of their asking; no order twice. */
async function choose(
  db: HubDatabase,
  asks: readonly Ask[],
  queues: readonly OpenQueue[],
  nowMs: number,
): Promise<Map<Ask, Candidate>> {
  if (asks.length === 0) return new Map();
  const own = await ownCallBacks(
    db,
    asks.map(({ userId }) => userId),
    nowMs,
  );
  const chosen = new Map<Ask, Candidate>();
  for (const ask of asks) {
    const theirs = own.filter(({ forUserId }) => forUserId === ask.userId);
    const [first] = turnsOf(theirs, queues, ask.userId, nowMs);
    if (first) chosen.set(ask, first);
  }
  const others = asks.filter((ask) => !chosen.has(ask));
  if (others.length === 0) return chosen;
  const front = await lineFront(db, queues, others.length, nowMs);
  const taken = new Set<OrderId>([...chosen.values()].map(({ place }) => place.orderId));
  const free = front.filter(({ place }) => !taken.has(place.orderId));
  for (const [at, ask] of others.entries()) {
    const candidate = free[at];
    if (candidate) chosen.set(ask, candidate);
  }
  return chosen;
}
