// The kinds of permission, and the words for the table. What each means is carried out by permission-check.ts.
import type { AccountType } from '#shared/desktop/session-contract.ts';
import type { ProjectId, TeamId, UserId } from '#shared/domain/ids.ts';
import type { ProjectAsItIs } from './scope-store.ts';

/** What a request is about. */
export interface Subjects {
  readonly teamIds?: readonly TeamId[];
  readonly projectIds?: readonly ProjectId[];
  readonly userIds?: readonly UserId[];
  /** People that the change would add: somebody not seen cannot be drawn into what one sees. */
  readonly newcomers?: Newcomers;
  /** What this project's change may not touch, compared with the project as it is. */
  readonly projectChange?: ProjectChange;
}

export interface Newcomers {
  readonly memberIds: readonly UserId[];
  /** Who belongs to it already is no newcomer. */
  readonly to: { readonly teamId: TeamId } | { readonly projectId: ProjectId };
}

export type ProjectChange = Pick<ProjectAsItIs, 'numbers' | 'overflowProjectId'> & {
  readonly projectId: ProjectId;
};

export type Permission<Request> =
  /** Before sign-in. */
  | { readonly to: 'anyone' }
  /** Whoever is signed in; the handler acts on what is the asker's own. */
  | { readonly to: 'signedIn' }
  /** As signedIn; the practice operator's token opens it too. */
  | { readonly to: 'signedInOrOperator' }
  /** Of these account types; what lists hold is filtered by the service. */
  | { readonly to: 'role'; readonly roles: readonly AccountType[] }
  /** Super admins; supervisors where all that the request is about lies within their teams and projects. */
  | { readonly to: 'scope'; readonly subjects: (request: Request) => Subjects };

export const anyone = { to: 'anyone' } as const;
export const signedIn = { to: 'signedIn' } as const;
export const signedInOrOperator = { to: 'signedInOrOperator' } as const;
export const supervisors = { to: 'role', roles: ['admin', 'superAdmin'] } as const;
export const superAdmins = { to: 'role', roles: ['superAdmin'] } as const;

export function within<Request>(subjects: (request: Request) => Subjects): Permission<Request> {
  return { to: 'scope', subjects };
}
