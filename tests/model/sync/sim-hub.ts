// The hub of the simulation: its record and sync services over a database of their own, on SQLite or PostgreSQL. It can be
// killed between any two of its statements; what is not committed then is gone, and it begins anew on what is there.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import pg from 'pg';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { type ProjectId, type UserId, userId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../../src-hub/accounts/account-store.ts';
import { UserDirectory } from '../../../src-hub/accounts/user-directory.ts';
import { beginAutomations } from '../../../src-hub/automations/automations.ts';
import {
  type DatabasePlace,
  type HubDatabase,
  openHubDatabase,
} from '../../../src-hub/database/open-database.ts';
import { sampleProject, sampleSecondProject } from '../../../src-hub/practice/sample-company.ts';
import { ProjectService } from '../../../src-hub/projects/project-service.ts';
import { ProjectStore } from '../../../src-hub/projects/project-store.ts';
import { usualRouting } from '../../../src-hub/projects/stored-project.ts';
import { buildRecords } from '../../../src-hub/records/records.ts';
import { EraStore } from '../../../src-hub/sync/era-store.ts';
import { PullService } from '../../../src-hub/sync/pull-service.ts';
import { PullStore } from '../../../src-hub/sync/pull-store.ts';
import { pushesAt } from '../../support/pushes-at.ts';
import type { SimClock } from './sim-clock.ts';

export const userNames = ['ann', 'bob', 'cora'] as const;
export const projectIds: readonly ProjectId[] = [sampleProject.id, sampleSecondProject.id];

export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Everybody, in both projects. @param db empty and migrated */
export async function fillCompany(db: HubDatabase): Promise<void> {
  const accounts = new AccountStore(db);
  for (const [at, name] of userNames.entries()) {
    await accounts.add({
      user: {
        userId: userId.parse(name),
        username: name,
        displayName: `${name} of the simulation`,
        accountType: 'clerk',
        extension: String(301 + at),
      },
      passwordHash: 'unused',
    });
  }
  const projects = new ProjectStore(db);
  for (const project of [sampleProject, sampleSecondProject]) {
    const memberIds = userNames.map((name) => userId.parse(name));
    await projects.add(
      { ...usualRouting, project, queueName: 'Queue', ringTimeoutMs: 20_000, memberIds },
      [],
    );
  }
}

/** Where the hub's database is, and how a fresh one comes to be. */
export interface HubGround {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** As `fillCompany` left it. @param folder of this schedule */
  fresh(folder: string): Promise<DatabasePlace>;
  /** What is there after a kill at this moment. */
  left(place: DatabasePlace, folder: string, kills: number): DatabasePlace;
}

export async function sqliteGround(folder: string): Promise<HubGround> {
  mkdirSync(folder, { recursive: true });
  const template = join(folder, 'hub-template.sqlite');
  const db = await openHubDatabase({ sqlite: template });
  await fillCompany(db);
  await db.destroy();
  return {
    name: 'SQLite',
    async fresh(into) {
      const file = join(into, 'hub.sqlite');
      copyFileSync(template, file);
      return { sqlite: file };
    },
    left(place, into, kills) {
      const file = 'sqlite' in place ? place.sqlite : '';
      const copy = join(into, `hub-${kills}.sqlite`);
      copyDatabase(file, copy);
      return { sqlite: copy };
    },
  };
}

/** As the disk has it after a kill: the file, and what was written ahead. */
export function copyDatabase(file: string, copy: string): void {
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part);
}

export function removeDatabase(file: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
}

/** Each world has a database of its own, made after the one at `url`, which is empty before. */
export async function postgresGround(url: string): Promise<HubGround> {
  const db = await openHubDatabase({ postgres: url });
  await fillCompany(db);
  await db.destroy();
  const template = new URL(url).pathname.slice(1);
  const at = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  let made = 0;
  return {
    name: 'PostgreSQL',
    async fresh() {
      const client = new pg.Client({ connectionString: at('postgres') });
      await client.connect();
      made += 1;
      const name = `${template}_world_${made}`;
      await client.query(`create database ${name} template ${template}`);
      await client.query(`drop database if exists ${template}_world_${made - 1} with (force)`);
      await client.end();
      return { postgres: at(name) };
    },
    left: (place) => place,
  };
}

