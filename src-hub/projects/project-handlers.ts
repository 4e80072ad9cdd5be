// The commands on projects and their dispositions, for supervisors, and on the projects that an agent has open.
import { requireActor } from '../audit/actor.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { DispositionChanges } from './disposition-changes.ts';
import type { OpenProjectService } from './open-project-service.ts';
import type { ProjectChanges } from './project-changes.ts';
import type { WorkService } from './work-service.ts';

type ProjectCommand = Extract<
  keyof HubHandlers,
  `admin.${'projects' | 'dispositions'}.${string}` | 'projects.open' | 'work.get'
>;

export function projectHandlers(parts: {
  changes: ProjectChanges;
  dispositions: DispositionChanges;
  open: OpenProjectService;
  work: WorkService;
  scopeOf: ScopeOf;
}): Pick<HubHandlers, ProjectCommand> {
  const { changes, dispositions, open, work, scopeOf } = parts;
  return {
    'admin.projects.list': async (_, connection) =>
      changes.list(await scopeOf(requireSignedIn(connection).user)),
    'admin.projects.add': ({ settings }, connection) => changes.add(requireActor(connection), settings),
    'admin.projects.change': ({ id, version, settings }, connection) =>
      changes.change(requireActor(connection), id, version, settings),
    'admin.projects.remove': async ({ id, version }, connection) => {
      await changes.remove(requireActor(connection), id, version);
      return null;
    },
    'admin.dispositions.get': ({ projectId }) => dispositions.of(projectId),
    'admin.dispositions.set': ({ projectId, version, dispositions: wanted }, connection) =>
      dispositions.set(requireActor(connection), projectId, version, wanted),
    'projects.open': async (wanted, connection) => {
      const { userId } = requireSignedIn(connection).user;
      await open.choose(userId, wanted);
      work.tell(userId);
      return null;
    },
    'work.get': (_, connection) => work.toldAnew(connection),
  };
}
