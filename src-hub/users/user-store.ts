// Writes users, each change with its entry in the audit log in one transaction. What several admins could break together
// (a name twice, one extension for two, no super admin left) is decided here, one transaction after the other.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { AdminUser, NewUser, UserChange } from '#shared/admin/users-contract.ts';
import { type TeamId, type UserId, userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { plainUsername } from '../accounts/username.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { noSuchTeam } from '../teams/team-store.ts';
import { type ExtensionRange, freeExtensions } from './extensions.ts';
import { fullName, readUsers } from './user-rows.ts';

/** Who changes something, and when. */
export interface By {
  readonly actor: Actor;
  readonly atMs: number;
}

export interface HashedUser extends Omit<NewUser, 'password'> {
  readonly passwordHash: string;
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[];
}

/** What is taken already, for whoever looks before writing. */
export interface TakenNames {
  readonly usernames: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  /** Extensions of users and numbers of projects. */
  readonly numbers: ReadonlySet<string>;
}

/** An import of thousands lets others have their turn in between. */
const restAfterRows = 50;

export class UserStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  all(): Promise<AdminUser[]> {
    return readUsers(this.#db, null);
  }

  async find(id: UserId): Promise<AdminUser | null> {
    const [user] = await readUsers(this.#db, id);
    return user ?? null;
  }

  taken(): Promise<TakenNames> {
    return readTaken(this.#db);
  }

  /** All or none. @throws CommandFailed 'usernameTaken', 'emailTaken', 'noExtensionLeft'. */
  async add(users: readonly HashedUser[], range: ExtensionRange, by: By): Promise<UserId[]> {
    return this.#write(async (db) => {
      const teamIds = [...new Set(users.flatMap(({ teams }) => teams.map(({ id }) => id)))];
      await countTeamsChanged(db, teamIds);
      const taken = await readTaken(db);
      const usernames = new Set(taken.usernames);
      const emails = new Set(taken.emails);
      const extensions = freeExtensions(range, taken.numbers);
      const ids: UserId[] = [];
      for (const [index, user] of users.entries()) {
        const username = plainUsername(user.username);
        const email = plainEmail(user.email);
        if (usernames.has(username)) throw usernameTaken(username);
        if (email !== null && emails.has(email)) throw emailTaken(email);
        const extension = extensions.next();
        if (extension.done) throw noExtensionLeft(range);
        usernames.add(username);
        if (email !== null) emails.add(email);
        ids.push(await insert(db, { ...user, username, email }, extension.value, by));
        if (index % restAfterRows === restAfterRows - 1) await setImmediate();
      }
      return ids;
    });
  }

  /** @throws CommandFailed 'noSuchUser', 'changedMeanwhile', 'usernameTaken', 'emailTaken', 'lastSuperAdmin'. */
  async change(change: UserChange, by: By): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, change.userId, change.version);
      const username = plainUsername(change.username);
      const email = plainEmail(change.email);
      const taken = await readTaken(db);
      if (username !== before.username && taken.usernames.has(username)) throw usernameTaken(username);
      if (email !== null && email !== before.email && taken.emails.has(email)) throw emailTaken(email);
      if (change.accountType !== 'superAdmin') await requireAnotherSuperAdmin(db, before);
      await db
        .updateTable('account')
        .set({
          first_name: change.firstName,
          last_name: change.lastName,
          display_name: fullName(change),
          username,
          email,
          account_type: change.accountType,
          may_call_outside: change.mayCallOutside ? 1 : 0,
          version: before.version + 1,
        })
        .where('user_id', '=', change.userId)
        .execute();
      await audit(db, 'user.change', before, by);
    });
  }

  /**
   * Of one who is disabled, sessions, remembered devices and SIP credentials are gone with it.
   * @throws CommandFailed 'noSuchUser', 'changedMeanwhile', 'lastSuperAdmin'.
   */
  async setDisabled(id: UserId, version: number, disabled: boolean, by: By): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, id, version);
      if (disabled === (before.disabledAtMs !== null)) return;
      if (disabled) await requireAnotherSuperAdmin(db, before);
      await db
        .updateTable('account')
        .set({ disabled_at_ms: disabled ? by.atMs : null, version: before.version + 1 })
        .where('user_id', '=', id)
        .execute();
      if (disabled) {
        await endSessions(db, id);
        await db.deleteFrom('sip_credential').where('user_id', '=', id).execute();
      }
      await audit(db, disabled ? 'user.disable' : 'user.enable', before, by);
    });
  }

  /** Ends the user's sessions at rest. @throws CommandFailed 'noSuchUser'. */
  async setPassword(id: UserId, passwordHash: string, mustChange: boolean, by: By): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, id, null);
      await db
        .updateTable('account')
        .set({
          password_hash: passwordHash,
          must_change_password: mustChange ? 1 : 0,
          version: before.version + 1,
        })
        .where('user_id', '=', id)
        .execute();
      await endSessions(db, id);
      await audit(db, 'user.resetPassword', before, by);
    });
  }

  /** Off, and due or not; ends the user's sessions at rest. @throws CommandFailed 'noSuchUser'. */
  async resetSecondFactor(id: UserId, due: boolean, by: By): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, id, null);
      // In the order in which a factor is confirmed, so that neither waits for the other for ever.
      await db.deleteFrom('second_factor').where('user_id', '=', id).execute();
      await db.deleteFrom('recovery_code').where('user_id', '=', id).execute();
      await db
        .updateTable('account')
        .set({ second_factor_due: due ? 1 : 0, version: before.version + 1 })
        .where('user_id', '=', id)
        .execute();
      await endSessions(db, id);
      await audit(db, 'user.resetSecondFactor', before, by);
    });
  }

  #write<T>(work: (db: HubDatabase) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (db) => {
      await oneAtATime(db, 'accounts');
      return work(db);
    });
  }
}

