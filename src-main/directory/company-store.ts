// Projects and dispositions as the hub last told them, kept for when it is away. Read once, then held in memory:
// they are few, and every view of a call asks for them.
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { DispositionId, ProjectId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { DispositionsTable, ProjectsTable } from '../database/tables.ts';
import type { DispositionList } from '../history/history-ports.ts';

export interface CompanyStore {
  projects(): readonly Project[];
  findProject(id: ProjectId): Project | null;
  readonly dispositionList: DispositionList;
  /** Takes these for all there are, in one transaction. @throws SqliteError; they hold until the next start all the same */
  replaceAll(projects: readonly Project[], dispositions: readonly Disposition[]): void;
}

export function openCompanyStore({ sqlite, kysely }: DesktopDatabase): CompanyStore {
  const allProjects = prepare(sqlite).as(() => kysely.selectFrom('projects').selectAll().orderBy('rank'));
  const allDispositions = prepare(sqlite).as(() =>
    kysely.selectFrom('dispositions').selectAll().orderBy('rank'),
  );
  const forgetProjects = prepare(sqlite).as(() => kysely.deleteFrom('projects'));
  const forgetDispositions = prepare(sqlite).as(() => kysely.deleteFrom('dispositions'));
  const addProject = prepare<{ [C in keyof ProjectsTable]: ProjectsTable[C] }>(sqlite).as((given) =>
    kysely.insertInto('projects').values({
      id: given('id'),
      rank: given('rank'),
      name: given('name'),
      numbers: given('numbers'),
      wrap_up_ms: given('wrap_up_ms'),
      disposition_required: given('disposition_required'),
    }),
  );
  const addDisposition = prepare<{ [C in keyof DispositionsTable]: DispositionsTable[C] }>(sqlite).as(
    (given) =>
      kysely.insertInto('dispositions').values({
        id: given('id'),
        rank: given('rank'),
        project_id: given('project_id'),
        label: given('label'),
        group_label: given('group_label'),
        color: given('color'),
        key: given('key'),
        note_required: given('note_required'),
      }),
  );

  const listeners = new Set<() => void>();
  let projects = allProjects.all({}).map(projectFrom);
  let dispositions = allDispositions.all({}).map(dispositionFrom);
  const write = sqlite.transaction(
    (nextProjects: readonly Project[], nextDispositions: readonly Disposition[]) => {
      forgetProjects.run({});
      forgetDispositions.run({});
      for (const [rank, project] of nextProjects.entries()) addProject.run(projectRow(project, rank));
      for (const [rank, disposition] of nextDispositions.entries())
        addDisposition.run(dispositionRow(disposition, rank));
    },
  );

  return {
    projects: () => projects,
    findProject: (id) => projects.find((project) => project.id === id) ?? null,
    dispositionList: {
      all: () => dispositions,
      find: (id: DispositionId) => dispositions.find((disposition) => disposition.id === id) ?? null,
      onChanged(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    replaceAll(nextProjects, nextDispositions) {
      projects = [...nextProjects];
      dispositions = [...nextDispositions];
      for (const listener of [...listeners]) listener();
      write(nextProjects, nextDispositions);
    },
  };
}

function projectRow(project: Project, rank: number): ProjectsTable {
  return {
    id: project.id,
    rank,
    name: project.name,
    numbers: JSON.stringify(project.numbers),
    wrap_up_ms: project.wrapUpMs,
    disposition_required: project.dispositionRequired ? 1 : 0,
  };
}

function dispositionRow(disposition: Disposition, rank: number): DispositionsTable {
  return {
    id: disposition.id,
    rank,
    project_id: disposition.projectId,
    label: disposition.label,
    group_label: disposition.group,
    color: disposition.color,
    key: disposition.key,
    note_required: disposition.noteRequired ? 1 : 0,
  };
}

function projectFrom(row: ProjectsTable): Project {
  return {
    id: row.id,
    name: row.name,
    numbers: JSON.parse(row.numbers) as string[],
    wrapUpMs: row.wrap_up_ms,
    dispositionRequired: row.disposition_required === 1,
  };
}

function dispositionFrom(row: DispositionsTable): Disposition {
  return {
    id: row.id,
    projectId: row.project_id,
    label: row.label,
    group: row.group_label,
    color: row.color,
    key: row.key,
    noteRequired: row.note_required === 1,
  };
}
