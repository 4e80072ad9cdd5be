// The statuses that orders stand in (DIAL-4): in memory for whoever hands out, shows or writes an order; set in the admin
// window. What a changed mode or tick moves is put into line, or taken out of it, by placing-anew.ts.
import { randomUUID } from 'node:crypto';
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import { usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { type OrderStatusId, orderStatusId, type ProjectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { changedMeanwhile } from '../projects/project-refusals.ts';
import type { LedTo } from './dial-up-settings-store.ts';
import { unlessOrdersStandIn } from './order-refusals.ts';
import type { OrderStatusList, OrderStatusStore } from './order-status-store.ts';
import type { PlacingAnew } from './placing-anew.ts';

export interface OrderStatusServiceParts {
  readonly store: OrderStatusStore;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  readonly placingAnew: Pick<PlacingAnew, 'remember' | 'go'>;
  nameOfProject(projectId: ProjectId): string;
}

type EditedStatus = Omit<OrderStatus, 'id'> & { readonly id: OrderStatusId | null };

export class OrderStatusService {
  readonly #parts: OrderStatusServiceParts;
  readonly #turns = new InTurn<'statuses'>();
  #list: OrderStatusList = { version: 0, statuses: [] };
  #byId = new Map<OrderStatusId, OrderStatus>();

  constructor(parts: OrderStatusServiceParts) {
    this.#parts = parts;
  }

  /** A hub that never had any begins with the usual ones. Also reads anew what another hub has changed. */
  async load(): Promise<void> {
    const { store } = this.#parts;
    let list = await store.all();
    if (list.version === 0) {
      await store.begin(usualOrderStatuses);
      list = await store.all();
    }
    this.#took(list);
  }

  /** In their order. */
  all(): readonly OrderStatus[] {
    return this.#list.statuses;
  }

  find(id: OrderStatusId): OrderStatus | null {
    return this.#byId.get(id) ?? null;
  }

  list(): { version: number; statuses: OrderStatus[] } {
    return { version: this.#list.version, statuses: [...this.#list.statuses] };
  }

  /** @throws CommandFailed as 'admin.orderStatuses.set' */
  set(
    actor: Actor,
    seenVersion: number,
    wanted: readonly EditedStatus[],
  ): Promise<{
    version: number;
    statuses: OrderStatus[];
  }> {
    return this.#turns.run('statuses', async () => {
      const { store, clock, changes, placingAnew } = this.#parts;
      const before = this.#list;
      if (before.version !== seenVersion) throw changedMeanwhile('the statuses');
      requireGoodStatuses(before.statuses, wanted);
      const statuses = wanted.map(({ id, ...rest }) => ({
        ...rest,
        id: id ?? orderStatusId.parse(randomUUID()),
      }));
      const next = { version: before.version + 1, statuses };
      const gone = before.statuses.filter(({ id }) => !statuses.some((each) => each.id === id));
      const moved = statuses.filter((now) => {
        const was = before.statuses.find(({ id }) => id === now.id);
        return was && (was.mode !== now.mode || was.addToDialUp !== now.addToDialUp);
      });
      const change = {
        actor,
        action: 'orderStatuses.change',
        subject: { kind: 'orderStatuses', id: 'orderStatuses', name: 'Order statuses' },
        before: { statuses: before.statuses.map(forAudit) },
        after: { statuses: statuses.map(forAudit) },
      };
      const movedIds = moved.map(({ id }) => id);
      const goneIds = gone.map(({ id }) => id);
      const outcome = await unlessOrdersStandIn(gone, () =>
        store.replace(next, goneIds, change, clock.nowMs(), (db) =>
          placingAnew.remember(db, { statusIds: movedIds }),
        ),
      );
      if (outcome === 'changed') throw changedMeanwhile('the statuses');
      if (outcome !== 'done') throw this.#buttonLeadsThere(outcome);
      this.#took(next);
      changes.tell('orderStatuses');
      if (movedIds.length > 0) await placingAnew.go();
      return this.list();
    });
  }

  #buttonLeadsThere({ statusId, projectId }: LedTo): CommandFailed {
    return new CommandFailed(
      'buttonLeadsThere',
      `A button of ${this.#parts.nameOfProject(projectId)} leads to ${this.find(statusId)?.label ?? 'it'}. ` +
        'Nothing was changed. Have the button lead elsewhere first.',
    );
  }

  #took(list: OrderStatusList): void {
    this.#list = list;
    this.#byId = new Map(list.statuses.map((status) => [status.id, status]));
  }
}

function requireGoodStatuses(before: readonly OrderStatus[], wanted: readonly EditedStatus[]): void {
  const labels = wanted.map(({ label }) => label.toLowerCase());
  if (new Set(labels).size < labels.length) {
    throw new CommandFailed('labelTaken', 'Two statuses have the same name. Nothing was changed.');
  }
  const known = new Set(before.map(({ id }) => id));
  const ids = wanted.flatMap(({ id }) => id ?? []);
  if (!ids.every((id) => known.has(id)) || new Set(ids).size < ids.length) {
    throw changedMeanwhile('the statuses');
  }
}

function forAudit({ label, color, mode, addToDialUp }: OrderStatus): Omit<OrderStatus, 'id'> {
  return { label, color, mode, addToDialUp };
}
