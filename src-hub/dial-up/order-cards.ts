// Makes what an agent gets of a lease: everything that the card shows and that ends the order without the hub. Agents who are
// served at once are looked up for together.
import type { OrderId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import type { LeasedOrder, OrderButton } from '#shared/hub/dial-contract.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { DialPermission } from './dial-permission.ts';
import type { DialUpRules } from './dial-ports.ts';
import type { Lease } from './lease-store.ts';
import type { LeasedOrderStore } from './leased-order-store.ts';
import { attemptsUsedUp } from './outcome-machine.ts';

export interface OrderCardParts {
  readonly store: LeasedOrderStore;
  readonly attempts: AttemptStore;
  readonly rules: DialUpRules;
  readonly permission: DialPermission;
  ordersOf(ids: readonly OrderId[]): Promise<readonly Order[]>;
}

interface Wanted {
  readonly lease: Lease;
  readonly nowMs: number;
  readonly done: (card: LeasedOrder | null) => void;
  readonly failed: (error: unknown) => void;
}

export class OrderCards {
  readonly #parts: OrderCardParts;
  #wanted: Wanted[] = [];

  constructor(parts: OrderCardParts) {
    this.#parts = parts;
  }

  /** Null where the order was erased meanwhile. */
  make(lease: Lease, nowMs: number): Promise<LeasedOrder | null> {
    return new Promise((done, failed) => {
      this.#wanted.push({ lease, nowMs, done, failed });
      if (this.#wanted.length > 1) return;
      setImmediate(() => {
        const some = this.#wanted;
        this.#wanted = [];
        this.#makeAll(some).catch((error: unknown) => {
          for (const wanted of some) wanted.failed(error);
        });
      });
    });
  }

  async #makeAll(some: readonly Wanted[]): Promise<void> {
    const { store, attempts, ordersOf } = this.#parts;
    const ids = some.map(({ lease }) => lease.orderId);
    const [orders, attemptsOf] = await Promise.all([ordersOf(ids), attempts.ofOrders(ids)]);
    const byId = new Map(orders.map((order) => [order.id, order]));
    const recordIds = orders.map(({ recordId }) => recordId);
    const [records, blocked] = await Promise.all([store.records(recordIds), store.blockedOf(recordIds)]);
    const cards = some.map(({ lease, nowMs }) => {
      const order = byId.get(lease.orderId);
      if (!order) return null;
      const number = records.get(order.recordId)?.numbers[0]?.number ?? null;
      const isBlocked = blocked.has(order.recordId);
      return this.#card(lease, order, {
        record: records.get(order.recordId) ?? null,
        attempts: attemptsOf.get(order.id) ?? [],
        mayDial: this.#parts.permission.judge(order, number, isBlocked, nowMs),
      });
    });
    for (const [place, { done }] of some.entries()) done(cards[place] ?? null);
  }

  #card(
    lease: Lease,
    order: Order,
    known: Pick<LeasedOrder, 'record' | 'attempts' | 'mayDial'>,
  ): LeasedOrder | null {
    const { rules } = this.#parts;
    const status = rules.status(order.statusId);
    const mode = order.place?.mode ?? status?.mode;
    const settings = rules.settingsOf(order.projectId);
    const set = settings.modes.find((each) => each.mode === mode);
    if (!mode || !set) return null;
    const buttons: OrderButton[] = [
      ...set.buttons.flatMap(({ button, shown }) => (shown ? [{ button, label: null }] : [])),
      ...set.extraButtons.map(({ label }, place) => ({
        button: place === 0 ? ('extra1' as const) : ('extra2' as const),
        label,
      })),
    ];
    return {
      leaseId: lease.leaseId,
      leaseUntilMs: lease.untilMs,
      why: lease.why,
      order,
      mode,
      modeName: rules.freeMode(mode)?.name ?? '',
      statusLabel: status?.label ?? '',
      ...known,
      orderFields: [...settings.orderFields],
      buttons,
      delayMinutes: set.delayMinutes,
      lastAttempt: attemptsUsedUp(order.attempts + 1, set),
      standardTimeMinutes: set.standardTimeMinutes,
      dials: settings.dials,
      countdownSeconds: settings.countdownSeconds,
      script: set.script,
    };
  }
}
