// Projects as the rest of the hub asks for them. Held in memory: routing asks in the middle of a SIP transaction.
// Nothing changes a project while the hub runs yet; the admin window will come through here.
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { ProjectStore, StoredProject } from './project-store.ts';

export class ProjectService {
  readonly #store: ProjectStore;
  readonly #adjust: (stored: StoredProject) => StoredProject;
  #projects: readonly StoredProject[] = [];

  /** @param adjust what this run of the hub does differently (practice/practice-times.ts). */
  constructor(store: ProjectStore, adjust: (stored: StoredProject) => StoredProject = (stored) => stored) {
    this.#store = store;
    this.#adjust = adjust;
  }

  async load(): Promise<void> {
    this.#projects = (await this.#store.all()).map(this.#adjust);
  }

  all(): readonly StoredProject[] {
    return this.#projects;
  }

  find(projectId: string): StoredProject | null {
    return this.#projects.find(({ project }) => project.id === projectId) ?? null;
  }

  ofMember(userId: UserId): Project[] {
    return this.#projects.filter(({ memberIds }) => memberIds.includes(userId)).map(({ project }) => project);
  }

  dispositionsOf(projects: readonly Project[]): Promise<Disposition[]> {
    return this.#store.dispositionsOf(projects.map(({ id }): ProjectId => id));
  }
}
