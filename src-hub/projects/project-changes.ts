// What the admin window does with projects: lists, adds, changes, removes. One change after the other, so that what was
// checked still holds when it is written; on disk first, then seen by routing at once, then told.
import { randomUUID } from 'node:crypto';
import type { AdminProject, ProjectSettings } from '#shared/admin/projects-contract.ts';
import { type ProjectId, projectId, type UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor, AuditedChange } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import { uniqueViolation } from '../database/unique-violation.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import type { OpenProjectService } from './open-project-service.ts';
import type { OpenedAndClosed, ProjectChangeStore } from './project-change-store.ts';
import { countryOf, readProjectNumbers } from './project-numbers.ts';
import { changedMeanwhile, nameTaken, noSuchProject, numberTaken } from './project-refusals.ts';
import { requireGoodHours, requireWayOut } from './project-rules.ts';
import type { ProjectService } from './project-service.ts';
import { type StoredProject, settingsOf, withSettings } from './stored-project.ts';

export interface ProjectChangesParts {
  readonly store: ProjectChangeStore;
  readonly projects: ProjectService;
  readonly open: OpenProjectService;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  /** Whether somebody works at the moment, and must not find their project closed for having got a second one. */
  isAtWork(userId: UserId): boolean;
}

export class ProjectChanges {
  readonly #parts: ProjectChangesParts;
  readonly #turns: InTurn<'projects'>;

  /** @param turns shared with whatever else changes projects. */
  constructor(parts: ProjectChangesParts, turns: InTurn<'projects'> = new InTurn()) {
    this.#parts = parts;
    this.#turns = turns;
  }

  /** By name, those within the scope. */
  list(scope: Scope): AdminProject[] {
    return this.#parts.projects
      .allAsSet()
      .filter(({ project }) => seesProject(scope, project.id))
      .map(adminView);
  }

