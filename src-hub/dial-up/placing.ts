// Puts orders into line, and takes them out: by their status, their person's number and its zones, the do-not-call list. Whoever
// changes any of these calls it within the same transaction.
import type { OrderId, ProjectId } from '#shared/domain/ids.ts';
import type { TheirClocks } from '#shared/hub/dial-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { type DialUpRules, doNotCall, noNumber } from './dial-ports.ts';
import { drawOf } from './draw.ts';
import { zonesOfNumber } from './number-zones.ts';
import { entering, type OrderAfter, type PlaceAfter } from './outcome-machine.ts';
import type { OrderInHand } from './outcome-store.ts';
import type { OrderToPlace, PlacedOrder, PlacingStore } from './placing-store.ts';
import type { QueueBook } from './queue-book.ts';
import type { Queue } from './queue-store.ts';

/** One that stands in no line yet, with the number that is dialled. */
export type NewOrder = Omit<OrderToPlace, 'attempts' | 'doNotCall' | 'place'>;

/** An order in line, and where its outcome moves it. */
/** By whose clocks the calling hours count, and what told so. */
export interface Clocks {
  readonly zones: readonly string[];
  readonly from: TheirClocks['from'];
}

export interface EndedOrder {
  readonly order: Pick<OrderInHand, 'id' | 'projectId' | 'lastLease'>;
  readonly after: OrderAfter;
}

export class Placing {
  readonly #store: PlacingStore;
  readonly #book: QueueBook;
  readonly #rules: DialUpRules;
  /** Those that orders were placed by. */
  readonly #zones = new Map<ProjectId, string>();

  constructor(store: PlacingStore, book: QueueBook, rules: DialUpRules) {
    this.#store = store;
    this.#book = book;
    this.#rules = rules;
  }

  /**
   * By what their orders, persons and lists say now. One that is in line in this mode already keeps its bucket and its
   * turn.
   * @param entered they came into their status just now: each stands there as unprocessed.
   */
  async place(db: HubDatabase, ids: readonly OrderId[], entered = false): Promise<void> {
    await this.#placeAll(db, await this.#store.read(db, ids), entered);
  }

