// Projects as the rest of the hub asks for them. Held in memory: routing asks in the middle of a SIP transaction.
// What the admin window changes is put here by project-changes.ts once it is on disk.
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { ProjectStore } from './project-store.ts';
import type { StoredProject } from './stored-project.ts';

export class ProjectService {
  readonly #store: ProjectStore;
  readonly #adjust: (stored: StoredProject) => StoredProject;
  /** As they are on disk, removed ones too. */
  readonly #stored = new Map<ProjectId, StoredProject>();
  #dispositions: ReadonlyMap<ProjectId, readonly Disposition[]> = new Map();
  /** Those that take calls, as this run of the hub takes them. */
  #projects: readonly StoredProject[] = [];
  readonly #byMember = new Map<UserId, StoredProject[]>();

  /** @param adjust what this run of the hub does differently (practice/practice-times.ts). */
  constructor(store: ProjectStore, adjust: (stored: StoredProject) => StoredProject = (stored) => stored) {
    this.#store = store;
    this.#adjust = adjust;
  }

  async load(): Promise<void> {
    const [all, dispositions] = await Promise.all([this.#store.all(), this.#store.dispositions()]);
    this.#stored.clear();
    for (const stored of all) this.#stored.set(stored.project.id, stored);
    this.#dispositions = Map.groupBy(dispositions, ({ projectId }) => projectId);
    this.#arrange();
  }

  /** A project as it is on disk now. */
  put(stored: StoredProject): void {
    this.#stored.set(stored.project.id, stored);
    this.#arrange();
  }

  putDispositions(projectId: ProjectId, dispositions: readonly Disposition[]): void {
    this.#dispositions = new Map(this.#dispositions).set(projectId, dispositions);
  }

  /** Those that take calls, by name. */
  all(): readonly StoredProject[] {
    return this.#projects;
  }

  /** By name, as they are set, without what this run does differently. */
  allAsSet(): StoredProject[] {
    return this.#projects.flatMap(({ project }) => this.#stored.get(project.id) ?? []);
  }

  /** A removed one too: its messages are still there. */
  find(projectId: string): StoredProject | null {
    const stored = this.#stored.get(projectId as ProjectId);
    return stored ? this.#adjust(stored) : null;
  }

  /** Null where there is none, or it takes no calls any more. */
  findAsSet(projectId: ProjectId): StoredProject | null {
    const stored = this.#stored.get(projectId);
    return stored && stored.removedAtMs === null ? stored : null;
  }

  /** Those that take calls, by name. */
  ofMember(userId: UserId): Project[] {
    const own = this.#byMember.get(userId) ?? [];
    return own.map(({ project }) => project);
  }

  idsOfMember(userId: UserId): ProjectId[] {
    return this.ofMember(userId).map(({ id }) => id);
  }

  /** Those whose messages the user hears: removed ones too. */
  mailboxesOf(userId: UserId): ProjectId[] {
    return [...this.#stored.values()]
      .filter(({ memberIds }) => memberIds.includes(userId))
      .map(({ project }) => project.id);
  }

  /** In their order. */
  dispositionsOf(projects: readonly { readonly id: ProjectId }[]): Disposition[] {
    return projects.flatMap(({ id }) => this.#dispositions.get(id) ?? []);
  }

  #arrange(): void {
    this.#projects = [...this.#stored.values()]
      .filter(({ removedAtMs }) => removedAtMs === null)
      .sort((a, b) => compare(a.project.name, b.project.name) || compare(a.project.id, b.project.id))
      .map(this.#adjust);
    this.#byMember.clear();
    for (const stored of this.#projects) {
      for (const userId of stored.memberIds) {
        const own = this.#byMember.get(userId);
        if (own) own.push(stored);
        else this.#byMember.set(userId, [stored]);
      }
    }
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
