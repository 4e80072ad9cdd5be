// Projects, dispositions and call forms as the hub last told them, kept for when it is away. Read once, then held in
// memory: they are few, and every view of a call asks for them.
import type { SessionView } from '#shared/desktop/session-contract.ts';
import { type CallForm, type CallFormOfProject, callForm, usualCallForm } from '#shared/domain/call-form.ts';
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { DispositionId, ProjectId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallFormsTable, DispositionsTable, ProjectsTable } from '../database/tables.ts';
import type { DispositionList } from '../history/history-ports.ts';

export interface CompanyStore {
  projects(): readonly Project[];
  findProject(id: ProjectId): Project | null;
  readonly dispositionList: DispositionList;
  /** The usual one where the hub has told of none. */
  callForm(id: ProjectId): CallForm;
  /** One for each of the projects. */
  callForms(): readonly CallFormOfProject[];
  /**
   * Takes these for all there are, in one transaction; but a project that the agent is taken out of stays, with its
   * dispositions and form, for as long as a call of it is not finished.
   * @throws SqliteError; they hold until the next start all the same
   */
  keep(
    projects: readonly Project[],
    dispositions: readonly Disposition[],
    callForms: readonly CallFormOfProject[],
  ): void;
}

export function openCompanyStore({ sqlite, kysely }: DesktopDatabase): CompanyStore {
  const allProjects = prepare(sqlite).as(() => kysely.selectFrom('projects').selectAll().orderBy('rank'));
  const allDispositions = prepare(sqlite).as(() =>
    kysely.selectFrom('dispositions').selectAll().orderBy('rank'),
  );
  const allCallForms = prepare(sqlite).as(() => kysely.selectFrom('call_forms').selectAll());
  const forgetCallForms = prepare(sqlite).as(() => kysely.deleteFrom('call_forms'));
  const addCallForm = prepare<{ [C in keyof CallFormsTable]: CallFormsTable[C] }>(sqlite).as((given) =>
    kysely.insertInto('call_forms').values({ project_id: given('project_id'), form: given('form') }),
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

  const projectsOfOpenCalls = prepare<{ nowMs: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('calls')
      .select('project_id')
      .distinct()
      .where((where) =>
        where.or([
          where('state', 'in', ['alive', 'toFinish']),
          // Saved a moment ago: it may be undone.
          where('undo_until_ms', '>=', given('nowMs')),
        ]),
      ),
  );

  const listeners = new Set<() => void>();
  let projects = allProjects.all({}).map(projectFrom);
  let dispositions = allDispositions.all({}).map(dispositionFrom);
  let callForms = allCallForms.all({}).map(callFormFrom);
  const write = sqlite.transaction(
    (
      nextProjects: readonly Project[],
      nextDispositions: readonly Disposition[],
      nextForms: readonly CallFormOfProject[],
    ) => {
      forgetProjects.run({});
      forgetCallForms.run({});
      for (const { projectId, form } of nextForms)
        addCallForm.run({ project_id: projectId, form: JSON.stringify(form) });
      forgetDispositions.run({});
      for (const [rank, project] of nextProjects.entries()) addProject.run(projectRow(project, rank));
      for (const [rank, disposition] of nextDispositions.entries())
        addDisposition.run(dispositionRow(disposition, rank));
    },
  );

  return {
    projects: () => projects,
    findProject: (id) => projects.find((project) => project.id === id) ?? null,
    callForm: (id) => callForms.find(({ projectId }) => projectId === id)?.form ?? usualCallForm,
    callForms: () => callForms,
    dispositionList: {
      all: () => dispositions,
      find: (id: DispositionId) => dispositions.find((disposition) => disposition.id === id) ?? null,
      onChanged(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    keep(nextProjects, nextDispositions, nextForms) {
      const own = new Set(nextProjects.map(({ id }) => id));
      const gone = projects.filter(({ id }) => !own.has(id));
      const openCalls = gone.length === 0 ? [] : projectsOfOpenCalls.all({ nowMs: Date.now() });
      const former = gone.filter(({ id }) => openCalls.some(({ project_id }) => project_id === id));
      const formerIds = new Set(former.map(({ id }) => id));
      const theirs = dispositions.filter(({ projectId }) => formerIds.has(projectId));
      projects = [...nextProjects, ...former];
      dispositions = [...nextDispositions, ...theirs];
      callForms = [...nextForms, ...callForms.filter(({ projectId }) => formerIds.has(projectId))];
      for (const listener of [...listeners]) listener();
      write(projects, dispositions, callForms);
    },
  };
}

/** For a call that the agent makes: the one open before all others, else the first there is. */
export function primaryProject(session: SessionView, company: CompanyStore): Project | null {
  const primaryId = session.state === 'signedIn' ? session.open.primaryId : null;
  return (primaryId === null ? null : company.findProject(primaryId)) ?? company.projects()[0] ?? null;
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

/** One of a later version, which cannot be read, is told anew at the next sign-in. */
function callFormFrom({ project_id, form }: CallFormsTable): CallFormOfProject {
  const read = callForm.safeParse(JSON.parse(form));
  return { projectId: project_id, form: read.success ? read.data : usualCallForm };
}
