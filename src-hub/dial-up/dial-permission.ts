// Whether a number may be dialled now for an order (DIAL-10): asked when an order is handed out and again right before dialling.
// Emergency numbers are never blocked, by whatever list or hour.
import type { LeaseId } from '#shared/domain/ids.ts';
import type { MayDial } from '#shared/hub/dial-contract.ts';
import { emergencyNumbers } from '../routing/route-decision.ts';
import type { LeasedOrderStore, OrderToDial } from './leased-order-store.ts';
import type { Placing } from './placing.ts';
import type { QueueBook } from './queue-book.ts';

export class DialPermission {
  readonly #store: LeasedOrderStore;
  readonly #placing: Placing;
  readonly #book: QueueBook;

  constructor(store: LeasedOrderStore, placing: Placing, book: QueueBook) {
    this.#store = store;
    this.#placing = placing;
    this.#book = book;
  }

  /** @param number the one that will be dialled, in E.164; null: the person's first. */
  async ofLease(leaseId: LeaseId, number: string | null, nowMs: number): Promise<MayDial> {
    const order = await this.#store.leased(leaseId);
    return order ? await this.of(order, number, nowMs) : { may: false, reason: 'leaseOver', untilMs: null };
  }

  /** As `ofLease` by each person's first number, for many at once. */
  async ofLeases(leaseIds: readonly LeaseId[], nowMs: number): Promise<Map<LeaseId, MayDial>> {
    const orders = await this.#store.leasedAll(leaseIds);
    const blocked = await this.#store.blocked([...orders.values()].flatMap(({ number }) => number ?? []));
    return new Map(
      leaseIds.map((leaseId) => {
        const order = orders.get(leaseId);
        if (!order) return [leaseId, { may: false, reason: 'leaseOver', untilMs: null }];
        const { number } = order;
        return [leaseId, this.judge(order, number, number !== null && blocked.has(number), nowMs)];
      }),
    );
  }

  async of(order: OrderToDial, number: string | null, nowMs: number): Promise<MayDial> {
    const dialled = number ?? order.number;
    const isBlocked = dialled !== null && (await this.#store.blocked([dialled])).has(dialled);
    return this.judge(order, dialled, isBlocked, nowMs);
  }

  /** @param number null: there is none to dial. @param isBlocked it is on the do-not-call list. */
  judge(
    { projectId, timeZone }: Pick<OrderToDial, 'projectId' | 'timeZone'>,
    number: string | null,
    isBlocked: boolean,
    nowMs: number,
  ): MayDial {
    if (number === null || emergencyNumbers.has(number)) return { may: true, untilMs: null };
    if (isBlocked) return { may: false, reason: 'doNotCall', untilMs: null };
    const zones = this.#placing.clocksFor(number, timeZone, projectId).zones.join(',');
    const { open, untilMs } = this.#book.hoursOf({ projectId, zones }, nowMs);
    return open ? { may: true, untilMs } : { may: false, reason: 'outsideHours', untilMs };
  }
}