  /** @throws CommandFailed as 'admin.projects.add' */
  add(actor: Actor, wanted: ProjectSettings): Promise<AdminProject> {
    return this.#turns.run('projects', async () => {
      const { store, clock } = this.#parts;
      const id = projectId.parse(randomUUID());
      const begun = { project: { id }, version: 0, dispositionsVersion: 0, removedAtMs: null };
      const stored = withSettings(begun, await this.#checked(id, wanted, null));
      const open = this.#openedAndClosed(null, stored);
      const change = { ...named(actor, 'project.add', stored), before: {}, after: settingsOf(stored) };
      await asRefusals(store.add(stored, open, change, clock.nowMs()));
      this.#took(stored, open);
      return adminView(stored);
    });
  }

  /** @throws CommandFailed as 'admin.projects.change' */
  change(actor: Actor, id: ProjectId, seenVersion: number, wanted: ProjectSettings): Promise<AdminProject> {
    return this.#turns.run('projects', async () => {
      const { store, clock } = this.#parts;
      const before = this.#require(id, seenVersion);
      const checked = await this.#checked(id, wanted, before);
      const stored = withSettings({ ...before, version: before.version + 1 }, checked);
      const open = this.#openedAndClosed(before, stored);
      const change = {
        ...named(actor, 'project.change', stored),
        before: settingsOf(before),
        after: settingsOf(stored),
      };
      if (!(await asRefusals(store.change(stored, open, change, clock.nowMs()))))
        throw changedMeanwhile('this project');
      this.#took(stored, open);
      return adminView(stored);
    });
  }

  /** Its numbers are free, its messages stay with its members. @throws CommandFailed as 'admin.projects.remove' */
  remove(actor: Actor, id: ProjectId, seenVersion: number): Promise<void> {
    return this.#turns.run('projects', async () => {
      const { store, projects, open, clock } = this.#parts;
      const before = this.#require(id, seenVersion);
      const nowMs = clock.nowMs();
      const removed: StoredProject = {
        ...before,
        project: { ...before.project, numbers: [] },
        version: before.version + 1,
        removedAtMs: nowMs,
      };
      const sendersOn = projects
        .allAsSet()
        .filter(({ overflow }) => overflow.to === 'project' && overflow.projectId === id);
      const diverted = sendersOn.map((each) => ({
        ...each,
        overflow: { to: 'voicemail' as const },
        version: each.version + 1,
      }));
      const changes: AuditedChange[] = [
        { ...named(actor, 'project.remove', before), before: settingsOf(before), after: {} },
        ...diverted.map((each, index) => ({
          ...named(actor, 'project.change', each),
          before: { overflow: sendersOn[index]?.overflow },
          after: { overflow: each.overflow },
        })),
      ];
      if (!(await store.remove(removed, diverted, changes, nowMs))) throw changedMeanwhile('this project');
      for (const stored of [removed, ...diverted]) projects.put(stored);
      open.closed(id, before.memberIds);
      this.#parts.changes.tell('projects');
    });
  }

  #took(stored: StoredProject, { opened, closed }: OpenedAndClosed): void {
    const { projects, open, changes } = this.#parts;
    for (const each of opened) open.opened(each.userId, each.projectId);
    projects.put(stored);
    open.closed(stored.project.id, closed);
    changes.tell('projects');
  }

  #require(id: ProjectId, seenVersion: number): StoredProject {
    const stored = this.#parts.projects.findAsSet(id);
    if (!stored) throw noSuchProject();
    if (stored.version !== seenVersion) throw changedMeanwhile('this project');
    return stored;
  }

  /** As it may be written. */
  async #checked(
    id: ProjectId,
    wanted: ProjectSettings,
    before: StoredProject | null,
  ): Promise<ProjectSettings> {
    const { projects, store } = this.#parts;
    const all = projects.allAsSet();
    const others = all.filter(({ project }) => project.id !== id);
    requireGoodHours(wanted);
    requireWayOut(id, wanted, others);
    if (others.some(({ project }) => project.name.toLowerCase() === wanted.name.toLowerCase())) {
      throw nameTaken();
    }
    const known = new Set(before?.memberIds);
    const memberIds = [...new Set(wanted.memberIds)].sort();
    const newcomers = memberIds.filter((member) => !known.has(member));
    if ((await store.countUsers(newcomers)) < newcomers.length) {
      throw new CommandFailed(
        'noSuchUser',
        'One of the members is no longer there. Nothing was changed; choose the members anew.',
      );
    }
    const country = countryOf(all.flatMap(({ project }) => project.numbers));
    const numbers = readProjectNumbers(wanted.numbers, countryOf(wanted.numbers) ?? country).sort();
    const taken = numbers.find((number) => others.some(({ project }) => project.numbers.includes(number)));
    if (taken !== undefined) throw numberTaken(taken);
    return { ...wanted, memberIds, numbers };
  }

  #openedAndClosed(before: StoredProject | null, after: StoredProject): OpenedAndClosed {
    const were = new Set(before?.memberIds);
    const are = new Set(after.memberIds);
    return {
      opened: after.memberIds
        .filter((userId) => !were.has(userId) && this.#parts.isAtWork(userId))
        .flatMap((userId) => {
          const opensByItself = this.#parts.open.openByItself(userId);
          return opensByItself === null ? [] : [{ userId, projectId: opensByItself }];
        }),
      closed: [...were].filter((userId) => !are.has(userId)),
    };
  }
}

function adminView(stored: StoredProject): AdminProject {
  return { id: stored.project.id, version: stored.version, settings: settingsOf(stored) };
}

function named(
  actor: Actor,
  action: string,
  { project }: StoredProject,
): Pick<AuditedChange, 'actor' | 'action' | 'subject' | 'projectId'> {
  return {
    actor,
    action,
    subject: { kind: 'project', id: project.id, name: project.name },
    projectId: project.id,
  };
}

/** Somebody was there first, by a way that the memory does not know. */
async function asRefusals<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    const constraint = uniqueViolation(error);
    if (constraint?.includes('project_number')) throw numberTaken('One of the numbers');
    if (constraint?.includes('project_name')) throw nameTaken();
    throw error;
  }
}
