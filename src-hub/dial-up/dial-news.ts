// Tells agents who asked and got nothing that there may be something now, holders that their order may be dialled no more,
// or again, and everybody that the modes are others. Signs come from this hub and, over NOTIFY, from others on the same database; many signs make one telling.
import type { UserId } from '#shared/domain/ids.ts';
import type { MayDial } from '#shared/hub/dial-contract.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { DialPermission } from './dial-permission.ts';
import type { Holdings } from './holdings.ts';
import type { QueueBook } from './queue-book.ts';

export interface DialNewsParts {
  readonly live: LiveConnections;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly book: QueueBook;
  readonly holdings: Holdings;
  readonly permission: DialPermission;
}

const gatherMs = 100;

export class DialNews {
  readonly #parts: DialNewsParts;
  readonly #waiting = new WeakSet<HubConnection>();
  #callOff: (() => void) | null = null;
  #telling: Promise<void> = Promise.resolve();
  /** What is to be told may be about orders that are held. */
  #holdersToo = false;
  /** Which modes are open may be others: whoever holds an order, or has paused, hears of it too. */
  #everybody = false;
  #closed = false;

  constructor(parts: DialNewsParts) {
    this.#parts = parts;
  }

  /** It got nothing, and waits to be told. */
  waits(connection: HubConnection): void {
    this.#waiting.add(connection);
  }

  /** They have got an order after all. */
  got(connection: HubConnection): void {
    this.#waiting.delete(connection);
  }

  /** Something of the line, its settings or the lists has changed. */
  readonly sign = (): void => {
    this.#holdersToo = true;
    this.backInLine();
  };

  /** Settings have changed. */
  readonly modesChanged = (): void => {
    this.#everybody = true;
    this.sign();
  };

  /** Orders are in line again: nothing to those who hold others. */
  readonly backInLine = (): void => {
    if (this.#closed || this.#callOff) return;
    this.#callOff = this.#parts.clock.after(gatherMs, () => {
      this.#callOff = null;
      this.#telling = this.#telling
        .then(() => this.#tell())
        .catch((error: unknown) => this.#parts.log.warn('call mode: news could not be told', { error }));
    });
  };

  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#telling;
  }

  async #tell(): Promise<void> {
    const { live, book, holdings, permission, clock } = this.#parts;
    const [holdersToo, everybody] = [this.#holdersToo, this.#everybody];
    this.#holdersToo = false;
    this.#everybody = false;
    // A queue that this hub made is read at the next taking; of another hub's it hears by a sign.
    if (holdersToo) await book.load();
    for (const connection of live.all()) {
      const waited = this.#waiting.delete(connection);
      if (waited || (everybody && connection.signedIn)) connection.tell('dial.changed', null);
    }
    if (!holdersToo) return;
    const held = holdings.all();
    const may = await permission.ofLeases(
      held.map(({ lease }) => lease.leaseId),
      clock.nowMs(),
    );
    for (const { lease, told } of held) {
      const now = may.get(lease.leaseId);
      // Ended meanwhile, by its holder.
      if (!now || !holdings.find(lease.leaseId)) continue;
      if (told === null || !isSame(now, told)) this.#tellHolder(lease.userId, lease, now);
    }
  }

  #tellHolder(userId: UserId, lease: Parameters<Holdings['add']>[0], mayDial: MayDial): void {
    const { holdings, live } = this.#parts;
    if (!mayDial.may && mayDial.reason === 'leaseOver') holdings.remove(lease.leaseId);
    else holdings.add(lease, mayDial);
    live.tellUser(userId, 'dial.orderChanged', {
      leaseId: lease.leaseId,
      orderId: lease.orderId,
      mayDial,
    });
  }
}

function isSame(one: MayDial, other: MayDial): boolean {
  return one.may === other.may && (one.may || other.may || one.reason === other.reason);
}
