// The company's directory over the hub's wire, on both databases: who is in it, with which teams, and how they stand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleUserId } from '../../../src-hub/practice/sample-company.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { type LongLivedHub, startLongLivedHub } from '../projects/long-lived-hub.ts';
import { clerk, clerk2, HandClock, listenTo, signInDesktop, superAdmin } from '../support.ts';

const postgres = await sharedPostgres();

describe.each([
  { name: 'SQLite', skip: false },
  { name: 'PostgreSQL', skip: postgres === null },
])('on $name', ({ name, skip }) => {
  describe.skipIf(skip)('CALL-9: the directory', () => {
    const clock = new HandClock();
    let hub: LongLivedHub;
    beforeAll(async () => {
      const url = name === 'PostgreSQL' ? await postgres?.newHubDatabase() : undefined;
      hub = await startLongLivedHub(url, { clock });
    });
    afterAll(() => hub?.end());

    it('names everybody with extension and teams, and the projects by number', async () => {
      const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
      const asker = await signInDesktop(hub, clerk);
      const told = listenTo(asker.client, 'people.changed');
      const memberIds = [sampleUserId('clerk'), sampleUserId('clerk2')];
      await boss.call('admin.teams.add', { name: 'Support', memberIds });
      await boss.call('admin.teams.add', { name: 'Evenings', memberIds: [sampleUserId('clerk2')] });
      clock.advance(400);
      await eventually('told once that the directory is another', () => told.length === 1);
      const { people, projects, presences } = await asker.client.call('people.get', null);
      expect(people.find(({ extension }) => extension === '202')).toEqual({
        userId: sampleUserId('clerk2'),
        displayName: 'Sam Okafor',
        extension: '202',
        teams: ['Evenings', 'Support'],
      });
      expect(projects).toContainEqual({
        projectId: 'northwind-support',
        name: 'Northwind Support',
        number: '+442079460100',
      });
      expect(presences.map(({ userId }) => userId)).toEqual(people.map(({ userId }) => userId));
    });

    it('leaves out who is disabled', async () => {
      const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
      const jo = { firstName: 'Jo', lastName: 'New', username: 'jo.new', email: null };
      const added = await boss.call('admin.users.add', {
        ...jo,
        accountType: 'clerk',
        password: 'four unusual horses sing',
        mustChangePassword: false,
        secondFactorDue: false,
        mayCallOutside: false,
      });
      const inIt = async () =>
        (await boss.call('people.get', null)).people.some(({ userId }) => userId === added.userId);
      expect(await inIt()).toBe(true);
      const { userId, version } = added;
      await boss.call('admin.users.setDisabled', { userId, version, disabled: true });
      expect(await inIt()).toBe(false);
    });

    it('tells those who look what changed, the latest of it, and nobody else', async () => {
      const watcher = await signInDesktop(hub, clerk);
      const other = await signInDesktop(hub, clerk, 'laptop');
      const sam = await signInDesktop(hub, clerk2);
      clock.advance(1_000);
      const told = listenTo(watcher.client, 'people.presence');
      const toldOther = listenTo(other.client, 'people.presence');
      await watcher.client.call('people.watch', { on: true });
      const set = (status: 'available' | 'away') =>
        sam.client.call('presence.set', { status, labelId: null, untilMs: null });
      await set('available');
      await sam.client.call('device.report', { activity: 'onCall', asleep: false });
      await set('away');
      clock.advance(100);
      const frame = await eventually('one frame', () => told.at(-1));
      expect(frame).toEqual([
        {
          userId: sampleUserId('clerk2'),
          status: 'away',
          labelId: null,
          sinceMs: expect.any(Number),
          activity: 'onCall',
          activitySinceMs: expect.any(Number),
          reachable: false,
        },
      ]);
      await watcher.client.call('people.watch', { on: false });
      await sam.client.call('device.report', { activity: 'free', asleep: false });
      clock.advance(200);
      await watcher.client.call('presence.get', null);
      await other.client.call('presence.get', null);
      expect(told).toHaveLength(1);
      expect(toldOther).toEqual([]);
    });
  });
});
