// Fills an empty database of a hub with a company as large as a test or a benchmark wants: agents with projects open,
// and colleagues who only call. All have one password, hashed once: signing in is as it always is. Run before the hub
// starts.
import { type ProjectId, projectId, userId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { argon2Hashing } from '../../src-hub/accounts/password-hashing.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import { OpenProjectStore } from '../../src-hub/projects/open-project-store.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { type StoredProject, usualRouting } from '../../src-hub/projects/stored-project.ts';

export interface SeededUser {
  readonly userId: string;
  readonly username: string;
  readonly extension: string;
  /** The primary one first; none for colleagues who only call. */
  readonly projectIds: readonly ProjectId[];
}

export interface SeededCompany {
  readonly password: string;
  readonly agents: readonly SeededUser[];
  readonly callers: readonly SeededUser[];
  readonly projects: readonly { readonly id: ProjectId; readonly number: string }[];
}

const password = 'nobody guesses this one';

/** Every agent has two projects open, where there are two. A call that one agent refuses goes to the next. */
export async function seedCompany(
  place: DatabasePlace,
  count: { readonly agents: number; readonly callers: number; readonly projects: number },
  routing: Partial<StoredProject> = {},
): Promise<SeededCompany> {
  const db = await openHubDatabase(place);
  try {
    const passwordHash = await argon2Hashing().hash(password);
    const projects = Array.from({ length: count.projects }, (_, at) => ({
      id: projectId.parse(`project-${at}`),
      number: `+4930${100_000 + at}`,
    }));
    const idAt = (at: number) => projects[at % projects.length]?.id as ProjectId;
    const people = (kind: string, from: number, howMany: number, open: (at: number) => ProjectId[]) =>
      Array.from({ length: howMany }, (_, at): SeededUser => {
        const name = `${kind}-${at}`;
        return { userId: name, username: name, extension: String(from + at), projectIds: open(at) };
      });
    const agents = people('agent', 2_000, count.agents, (at) => [...new Set([idAt(at), idAt(at + 1)])]);
    const callers = people('caller', 4_000, count.callers, () => []);
    const accounts = new AccountStore(db);
    for (const { username, extension } of [...agents, ...callers]) {
      const user = { userId: userId.parse(username), username, extension, displayName: `The ${username}` };
      await accounts.add({ user: { ...user, accountType: 'clerk' }, passwordHash });
    }
    const store = new ProjectStore(db);
    for (const { id, number } of projects) {
      const members = agents.filter(({ projectIds }) => projectIds.includes(id));
      await store.add(
        {
          ...usualRouting,
          onDecline: 'nextAgent',
          project: { id, name: id, numbers: [number], wrapUpMs: 2_000, dispositionRequired: false },
          queueName: id,
          ringTimeoutMs: 20_000,
          memberIds: members.map((member) => userId.parse(member.userId)),
          ...routing,
        },
        [],
      );
    }
    const open = new OpenProjectStore(db);
    for (const { userId: id, projectIds } of agents) {
      const [primaryId = null, ...secondaryIds] = projectIds;
      await open.set(userId.parse(id), { primaryId, secondaryIds });
    }
    return { password, agents, callers, projects };
  } finally {
    await db.destroy();
  }
}
