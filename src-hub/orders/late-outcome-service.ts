// Outcomes that came when somebody else had the order already (DIAL-7): shown to supervisors beside what has become of the
// order since, and decided by them. What an outcome does is src-hub/dial-up's.
import type { LateOutcome } from '#shared/admin/dial-up-contract.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { Actor, AuditedChange } from '../audit/audit-store.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { AttemptStore } from '../dial-up/attempt-store.ts';
import type { OutcomeService } from '../dial-up/outcome-service.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import type { LineStore } from './line-store.ts';
import { noSuchOrder } from './order-refusals.ts';
import { orderName } from './order-service.ts';
import type { OrderStore } from './order-store.ts';

export interface LateOutcomeServiceParts {
  readonly attempts: Pick<AttemptStore, 'late' | 'ofOrders' | 'find'>;
  readonly outcomes: Pick<OutcomeService, 'decide'>;
  readonly orders: OrderStore;
  readonly line: Pick<LineStore, 'listed'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
}

export class LateOutcomeService {
  readonly #parts: LateOutcomeServiceParts;

  constructor(parts: LateOutcomeServiceParts) {
    this.#parts = parts;
  }

  /** Of the projects within the scope, the last first, at most five hundred. */
  async list(scope: Scope): Promise<LateOutcome[]> {
    const { attempts, line } = this.#parts;
    const late = await attempts.late();
    const ids = [...new Set(late.map(({ orderId }) => orderId))];
    const [listed, all] = await Promise.all([line.listed(ids), attempts.ofOrders(ids)]);
    return late.flatMap((attempt) => {
      const found = listed.get(attempt.orderId);
      if (!found || !seesProject(scope, found.order.projectId)) return [];
      const { order, name } = found;
      const since = all
        .get(order.id)
        ?.find(({ attemptId, effect }) => attemptId !== attempt.attemptId && effect !== 'conflict');
      return {
        attempt,
        orderId: order.id,
        name,
        projectId: order.projectId,
        statusId: order.statusId,
        since: since ?? null,
      };
    });
  }

  /** @throws CommandFailed 'noSuchOrder' (also outside of the scope), 'decidedAlready', 'orderHeld' */
  async decide(actor: Actor, attemptId: AttemptId, apply: boolean, scope: Scope): Promise<void> {
    const { attempts, outcomes, orders, clock, changes } = this.#parts;
    await orders.inTransaction(undefined, async (db) => {
      const attempt = (await attempts.find(db, attemptId))?.attempt;
      const order = attempt ? await orders.find(attempt.orderId, db) : null;
      if (!attempt || !order || !seesProject(scope, order.projectId)) throw noSuchOrder();
      const projectId = await outcomes.decide(db, attemptId, apply);
      const change: AuditedChange = {
        actor,
        action: 'order.decideLate',
        subject: { kind: 'order', id: order.id, name: orderName(order) },
        projectId,
        before: { outcome: attempt.button, effect: 'conflict' },
        after: { outcome: attempt.button, effect: apply ? 'conflictApplied' : 'conflictDismissed' },
      };
      await appendAudit(db, change, clock.nowMs());
    });
    changes.tell('orders');
  }
}
