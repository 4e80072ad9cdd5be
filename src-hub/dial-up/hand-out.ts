// Hands out orders, each to one agent (DIAL-1, DIAL-7). Agents who ask while a transaction is under way are served together
// by the next one: a hundred who ask at once cost the disk a few commits and not a hundred, and none overtakes another.
import { randomUUID } from 'node:crypto';
import { type LeaseId, leaseId, type OrderId, type ProjectId, type UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import type { Lease, LeaseStore } from './lease-store.ts';
import { type Candidate, lineFront, turnsOf } from './line-front.ts';
import { nextDueMs, ownCallBacks } from './line-store.ts';
import type { OpenQueue, QueueBook } from './queue-book.ts';

export interface Ask {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly openProjects: readonly ProjectId[];
  /** Leases of theirs whose outcome is on its way. */
  readonly settling: readonly LeaseId[];
}

export interface Handed {
  readonly lease: Lease | null;
  /** They held it already. */
  readonly again: boolean;
  /** Where there is no lease: when there may be one, as far as anyone knows. */
  readonly nextAtMs: number | null;
}

interface Given {
  readonly lease: Lease;
  readonly again: boolean;
}

interface Waiting {
  readonly ask: Ask;
  readonly queues: readonly OpenQueue[];
  readonly done: (given: Given | null) => void;
  readonly failed: (error: unknown) => void;
}

export const leaseMs = 90_000;
/** More would make the first of them wait for the last. */
const atOnce = 40;
/** What another hub held at the moment is passed over; who got nothing looks again. */
const rounds = 3;

export class HandOut {
  readonly #store: LeaseStore;
  readonly #book: QueueBook;
  readonly #clock: HubClock;
  readonly #db: HubDatabase;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(db: HubDatabase, store: LeaseStore, book: QueueBook, clock: HubClock) {
    this.#db = db;
    this.#store = store;
    this.#book = book;
    this.#clock = clock;
  }

  /** The one that the agent holds already, or the next. */
  async take(ask: Ask): Promise<Handed> {
    const nowMs = this.#clock.nowMs();
    await this.#book.loadMade(Date.now());
    const own = this.#queuesOf(ask);
    const queues = own.flatMap((queue) => this.#book.openTo(queue, ask.userId, nowMs) ?? []);
    const given = await new Promise<Given | null>((done, failed) => {
      this.#waiting.push({ ask, queues, done, failed });
      if (!this.#running) this.#serve();
    });
    if (given) return { ...given, nextAtMs: null };
    return { lease: null, again: false, nextAtMs: await this.#nextAtMs(ask, own, nowMs) };
  }

  #queuesOf({ userId, openProjects }: Ask) {
    return [...this.#book.all()].filter(
      (queue) => openProjects.includes(queue.projectId) && this.#book.isWorkedBy(queue, userId),
    );
  }

  #serve(): void {
    this.#running = true;
    const next = (): void => {
      const some = this.#waiting.splice(0, atOnce);
      if (some.length === 0) {
        this.#running = false;
        return;
      }
      this.#serveSome(some).then(next, (error: unknown) => {
        for (const { failed } of some) failed(error);
        next();
      });
    };
    // Whoever asks in the same turn of the event loop is served with them.
    setImmediate(next);
  }

  async #serveSome(some: readonly Waiting[]): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const leases = await this.#store.inTransaction((db) => this.#lease(db, some, nowMs));
    for (const waiting of some) waiting.done(leases.get(waiting) ?? null);
  }

  async #lease(db: HubDatabase, some: readonly Waiting[], nowMs: number): Promise<Map<Waiting, Given>> {
    const leases = new Map<Waiting, Given>();
    const held = await this.#store.held(db, [...new Set(some.map(({ ask }) => ask.userId))]);
    const own = await ownCallBacks(db, [...new Set(some.map(({ ask }) => ask.userId))], nowMs);
    let without: Waiting[] = [];
    // Somebody who asks twice at once gets the same order twice.
    const asked = new Map<UserId, Waiting>();
    const twice: Waiting[] = [];
    for (const waiting of some) {
      const { ask } = waiting;
      const has = held.find((lease) => lease.userId === ask.userId && !ask.settling.includes(lease.leaseId));
      if (has) leases.set(waiting, { lease: has, again: true });
      else if (asked.has(ask.userId)) twice.push(waiting);
      else {
        asked.set(ask.userId, waiting);
        without.push(waiting);
      }
    }
    const passed = new Set<OrderId>();
    for (let round = 0; round < rounds && without.length > 0; round += 1) {
      const chosen = await this.#choose(db, without, own, passed, nowMs);
      if (chosen.size === 0) break;
      const locked = await this.#store.lock(
        db,
        [...chosen.values()].map(({ place }) => place),
      );
      const given = [...chosen].flatMap(([waiting, { place, turn }]) => {
        passed.add(place.orderId);
        if (!locked.has(place.orderId)) return [];
        const { userId, deviceId } = waiting.ask;
        const lease: Lease = {
          leaseId: leaseId.parse(randomUUID()),
          orderId: place.orderId,
          queueId: place.queueId,
          userId,
          deviceId,
          why: turn.why,
          untilMs: nowMs + leaseMs,
        };
        leases.set(waiting, { lease, again: false });
        return [lease];
      });
      await this.#store.give(db, given, nowMs);
      without = without.filter((waiting) => !leases.has(waiting));
    }
    for (const waiting of twice) {
      const first = asked.get(waiting.ask.userId);
      const given = first && leases.get(first);
      if (given) leases.set(waiting, given);
    }
    return leases;
  }

  /** One for each, in the order of their asking; no order twice. */
  async #choose(
    db: HubDatabase,
    without: readonly Waiting[],
    own: Awaited<ReturnType<typeof ownCallBacks>>,
    passed: ReadonlySet<OrderId>,
    nowMs: number,
  ): Promise<Map<Waiting, Candidate>> {
    const chosen = new Map<Waiting, Candidate>();
    const taken = new Set<OrderId>(passed);
    const fronts = new Map<string, Candidate[]>();
    const front = async (queues: readonly OpenQueue[]): Promise<Candidate[]> => {
      const key = queues.map(({ id }) => id).join(' ');
      const found = fronts.get(key) ?? (await lineFront(db, queues, without.length + passed.size, nowMs));
      fronts.set(key, found);
      return found;
    };
    for (const waiting of without) {
      const { ask, queues } = waiting;
      const ofOwn = turnsOf(
        own.filter(({ forUserId }) => forUserId === ask.userId),
        queues,
        ask.userId,
        nowMs,
      ).find(({ place }) => !taken.has(place.orderId));
      const candidate = ofOwn ?? (await front(queues)).find(({ place }) => !taken.has(place.orderId));
      if (!candidate) continue;
      taken.add(candidate.place.orderId);
      chosen.set(waiting, candidate);
    }
    return chosen;
  }

  async #nextAtMs(
    { userId }: Ask,
    queues: readonly { id: number; projectId: ProjectId; zones: string }[],
    nowMs: number,
  ): Promise<number | null> {
    const hours = queues.map((queue) => ({ queue, ...this.#book.hoursOf(queue, nowMs) }));
    const opens = hours.flatMap(({ open, untilMs }) => (open || untilMs === null ? [] : [untilMs]));
    const openIds = hours.filter(({ open }) => open).map(({ queue }) => queue.id);
    const due = await nextDueMs(this.#db, openIds, userId, nowMs);
    const times = [...opens, ...(due === null ? [] : [due])];
    return times.length > 0 ? Math.min(...times) : null;
  }
}
