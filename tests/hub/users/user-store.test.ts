// Users and teams at rest, on both databases: what two admins could break together, and what the audit log keeps of it.
import { expect, it } from 'vitest';
import type { AdminUser, UserChange } from '#shared/admin/users-contract.ts';
import { type UserId, userId } from '#shared/domain/ids.ts';
import { SecondFactorStore } from '../../../src-hub/accounts/second-factor-store.ts';
import { SessionStore } from '../../../src-hub/accounts/session-store.ts';
import { AuditStore } from '../../../src-hub/audit/audit-store.ts';
import { TeamStore } from '../../../src-hub/teams/team-store.ts';
import { type HashedUser, UserStore } from '../../../src-hub/users/user-store.ts';
import { type OpenDatabase, onBothDatabases } from './on-both-databases.ts';

const actor = { kind: 'user', id: 'u-jo', name: 'Jo Lindgren' } as const;
const by = { actor, atMs: 1_800_000_000_123 };
const range = { first: 201, last: 899 };

function person(username: string, part: Partial<HashedUser> = {}): HashedUser {
  return {
    firstName: 'Ann',
    lastName: username,
    username,
    email: `${username}@example.com`,
    passwordHash: 'hash',
    accountType: 'clerk',
    mustChangePassword: true,
    secondFactorDue: false,
    mayCallOutside: true,
    teams: [],
    ...part,
  };
}

async function users(open: OpenDatabase) {
  const db = await open();
  const store = new UserStore(db);
  const add = async (...people: HashedUser[]): Promise<AdminUser[]> => {
    const ids = await store.add(people, range, by);
    return Promise.all(ids.map((id) => find(id)));
  };
  const find = async (id: UserId): Promise<AdminUser> => {
    const user = await store.find(id);
    if (!user) throw new Error('no such user');
    return user;
  };
  const audit = () =>
    new AuditStore(db).list({
      beforeId: null,
      limit: 200,
      text: '',
      actorId: null,
      projectId: null,
      within: null,
    });
  return { db, store, add, find, audit };
}

function changeOf({ userId: id, version, firstName, lastName, ...user }: AdminUser): UserChange {
  const { username, email, accountType, mayCallOutside } = user;
  return { userId: id, version, firstName, lastName, username, email, accountType, mayCallOutside };
}

