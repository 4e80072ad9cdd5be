// Who belongs to what, read for permissions. Asked for admin commands only, which are rare: nothing is kept in memory
// that could be out of date.
import type { ProjectId, TeamId, UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Scope, ScopedTo, ScopeOf } from './scope.ts';

/** Of a project, what only a super admin changes, or what tells whether a change stays within a scope. */
export interface ProjectAsItIs {
  readonly numbers: readonly string[];
  readonly memberIds: readonly UserId[];
  readonly overflowProjectId: ProjectId | null;
}

export class ScopeStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  readonly scopeOf: ScopeOf = async ({ userId, accountType }): Promise<Scope> =>
    accountType === 'superAdmin' ? 'all' : await this.#belongingOf(userId);

  /** Null where there is no such project (any more). */
  async project(projectId: ProjectId): Promise<ProjectAsItIs | null> {
    const row = await this.#db
      .selectFrom('project')
      .select('overflow_project_id')
      .where('id', '=', projectId)
      .where('removed_at_ms', 'is', null)
      .executeTakeFirst();
    if (!row) return null;
    const [numbers, members] = await Promise.all([
      this.#db.selectFrom('project_number').select('number').where('project_id', '=', projectId).execute(),
      this.#db.selectFrom('project_member').select('user_id').where('project_id', '=', projectId).execute(),
    ]);
    return {
      numbers: numbers.map(({ number }) => number),
      memberIds: members.map(({ user_id }) => user_id),
      overflowProjectId: row.overflow_project_id,
    };
  }

  async teamMembers(teamId: TeamId): Promise<UserId[]> {
    const rows = await this.#db
      .selectFrom('team_member')
      .select('user_id')
      .where('team_id', '=', teamId)
      .execute();
    return rows.map(({ user_id }) => user_id);
  }

  async #belongingOf(userId: UserId): Promise<ScopedTo> {
    const [teams, projects] = await Promise.all([
      this.#db.selectFrom('team_member').select('team_id').where('user_id', '=', userId).execute(),
      this.#db
        .selectFrom('project_member')
        .innerJoin('project', 'project.id', 'project_member.project_id')
        .select('project_id')
        .where('user_id', '=', userId)
        .where('removed_at_ms', 'is', null)
        .execute(),
    ]);
    const teamIds = new Set(teams.map(({ team_id }): TeamId => team_id));
    const projectIds = new Set(projects.map(({ project_id }): ProjectId => project_id));
    const userIds = await this.#peopleOf([...teamIds], [...projectIds]);
    return { teamIds, projectIds, userIds: userIds.add(userId) };
  }

  async #peopleOf(teamIds: readonly TeamId[], projectIds: readonly ProjectId[]): Promise<Set<UserId>> {
    const ofTeams =
      teamIds.length === 0
        ? []
        : await this.#db
            .selectFrom('team_member')
            .select('user_id')
            .distinct()
            .where('team_id', 'in', teamIds)
            .execute();
    const ofProjects =
      projectIds.length === 0
        ? []
        : await this.#db
            .selectFrom('project_member')
            .select('user_id')
            .distinct()
            .where('project_id', 'in', projectIds)
            .execute();
    return new Set([...ofTeams, ...ofProjects].map(({ user_id }) => user_id));
  }
}
