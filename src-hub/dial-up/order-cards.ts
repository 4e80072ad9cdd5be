// Makes what an agent gets of a lease: everything that the card shows and that ends the order without the hub. Agents who are
// served at once are looked up for together, where what they get does not come with the lease.
import type { LeasedOrder, MayDial, OrderButton, TheirClocks } from '#shared/hub/dial-contract.ts';
import type { DialPermission } from './dial-permission.ts';
import type { DialUpRules } from './dial-ports.ts';
import type { Lease } from './lease-store.ts';
import type { CardContent, LeasedOrderStore } from './leased-order-store.ts';
import { attemptsUsedUp } from './outcome-machine.ts';
import type { Placing } from './placing.ts';

export interface OrderCardParts {
  readonly store: LeasedOrderStore;
  readonly rules: DialUpRules;
  readonly permission: DialPermission;
  readonly placing: Pick<Placing, 'clocksFor'>;
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
    const known = await this.#parts.store.cards(some.map(({ lease }) => lease.orderId));
    for (const { lease, nowMs, done } of some) {
      const card = known.get(lease.orderId);
      done(card ? this.makeOf(lease, card, nowMs) : null);
    }
  }

  /** Of what is known already. Null where its mode is no more. */
  makeOf(lease: Lease, card: CardContent, nowMs: number): LeasedOrder | null {
    const number = card.record.numbers[0]?.number ?? null;
    return this.#card(lease, card, this.#parts.permission.judge(card.order, number, card.isBlocked, nowMs));
  }

  #clocksOf(
    { timeZone, projectId }: CardContent['order'],
    record: CardContent['record'],
  ): TheirClocks | null {
    const [first] = record.numbers;
    if (!first) return null;
    const { zones, from } = this.#parts.placing.clocksFor(first.number, timeZone, projectId);
    return { zones: [...zones], from };
  }

  #card(lease: Lease, { order, record, attempts }: CardContent, mayDial: MayDial): LeasedOrder | null {
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
      ...{ record, attempts: [...attempts], mayDial, clocks: this.#clocksOf(order, record) },
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