await onBothDatabases((open) => {
  it('a user gets the lowest extension that nobody, no project and no service has', async () => {
    const { db, add, store } = await users(open);
    await db
      .insertInto('project')
      .values({
        id: 'p' as never,
        name: 'P',
        queue_name: 'q',
        wrap_up_ms: 0,
        disposition_required: 0,
        ring_timeout_ms: 20_000,
        distribution: 'longestIdle',
        on_decline: 'voicemail',
        most_waiting: 20,
        longest_wait_ms: 300_000,
        overflow_project_id: null,
        time_zone: 'Etc/UTC',
        version: 0,
        dispositions_version: 0,
        removed_at_ms: null,
      })
      .execute();
    await db
      .insertInto('project_number')
      .values({ number: '202', project_id: 'p' as never })
      .execute();
    const extensions = (await add(person('ann'), person('ben'), person('cem'))).map((each) => each.extension);
    expect(extensions).toEqual(['201', '203', '204']);
    const late = await store.add([person('dee'), person('eli')], { first: 599, last: 601 }, by);
    const told = await Promise.all(late.map((id) => store.find(id)));
    // 600 is the echo test.
    expect(told.map((each) => each?.extension)).toEqual(['599', '601']);
    const tooMany = store.add([person('fay'), person('gus')], { first: 600, last: 602 }, by);
    await expect(tooMany).rejects.toMatchObject({ reason: 'noExtensionLeft' });
    expect((await store.taken()).usernames.has('fay')).toBe(false);
  });

  it('of many added at the same moment, each has an extension of its own, and of two with one name one is there', async () => {
    const { store } = await users(open);
    const added = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => store.add([person(`user${index % 19}`)], range, by)),
    );
    const refused = added.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { reason: 'usernameTaken' } }]);
    const extensions = (await store.all()).map(({ extension }) => Number(extension));
    expect(extensions).toEqual(Array.from({ length: 19 }, (_, index) => 201 + index));
  });

  it('a username is taken in any case and writing, an address in any case, also by a change', async () => {
    const { store, add } = await users(open);
    const [, ben] = await add(person('ann'), person('ben'));
    const taken = (people: HashedUser) => store.add([people], range, by);
    await expect(taken(person('ANN', { email: null }))).rejects.toMatchObject({ reason: 'usernameTaken' });
    await expect(taken(person('ａｎｎ', { email: null }))).rejects.toMatchObject({ reason: 'usernameTaken' });
    await expect(taken(person('x1', { email: 'Ann@Example.com' }))).rejects.toMatchObject({
      reason: 'emailTaken',
    });
    const change = changeOf(ben as AdminUser);
    await expect(store.change({ ...change, username: 'Ann' }, by)).rejects.toMatchObject({
      reason: 'usernameTaken',
    });
    await expect(store.change({ ...change, email: 'ann@example.com' }, by)).rejects.toMatchObject({
      reason: 'emailTaken',
    });
    await store.change({ ...change, username: 'BEN', email: 'BEN@example.com' }, by);
  });

  it('whoever saves without having seen the last change is refused, and the log tells what was', async () => {
    const { store, add, find, audit } = await users(open);
    const [ann] = await add(person('ann'));
    const change = changeOf(ann as AdminUser);
    const both = await Promise.allSettled([
      store.change({ ...change, lastName: 'One' }, by),
      store.change({ ...change, lastName: 'Two' }, by),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'changedMeanwhile' },
    });
    const { version, lastName } = await find(change.userId);
    expect(version).toBe(1);
    const [latest, first] = await audit();
    expect(latest).toMatchObject({
      action: 'user.change',
      actor,
      subject: { kind: 'user', id: change.userId, name: 'Ann ann' },
      changes: [{ field: 'lastName', before: 'ann', after: lastName }],
    });
    expect(first).toMatchObject({ action: 'user.add' });
    expect(JSON.stringify(await audit())).not.toContain('hash');
    const nobody = { ...change, userId: userId.parse('nobody') };
    await expect(store.change(nobody, by)).rejects.toMatchObject({ reason: 'noSuchUser' });
  });

  it('TEAM-2 the last super admin stays one, also where two make each other less at the same moment', async () => {
    const { store, add, find } = await users(open);
    const [ann, ben] = (await add(
      person('ann', { accountType: 'superAdmin' }),
      person('ben', { accountType: 'superAdmin' }),
    )) as [AdminUser, AdminUser];
    const both = await Promise.allSettled([
      store.change({ ...changeOf(ann), accountType: 'clerk' }, by),
      store.setDisabled(ben.userId, ben.version, true, by),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'lastSuperAdmin' },
    });
    const left = [await find(ann.userId), await find(ben.userId)].filter(
      ({ accountType, disabledAtMs }) => accountType === 'superAdmin' && disabledAtMs === null,
    );
    expect(left).toHaveLength(1);
  });

  it('a session begun at the moment of disabling is gone with the others', async () => {
    const { store, add, db, audit } = await users(open);
    const sessions = new SessionStore(db);
    const [ann] = (await add(person('ann'))) as [AdminUser];
    const [begun] = await Promise.all([
      sessions.begin(ann.userId, 'desk', by.atMs, 'hash'),
      store.setDisabled(ann.userId, 0, true, by),
    ]);
    expect(begun === null || !(await sessions.isThere(begun.session.tokenHash))).toBe(true);
    expect(await sessions.begin(ann.userId, 'laptop', by.atMs)).toBeNull();
    await store.setDisabled(ann.userId, 1, false, by);
    expect(await sessions.begin(ann.userId, 'laptop', by.atMs, 'another hash')).toBeNull();
    expect(await sessions.begin(ann.userId, 'laptop', by.atMs, 'hash')).not.toBeNull();
    expect((await audit()).map(({ action }) => action)).toEqual(['user.enable', 'user.disable', 'user.add']);
  });

  it('a second factor is taken away with its codes, and is due no more once it is set up', async () => {
    const { store, add, db, find } = await users(open);
    const factors = new SecondFactorStore(db);
    const [ann] = (await add(person('ann', { secondFactorDue: true }))) as [AdminUser];
    expect(ann.secondFactor).toBe('due');
    await factors.propose(ann.userId, 'SECRET');
    await factors.confirm(ann.userId, { secret: 'SECRET', step: 1, nowMs: by.atMs, codeHashes: ['a', 'b'] });
    expect((await find(ann.userId)).secondFactor).toBe('on');
    await store.resetSecondFactor(ann.userId, false, by);
    expect((await find(ann.userId)).secondFactor).toBe('off');
    expect(await factors.recoveryCodesLeft(ann.userId)).toBe(0);
  });

  it('of an import with one that cannot be, nothing is there, neither users nor members nor entries', async () => {
    const { store, db, audit } = await users(open);
    const teams = new TeamStore(db);
    const id = await teams.add({ name: 'First line', memberIds: [] }, by);
    const team = { id, name: 'First line' };
    const many = Array.from({ length: 120 }, (_, index) => person(`user${index}`, { teams: [team] }));
    const refused = store.add([...many, person('user7', { email: null })], range, by);
    await expect(refused).rejects.toMatchObject({ reason: 'usernameTaken' });
    expect(await store.all()).toEqual([]);
    expect(await teams.find(id)).toMatchObject({ memberIds: [], version: 0 });
    expect(await audit()).toHaveLength(1);
    await store.add(many, range, by);
    expect(await teams.find(id)).toMatchObject({ version: 1, memberIds: { length: 120 } });
    await expect(teams.change(id, 0, { name: 'Mine', memberIds: [] }, by)).rejects.toMatchObject({
      reason: 'changedMeanwhile',
    });
  });

  it('a team has a name of its own and people who are there; what it was stands in the log', async () => {
    const { add, db, audit } = await users(open);
    const teams = new TeamStore(db);
    const [ann, ben] = (await add(person('ann'), person('ben'))) as [AdminUser, AdminUser];
    const id = await teams.add({ name: 'First line', memberIds: [ann.userId, ann.userId] }, by);
    await expect(teams.add({ name: 'FIRST LINE ', memberIds: [] }, by)).rejects.toMatchObject({
      reason: 'nameTaken',
    });
    const stranger = { name: 'First line', memberIds: [userId.parse('nobody')] };
    await expect(teams.change(id, 0, stranger, by)).rejects.toMatchObject({ reason: 'noSuchUser' });
    expect(await teams.find(id)).toEqual({ id, name: 'First line', memberIds: [ann.userId], version: 0 });
    await teams.change(id, 0, { name: 'first line', memberIds: [ann.userId, ben.userId] }, by);
    expect((await audit())[0]).toMatchObject({
      action: 'team.change',
      subject: { kind: 'team', name: 'First line' },
      changes: [
        { field: 'name', before: 'First line', after: 'first line' },
        { field: 'members', before: ['Ann ann'], after: ['Ann ann', 'Ann ben'] },
      ],
    });
    await teams.remove(id, 1, by);
    expect(await teams.all()).toEqual([]);
    await expect(teams.remove(id, 1, by)).rejects.toMatchObject({ reason: 'noSuchTeam' });
  });
});
