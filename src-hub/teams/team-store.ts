// Teams at rest, each change with its entry in the audit log in one transaction. Names differ in more than their letters'
// case; two who save at once do not overwrite each other.
import { randomUUID } from 'node:crypto';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import { type TeamId, teamId, type UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface TeamBy {
  readonly actor: Actor;
  readonly atMs: number;
}

export interface WantedTeam {
  readonly name: string;
  readonly memberIds: readonly UserId[];
}

export class TeamStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  all(): Promise<AdminTeam[]> {
    return readTeams(this.#db, null);
  }

  async find(id: TeamId): Promise<AdminTeam | null> {
    const [team] = await readTeams(this.#db, id);
    return team ?? null;
  }

  /** @throws CommandFailed 'nameTaken', 'noSuchUser'. */
  async add(wanted: WantedTeam, by: TeamBy): Promise<TeamId> {
    return this.#write(async (db) => {
      await requireFreeName(db, wanted.name, null);
      const id = teamId.parse(randomUUID());
      await db.insertInto('team').values({ id, name: wanted.name, version: 0 }).execute();
      await putMembers(db, id, wanted.memberIds);
      await audit(db, 'team.add', id, wanted.name, {}, await shown(db, wanted), by);
      return id;
    });
  }

  /** @throws CommandFailed 'noSuchTeam', 'changedMeanwhile', 'nameTaken', 'noSuchUser'. */
  async change(id: TeamId, version: number, wanted: WantedTeam, by: TeamBy): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, id, version);
      await requireFreeName(db, wanted.name, id);
      const told = await shown(db, before);
      await db
        .updateTable('team')
        .set({ name: wanted.name, version: before.version + 1 })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('team_member').where('team_id', '=', id).execute();
      await putMembers(db, id, wanted.memberIds);
      await audit(db, 'team.change', id, before.name, told, await shown(db, wanted), by);
    });
  }

  /** @throws CommandFailed 'noSuchTeam', 'changedMeanwhile'. */
  async remove(id: TeamId, version: number, by: TeamBy): Promise<void> {
    await this.#write(async (db) => {
      const before = await readForChange(db, id, version);
      const told = await shown(db, before);
      await db.deleteFrom('team_member').where('team_id', '=', id).execute();
      await db.deleteFrom('team').where('id', '=', id).execute();
      await audit(db, 'team.remove', id, before.name, told, {}, by);
    });
  }

  #write<T>(work: (db: HubDatabase) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (db) => {
      await oneAtATime(db, 'teams');
      return work(db);
    });
  }
}

async function readTeams(db: HubDatabase, only: TeamId | null): Promise<AdminTeam[]> {
  const teams = db.selectFrom('team').selectAll().orderBy('name');
  const members = db.selectFrom('team_member').selectAll().orderBy('user_id');
  const rows = await (only === null ? teams : teams.where('id', '=', only)).execute();
  const memberRows = await (only === null ? members : members.where('team_id', '=', only)).execute();
  const membersOf = Map.groupBy(memberRows, ({ team_id }) => team_id);
  return rows.map(({ id, name, version }) => ({
    id,
    name,
    version,
    memberIds: (membersOf.get(id) ?? []).map(({ user_id }) => user_id),
  }));
}

async function readForChange(db: HubDatabase, id: TeamId, version: number): Promise<AdminTeam> {
  const [team] = await readTeams(db, id);
  if (!team) throw noSuchTeam();
  if (team.version === version) return team;
  throw new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed this team meanwhile. Nothing was saved: look at the change, then save again.',
  );
}

async function requireFreeName(db: HubDatabase, name: string, own: TeamId | null): Promise<void> {
  const key = plainTeamName(name);
  const teams = await db.selectFrom('team').select(['id', 'name']).execute();
  const other = teams.find((team) => team.id !== own && plainTeamName(team.name) === key);
  if (other) throw new CommandFailed('nameTaken', `There is a team ${other.name} already.`);
}

async function putMembers(db: HubDatabase, id: TeamId, memberIds: readonly UserId[]): Promise<void> {
  const wanted = [...new Set(memberIds)];
  if (wanted.length === 0) return;
  const known = await db.selectFrom('account').select('user_id').where('user_id', 'in', wanted).execute();
  if (known.length < wanted.length) {
    throw new CommandFailed('noSuchUser', 'One of the members is no longer there. Nothing was saved.');
  }
  await db
    .insertInto('team_member')
    .values(wanted.map((user_id) => ({ team_id: id, user_id })))
    .execute();
}

/** In the audit log members stand by name: ids say nothing to a person. */
async function shown(db: HubDatabase, { name, memberIds }: WantedTeam): Promise<Record<string, unknown>> {
  if (memberIds.length === 0) return { name, members: [] };
  const rows = await db
    .selectFrom('account')
    .select('display_name')
    .where('user_id', 'in', [...memberIds])
    .orderBy('display_name')
    .execute();
  return { name, members: rows.map(({ display_name }) => display_name) };
}

async function audit(
  db: HubDatabase,
  action: string,
  id: TeamId,
  name: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  { actor, atMs }: TeamBy,
): Promise<void> {
  const subject = { kind: 'team', id, name };
  await appendAudit(db, { actor, action, subject, teamId: id, before, after }, atMs);
}

export function plainTeamName(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

export function noSuchTeam(): CommandFailed {
  return new CommandFailed('noSuchTeam', 'There is no such team any more.');
}
