// Hands out orders, each to one agent (DIAL-1, DIAL-7). Agents who ask while a transaction is under way are served together
// by the next one: a hundred who ask at once cost the disk a few commits and not a hundred. Where many wait, a second one runs
// beside it, on PostgreSQL; what the first is giving away, it passes over.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import type { Lease } from './lease-store.ts';
import type { CardContent } from './leased-order-store.ts';
import { nextDueMs } from './line-store.ts';
import type { Ask, Given, NextOrders } from './next-orders.ts';
import type { OpenQueue, QueueBook } from './queue-book.ts';

export interface AgentAsk extends Ask {
  readonly openProjects: readonly ProjectId[];
}

export interface Handed {
  readonly lease: Lease | null;
  /** See Given. */
  readonly again: boolean;
  readonly card?: CardContent | null;
  /** Where there is no lease: when there may be one, as far as anyone knows. */
  readonly nextAtMs: number | null;
}

interface Waiting {
  readonly ask: AgentAsk;
  readonly queues: readonly OpenQueue[];
  readonly done: (given: Given | null) => void;
  readonly failed: (error: unknown) => void;
}

/** More would make the first of them wait for the last; but SQLite serves nobody meanwhile, and each commit waits for the disk. */
const atOnce = { besideOthers: 40, alone: 100 };
/** So many wait while one transaction is under way that a second one begins. */
const worthASecond = 8;
export class HandOut {
  readonly #orders: NextOrders;
  readonly #book: QueueBook;
  readonly #clock: HubClock;
  readonly #db: HubDatabase;
  #waiting: Waiting[] = [];
  readonly #most: number;
  #running = 0;
  /** Whom a transaction is serving: of one agent, never two at once. */
  readonly #served = new Set<UserId>();

  constructor(db: HubDatabase, orders: NextOrders, book: QueueBook, clock: HubClock) {
    this.#db = db;
    this.#most = orders.takesTwo ? 2 : 1;
    this.#orders = orders;
    this.#book = book;
    this.#clock = clock;
  }

  /** The one that the agent holds already, or the next. */
  async take(ask: AgentAsk): Promise<Handed> {
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

  #queuesOf({ userId, openProjects }: AgentAsk) {
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
    const free = this.#waiting
      .filter(({ ask }) => !this.#served.has(ask.userId))
      .slice(0, this.#most > 1 ? atOnce.besideOthers : atOnce.alone);
    const some = new Set(free);
    this.#waiting = this.#waiting.filter((waiting) => !some.has(waiting));
    for (const { ask } of free) this.#served.add(ask.userId);
    return free;
  }

  /** Those who may work the same queues are served together; somebody who asks twice at once gets the same order twice. */
  async #serveSome(some: readonly Waiting[]): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (const alike of Map.groupBy(some, ({ queues }) => keyOf(queues)).values()) {
      const byAgent = new Map(alike.map((waiting) => [waiting.ask.userId, waiting.ask]));
      const given = await this.#orders.give([...byAgent.values()], alike[0]?.queues ?? [], nowMs);
      for (const { ask, done } of alike) done(given.get(ask.userId) ?? null);
    }
  }

  async #nextAtMs(
    { userId }: AgentAsk,
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

function keyOf(queues: readonly OpenQueue[]): string {
  return queues.map(({ id }) => id).join(' ');
}