/** @param version that its changer saw; null where any will do. */
async function readForChange(db: HubDatabase, id: UserId, version: number | null): Promise<AdminUser> {
  const [user] = await readUsers(db, id);
  if (!user) throw noSuchUser();
  if (version !== null && user.version !== version) {
    throw new CommandFailed(
      'changedMeanwhile',
      'Somebody else has changed this user meanwhile. Nothing was saved: look at the change, then save again.',
    );
  }
  return user;
}

async function readTaken(db: HubDatabase): Promise<TakenNames> {
  const accounts = await db.selectFrom('account').select(['username', 'email', 'extension']).execute();
  const numbers = await db.selectFrom('project_number').select('number').execute();
  return {
    usernames: new Set(accounts.map(({ username }) => username)),
    emails: new Set(accounts.flatMap(({ email }) => email ?? [])),
    numbers: new Set([...accounts.map(({ extension }) => extension), ...numbers.map(({ number }) => number)]),
  };
}

async function requireAnotherSuperAdmin(db: HubDatabase, user: AdminUser): Promise<void> {
  if (user.accountType !== 'superAdmin' || user.disabledAtMs !== null) return;
  const another = await db
    .selectFrom('account')
    .select('user_id')
    .where('account_type', '=', 'superAdmin')
    .where('disabled_at_ms', 'is', null)
    .where('user_id', '!=', user.userId)
    .executeTakeFirst();
  if (another) return;
  throw new CommandFailed(
    'lastSuperAdmin',
    'This is the last super admin. Make somebody else a super admin first.',
  );
}

async function insert(db: HubDatabase, user: HashedUser, extension: string, by: By): Promise<UserId> {
  const id = userId.parse(randomUUID());
  await db
    .insertInto('account')
    .values({
      user_id: id,
      username: user.username,
      display_name: fullName(user),
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      account_type: user.accountType,
      extension,
      password_hash: user.passwordHash,
      must_change_password: user.mustChangePassword ? 1 : 0,
      second_factor_due: user.secondFactorDue ? 1 : 0,
      may_call_outside: user.mayCallOutside ? 1 : 0,
      version: 0,
    })
    .execute();
  if (user.teams.length > 0) {
    const members = user.teams.map((team) => ({ team_id: team.id, user_id: id }));
    await db.insertInto('team_member').values(members).execute();
  }
  const { passwordHash, secondFactorDue, teams, ...told } = user;
  const after = {
    ...told,
    secondFactor: secondFactorDue ? 'due' : 'off',
    extension,
    ...(teams.length > 0 ? { teams: teams.map(({ name }) => name) } : {}),
  };
  const subject = { kind: 'user', id, name: fullName(user) };
  await appendAudit(db, { actor: by.actor, action: 'user.add', subject, before: {}, after }, by.atMs);
  return id;
}

/** What stands there now is what it became. */
async function audit(db: HubDatabase, action: string, was: AdminUser, by: By): Promise<void> {
  const [is] = await readUsers(db, was.userId);
  const subject = { kind: 'user', id: was.userId, name: fullName(was) };
  const [before, after] = [was, is].map((user) => {
    if (!user) return {};
    const { version, userId: _, lastSignedInAtMs, disabledAtMs, ...told } = user;
    return { ...told, disabled: disabledAtMs !== null };
  });
  await appendAudit(
    db,
    { actor: by.actor, action, subject, before: before ?? {}, after: after ?? {} },
    by.atMs,
  );
}

async function endSessions(db: HubDatabase, id: UserId): Promise<void> {
  await db.deleteFrom('session').where('user_id', '=', id).execute();
  await db.deleteFrom('remembered_device').where('user_id', '=', id).execute();
}

/** Whoever is about to save one of these teams sees the newcomers first. @throws CommandFailed 'noSuchTeam'. */
async function countTeamsChanged(db: HubDatabase, ids: readonly TeamId[]): Promise<void> {
  if (ids.length === 0) return;
  await oneAtATime(db, 'teams');
  const { numUpdatedRows } = await db
    .updateTable('team')
    .set((is) => ({ version: is('version', '+', 1) }))
    .where('id', 'in', ids)
    .executeTakeFirst();
  if (Number(numUpdatedRows) < ids.length) throw noSuchTeam();
}

/** Two people do not share an address by writing it in other letters. */
export function plainEmail(email: string | null): string | null {
  return email === null ? null : email.trim().toLowerCase();
}

export function noSuchUser(): CommandFailed {
  return new CommandFailed('noSuchUser', 'There is no such user.');
}

function usernameTaken(username: string): CommandFailed {
  return new CommandFailed('usernameTaken', `The username ${username} is taken. Choose another one.`);
}

function emailTaken(email: string): CommandFailed {
  return new CommandFailed('emailTaken', `Another user has the address ${email}.`);
}

function noExtensionLeft({ first, last }: ExtensionRange): CommandFailed {
  return new CommandFailed(
    'noExtensionLeft',
    `All extensions from ${first} to ${last} are taken. A super admin can widen the range in the settings.`,
  );
}
