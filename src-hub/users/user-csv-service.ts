// Users from and to CSV. An import is looked at whole, every problem told by its row; then all of it is written, or
// nothing. Ten thousand passwords take some minutes to judge and one to hash: in threads of their own and a few at a
// time, so that calls and whoever signs in meanwhile do not wait, and whoever imports is told how far it is. One import at
// a time.
import { setTimeout } from 'node:timers/promises';
import type { CsvProblem, ImportProgress } from '#shared/admin/users-contract.ts';
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

type Told = (progress: ImportProgress) => void;
type Team = HashedUser['teams'][number];

/** As long as many sign in at once. */
const tryHashAgainMs = 250;
/** As many as the hashing does at the same time; whoever signs in meanwhile waits for one of them, some 20 ms. */
const hashesAtOnce = 2;

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
   * @param told of each step; often, and not of short imports' last.
   * @throws CommandFailed as the user store's, where somebody was quicker after the file was looked at.
   */
  import(text: string, tryOnly: boolean, actor: Actor, told: Told = () => {}): Promise<ImportResult> {
    return this.#imports.run('import', () => this.#import(text, tryOnly, actor, told));
  }

  async #import(text: string, tryOnly: boolean, actor: Actor, told: Told): Promise<ImportResult> {
    const { store, users, clock, range } = this.#parts;
    const read = readUsersCsv(text);
    const teams = new Map((await this.#parts.teams.all()).map((team) => [plainTeamName(team.name), team]));
    const problems = [
      ...read.problems,
      ...(await this.#clashes(read.users, teams)),
      ...(await this.#weakPasswords(read.users, told)),
    ].sort((one, other) => one.row - other.row);
    if (tryOnly || problems.length > 0) return { rows: read.rows, added: 0, problems };
    const hashes = await this.#hashAll(
      read.users.map(({ user }) => user.password),
      told,
    );
    const hashed = read.users.map(({ user, teamNames }, at): HashedUser => {
      const { password: _, ...rest } = user;
      const teamsOfUser = teamNames.flatMap((name) => teams.get(plainTeamName(name)) ?? []);
      return { ...rest, passwordHash: hashes[at] ?? '', teams: onceEach(teamsOfUser) };
    });
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

  async #weakPasswords(users: readonly ReadUser[], told: Told): Promise<CsvProblem[]> {
    const judged = await this.#passwords.judge(
      users.map(({ user }) => ({ password: user.password, ownWords: ownWords(user) })),
      (done) => told({ doing: 'judging', done, total: users.length }),
    );
    return users.flatMap(({ row }, index) => {
      const verdict = judged[index];
      return verdict ? [problem(row, 'password', verdict.reason, verdict.message)] : [];
    });
  }

  async #hashAll(passwords: readonly string[], told: Told): Promise<string[]> {
    const hashes: string[] = [];
    const left = passwords.entries();
    let done = 0;
    const some = async () => {
      // Each takes the next one that none has taken.
      for (const [at, password] of left) {
        hashes[at] = await this.#hash(password);
        done += 1;
        told({ doing: 'hashing', done, total: passwords.length });
      }
    };
    await Promise.all(Array.from({ length: hashesAtOnce }, some));
    return hashes;
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
