// Hands out orders, each to one agent (DIAL-1, DIAL-7). Agents who ask while a transaction is under way are served together
// by the next one: a hundred who ask at once cost the disk a few commits and not a hundred. Where many wait, a second one runs
// beside it, on PostgreSQL; what the first is giving away, it passes over.
import { randomUUID } from 'node:crypto';
import { type LeaseId, leaseId, type OrderId, type ProjectId, type UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { Lease, LeaseStore } from './lease-store.ts';
import { type Candidate, lineFront, turnsOf } from './line-front.ts';
import { nextDueMs, ownCallBacks, type PlaceInQueue } from './line-store.ts';
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
/** So many wait while one transaction is under way that a second one begins. */
const worthASecond = 8;
/**
 * What another hub is giving away at the moment is passed over; who got nothing looks again, each time further down the line:
 * as many more as all others together may be giving away.
 */
const lookFurther = [8, 120, 600];

export class HandOut {
  readonly #store: LeaseStore;
  readonly #book: QueueBook;
  readonly #clock: HubClock;
  readonly #db: HubDatabase;
  #waiting: Waiting[] = [];
  readonly #most: number;
  #running = 0;
  /** Whom a transaction is serving: of one agent, never two at once. */
  readonly #served = new Set<UserId>();

  constructor(db: HubDatabase, store: LeaseStore, book: QueueBook, clock: HubClock) {
    this.#db = db;
    this.#most = onPostgres(db) ? 2 : 1;
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
      if (this.#running === 0 || this.#waiting.length >= worthASecond) this.#serve();
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
    if (this.#running === this.#most) return;
    this.#running += 1;
    const next = (): void => {
      const some = this.#nextToServe();
      if (some.length === 0) {
        this.#running -= 1;
        return;
      }
      this.#serveSome(some)
        .catch((error: unknown) => {
          for (const { failed } of some) failed(error);
        })
        .finally(() => {
          for (const { ask } of some) this.#served.delete(ask.userId);
          next();
        });
    };
    // Whoever asks in the same turn of the event loop is served with them.
    setImmediate(next);
  }

  #nextToServe(): Waiting[] {
    const free = this.#waiting.filter(({ ask }) => !this.#served.has(ask.userId)).slice(0, atOnce);
    const some = new Set(free);
    this.#waiting = this.#waiting.filter((waiting) => !some.has(waiting));
    for (const { ask } of free) this.#served.add(ask.userId);
    return free;
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
    for (const [round, further] of lookFurther.entries()) {
      if (without.length === 0) break;
      const chosen =
        round > 0 || areAlike(without, own, passed)
          ? await this.#lockFirst(db, without, passed, further, nowMs)
          : await this.#lockChosen(db, await this.#choose(db, without, own, passed, nowMs), passed);
      if (!chosen) break;
      const given = [...chosen].flatMap(([waiting, { place, turn }]) => {
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

  /**
   * Where all may work the same queues and none has a call back of their own, as is usual, or where somebody else was faster:
   * the first of the line that nobody else is giving away, so that two hubs that ask at once do not ask again and again.
   * @returns null where there is nothing.
   */
  async #lockFirst(
    db: HubDatabase,
    without: readonly Waiting[],
    passed: Set<OrderId>,
    further: number,
    nowMs: number,
  ): Promise<Map<Waiting, Candidate> | null> {
    const chosen = new Map<Waiting, Candidate>();
    let found = false;
    for (const alike of Map.groupBy(without, ({ queues }) => keyOf(queues)).values()) {
      const own = await this.#lockFirstOf(db, alike, passed, further, nowMs);
      found ||= own !== null;
      for (const [waiting, candidate] of own ?? []) chosen.set(waiting, candidate);
    }
    return found ? chosen : null;
  }

  /** As `#lockFirst`, of those who may work the same queues. */
  async #lockFirstOf(
    db: HubDatabase,
    without: readonly Waiting[],
    passed: Set<OrderId>,
    further: number,
    nowMs: number,
  ): Promise<Map<Waiting, Candidate> | null> {
    const wanted = 2 * without.length + further + passed.size;
    const front = await lineFront(db, without[0]?.queues ?? [], wanted, nowMs);
    const free = new Map(
      front.flatMap((one) => (passed.has(one.place.orderId) ? [] : [[one.place.orderId, one]])),
    );
    if (free.size === 0) return null;
    const places = [...free.values()].map(({ place }) => place);
    const locked = await this.#store.lockFirst(db, places, without.length);
    if (locked.length < without.length) for (const orderId of free.keys()) passed.add(orderId);
    const chosen = new Map<Waiting, Candidate>();
    for (const [at, orderId] of locked.entries()) {
      const [waiting, candidate] = [without[at], free.get(orderId)];
      if (waiting && candidate) chosen.set(waiting, candidate);
      passed.add(orderId);
    }
    return chosen;
  }

  /** @returns those that nobody else is giving away; null where none was chosen. */
  async #lockChosen(
    db: HubDatabase,
    chosen: ReadonlyMap<Waiting, Candidate>,
    passed: Set<OrderId>,
  ): Promise<Map<Waiting, Candidate> | null> {
    if (chosen.size === 0) return null;
    const places = [...chosen.values()].map(({ place }) => place);
    const locked = await this.#store.lock(db, places);
    for (const { orderId } of places) passed.add(orderId);
    return new Map([...chosen].filter(([, { place }]) => locked.has(place.orderId)));
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
      const key = keyOf(queues);
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

function areAlike(
  without: readonly Waiting[],
  own: readonly PlaceInQueue[],
  passed: ReadonlySet<OrderId>,
): boolean {
  if (own.some(({ orderId }) => !passed.has(orderId))) return false;
  return new Set(without.map(({ queues }) => keyOf(queues))).size === 1;
}

function keyOf(queues: readonly OpenQueue[]): string {
  return queues.map(({ id }) => id).join(' ');
}
