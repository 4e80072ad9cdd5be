// What admins do to users: add, change, disable, reset. Told who asks by handlers and by REST; who may ask was decided
// before. After each change the directory knows it, and so do calls and routing.
import type { AdminUser, NewUser, UserChange } from '#shared/admin/users-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { PasswordHashing } from '../accounts/password-hashing.ts';
import { requireGoodPassword } from '../accounts/password-rules.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject, seesTeam, seesUser } from '../permissions/scope.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { ExtensionRange } from './extensions.ts';
import type { UserEndings } from './user-endings.ts';
import { fullName } from './user-rows.ts';
import { type By, noSuchUser, type UserStore } from './user-store.ts';

export interface UserServiceParts {
  readonly store: UserStore;
  readonly directory: UserDirectory;
  readonly hashing: PasswordHashing;
  readonly endings: UserEndings;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  range(): Promise<ExtensionRange>;
}

export class UserService {
  readonly #parts: UserServiceParts;

  constructor(parts: UserServiceParts) {
    this.#parts = parts;
  }

  /** Of people outside the scope nothing is told, nor in which teams and projects outside it the others are. */
  async list(scope: Scope): Promise<AdminUser[]> {
    const users = await this.#parts.store.all();
    return users
      .filter(({ userId }) => seesUser(scope, userId))
      .map((user) => ({
        ...user,
        teamIds: user.teamIds.filter((id) => seesTeam(scope, id)),
        projectIds: user.projectIds.filter((id) => seesProject(scope, id)),
      }));
  }

  /** @throws CommandFailed 'noSuchUser'. */
  async get(userId: UserId): Promise<AdminUser> {
    const user = await this.#parts.store.find(userId);
    if (!user) throw noSuchUser();
    return user;
  }

  /** @throws CommandFailed 'usernameTaken', 'emailTaken', 'noExtensionLeft', and as password-rules.ts. */
  async add({ password, ...wanted }: NewUser, actor: Actor): Promise<AdminUser> {
    const { store, hashing, range } = this.#parts;
    await requireGoodPassword(password, ownWords(wanted));
    const passwordHash = await hashing.hash(password);
    const [id] = await store.add([{ ...wanted, passwordHash, teams: [] }], await range(), this.#by(actor));
    if (id === undefined) throw noSuchUser();
    await this.changed();
    return this.get(id);
  }

  /** @throws CommandFailed 'noSuchUser', 'changedMeanwhile', 'usernameTaken', 'emailTaken', 'lastSuperAdmin'. */
  async change(change: UserChange, actor: Actor): Promise<AdminUser> {
    await this.#parts.store.change(change, this.#by(actor));
    await this.changed();
    await this.#parts.endings.renamed(change.userId);
    return this.get(change.userId);
  }

  /**
   * TEAM-9: with the reply the user is signed out everywhere, and no device of theirs rings.
   * @param by the connection that asked, which may be the user's own.
   * @throws CommandFailed 'noSuchUser', 'changedMeanwhile', 'lastSuperAdmin'.
   */
  async setDisabled(
    { userId, version, disabled }: { userId: UserId; version: number; disabled: boolean },
    actor: Actor,
    by: HubConnection | null,
  ): Promise<AdminUser> {
    await this.#parts.store.setDisabled(userId, version, disabled, this.#by(actor));
    const user = await this.get(userId);
    // While the directory knows the user still, so that what rang is written down as theirs.
    if (user.disabledAtMs !== null) await this.#parts.endings.disabled(user, by);
    await this.changed();
    return user;
  }

  /** @throws CommandFailed 'noSuchUser', and as password-rules.ts. */
  async resetPassword(
    {
      userId,
      password,
      mustChangePassword,
    }: { userId: UserId; password: string; mustChangePassword: boolean },
    actor: Actor,
    by: HubConnection | null,
  ): Promise<AdminUser> {
    const { store, hashing, endings } = this.#parts;
    await requireGoodPassword(password, ownWords(await this.get(userId)));
    await store.setPassword(userId, await hashing.hash(password), mustChangePassword, this.#by(actor));
    await endings.sessionsEnded(userId, by);
    this.#parts.changes.tell('users');
    return this.get(userId);
  }

  /** @throws CommandFailed 'noSuchUser'. */
  async resetSecondFactor(
    { userId, due }: { userId: UserId; due: boolean },
    actor: Actor,
    by: HubConnection | null,
  ): Promise<AdminUser> {
    await this.#parts.store.resetSecondFactor(userId, due, this.#by(actor));
    await this.#parts.endings.sessionsEnded(userId, by);
    this.#parts.changes.tell('users');
    return this.get(userId);
  }

  /** Users were written: whoever calls and is called is known from now on. */
  async changed(): Promise<void> {
    await this.#parts.directory.load();
    this.#parts.changes.tell('users');
  }

  #by(actor: Actor): By {
    return { actor, atMs: this.#parts.clock.nowMs() };
  }
}

/** What others know of a person, and a password must not be made of. */
export function ownWords(
  user: Pick<AdminUser, 'firstName' | 'lastName' | 'username' | 'email'>,
): readonly string[] {
  return [user.username, fullName(user), user.email ?? ''];
}
