// Teams as admins see them, over the hub's wire.
import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { admin, listenTo, signInDesktop } from '../support.ts';
import { companyAtWork } from '../users/company.ts';

it('TEAM-4 a team is made with its members, and a user is added to one that exists', async () => {
  const { call, add, find, hub } = await companyAtWork();
  const supervisor = await signInDesktop(hub, admin, 'desk');
  const told = listenTo(supervisor.client, 'admin.changed');
  const { userId } = await find('clerk');
  const team = await call('admin.teams.add', { name: ' First line ', memberIds: [userId] });
  expect(team).toMatchObject({ name: 'First line', memberIds: [userId], version: 0 });
  const nia = await add('nia');
  const { id, name } = team;
  const memberIds = [userId, nia.userId];
  const changed = await call('admin.teams.change', { id, version: 0, name, memberIds });
  expect(changed).toMatchObject({ version: 1, memberIds: expect.arrayContaining(memberIds) });
  expect((await find('nia')).teamIds).toEqual([id]);
  await eventually('an open admin window is told', () => told.some(({ kind }) => kind === 'teams'));
  await expect(call('admin.teams.change', { id, version: 0, name, memberIds: [] })).rejects.toMatchObject({
    reason: 'changedMeanwhile',
  });
  await expect(call('admin.teams.add', { name: 'first line', memberIds: [] })).rejects.toMatchObject({
    reason: 'nameTaken',
  });

  // A supervisor sees the teams that they are in, and the people in them.
  expect(await supervisor.client.call('admin.teams.list', null)).toEqual([]);
  const robin = await find('admin');
  await call('admin.teams.change', { id, version: 1, name, memberIds: [...memberIds, robin.userId] });
  expect(await supervisor.client.call('admin.teams.list', null)).toMatchObject([{ id, version: 2 }]);
  const seen = await supervisor.client.call('admin.users.list', null);
  expect(seen.map(({ username }) => username)).toContain('nia');

  await call('admin.teams.remove', { id, version: 2 });
  expect((await find('nia')).teamIds).toEqual([]);
});