  /** As `place` for orders that this transaction has just made, of which nothing need be read. */
  async placeNew(db: HubDatabase, orders: readonly NewOrder[]): Promise<void> {
    const blocked = await this.#store.blocked(
      db,
      orders.flatMap(({ number }) => number ?? []),
    );
    const all = orders.map((order) => ({
      ...order,
      attempts: 0,
      place: null,
      doNotCall: order.number !== null && blocked.has(order.number),
    }));
    await this.#placeAll(db, all, true, true);
  }

  /** @param areNew none of them stands anywhere. */
  async #placeAll(
    db: HubDatabase,
    orders: readonly OrderToPlace[],
    entered: boolean,
    areNew = false,
  ): Promise<void> {
    const placed: PlacedOrder[] = [];
    const out: OrderId[] = [];
    const made = new Map<string, Queue>();
    for (const order of orders) {
      const status = this.#rules.status(order.statusId);
      const usual = entering(status, order.statusSinceMs);
      if (usual === null) out.push(order.id);
      else placed.push(await this.#placed(db, order, entered ? usual : (order.place ?? usual), made));
    }
    if (areNew) {
      await this.#store.add(db, placed);
      return;
    }
    await this.#store.write(db, placed);
    await this.#store.remove(db, out);
  }

  /** One order, in line or not, where it shall stand. @param place null: out of line. */
  async placeAfter(db: HubDatabase, id: OrderId, place: PlaceAfter | null): Promise<void> {
    const [order] = place ? await this.#store.read(db, [id]) : [];
    if (order && place && entering(this.#rules.status(order.statusId), 0)) {
      await this.#store.write(db, [await this.#placed(db, order, place)]);
    } else {
      await this.#store.remove(db, [id]);
    }
  }

  /**
   * Where orders that are in line go by their outcomes. Their zones are those of the queues that they stand in: whoever
   * changes a number or a list has placed them anew.
   * @returns what is to be written, in the same transaction.
   */
  async afterOutcomes(
    db: HubDatabase,
    moved: readonly EndedOrder[],
  ): Promise<{ staying: PlacedOrder[]; out: OrderId[] }> {
    const staying: PlacedOrder[] = [];
    const out: OrderId[] = [];
    const made = new Map<string, Queue>();
    for (const { order, after } of moved) {
      const { id, projectId, lastLease } = order;
      const mode =
        entering(this.#rules.status(after.statusId), 0) && this.#rules.status(after.statusId)?.mode;
      const queue = after.place && mode && lastLease ? await this.#queueOf(lastLease.queueId) : null;
      if (!after.place || !mode || !queue) out.push(id);
      else {
        const wanted = { projectId, mode, zones: queue.zones };
        staying.push(await this.#inQueue(db, wanted, { id, attempts: after.attempts }, after.place, made));
      }
    }
    return { staying, out };
  }

  /** Another hub may have made it since queues were read. */
  async #queueOf(id: number): Promise<Queue> {
    if (!this.#book.find(id)) await this.#book.load();
    const queue = this.#book.find(id);
    if (!queue) throw new Error(`There is no queue ${id}`);
    return queue;
  }

  /** Orders of persons who have one of these numbers: the do-not-call list has changed, or the numbers have. */
  async placeNumbers(db: HubDatabase, numbers: readonly string[]): Promise<OrderId[]> {
    const ids = await this.#store.ofNumbers(db, numbers);
    await this.place(db, ids);
    return ids;
  }

  /** All that a project has in line, a page to a transaction: its own zone has changed, which counts where no other is known. */
  async placeProject(
    inTransaction: <T>(work: (db: HubDatabase) => Promise<T>) => Promise<T>,
    projectId: ProjectId,
  ): Promise<void> {
    let after: OrderId | null = null;
    do {
      after = await inTransaction(async (db) => {
        const ids: OrderId[] = await this.#store.inLineOf(db, projectId, after);
        await this.place(db, ids);
        return ids.at(-1) ?? null;
      });
    } while (after !== null);
  }

  /** At the start: what is in line was placed by the zone that it has. */
  rememberZone(projectId: ProjectId): void {
    this.#zoneOf(projectId);
  }

  /** Its zone is no longer the one that orders were placed by. Asked again, it is taken for known. */
  hasOtherZone(projectId: ProjectId): boolean {
    const before = this.#zones.get(projectId);
    return before !== undefined && before !== this.#zoneOf(projectId);
  }

  #zoneOf(projectId: ProjectId): string {
    const zone = this.#rules.timeZoneOf(projectId);
    this.#zones.set(projectId, zone);
    return zone;
  }

  async #placed(
    db: HubDatabase,
    order: OrderToPlace,
    place: PlaceAfter,
    made = new Map<string, Queue>(),
  ): Promise<PlacedOrder> {
    const mode = this.#rules.status(order.statusId)?.mode;
    if (!mode) throw new Error('An order in no mode has no place in line');
    const wanted = { projectId: order.projectId, mode, zones: this.#zonesOf(order) };
    return await this.#inQueue(db, wanted, order, place, made);
  }

  /** @param made queues that this transaction has asked for already: a new one is in memory only after its commit. */
  async #inQueue(
    db: HubDatabase,
    wanted: Omit<Queue, 'id'>,
    order: Pick<OrderToPlace, 'id' | 'attempts'>,
    place: PlaceAfter,
    made: Map<string, Queue>,
  ): Promise<PlacedOrder> {
    const { mode } = wanted;
    const key = `${wanted.projectId} ${mode} ${wanted.zones}`;
    const queue = made.get(key) ?? (await this.#book.queueFor(db, wanted));
    made.set(key, queue);
    const free = this.#rules.freeMode(mode);
    return {
      orderId: order.id,
      queueId: queue.id,
      attempts: order.attempts,
      draw: free?.handsOut === 'atRandom' ? drawOf(free.seed, order.id) : null,
      place,
    };
  }

  #zonesOf({ projectId, timeZone, number, doNotCall: blocked }: OrderToPlace): string {
    if (number === null) return noNumber;
    if (blocked) return doNotCall;
    return this.clocksFor(number, timeZone, projectId).zones.join(',');
  }

  /** DIAL-10: the order's own, else the number's, else the project's. */
  clocksFor(number: string, timeZone: string | null, projectId: ProjectId): Clocks {
    if (timeZone !== null) return { zones: [timeZone], from: 'order' };
    const zones = zonesOfNumber(number);
    return zones.length > 0
      ? { zones, from: 'number' }
      : { zones: [this.#zoneOf(projectId)], from: 'project' };
  }
}
