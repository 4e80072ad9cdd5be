// The statuses that supervisors add, over the hub's wire, on both databases: chosen, timed, taken away.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatusLabel } from '#shared/domain/presence.ts';
import { openHubDatabase } from '../../../src-hub/database/open-database.ts';
import { StatusStore } from '../../../src-hub/statuses/status-store.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { type LongLivedHub, startLongLivedHub } from '../projects/long-lived-hub.ts';
import { admin, clerk, clerk2, HandClock, listenTo, signInDesktop, superAdmin } from '../support.ts';

const postgres = await sharedPostgres();

const minuteMs = 60_000;
const fresh = (label: string, actsAs: StatusLabel['actsAs']) => ({
  id: null,
  label,
  actsAs,
  color: 'grape',
});

describe.each([
  { name: 'SQLite', skip: false },
  { name: 'PostgreSQL', skip: postgres === null },
])('on $name', ({ name, skip }) => {
  describe.skipIf(skip)('CALL-19: a status that a supervisor adds', () => {
    const clock = new HandClock();
    let hub: LongLivedHub;
    beforeAll(async () => {
      const url = name === 'PostgreSQL' ? await postgres?.newHubDatabase() : undefined;
      hub = await startLongLivedHub(url, { clock });
    });
    afterAll(() => hub?.end());

    /** The list, with these in place of those before. */
    async function withStatuses(...wanted: Parameters<typeof fresh>[]) {
      const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
      const { version } = await boss.call('admin.statuses.get', null);
      const statuses = wanted.map(([label, actsAs]) => fresh(label, actsAs));
      return { boss, ...(await boss.call('admin.statuses.set', { version, statuses })) };
    }

    it('is there to choose at once, acts as it says, and shows since when', async () => {
      const agent = await signInDesktop(hub, clerk);
      const told = listenTo(agent.client, 'work.changed');
      const { statuses, boss } = await withStatuses(['Training', 'away'], ['Outbound day', 'busy']);
      const work = await eventually('the agent has them', () => told.at(-1));
      expect(work.statuses).toEqual(statuses);
      expect(statuses.map(({ label }) => label)).toEqual(['Training', 'Outbound day']);
      const [training, outbound] = statuses as [StatusLabel, StatusLabel];
      const set = (labelId: StatusLabel['id'], status: 'away' | 'available') =>
        agent.client.call('presence.set', { status, labelId, untilMs: null });
      await set(training.id, 'away');
      expect(await agent.client.call('presence.get', null)).toEqual({
        status: 'away',
        labelId: training.id,
        sinceMs: clock.nowMs(),
        untilMs: null,
      });
      // What acts as Busy cannot be had as Available.
      await expect(set(outbound.id, 'available')).rejects.toMatchObject({ reason: 'noSuchStatus' });
      expect((await agent.client.call('presence.get', null)).labelId).toBe(training.id);
      const { entries } = await boss.call('admin.audit.list', {
        beforeId: null,
        limit: 1,
        text: '',
        actorId: null,
        projectId: null,
      });
      expect(entries).toMatchObject([
        { action: 'statuses.change', actor: { name: 'Jo Lindgren' }, subject: { kind: 'statuses' } },
      ]);
    });

    it('may have an end, keeps its name until then, and ends in Available', async () => {
      const { statuses } = await withStatuses(['Lunch', 'away']);
      const agent = await signInDesktop(hub, clerk);
      const told = listenTo(agent.client, 'presence.changed');
      const untilMs = clock.nowMs() + 30 * minuteMs;
      const labelId = statuses[0]?.id ?? null;
      await agent.client.call('presence.set', { status: 'away', labelId, untilMs });
      clock.advance(30 * minuteMs - 1);
      expect(await agent.client.call('presence.get', null)).toMatchObject({ labelId, untilMs });
      clock.advance(1);
      const back = await eventually('the end of lunch', () =>
        told.find(({ status }) => status === 'available'),
      );
      expect(back).toEqual({ status: 'available', labelId: null, sinceMs: clock.nowMs(), untilMs: null });
    });

    it('that is taken away, or acts otherwise from now on, leaves whoever is in it as it acted', async () => {
      const { boss, version, statuses } = await withStatuses(['Meeting', 'busy'], ['Coaching', 'away']);
      const [meeting, coaching] = statuses as [StatusLabel, StatusLabel];
      const first = await signInDesktop(hub, clerk, 'first');
      const second = await signInDesktop(hub, clerk2, 'second');
      const untilMs = clock.nowMs() + minuteMs;
      await first.client.call('presence.set', { status: 'busy', labelId: meeting.id, untilMs });
      await second.client.call('presence.set', { status: 'away', labelId: coaching.id, untilMs: null });
      const sinceMs = clock.nowMs();
      clock.advance(1_000);
      const told = listenTo(first.client, 'presence.changed');
      await boss.call('admin.statuses.set', {
        version,
        statuses: [{ ...coaching, actsAs: 'available' }],
      });
      expect(await first.client.call('presence.get', null)).toEqual({
        status: 'busy',
        labelId: null,
        sinceMs,
        untilMs,
      });
      // Nobody is made available by somebody else's renaming.
      expect(await second.client.call('presence.get', null)).toMatchObject({ status: 'away', labelId: null });
      await eventually('the device is told', () => told.length === 1);
      clock.advance(minuteMs);
      await eventually('its end holds', async () => {
        const { status } = await first.client.call('presence.get', null);
        return status === 'available';
      });
    });

    it('has a name of its own, and of two supervisors at the list the second is told', async () => {
      const { boss, version, statuses } = await withStatuses(['Training', 'away']);
      const supervisor = (await signInDesktop(hub, admin)).client;
      const news = listenTo(supervisor, 'admin.changed');
      const seen = await supervisor.call('admin.statuses.get', null);
      expect(seen).toEqual({ version, statuses });
      const twice = [...statuses, fresh('TRAINING', 'busy')];
      await expect(boss.call('admin.statuses.set', { version, statuses: twice })).rejects.toMatchObject({
        reason: 'labelTaken',
      });
      const [renamed] = statuses.map((each) => ({ ...each, label: 'Course' }));
      await boss.call('admin.statuses.set', { version, statuses: renamed ? [renamed] : [] });
      await eventually('the supervisor hears of it', () => news.some(({ kind }) => kind === 'statuses'));
      await expect(supervisor.call('admin.statuses.set', { version, statuses: [] })).rejects.toMatchObject({
        reason: 'changedMeanwhile',
      });
      const now = await supervisor.call('admin.statuses.get', null);
      expect(now).toEqual({ version: version + 1, statuses: [renamed] });
      const db = await openHubDatabase(hub.database ?? { sqlite: join(hub.dataDirectory, 'hub.sqlite') });
      expect(await new StatusStore(db).all()).toEqual(now);
      await db.destroy();
    });
  });
});
