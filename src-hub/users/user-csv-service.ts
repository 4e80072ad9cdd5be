// Users from and to CSV. An import is looked at whole, every problem told by its row; then all of it is written, or
// nothing. Ten thousand passwords take minutes to judge and to hash: one after the other, in threads of their own, so that
// calls and whoever signs in meanwhile do not wait. One import at a time.
import { setTimeout } from 'node:timers/promises';
import type { CsvProblem } from '#shared/admin/users-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { PasswordHashing } from '../accounts/password-hashing.ts';
import { plainUsername } from '../accounts/username.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { plainTeamName, type TeamStore } from '../teams/team-store.ts';
import { type ExtensionRange, freeExtensions } from './extensions.ts';
import { createPasswordJudge } from './password-judge.ts';
import { problem, type ReadUser, readUsersCsv, writeUsersCsv } from './user-csv.ts';
import { ownWords, type UserService } from './user-service.ts';
import { type HashedUser, plainEmail, type UserStore } from './user-store.ts';

export interface UserCsvParts {
  readonly store: UserStore;
  readonly teams: TeamStore;
  readonly users: UserService;
  readonly hashing: PasswordHashing;
  readonly clock: HubClock;
  range(): Promise<ExtensionRange>;
}

export interface ImportResult {
  readonly rows: number;
  readonly added: number;
  readonly problems: CsvProblem[];
}

type Team = HashedUser['teams'][number];

/** As long as many sign in at once. */
const tryHashAgainMs = 250;

export class UserCsvService {
  readonly #parts: UserCsvParts;
  readonly #imports = new InTurn<'import'>();
  readonly #passwords = createPasswordJudge();

  constructor(parts: UserCsvParts) {
    this.#parts = parts;
  }

  async export(): Promise<string> {
    const [users, teams] = await Promise.all([this.#parts.store.all(), this.#parts.teams.all()]);
    return writeUsersCsv(users, new Map(teams.map(({ id, name }) => [id, name])));
  }

  /**
   * @param tryOnly says what would happen; nothing is written.
   * @throws CommandFailed as the user store's, where somebody was quicker after the file was looked at.
   */
  import(text: string, tryOnly: boolean, actor: Actor): Promise<ImportResult> {
    return this.#imports.run('import', () => this.#import(text, tryOnly, actor));
  }

  async #import(text: string, tryOnly: boolean, actor: Actor): Promise<ImportResult> {
    const { store, users, clock, range } = this.#parts;
    const read = readUsersCsv(text);
    const teams = new Map((await this.#parts.teams.all()).map((team) => [plainTeamName(team.name), team]));
    const problems = [
      ...read.problems,
      ...(await this.#clashes(read.users, teams)),
      ...(await this.#weakPasswords(read.users)),
    ].sort((one, other) => one.row - other.row);
    if (tryOnly || problems.length > 0) return { rows: read.rows, added: 0, problems };
    const hashed: HashedUser[] = [];
    for (const { user, teamNames } of read.users) {
      const { password, ...rest } = user;
      const teamsOfUser = teamNames.flatMap((name) => teams.get(plainTeamName(name)) ?? []);
      hashed.push({ ...rest, passwordHash: await this.#hash(password), teams: onceEach(teamsOfUser) });
    }
    await store.add(hashed, await range(), { actor, atMs: clock.nowMs() });
    await users.changed();
    return { rows: read.rows, added: hashed.length, problems: [] };
  }

  /** With what is there, and within the file. */
  async #clashes(users: readonly ReadUser[], teams: ReadonlyMap<string, Team>): Promise<CsvProblem[]> {
    const taken = await this.#parts.store.taken();
    const range = await this.#parts.range();
    const extensions = freeExtensions(range, taken.numbers);
    const usernamesAt = new Map<string, number>();
    const emailsAt = new Map<string, number>();
    return users.flatMap(({ row, user, teamNames }) => {
      const found: CsvProblem[] = [];
      const username = plainUsername(user.username);
      const email = plainEmail(user.email);
      const sameName = usernamesAt.get(username);
      if (taken.usernames.has(username)) {
        found.push(problem(row, 'username', 'usernameTaken', `The username ${username} is taken.`));
      } else if (sameName !== undefined) {
        found.push(problem(row, 'username', 'usernameTwice', `Row ${sameName} has the same username.`));
      } else usernamesAt.set(username, row);
      if (email !== null) {
        const sameEmail = emailsAt.get(email);
        if (taken.emails.has(email)) {
          found.push(problem(row, 'email', 'emailTaken', `Another user has the address ${email}.`));
        } else if (sameEmail !== undefined) {
          found.push(problem(row, 'email', 'emailTwice', `Row ${sameEmail} has the same address.`));
        } else emailsAt.set(email, row);
      }
      for (const name of teamNames.filter((each) => !teams.has(plainTeamName(each)))) {
        found.push(problem(row, 'teams', 'noSuchTeam', `There is no team ${name}.`));
      }
      if (extensions.next().done) {
        const message = `All extensions from ${range.first} to ${range.last} are taken by the rows before. Widen the range in the settings.`;
        found.push(problem(row, null, 'noExtensionLeft', message));
      }
      return found;
    });
  }

  async #weakPasswords(users: readonly ReadUser[]): Promise<CsvProblem[]> {
    const judged = await this.#passwords.judge(
      users.map(({ user }) => ({ password: user.password, ownWords: ownWords(user) })),
    );
    return users.flatMap(({ row }, index) => {
      const verdict = judged[index];
      return verdict ? [problem(row, 'password', verdict.reason, verdict.message)] : [];
    });
  }

  async #hash(password: string): Promise<string> {
    for (;;) {
      try {
        return await this.#parts.hashing.hash(password);
      } catch (error) {
        if (!(error instanceof CommandFailed) || error.reason !== 'slowDown') throw error;
        await setTimeout(tryHashAgainMs);
      }
    }
  }
}

function onceEach(teams: readonly Team[]): Team[] {
  return [...new Map(teams.map((team) => [team.id, team])).values()];
}
