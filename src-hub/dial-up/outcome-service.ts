// Takes in what became of an order (DIAL-7, DIAL-9), within the transaction of the push that brings it. It is always stored
// as an attempt. It moves the order where nobody else has had it since; otherwise a supervisor decides.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { ModeSettings } from '#shared/domain/dial-up.ts';
import type { AttemptId, LeaseId, ProjectId } from '#shared/domain/ids.ts';
import type { Attempt, Outcome } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { DialUpRules } from './dial-ports.ts';
import { afterOutcome, type OrderAfter } from './outcome-machine.ts';
import type { LineDatabase, MovedOrder, NewAttempt, OrderInHand, OutcomeStore } from './outcome-store.ts';
import type { Placing } from './placing.ts';

export interface OutcomeParts {
  readonly store: OutcomeStore;
  readonly attempts: Pick<AttemptStore, 'find' | 'decide'>;
  readonly placing: Placing;
  readonly rules: DialUpRules;
  readonly clock: HubClock;
  /** These leases are over, and their orders perhaps in line again. */
  ended(leaseIds: readonly LeaseId[]): void;
  /** What is to happen once an outcome counts, written in the same transaction. */
  counted(db: LineDatabase, order: OrderInHand, attempt: Attempt): Promise<void>;
}

/** An outcome as a desktop brings it. */
export interface GivenOutcome {
  readonly user: UserView;
  readonly leaseId: LeaseId;
  readonly outcome: Outcome;
  /** Whether the user belongs to a project; asked only where the order was not theirs. */
  sees(): Promise<(projectId: ProjectId) => boolean>;
}

export class OutcomeService {
  readonly #parts: OutcomeParts;

  constructor(parts: OutcomeParts) {
    this.#parts = parts;
  }

  /**
   * @throws CommandFailed 'noSuchOrder' (erased, or never there), 'notAllowed' (it was not theirs, and is of no project of
   * theirs).
   */
  async apply(db: LineDatabase, given: GivenOutcome): Promise<void> {
    const [refused] = await this.applyAll(db, [given]);
    if (refused) throw refused;
  }

  /**
   * Of several agents at once, each about another order.
   * @returns why one is refused, as `apply` throws it, in the order given; null for each that is applied.
   */
  async applyAll(db: LineDatabase, all: readonly GivenOutcome[]): Promise<(CommandFailed | null)[]> {
    const { store, rules, clock, placing, counted } = this.#parts;
    const orders = await store.ordersInHand(
      db,
      all.map(({ outcome }) => outcome.orderId),
    );
    const nowMs = clock.nowMs();
    const attempts: NewAttempt[] = [];
    const moved: (MovedOrder & { readonly after: OrderAfter; readonly attempt: Attempt })[] = [];
    const refused: (CommandFailed | null)[] = [];
    for (const given of all) {
      const { user, leaseId, outcome } = given;
      const order = orders.get(outcome.orderId);
      const isTheirs = order?.lastLease?.leaseId === leaseId && order.lastLease.userId === user.userId;
      const refusal = isTheirs ? null : await refusalOf(order, given);
      refused.push(refusal);
      if (!order || refusal) continue;
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
      attempts.push({ leaseId, attempt });
      if (after) moved.push({ order, after, attempt });
    }
    const { staying, out } = await placing.afterOutcomes(db, moved);
    await store.write(db, { attempts, moved, staying, out }, nowMs);
    for (const { order, attempt } of moved) await counted(db, order, attempt);
    return refused;
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
  async decide(db: LineDatabase, attemptId: AttemptId, apply: boolean): Promise<ProjectId> {
    const { store, attempts, rules, clock, placing } = this.#parts;
    const found = await attempts.find(db, attemptId);
    const id = found?.attempt.orderId;
    const order = id ? (await store.ordersInHand(db, [id])).get(id) : null;
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
    if (!(await attempts.decide(db, attemptId, effect, after?.statusId ?? order.statusId))) {
      throw new CommandFailed('decidedAlready', 'Somebody has decided this meanwhile. Nothing was changed.');
    }
    if (after) {
      await store.write(db, { attempts: [], moved: [{ order, after }], staying: [], out: [] }, nowMs);
      await placing.placeAfter(db, order.id, after.place);
      await this.#parts.counted(db, order, { ...attempt, effect, statusId: after.statusId });
    }
    return order.projectId;
  }
}

async function refusalOf(
  order: OrderInHand | undefined,
  { sees }: GivenOutcome,
): Promise<CommandFailed | null> {
  if (!order) return new CommandFailed('noSuchOrder', 'This order is no longer there. Nothing was changed.');
  if ((await sees())(order.projectId)) return null;
  return new CommandFailed('notAllowed', 'You do not belong to this project. Nothing was changed.');
}

function modeOf(rules: DialUpRules, projectId: ProjectId, mode: Outcome['mode']): ModeSettings {
  const found = rules.settingsOf(projectId).modes.find((each) => each.mode === mode);
  if (!found) throw new Error(`No settings of mode ${mode}`);
  return found;
}

/**
 * As the agent read it: by the time that it arrives, the button may be called otherwise, or be gone.
 * @returns '' for a button with a usual word, which each reads in their language.
 */
function labelOf({ extraButtons }: ModeSettings, { button, buttonLabel }: Outcome): string {
  if (button === 'extra1') return buttonLabel ?? extraButtons[0]?.label ?? '';
  if (button === 'extra2') return buttonLabel ?? extraButtons[1]?.label ?? '';
  return '';
}
