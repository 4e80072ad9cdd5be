// What a user may see and change of the company, for services that filter lists by it: everything, or the teams and
// projects that they belong to. Asked anew each time, so that whoever is taken out of a team sees it no more at once.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { ProjectId, TeamId, UserId } from '#shared/domain/ids.ts';

export interface ScopedTo {
  readonly teamIds: ReadonlySet<TeamId>;
  readonly projectIds: ReadonlySet<ProjectId>;
  /** Everyone in those teams and projects, and the user. */
  readonly userIds: ReadonlySet<UserId>;
}

/** 'all' for super admins and for API keys, whose limits are their scopes. */
export type Scope = 'all' | ScopedTo;

/** The port by which services ask. */
export type ScopeOf = (user: Pick<UserView, 'userId' | 'accountType'>) => Promise<Scope>;

export function seesTeam(scope: Scope, teamId: TeamId): boolean {
  return scope === 'all' || scope.teamIds.has(teamId);
}

export function seesProject(scope: Scope, projectId: ProjectId): boolean {
  return scope === 'all' || scope.projectIds.has(projectId);
}

export function seesUser(scope: Scope, userId: UserId): boolean {
  return scope === 'all' || scope.userIds.has(userId);
}
