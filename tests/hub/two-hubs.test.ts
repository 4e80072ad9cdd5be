// Two hubs on one PostgreSQL: what is changed at one is known at the other, and told to whoever is connected there.
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { sharedPostgres } from '../support/shared-postgres.ts';
import { startLongLivedHub } from './projects/long-lived-hub.ts';
import { clerk2, listenTo, signInDesktop, superAdmin } from './support.ts';

const postgres = await sharedPostgres();
const url = (await postgres?.newHubDatabase()) ?? '';
const hubs = postgres ? [await startLongLivedHub(url), await startLongLivedHub(url)] : [];
afterAll(async () => {
  for (const hub of hubs) await hub.end();
});

describe.skipIf(hubs.length === 0)('two hubs on one PostgreSQL', () => {
  it('know each other’s changes of projects, statuses, order statuses and call mode, and tell their own people', async () => {
    const [here, there] = hubs;
    if (!here || !there) return;
    const boss = await signInDesktop(here, superAdmin);
    const other = await signInDesktop(there, superAdmin, 'desk-there');
    const agent = await signInDesktop(there, clerk2, 'agent-there');
    const told = listenTo(other.client, 'admin.changed');
    const work = listenTo(agent.client, 'work.changed');
    const heard = (kind: string) =>
      eventually(`${kind} is told`, () => told.some((each) => each.kind === kind));

    const [project] = await boss.client.call('admin.projects.list', null);
    if (!project) throw new Error('No project');
    const { id, version, settings } = project;
    await boss.client.call('admin.projects.change', {
      id,
      version,
      settings: { ...settings, name: 'Renamed' },
    });
    await eventually(
      'the agent there has it',
      () => work.at(-1)?.projects.some(({ name }) => name === 'Renamed') === true,
    );
    expect(
      (await other.client.call('admin.projects.list', null)).map(({ settings: { name } }) => name),
    ).toContain('Renamed');

    const label = { id: null, label: 'Training', actsAs: 'busy', color: 'teal' } as const;
    await boss.client.call('admin.statuses.set', { version: 0, statuses: [label] });
    await eventually('the agent there may choose it', () => work.at(-1)?.statuses.length === 1);

    const { version: seen, statuses } = await boss.client.call('admin.orderStatuses.get', null);
    const more = { id: null, label: 'Parked', color: 'gray', mode: null, addToDialUp: false };
    await boss.client.call('admin.orderStatuses.set', { version: seen, statuses: [...statuses, more] });
    await heard('orderStatuses');
    expect((await other.client.call('admin.orderStatuses.get', null)).statuses.at(-1)?.label).toBe('Parked');

    const dialUp = await boss.client.call('admin.dialUp.get', { projectId: id });
    const longer = { ...dialUp.settings, countdownSeconds: 33 };
    await boss.client.call('admin.dialUp.set', { projectId: id, version: dialUp.version, settings: longer });
    await heard('dialUp');
    expect((await other.client.call('admin.dialUp.get', { projectId: id })).settings.countdownSeconds).toBe(
      33,
    );
    // Changed there from what was seen there, and seen here.
    const back = {
      projectId: id,
      version: dialUp.version + 1,
      settings: { ...longer, countdownSeconds: 44 },
    };
    await other.client.call('admin.dialUp.set', back);
    await eventually('it is known here', async () => {
      const now = await boss.client.call('admin.dialUp.get', { projectId: id });
      return now.settings.countdownSeconds === 44;
    });
    expect([...here.log.errors(), ...there.log.errors()]).toEqual([]);
  });

  it('TEAM-9: an account that is disabled at one is signed out at the other, and so is one whose password was reset', async () => {
    const [here, there] = hubs;
    if (!here || !there) return;
    const boss = await signInDesktop(here, superAdmin, 'desk-2');
    const reset = await signInDesktop(there, clerk2, 'agent-there');
    const users = await boss.client.call('admin.users.list', null);
    const user = users.find(({ username }) => username === 'clerk2');
    if (!user) throw new Error('No user');
    const { userId } = user;
    const password = 'another long password of theirs';
    await boss.client.call('admin.users.resetPassword', { userId, password, mustChangePassword: false });
    expect(await reset.closed).toBe(1001);
    const again = await signInDesktop(there, { ...clerk2, password }, 'agent-there');
    const now = await boss.client.call('admin.users.list', null);
    const version = now.find((each) => each.userId === userId)?.version ?? 0;
    const began = Date.now();
    await boss.client.call('admin.users.setDisabled', { userId, version, disabled: true });
    expect(await again.closed).toBe(1001);
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
