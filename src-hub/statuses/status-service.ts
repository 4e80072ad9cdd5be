// The statuses that supervisors add to the usual ones (CALL-19), such as "Training". In memory for whoever sets one;
// presence is told which of them nobody can be in any more.
import { randomUUID } from 'node:crypto';
import { type StatusId, statusId } from '#shared/domain/ids.ts';
import type { ChoosableStatus, StatusLabel } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import type { StatusList, StatusStore } from './status-store.ts';

export interface StatusServiceParts {
  readonly store: StatusStore;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
}

type EditedStatus = Omit<StatusLabel, 'id'> & { readonly id: StatusId | null };

export class StatusService {
  readonly #parts: StatusServiceParts;
  readonly #turns = new InTurn<'statuses'>();
  readonly #goneListeners = new Set<(gone: ReadonlySet<StatusId>) => Promise<void>>();
  #list: StatusList = { version: 0, statuses: [] };

  constructor(parts: StatusServiceParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    this.#list = await this.#parts.store.all();
  }

  /** Another hub on the same database has changed them. */
  async changedElsewhere(): Promise<void> {
    const before = this.#list;
    await this.load();
    await this.#tellGone(before);
  }

  list(): { version: number; statuses: StatusLabel[] } {
    return { version: this.#list.version, statuses: [...this.#list.statuses] };
  }

  /** Whether this is a status to choose, and acts as the one that is meant. */
  actsAs(id: StatusId, status: ChoosableStatus): boolean {
    return this.#list.statuses.some((each) => each.id === id && each.actsAs === status);
  }

  /** Told of those taken away, or acting otherwise from now on, before the change is said to be done. */
  onGone(listener: (gone: ReadonlySet<StatusId>) => Promise<void>): void {
    this.#goneListeners.add(listener);
  }

  /** @throws CommandFailed as 'admin.statuses.set' */
  set(
    actor: Actor,
    seenVersion: number,
    wanted: readonly EditedStatus[],
  ): Promise<{
    version: number;
    statuses: StatusLabel[];
  }> {
    return this.#turns.run('statuses', async () => {
      const { store, clock, changes } = this.#parts;
      const before = this.#list;
      if (before.version !== seenVersion) throw changedMeanwhile();
      const labels = wanted.map(({ label }) => label.toLowerCase());
      if (new Set(labels).size < labels.length) {
        throw new CommandFailed('labelTaken', 'Two statuses have the same name. Nothing was changed.');
      }
      const known = new Set(before.statuses.map(({ id }) => id));
      const ids = wanted.flatMap(({ id }) => id ?? []);
      if (!ids.every((id) => known.has(id)) || new Set(ids).size < ids.length) throw changedMeanwhile();
      const statuses = wanted.map(({ id, label, actsAs, color }) => ({
        id: id ?? statusId.parse(randomUUID()),
        label,
        actsAs,
        color,
      }));
      const next = { version: before.version + 1, statuses };
      const change = {
        actor,
        action: 'statuses.change',
        subject: { kind: 'statuses', id: 'statuses', name: 'Statuses' },
        before: { statuses: before.statuses.map(forAudit) },
        after: { statuses: statuses.map(forAudit) },
      };
      if (!(await store.replace(next, change, clock.nowMs()))) throw changedMeanwhile();
      this.#list = next;
      await this.#tellGone(before);
      changes.tell('statuses');
      return this.list();
    });
  }

  async #tellGone(before: StatusList): Promise<void> {
    const gone = before.statuses.filter(({ id, actsAs }) => !this.actsAs(id, actsAs));
    if (gone.length === 0) return;
    const goneIds = new Set(gone.map(({ id }) => id));
    await Promise.all([...this.#goneListeners].map((listener) => listener(goneIds)));
  }
}

function forAudit({ label, actsAs, color }: StatusLabel): Omit<StatusLabel, 'id'> {
  return { label, actsAs, color };
}

function changedMeanwhile(): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed the statuses since you read them. Nothing of yours was taken over; look at theirs first.',
  );
}
