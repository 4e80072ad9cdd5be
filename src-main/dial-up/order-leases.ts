// What is asked of the hub about orders: the next one, more time for the one on the desk, and to have one back. What comes
// of it the machine decides. Called by dial-up-desk.ts.
import type { LeaseId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { heldForMs } from './dial-up-machine.ts';
import type { DialUpParts, DialUpState } from './dial-up-ports.ts';
import type { UnsentOutcomes } from './unsent-outcomes.ts';

/** As many leases as the hub takes in one question. */
const mostLeases = 20;

type OrderLeasesParts = Pick<DialUpParts, 'hub' | 'clock' | 'log'>;

export class OrderLeases {
  readonly #parts: OrderLeasesParts;
  readonly #state: DialUpState;
  readonly #unsent: UnsentOutcomes;

  constructor(parts: OrderLeasesParts, state: DialUpState, unsent: UnsentOutcomes) {
    this.#parts = parts;
    this.#state = state;
    this.#unsent = unsent;
  }

  /**
   * Asks for the next order.
   * @param asked the question's number, by which the machine knows its answer
   * @returns false where none is handed out in any mode of this agent's
   */
  async take(asked: number): Promise<boolean> {
    const { hub, log } = this.#parts;
    const settling = this.#unsent.leaseIds(mostLeases);
    try {
      const { order, nextAtMs } = await hub.call('dial.take', { settling });
      const meant = this.#state.feed({ type: 'taken', asked, order, nextAtMs });
      if (!meant && order && !this.#isHeld(order.leaseId)) void this.giveBack(order.leaseId);
      return true;
    } catch (error) {
      if (!(error instanceof CommandFailed)) log.error('dial-up: an order could not be asked for', { error });
      this.#state.feed({ type: 'notTaken', asked });
      return !(error instanceof CommandFailed && error.reason === 'modesClosed');
    }
  }

  async giveBack(leaseId: LeaseId): Promise<void> {
    try {
      await this.#parts.hub.call('dial.giveBack', { leaseId });
    } catch (error) {
      // Its lease ends by itself, and the order is in line again.
      this.#parts.log.warn('dial-up: an order was not given back', { error });
    }
  }

  /** Of the order on the desk, and of those whose outcome is on its way: they are nobody else's either. */
  async prolong(): Promise<void> {
    const { hub, clock } = this.#parts;
    const onDesk = this.#state.now().order?.leased.leaseId;
    const settling = this.#unsent.leaseIds(mostLeases - 1);
    const leaseIds = [...(onDesk === undefined ? [] : [onDesk]), ...settling];
    if (leaseIds.length === 0 || !hub.online()) return;
    const askedAtMs = clock.nowMs();
    try {
      const { leases } = await hub.call('dial.prolong', { leaseIds });
      if (onDesk === undefined) return;
      const held = leases.some(({ leaseId }) => leaseId === onDesk);
      this.#state.feed({ type: 'prolonged', leaseId: onDesk, held, heldUntilMs: askedAtMs + heldForMs });
    } catch (error) {
      // Asked again as long as the order is here.
      if (!(error instanceof CommandFailed)) throw error;
    }
  }

  #isHeld(leaseId: LeaseId): boolean {
    const { order, ended } = this.#state.now();
    return order?.leased.leaseId === leaseId || ended?.worked.leased.leaseId === leaseId;
  }
}
