// Builds what agents work in: projects with their dispositions, which of them are open, and the statuses to choose from.
// Called by compose.ts.
import type { UserId } from '#shared/domain/ids.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import { callFormHandlers } from '../call-forms/call-form-handlers.ts';
import { CallFormService } from '../call-forms/call-form-service.ts';
import { CallFormStore } from '../call-forms/call-form-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { statusHandlers } from '../statuses/status-handlers.ts';
import { StatusService } from '../statuses/status-service.ts';
import { StatusStore } from '../statuses/status-store.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { DispositionChanges } from './disposition-changes.ts';
import { DispositionStore } from './disposition-store.ts';
import { OpenProjectService } from './open-project-service.ts';
import type { OpenProjectStore } from './open-project-store.ts';
import { ProjectChangeStore } from './project-change-store.ts';
import { ProjectChanges } from './project-changes.ts';
import { projectHandlers } from './project-handlers.ts';
import { ProjectService } from './project-service.ts';
import type { ProjectStore } from './project-store.ts';
import type { StoredProject } from './stored-project.ts';
import { WorkService } from './work-service.ts';

export interface ProjectParts {
  readonly db: HubDatabase;
  readonly stores: { readonly projects: ProjectStore; readonly openProjects: OpenProjectStore };
  /** What this run of the hub does differently; null for nothing. */
  readonly adjust: ((stored: StoredProject) => StoredProject) | null;
  readonly users: UserDirectory;
  readonly live: LiveConnections;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  readonly scopeOf: ScopeOf;
  /** Not offline; asked when somebody gets another project. */
  isAtWork(userId: UserId): boolean;
}

export interface Projects {
  readonly projects: ProjectService;
  readonly open: OpenProjectService;
  readonly statuses: StatusService;
  readonly callForms: CallFormService;
  readonly work: WorkService;
  /** For REST, which changes projects as the admin window does. */
  readonly changes: ProjectChanges;
  /** Reads it all; users must be loaded. */
  load(): Promise<void>;
  readonly handlers: ReturnType<typeof projectHandlers> &
    ReturnType<typeof callFormHandlers> &
    ReturnType<typeof statusHandlers>;
}

export function buildProjects(parts: ProjectParts): Projects {
  const { db, users, live, clock, changes, scopeOf, isAtWork } = parts;
  const projects = new ProjectService(parts.stores.projects, parts.adjust ?? undefined);
  const open = new OpenProjectService(parts.stores.openProjects, projects);
  const statuses = new StatusService({ store: new StatusStore(db), clock, changes });
  const callForms = new CallFormService({ store: new CallFormStore(db), projects, clock, changes });
  const work = new WorkService({
    projects,
    open,
    statuses,
    callForms,
    live,
    changes,
    mayCallOutside: (userId) => users.mayCallOutside(userId),
  });
  const turns = new InTurn<'projects'>();
  const projectChanges = new ProjectChanges(
    { store: new ProjectChangeStore(db), projects, open, clock, changes, isAtWork },
    turns,
  );
  const dispositions = new DispositionChanges(
    { store: new DispositionStore(db), projects, clock, changes },
    turns,
  );
  const handlers: Pick<HubHandlers, keyof Projects['handlers']> = {
    ...projectHandlers({ changes: projectChanges, dispositions, open, work, scopeOf }),
    ...callFormHandlers(callForms),
    ...statusHandlers(statuses),
  };
  return {
    projects,
    open,
    statuses,
    callForms,
    work,
    changes: projectChanges,
    handlers,
    async load() {
      await Promise.all([projects.load(), open.load(), statuses.load(), callForms.load()]);
    },
  };
}
