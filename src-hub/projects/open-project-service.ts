// TEAM-6: which projects each agent has open. Held in memory for routing. Whoever has never chosen and is a member of one
// project only has that one open; of several, none, until the agent is asked.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { InTurn } from '../in-turn.ts';
import type { OpenProjectStore } from './open-project-store.ts';
import type { ProjectService } from './project-service.ts';

export class OpenProjectService {
  readonly #store: OpenProjectStore;
  readonly #projects: ProjectService;
  readonly #chosen = new Map<UserId, OpenProjects>();
  readonly #choices = new InTurn<UserId>();
  #changed: (userId: UserId) => void = () => {};

  constructor(store: OpenProjectStore, projects: ProjectService) {
    this.#store = store;
    this.#projects = projects;
  }

  /** Told when a user has other projects open: calls may wait for that. */
  onChanged(listener: (userId: UserId) => void): void {
    this.#changed = listener;
  }

  async load(): Promise<void> {
    for (const [userId, open] of await this.#store.all()) this.#chosen.set(userId, open);
  }

  /** For routing: only what the user is a member of still, and what takes calls. */
  of(userId: UserId): OpenProjects {
    const own = new Set(this.#projects.idsOfMember(userId));
    const chosen = this.#chosen.get(userId);
    if (!chosen) {
      const [only] = own;
      return { primaryId: own.size === 1 && only ? only : null, secondaryIds: [] };
    }
    const { primaryId, secondaryIds } = chosen;
    // Where the primary one is gone, the next takes its place, as where its agent closes it.
    const [first = null, ...others] = [primaryId, ...secondaryIds].filter((id) => id !== null && own.has(id));
    return { primaryId: first, secondaryIds: others.flatMap((id) => id ?? []) };
  }

  /** What is open without having been chosen; null where it was chosen, or nothing is. */
  openByItself(userId: UserId): ProjectId | null {
    return this.#chosen.has(userId) ? null : this.of(userId).primaryId;
  }

  /** @throws CommandFailed 'notAMember' */
  async choose(userId: UserId, { primaryId, secondaryIds }: OpenProjects): Promise<void> {
    await this.#choices.run(userId, async () => {
      const wanted = {
        primaryId,
        secondaryIds: [...new Set(secondaryIds)].filter((id) => id !== primaryId),
      };
      const own = new Set(this.#projects.idsOfMember(userId));
      if (![primaryId, ...wanted.secondaryIds].every((id) => id === null || own.has(id))) {
        throw new CommandFailed(
          'notAMember',
          'You are no member of one of these projects any more. What was open is open still.',
        );
      }
      await this.#store.set(userId, wanted);
      this.#keep(userId, wanted);
    });
  }

  /** The store has been told already. */
  opened(userId: UserId, projectId: ProjectId): void {
    this.#keep(userId, { primaryId: projectId, secondaryIds: [] });
  }

  /** The store has been told already. */
  closed(projectId: ProjectId, userIds: readonly UserId[]): void {
    for (const userId of userIds) {
      const before = this.#chosen.get(userId);
      if (!before) continue;
      this.#keep(userId, {
        primaryId: before.primaryId === projectId ? null : before.primaryId,
        secondaryIds: before.secondaryIds.filter((id) => id !== projectId),
      });
    }
  }

  /** Nothing open is nothing chosen: in the database, too, there is no row then. */
  #keep(userId: UserId, open: OpenProjects): void {
    if (open.primaryId === null && open.secondaryIds.length === 0) this.#chosen.delete(userId);
    else this.#chosen.set(userId, open);
    this.#changed(userId);
  }
}
