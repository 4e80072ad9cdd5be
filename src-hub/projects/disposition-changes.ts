// What the admin window does with a project's dispositions: reads the list, and replaces it.
import { randomUUID } from 'node:crypto';
import type { EditedDisposition } from '#shared/admin/projects-contract.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import { dispositionId, type ProjectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import type { DispositionStore } from './disposition-store.ts';
import { changedMeanwhile, noSuchProject } from './project-refusals.ts';
import type { ProjectService } from './project-service.ts';

export interface DispositionChangesParts {
  readonly store: DispositionStore;
  readonly projects: ProjectService;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
}

export interface DispositionList {
  readonly version: number;
  readonly dispositions: Disposition[];
}

export class DispositionChanges {
  readonly #parts: DispositionChangesParts;
  readonly #turns: InTurn<'projects'>;

  /** @param turns shared with whatever else changes projects. */
  constructor(parts: DispositionChangesParts, turns: InTurn<'projects'> = new InTurn()) {
    this.#parts = parts;
    this.#turns = turns;
  }

  /** @throws CommandFailed 'noSuchProject' */
  of(projectId: ProjectId): DispositionList {
    const { projects } = this.#parts;
    const stored = projects.findAsSet(projectId);
    if (!stored) throw noSuchProject();
    return { version: stored.dispositionsVersion, dispositions: projects.dispositionsOf([stored.project]) };
  }

  /** @throws CommandFailed as 'admin.dispositions.set' */
  set(
    actor: Actor,
    projectId: ProjectId,
    seenVersion: number,
    wanted: readonly EditedDisposition[],
  ): Promise<DispositionList> {
    return this.#turns.run('projects', async () => {
      const { store, projects, clock, changes } = this.#parts;
      const before = this.of(projectId);
      const stored = projects.findAsSet(projectId);
      if (!stored) throw noSuchProject();
      if (before.version !== seenVersion) throw changedMeanwhile('this list');
      requireUnique(wanted);
      const known = new Set(before.dispositions.map(({ id }) => id));
      const dispositions = wanted.map(({ id, ...rest }): Disposition => {
        // Each once: what was found is no longer there to be named a second time.
        if (id !== null && !known.delete(id)) throw noSuchDisposition();
        return { id: id ?? dispositionId.parse(randomUUID()), projectId, ...rest };
      });
      const version = before.version + 1;
      const change = {
        actor,
        action: 'dispositions.change',
        subject: { kind: 'project', id: projectId, name: stored.project.name },
        projectId,
        before: { dispositions: before.dispositions.map(forAudit) },
        after: { dispositions: dispositions.map(forAudit) },
      };
      if (!(await store.replace(projectId, dispositions, version, change, clock.nowMs()))) {
        throw changedMeanwhile('this list');
      }
      projects.putDispositions(projectId, dispositions);
      projects.put({ ...stored, dispositionsVersion: version });
      changes.tell('dispositions');
      return { version, dispositions };
    });
  }
}

function requireUnique(wanted: readonly EditedDisposition[]): void {
  const label = firstTwice(wanted.map((each) => each.label.trim().toLowerCase()));
  if (label !== null) {
    throw new CommandFailed('labelTaken', 'Two dispositions have the same label. Nothing was changed.');
  }
  const key = firstTwice(wanted.flatMap((each) => each.key ?? []));
  if (key !== null) {
    throw new CommandFailed('keyTaken', `Two dispositions have the key ${key}. Nothing was changed.`);
  }
}

function firstTwice(values: readonly string[]): string | null {
  return values.find((value, index) => values.indexOf(value) !== index) ?? null;
}

function forAudit({
  label,
  group,
  color,
  key,
  noteRequired,
}: Disposition): Omit<Disposition, 'id' | 'projectId'> {
  return { label, group, color, key, noteRequired };
}

function noSuchDisposition(): CommandFailed {
  return new CommandFailed(
    'noSuchDisposition',
    'One of the dispositions is no longer there. Nothing was changed; read the list anew.',
  );
}
