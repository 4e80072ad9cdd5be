// Users as admins see them, read from the database. Used by user-store, within its transactions and outside.
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

/** @param only one user; null for all, by extension. */
export async function readUsers(db: HubDatabase, only: UserId | null): Promise<AdminUser[]> {
  const accounts = db
    .selectFrom('account')
    .leftJoin('second_factor', 'second_factor.user_id', 'account.user_id')
    .select([
      'account.user_id',
      'first_name',
      'last_name',
      'username',
      'email',
      'account_type',
      'extension',
      'disabled_at_ms',
      'must_change_password',
      'second_factor_due',
      'may_call_outside',
      'last_signed_in_at_ms',
      'version',
      'second_factor.confirmed_at_ms',
    ])
    .orderBy('extension');
  const teams = db.selectFrom('team_member').select(['user_id', 'team_id']).orderBy('team_id');
  const projects = db
    .selectFrom('project_member')
    .innerJoin('project', 'project.id', 'project_member.project_id')
    .select(['user_id', 'project_id'])
    .where('removed_at_ms', 'is', null)
    .orderBy('project_id');
  const rows = await (only === null ? accounts : accounts.where('account.user_id', '=', only)).execute();
  const teamRows = await (only === null ? teams : teams.where('user_id', '=', only)).execute();
  const projectRows = await (only === null ? projects : projects.where('user_id', '=', only)).execute();
  const teamsOf = Map.groupBy(teamRows, ({ user_id }) => user_id);
  const projectsOf = Map.groupBy(projectRows, ({ user_id }) => user_id);
  return rows.map((row): AdminUser => {
    const due = row.second_factor_due === 1 ? 'due' : 'off';
    return {
      userId: row.user_id,
      firstName: row.first_name,
      lastName: row.last_name,
      username: row.username,
      email: row.email,
      accountType: row.account_type,
      extension: row.extension,
      disabledAtMs: row.disabled_at_ms,
      mustChangePassword: row.must_change_password === 1,
      secondFactor: row.confirmed_at_ms === null ? due : 'on',
      mayCallOutside: row.may_call_outside === 1,
      teamIds: (teamsOf.get(row.user_id) ?? []).map(({ team_id }) => team_id),
      projectIds: (projectsOf.get(row.user_id) ?? []).map(({ project_id }) => project_id),
      lastSignedInAtMs: row.last_signed_in_at_ms,
      version: row.version,
    };
  });
}

export function fullName({ firstName, lastName }: Pick<AdminUser, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`.trim();
}
