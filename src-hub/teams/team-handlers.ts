// The admin window's commands on teams. Who may ask was checked before (src-hub/permissions).
import type { adminTeamCommands } from '#shared/admin/teams-contract.ts';
import { requireActor } from '../audit/actor.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { TeamService } from './team-service.ts';

export function teamHandlers(
  teams: TeamService,
  scopeOf: ScopeOf,
): Pick<HubHandlers, keyof typeof adminTeamCommands> {
  return {
    'admin.teams.list': async (_, connection) => teams.list(await scopeOf(requireSignedIn(connection).user)),
    'admin.teams.add': (wanted, connection) => teams.add(wanted, requireActor(connection)),
    'admin.teams.change': (change, connection) => teams.change(change, requireActor(connection)),
    'admin.teams.remove': async ({ id, version }, connection) => {
      await teams.remove(id, version, requireActor(connection));
      return null;
    },
  };
}
