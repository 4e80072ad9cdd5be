// What the matrix cannot say: how far a supervisor's changes reach within their own teams and projects, what lists hold for
// them, and that rights end at once.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mutationId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import { admin, clerk, openDesktop, signInDesktop } from '../support.ts';
import { sampleCompany } from './sample-company.ts';

const refused = { reason: 'notAllowed' };

describe('a supervisor', () => {
  it('changes the projects they belong to, but not their numbers, and draws nobody in whom they do not see', async () => {
    const { hub, own, other } = await sampleCompany();
    const { client } = await signInDesktop(hub, admin);
    const projects = await client.call('admin.projects.list', null);
    const project = projects.find(({ id }) => id === own.projectId);
    const { version, settings } = project ?? { version: 0, settings: own.settings };
    const change = (changed: Partial<typeof settings>) =>
      client.call('admin.projects.change', {
        id: own.projectId,
        version,
        settings: { ...settings, ...changed },
      });
    await expect(change({ numbers: [] })).rejects.toMatchObject(refused);
    await expect(change({ numbers: [...settings.numbers, '+442079460199'] })).rejects.toMatchObject(refused);
    await expect(change({ memberIds: [...settings.memberIds, other.userId] })).rejects.toMatchObject(refused);
    await expect(change({ overflow: { to: 'project', projectId: other.projectId } })).rejects.toMatchObject(
      refused,
    );
    expect(await change({ wrapUpMs: 45_000 })).toMatchObject({ settings: { wrapUpMs: 45_000 } });
  });

  it('changes the teams they belong to with people whom they see', async () => {
    const { hub, boss, own, other } = await sampleCompany();
    const { client, session } = await signInDesktop(hub, admin);
    const [team] = await client.call('admin.teams.list', null);
    const { version } = team ?? { version: 0 };
    const change = (version: number, ...memberIds: (typeof own.userId)[]) =>
      client.call('admin.teams.change', { id: own.teamId, version, name: 'Own', memberIds });
    const me = session.user.userId;
    await expect(change(version, me, other.userId)).rejects.toMatchObject(refused);
    const changed = await change(version, me, own.userId);
    expect(changed.memberIds.toSorted()).toEqual([me, own.userId].toSorted());
    // Whom a super admin put there is seen from then on.
    const stranger = { id: own.teamId, name: 'Own', memberIds: [me, other.userId], version: changed.version };
    const { version: latest } = await boss.client.call('admin.teams.change', stranger);
    expect((await client.call('admin.users.list', null)).map(({ userId }) => userId)).toContain(other.userId);
    await expect(change(latest, me, other.userId)).resolves.toBeTruthy();
  });

  it('is told of the people, teams, projects and changes that they belong to, and of no others', async () => {
    const { hub, boss, own, other } = await sampleCompany();
    const { client } = await signInDesktop(hub, admin);
    const users = await client.call('admin.users.list', null);
    expect(users.map(({ userId }) => userId)).toContain(own.userId);
    expect(users.map(({ userId }) => userId)).not.toContain(other.userId);
    expect((await client.call('admin.teams.list', null)).map(({ id }) => id)).toEqual([own.teamId]);
    const projects = (await client.call('admin.projects.list', null)).map(({ id }) => id);
    expect(projects).toContain(own.projectId);
    expect(projects).not.toContain(other.projectId);
    const all = { beforeId: null, limit: 100, text: '', actorId: null, projectId: null };
    const seen = (await client.call('admin.audit.list', all)).entries.map(({ subject }) => subject.id);
    expect(seen).toEqual([own.teamId]);
    const everything = (await boss.client.call('admin.audit.list', all)).entries.map(
      ({ subject }) => subject.id,
    );
    expect(everything.toSorted()).toEqual(
      [own.teamId, other.teamId, other.projectId, other.userId].toSorted(),
    );
  });

  it('DIAL-11 finds the person of a new order among the records of their projects and of none, and makes it', async () => {
    const { hub, boss, own, other } = await sampleCompany();
    const { client } = await signInDesktop(hub, admin);
    const people = { Here: own.projectId, Everywhere: null, Elsewhere: other.projectId };
    const mutations = Object.entries(people).map(([firstName, projectId], at) => ({
      ...{ mutationId: mutationId.parse(randomUUID()), sequence: at + 1, madeAtMs: Date.now() },
      mutation: {
        kind: 'record.create' as const,
        recordId: recordId.parse(randomUUID()),
        content: { ...emptyRecordContent, firstName, lastName: 'Quist', projectId },
      },
    }));
    const pushed = await boss.client.call('sync.push', { mutations });
    expect(pushed.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    const find = async (asker: typeof client) =>
      (await asker.call('admin.records.find', { text: 'Quist' }))
        .map(({ firstName }) => firstName)
        .toSorted();
    expect(await find(boss.client)).toEqual(['Elsewhere', 'Everywhere', 'Here']);
    expect(await find(client)).toEqual(['Everywhere', 'Here']);
    const { statuses } = await client.call('admin.orderStatuses.get', null);
    const statusId = statuses[0]?.id ?? expect.fail('a status');
    const make = (at: number, projectId: typeof own.projectId) =>
      client.call('admin.orders.add', {
        content: {
          ...{ recordId: mutations[at]?.mutation.recordId ?? expect.fail('a record'), projectId, statusId },
          ...{ externalId: null, goods: '', sumMinor: null, currency: '', delivery: '' },
          ...{ fields: {}, timeZone: null },
        },
      });
    expect(await make(0, own.projectId)).toMatchObject({ source: 'person' });
    await expect(make(0, other.projectId)).rejects.toMatchObject(refused);
    await expect(make(2, own.projectId)).rejects.toMatchObject({ reason: 'noSuchRecord' });
  });

  it('does nothing to a super admin, even one of their own team', async () => {
    const { hub, boss, own } = await sampleCompany();
    const { client, session } = await signInDesktop(hub, admin);
    const superAdminId = boss.session.user.userId;
    const memberIds = [session.user.userId, superAdminId];
    await boss.client.call('admin.teams.change', { id: own.teamId, version: 0, name: 'Own', memberIds });
    expect((await client.call('admin.users.list', null)).map(({ userId }) => userId)).toContain(superAdminId);
    await expect(client.call('supervise.signOut', { userId: superAdminId })).rejects.toMatchObject(refused);
    await expect(boss.client.call('presence.get', null)).resolves.toBeTruthy();
  });

  it('loses with a team or an account type what came with it, on connections that are open', async () => {
    const { hub, boss, own } = await sampleCompany();
    const { client, session } = await signInDesktop(hub, admin);
    const { userId } = session.user;
    const dispositions = () => client.call('admin.dispositions.get', { projectId: own.projectId });
    await expect(dispositions()).resolves.toBeTruthy();
    const [northwind] = (await boss.client.call('admin.projects.list', null)).filter(
      ({ id }) => id === own.projectId,
    );
    const { id, version, settings } = northwind ?? { id: own.projectId, version: 0, settings: own.settings };
    const memberIds = settings.memberIds.filter((each) => each !== userId);
    await boss.client.call('admin.projects.change', { id, version, settings: { ...settings, memberIds } });
    await expect(dispositions()).rejects.toMatchObject(refused);

    await expect(client.call('admin.teams.list', null)).resolves.toHaveLength(1);
    const users = await boss.client.call('admin.users.list', null);
    const {
      firstName,
      lastName,
      username,
      email,
      mayCallOutside,
      version: seen,
    } = users.find((each) => each.userId === userId) ?? users[0] ?? ({} as never);
    const change = { userId, version: seen, firstName, lastName, username, email, mayCallOutside };
    await boss.client.call('admin.users.change', { ...change, accountType: 'clerk' });
    await expect(client.call('admin.teams.list', null)).rejects.toBeTruthy();
  });
});

it('a clerk who asks for what is a supervisor’s is refused in words, and it is logged', async () => {
  const { hub } = await sampleCompany();
  const { client, session } = await signInDesktop(hub, clerk);
  await expect(client.call('admin.users.list', null)).rejects.toMatchObject({
    reason: 'notAllowed',
    message: 'This is for supervisors and super admins. Nothing was changed.',
  });
  expect(hub.log.lines).toContainEqual({
    level: 'warn',
    message: 'permissions: refused',
    facts: { command: 'admin.users.list', userId: session.user.userId, accountType: 'clerk' },
  });
  const { client: operator } = await openDesktop(hub, {
    headers: { authorization: `Bearer ${hub.operatorToken}` },
  });
  await expect(operator.call('admin.users.list', null)).rejects.toMatchObject({ reason: 'signedOut' });
});
