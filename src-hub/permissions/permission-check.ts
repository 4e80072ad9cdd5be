// Checks the table before a handler runs, for every command of every connection; there is no other way to a handler.
// What is refused is logged with who and what, never with the request.
import type { AccountType, UserView } from '#shared/desktop/session-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubLog } from '../hub-log.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import { type CommandPermissions, commandPermissions } from './command-permissions.ts';
import type { Newcomers, Permission, ProjectChange, Subjects } from './permission.ts';
import { type Scope, type ScopeOf, seesProject, seesTeam, seesUser } from './scope.ts';
import type { ProjectAsItIs } from './scope-store.ts';

export interface PermissionParts {
  readonly scopeOf: ScopeOf;
  project(projectId: ProjectChange['projectId']): Promise<ProjectAsItIs | null>;
  teamMembers(teamId: Extract<Newcomers['to'], { teamId: unknown }>['teamId']): Promise<readonly UserId[]>;
  /** The account as it is now, not as it was at sign-in; null where it is gone. */
  userNow(userId: string): UserView | null;
  readonly log: HubLog;
}

type AnyHandler = (request: unknown, connection: HubConnection) => unknown;

/** The same handlers, each behind its entry in the table. */
export function withPermissions(
  handlers: HubHandlers,
  parts: PermissionParts,
  permissions: CommandPermissions = commandPermissions,
): HubHandlers {
  const guarded = Object.entries(handlers).map(([name, handler]): [string, AnyHandler] => {
    const permission = permissions[name as keyof CommandPermissions] as Permission<unknown>;
    const run = handler as AnyHandler;
    return [
      name,
      (request, connection) => {
        // Nothing is awaited where nothing need be looked up: commands of one connection keep their order.
        const due = check(permission, request, connection, parts, name);
        return due === null ? run(request, connection) : due.then(() => run(request, connection));
      },
    ];
  });
  return Object.fromEntries(guarded) as unknown as HubHandlers;
}

/** @returns null where it is allowed, a promise where that must be looked up. @throws CommandFailed 'signedOut', 'notAllowed'. */
function check(
  permission: Permission<unknown>,
  request: unknown,
  connection: HubConnection,
  parts: PermissionParts,
  command: string,
): Promise<void> | null {
  switch (permission.to) {
    case 'anyone':
      return null;
    case 'signedInOrOperator':
      if (!connection.practiceOperator) requireSignedIn(connection);
      return null;
    case 'signedIn':
      requireSignedIn(connection);
      return null;
    case 'role': {
      const user = askerOf(connection, parts);
      if (permission.roles.includes(user.accountType)) return null;
      throw refused(parts, command, user, wordsFor(permission.roles));
    }
    case 'scope': {
      const user = askerOf(connection, parts);
      if (user.accountType === 'superAdmin') return null;
      if (user.accountType === 'clerk') throw refused(parts, command, user, wordsFor(['admin']));
      return lookUp(permission.subjects(request), user, parts).then((words) => {
        if (words !== null) throw refused(parts, command, user, words);
      });
    }
    default:
      return assertNever(permission);
  }
}

function askerOf(connection: HubConnection, parts: PermissionParts): UserView {
  const { user } = requireSignedIn(connection);
  const now = parts.userNow(user.userId);
  if (!now) throw new CommandFailed('notAllowed', 'This account is no longer there. Nothing was changed.');
  return now;
}

/** @returns why it is refused, in words; null where all of it lies within the scope. */
async function lookUp(subjects: Subjects, user: UserView, parts: PermissionParts): Promise<string | null> {
  const scope = await parts.scopeOf(user);
  const { teamIds = [], projectIds = [], userIds = [] } = subjects;
  if (!teamIds.every((id) => seesTeam(scope, id))) return 'You do not belong to this team.';
  if (!projectIds.every((id) => seesProject(scope, id))) return 'You do not belong to this project.';
  if (!userIds.every((id) => seesUser(scope, id)))
    return 'This person is in none of your teams and projects.';
  const above = userIds.some((id) => parts.userNow(id)?.accountType === 'superAdmin');
  if (above) return 'Only a super admin does this to a super admin.';
  const { newcomers, projectChange } = subjects;
  return (
    (newcomers ? await refusalOfNewcomers(newcomers, scope, parts) : null) ??
    (projectChange ? await refusalOfProjectChange(projectChange, scope, parts) : null)
  );
}

async function refusalOfNewcomers(
  { memberIds, to }: Newcomers,
  scope: Scope,
  parts: PermissionParts,
): Promise<string | null> {
  const unseen = memberIds.filter((id) => !seesUser(scope, id));
  if (unseen.length === 0) return null;
  const members =
    'teamId' in to
      ? await parts.teamMembers(to.teamId)
      : ((await parts.project(to.projectId))?.memberIds ?? []);
  return unseen.every((id) => members.includes(id))
    ? null
    : 'You can add people of your own teams and projects only. Ask a super admin to add the others.';
}

async function refusalOfProjectChange(
  change: ProjectChange,
  scope: Scope,
  parts: PermissionParts,
): Promise<string | null> {
  const now = await parts.project(change.projectId);
  if (!now) return null;
  const { numbers, overflowProjectId } = change;
  const sameNumbers =
    numbers.length === now.numbers.length && numbers.every((each) => now.numbers.includes(each));
  if (!sameNumbers)
    return 'A project’s numbers are changed by a super admin. Everything else you may change.';
  const overflowIsOwn =
    overflowProjectId === null ||
    overflowProjectId === now.overflowProjectId ||
    seesProject(scope, overflowProjectId);
  return overflowIsOwn ? null : 'Calls can go on to projects that you belong to only.';
}

function wordsFor(roles: readonly AccountType[]): string {
  return roles.includes('admin')
    ? 'This is for supervisors and super admins.'
    : 'This is for super admins. Ask one of them.';
}

function refused(parts: PermissionParts, command: string, user: UserView, words: string): CommandFailed {
  const { userId, accountType } = user;
  parts.log.warn('permissions: refused', { command, userId, accountType });
  return new CommandFailed('notAllowed', `${words} Nothing was changed.`);
}