type Services = Awaited<ReturnType<typeof start>>;

export class SimHub {
  readonly #ground: HubGround;
  readonly #folder: string;
  readonly #clock: SimClock;
  #place: DatabasePlace | null = null;
  #at: Services | null = null;
  #life = { isDead: false, statementsLeft: Number.POSITIVE_INFINITY };
  readonly #dead: HubDatabase[] = [];
  #eras = 0;
  kills = 0;
  /** Told when it dies. */
  died: () => void = () => {};

  constructor(ground: HubGround, folder: string, clock: SimClock) {
    this.#ground = ground;
    this.#folder = folder;
    this.#clock = clock;
  }

  get isUp(): boolean {
    return this.#at !== null && !this.#life.isDead;
  }

  /** @throws Killed where it is down */
  get at(): Services {
    if (!this.#at || this.#life.isDead) throw new Killed('The hub is down.');
    return this.#at;
  }

  async start(): Promise<void> {
    if (this.isUp) return;
    this.#place ??= await this.#ground.fresh(this.#folder);
    this.#eras += 1;
    this.#life = { isDead: false, statementsLeft: Number.POSITIVE_INFINITY };
    const life = this.#life;
    const place = this.#place;
    const killer: KyselyPlugin = {
      transformQuery: ({ node }) => {
        if (life.isDead) throw new Killed('The hub was killed.');
        if (life.statementsLeft <= 0) this.#die(place);
        life.statementsLeft -= 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    this.#at = await start(place, `era-${this.#eras}`, killer, this.#clock);
  }

  /** @param statements how many it still carries out */
  killAfter(statements: number): void {
    this.#life.statementsLeft = statements;
  }

  /** Now, unless it is down already. */
  kill(): void {
    if (!this.isUp || !this.#place) return;
    try {
      this.#die(this.#place);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#at) this.#dead.push(this.#at.db);
    this.#at = null;
    for (const db of this.#dead.splice(0)) await db.destroy();
  }

  #die(place: DatabasePlace): never {
    this.#life.isDead = true;
    this.kills += 1;
    this.#place = this.#ground.left(place, this.#folder, this.kills);
    if (this.#at) this.#dead.push(this.#at.db);
    this.#at = null;
    this.died();
    throw new Killed('The hub was killed.');
  }
}

async function start(place: DatabasePlace, era: string, killer: KyselyPlugin, clock: SimClock) {
  const db = (await openHubDatabase(place)).withPlugin(killer);
  const users = new UserDirectory(new AccountStore(db));
  const projects = new ProjectService(new ProjectStore(db));
  await Promise.all([users.load(), projects.load()]);
  // Whole, as a computer's clock tells it.
  const wholeMs = { nowMs: () => Math.trunc(clock.nowMs()), after: () => () => undefined };
  const people = buildRecords({
    db,
    clock: wholeMs,
    users,
    projects,
    forms: { formOf: () => usualCallForm },
    erasureSecret: new Uint8Array(32).fill(7),
    numbersChanged: async () => undefined,
    erased: async () => undefined,
    happened: beginAutomations({ db, clock: wholeMs }).happenings,
  });
  const eras = new EraStore(db);
  await eras.begin(era);
  const pulls = new PullService(new PullStore(db), eras, () => false);
  const pushes = pushesAt(db, people.records, pulls);
  return { ...people, db, users, pulls, pushes };
}

/** As an administrator does it; the hub looks it up anew at each request. */
export async function setMember(
  all: HubDatabase,
  projectId: ProjectId,
  user: UserId,
  isMember: boolean,
): Promise<void> {
  await all.transaction().execute(async (db) => {
    await db
      .deleteFrom('project_member')
      .where('project_id', '=', projectId)
      .where('user_id', '=', user)
      .execute();
    if (!isMember) return;
    await db.insertInto('project_member').values({ project_id: projectId, user_id: user }).execute();
  });
}

/** `user project` of each. */
export async function membersOf(db: HubDatabase): Promise<Set<string>> {
  const rows = await db.selectFrom('project_member').selectAll().execute();
  return new Set(rows.map(({ user_id, project_id }) => memberName(user_id, project_id)));
}

export function memberName(user: UserId, project: ProjectId): string {
  return `${user} ${project}`;
}
