// What an agent's desktop may ask of call mode: the next order, more time, to give one back, whether to dial (DIAL-1, DIAL-7,
// DIAL-10). Outcomes come with what else the desktop pushes: outcome-service.ts.

import type { WorkableMode } from '#shared/domain/dial-up.ts';
import { dialMode } from '#shared/domain/dial-up.ts';
import type { LeaseId, ProjectId, UserId } from '#shared/domain/ids.ts';
import type { DialDay, LeasedOrder, MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { DialPermission } from './dial-permission.ts';
import type { DialUpRules } from './dial-ports.ts';
import type { AgentAsk, HandOut } from './hand-out.ts';
import type { Holdings } from './holdings.ts';
import type { LeaseStore } from './lease-store.ts';
import { leaseMs } from './next-orders.ts';
import type { OrderCards } from './order-cards.ts';
import type { Placing } from './placing.ts';
import type { QueueBook } from './queue-book.ts';

export interface DialServiceParts {
  readonly handOut: HandOut;
  readonly leases: LeaseStore;
  readonly cards: OrderCards;
  readonly permission: DialPermission;
  readonly holdings: Holdings;
  readonly attempts: AttemptStore;
  readonly placing: Placing;
  readonly book: QueueBook;
  readonly rules: DialUpRules;
  readonly clock: HubClock;
  /** An order is on an agent's desk. */
  handedOut(): void;
  /** An order is in line again. */
  backInLine(): void;
}

/** An order that cannot be had after all (erased in the same moment) is passed over; more than a few never come together. */
const tries = 5;

export class DialService {
  readonly #parts: DialServiceParts;

  constructor(parts: DialServiceParts) {
    this.#parts = parts;
  }

  /** @throws CommandFailed 'modesClosed' */
  async take(ask: AgentAsk): Promise<{ order: LeasedOrder | null; nextAtMs: number | null }> {
    const { handOut, leases, cards, holdings, clock } = this.#parts;
    if (this.modesOf(ask.userId, ask.openProjects).length === 0) {
      throw new CommandFailed(
        'modesClosed',
        'There is no call mode for you in the projects that you have open.',
      );
    }
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const { lease, again, card, nextAtMs } = await handOut.take(ask);
      if (!lease) return { order: null, nextAtMs };
      const nowMs = clock.nowMs();
      const order =
        card === undefined ? await cards.make(lease, nowMs) : card && cards.makeOf(lease, card, nowMs);
      // Hours have ended, or the list has grown, since the order was put into line: such a one is not handed out.
      if (order && (order.mayDial.may || again)) {
        holdings.add(lease, order.mayDial);
        if (!again) this.#parts.handedOut();
        return { order, nextAtMs: null };
      }
      await leases.inTransaction((db) => this.#parts.placing.place(db, [lease.orderId]));
      await leases.giveBack(ask.userId, lease.leaseId);
    }
    return { order: null, nextAtMs: null };
  }

  async prolong(userId: UserId, leaseIds: readonly LeaseId[]) {
    const { leases, holdings, clock } = this.#parts;
    const leaseUntilMs = clock.nowMs() + leaseMs;
    const held = await leases.prolong(userId, leaseIds, leaseUntilMs);
    for (const leaseId of held) holdings.prolonged(leaseId, leaseUntilMs);
    for (const leaseId of leaseIds) if (!held.includes(leaseId)) holdings.remove(leaseId);
    return { leases: held.map((leaseId) => ({ leaseId, leaseUntilMs })) };
  }

  async giveBack(userId: UserId, leaseId: LeaseId): Promise<void> {
    const { leases, holdings, backInLine } = this.#parts;
    const held = await leases.giveBack(userId, leaseId);
    holdings.remove(leaseId);
    if (held) backInLine();
  }

  mayDial(leaseId: LeaseId, number: string): Promise<MayDial> {
    return this.#parts.permission.ofLease(leaseId, number, this.#parts.clock.nowMs());
  }

  async day(userId: UserId, sinceMs: number): Promise<DialDay> {
    const rows = await this.#parts.attempts.day(userId, sinceMs);
    return {
      byButton: rows.map(({ button, label, count }) => ({ button, label, count })),
      attempts: rows.reduce((sum, { count }) => sum + count, 0),
      workedMs: rows.reduce((sum, { workedMs }) => sum + workedMs, 0),
    };
  }

  /** What an agent may work, in the order of their projects and of the modes. */
  modesOf(userId: UserId, projectIds: readonly ProjectId[]): WorkableMode[] {
    const { book, rules } = this.#parts;
    return projectIds.flatMap((projectId) =>
      dialMode.options.flatMap((mode) =>
        book.isWorkedBy({ projectId, mode }, userId)
          ? [{ projectId, mode, name: rules.freeMode(mode)?.name ?? '' }]
          : [],
      ),
    );
  }

  /** Leases whose time is over end, and their orders are in line again, unharmed. */
  async endOverdue(): Promise<void> {
    const { leases, holdings, clock, backInLine } = this.#parts;
    const ended = await leases.endOverdue(clock.nowMs());
    for (const { leaseId } of ended) holdings.remove(leaseId);
    if (ended.length > 0) backInLine();
  }

  /** For routing (DIAL-7): whether an inbound call must not be offered because of an order that is held. */
  keepsFromCalls(userId: UserId): boolean {
    const { holdings, book, rules, clock } = this.#parts;
    const nowMs = clock.nowMs();
    return holdings.ofUser(userId).some(({ queueId, untilMs }) => {
      const queue = untilMs < nowMs ? null : book.find(queueId);
      return queue !== null && !rules.settingsOf(queue.projectId).inboundWhileHolding;
    });
  }
}
