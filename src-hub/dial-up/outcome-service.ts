// Takes in what became of an order (DIAL-7, DIAL-9), within the transaction of the push that brings it. It is always stored
// as an attempt. It moves the order where nobody else has had it since; otherwise a supervisor decides.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { ModeSettings } from '#shared/domain/dial-up.ts';
import type { AttemptId, LeaseId, ProjectId } from '#shared/domain/ids.ts';
import type { Attempt, Outcome } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import type { AttemptStore, OrderInHand } from './attempt-store.ts';
import type { DialUpRules } from './dial-ports.ts';
import { afterOutcome } from './outcome-machine.ts';
import type { Placing } from './placing.ts';

export interface OutcomeParts {
  readonly store: AttemptStore;
  readonly placing: Placing;
  readonly rules: DialUpRules;
  readonly clock: HubClock;
  /** These leases are over, and their orders perhaps in line again. */
  ended(leaseIds: readonly LeaseId[]): void;
  /** What is to happen once an outcome counts, written in the same transaction. */
  counted(db: HubDatabase, order: OrderInHand, attempt: Attempt): Promise<void>;
}

export class OutcomeService {
  readonly #parts: OutcomeParts;

  constructor(parts: OutcomeParts) {
    this.#parts = parts;
  }

  /**
   * @param sees whether the user belongs to a project.
   * @throws CommandFailed 'noSuchOrder' (erased, or never there), 'notAllowed' (it was not theirs, and is of no project of
   * theirs).
   */
  async apply(
    db: HubDatabase,
    user: UserView,
    leaseId: LeaseId,
    outcome: Outcome,
    sees: (projectId: ProjectId) => boolean,
  ): Promise<void> {
    const { store, rules, clock } = this.#parts;
    const order = await store.orderInHand(db, outcome.orderId);
    if (!order) throw new CommandFailed('noSuchOrder', 'This order is no longer there. Nothing was changed.');
    const isTheirs = order.lastLease?.leaseId === leaseId && order.lastLease.userId === user.userId;
    if (!isTheirs && !sees(order.projectId)) {
      throw new CommandFailed('notAllowed', 'You do not belong to this project. Nothing was changed.');
    }
    const nowMs = clock.nowMs();
    const settings = modeOf(rules, order.projectId, outcome.mode);
    const after = isTheirs
      ? afterOutcome(order, outcome, settings, (id) => rules.status(id), user.userId, nowMs)
      : null;
    const attempt: Attempt = {
      ...outcome,
      userId: user.userId,
      userName: user.displayName,
      buttonLabel: labelOf(settings, outcome),
      effect: after ? 'moved' : 'conflict',
      statusId: after?.statusId ?? order.statusId,
    };
    await store.add(db, leaseId, attempt, nowMs);
    if (after) {
      await store.moveOrder(db, order, after, nowMs);
      await store.endLease(db, order.id);
      await this.#parts.placing.placeAfter(db, order.id, after.place);
      await this.#parts.counted(db, order, attempt);
    }
  }

  /** What was applied is in the database. */
  committed(leaseIds: readonly LeaseId[]): void {
    this.#parts.ended(leaseIds);
  }

  /**
   * A supervisor's word on an outcome that came late.
   * @returns the project that it is about.
   * @throws CommandFailed 'noSuchOrder', 'decidedAlready', 'orderHeld' (an agent has it at this moment)
   */
  async decide(db: HubDatabase, attemptId: AttemptId, apply: boolean): Promise<ProjectId> {
    const { store, rules, clock, placing } = this.#parts;
    const found = await store.find(db, attemptId);
    const order = found ? await store.orderInHand(db, found.attempt.orderId) : null;
    if (!found || !order) throw new CommandFailed('noSuchOrder', 'This order is no longer there.');
    const { attempt } = found;
    const settings = modeOf(rules, order.projectId, attempt.mode);
    const nowMs = clock.nowMs();
    const after = apply
      ? afterOutcome(order, attempt, settings, (id) => rules.status(id), attempt.userId, nowMs)
      : null;
    if (after && order.lastLease?.held) {
      throw new CommandFailed(
        'orderHeld',
        'An agent has this order now. Nothing was changed; decide when it is ended.',
      );
    }
    const effect = apply ? 'conflictApplied' : 'conflictDismissed';
    if (!(await store.decide(db, attemptId, effect, after?.statusId ?? order.statusId))) {
      throw new CommandFailed('decidedAlready', 'Somebody has decided this meanwhile. Nothing was changed.');
    }
    if (after) {
      await store.moveOrder(db, order, after, nowMs);
      await placing.placeAfter(db, order.id, after.place);
      await this.#parts.counted(db, order, { ...attempt, effect, statusId: after.statusId });
    }
    return order.projectId;
  }
}

function modeOf(rules: DialUpRules, projectId: ProjectId, mode: Outcome['mode']): ModeSettings {
  const found = rules.settingsOf(projectId).modes.find((each) => each.mode === mode);
  if (!found) throw new Error(`No settings of mode ${mode}`);
  return found;
}

/** '' for a button with a usual word, which each reads in their language. */
function labelOf({ extraButtons }: ModeSettings, { button }: Outcome): string {
  if (button === 'extra1') return extraButtons[0]?.label ?? '';
  if (button === 'extra2') return extraButtons[1]?.label ?? '';
  return '';
}
