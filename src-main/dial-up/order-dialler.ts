// Dials the order on the desk: which number, whether it may be, and the call that comes of it. Called by dial-up-desk.ts, for
// a key and for the countdown.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { askMayDial } from './dial-permission.ts';
import type { Worked } from './dial-up-machine.ts';
import type { DialUpParts, DialUpState } from './dial-up-ports.ts';
import { mayNotDial, notNow } from './dial-up-refusals.ts';
import { nameOf, numberOf } from './dial-up-view.ts';

const longestName = 10_000;

type OrderDiallerParts = Pick<DialUpParts, 'desk' | 'ofOrders' | 'numbers' | 'hub' | 'clock' | 'log'>;

export class OrderDialler {
  readonly #parts: OrderDiallerParts;
  readonly #state: DialUpState;
  #dialling = false;

  constructor(parts: OrderDiallerParts, state: DialUpState) {
    this.#parts = parts;
    this.#state = state;
  }

  /** Between the wish to dial and the call. */
  get dialling(): boolean {
    return this.#dialling;
  }

  /**
   * @param number another one of the record's; null: as it stands
   * @throws CommandFailed as `CallDesk.dial`, and 'notNow', 'noNumber', 'outsideHours', 'doNotCall', 'leaseOver'
   */
  async dial(order: Worked, number: string | null): Promise<void> {
    const wanted = numberToDial(order, number);
    if (this.#dialling) throw notNow('It is being dialled.');
    if (order.dialsAtMs !== null) this.#state.feed({ type: 'stopCountdown' });
    this.#dialling = true;
    try {
      await this.#requirePermission(order, wanted);
      const callId = this.#call(order, wanted);
      // The call before was not the last word: it is logged as it is, and the note is the order's.
      if (order.callId !== null) this.#parts.ofOrders.end(order.callId);
      this.#state.feed({ type: 'dialled', callId, number: wanted });
    } finally {
      this.#dialling = false;
    }
  }

  async #requirePermission(order: Worked, number: string): Promise<void> {
    const mayDial = await askMayDial(order, this.#parts.numbers.comparable(number), this.#parts);
    const { leaseId } = order.leased;
    const now = this.#state.now();
    if (now.order?.leased.leaseId !== leaseId) throw notNow('The order is no longer on your desk.');
    if (mayDial.may) return;
    if (mayDial.reason !== 'leaseOver' || now.online)
      this.#state.feed({ type: 'permissionChanged', leaseId, mayDial });
    throw mayNotDial(mayDial);
  }

  #call(order: Worked, number: string) {
    const { record, order: content } = order.leased;
    return this.#parts.desk.dial(number, {
      orderId: content.id,
      projectId: content.projectId,
      party: record && {
        name: nameOf(order).slice(0, longestName) || null,
        recordId: record.id,
        recordKind: record.kind,
      },
    });
  }
}

function numberToDial(order: Worked, number: string | null): string {
  const known = order.leased.record?.numbers.map((each) => each.number) ?? [];
  const wanted = number !== null && known.includes(number) ? number : numberOf(order);
  if (wanted !== null) return wanted;
  throw new CommandFailed(
    'noNumber',
    'This person has no number. Nothing was dialled; end the order, or add a number to the record first.',
  );
}
