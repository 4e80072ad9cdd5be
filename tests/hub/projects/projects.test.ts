// Projects as the admin window sets them and as members have them at once, over the hub's wire, on both databases.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdminProject, ProjectSettings } from '#shared/admin/projects-contract.ts';
import { type ProjectId, projectId, userId } from '#shared/domain/ids.ts';
import { createCompanyChanges } from '../../../src-hub/company-changes.ts';
import { openHubDatabase } from '../../../src-hub/database/open-database.ts';
import { systemClock } from '../../../src-hub/hub-clock.ts';
import { sampleProject, sampleUserId } from '../../../src-hub/practice/sample-company.ts';
import { OpenProjectService } from '../../../src-hub/projects/open-project-service.ts';
import { OpenProjectStore } from '../../../src-hub/projects/open-project-store.ts';
import { ProjectChangeStore } from '../../../src-hub/projects/project-change-store.ts';
import { ProjectChanges } from '../../../src-hub/projects/project-changes.ts';
import { ProjectService } from '../../../src-hub/projects/project-service.ts';
import { ProjectStore } from '../../../src-hub/projects/project-store.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { clerk, clerk2, KeptLog, listenTo, signInDesktop, superAdmin } from '../support.ts';
import { someProject } from './a-project.ts';
import { type LongLivedHub, startLongLivedHub } from './long-lived-hub.ts';

const postgres = await sharedPostgres();

const alex = sampleUserId('clerk');
const sam = sampleUserId('clerk2');

describe.each([
  { name: 'SQLite', skip: false },
  { name: 'PostgreSQL', skip: postgres === null },
])('on $name', ({ name, skip }) => {
  describe.skipIf(skip)('projects', () => {
    let hub: LongLivedHub;
    beforeAll(async () => {
      const url = name === 'PostgreSQL' ? await postgres?.newHubDatabase() : undefined;
      hub = await startLongLivedHub(url);
    });
    afterAll(() => hub?.end());

    const admin = async (deviceId = 'admin-1') => (await signInDesktop(hub, superAdmin, deviceId)).client;
    const adding = (boss: Awaited<ReturnType<typeof admin>>) => (over: Partial<ProjectSettings>) =>
      boss.call('admin.projects.add', { settings: someProject(over) });

    it('TEAM-5: are made with numbers, members and routing; members have them at once, and the audit log says who', async () => {
      const boss = await admin();
      const agent = await signInDesktop(hub, clerk);
      const stranger = await signInDesktop(hub, clerk2);
      const [told, strangerTold] = [agent, stranger].map(({ client }) => listenTo(client, 'work.changed'));
      const made = await boss.call('admin.projects.add', {
        settings: someProject({
          name: 'Harbour Taxis',
          numbers: ['020 7946 0111', '+44 (0)20 7946 0112', '0044 20 7946 0113', ' 7 00 ', '020-79460111'],
          memberIds: [alex, alex],
          openingHours: [{ weekday: 1, opensAtMinute: 540, closesAtMinute: 1_440 }],
          holidays: [{ date: '2027-01-01', name: 'New Year' }],
        }),
      });
      expect(made).toMatchObject({ version: 0 });
      expect(made.settings).toMatchObject({
        numbers: ['+442079460111', '+442079460112', '+442079460113', '700'],
        memberIds: [alex],
        openingHours: [{ weekday: 1, opensAtMinute: 540, closesAtMinute: 1_440 }],
        holidays: [{ date: '2027-01-01', name: 'New Year' }],
      });
      expect(await boss.call('admin.projects.list', null)).toContainEqual(made);
      const work = await eventually('the member is told', () => told?.[0]);
      expect(work.projects.map((each) => each.name)).toContain('Harbour Taxis');
      expect(await agent.client.call('work.get', null)).toEqual(work);
      expect(strangerTold).toEqual([]);
      const { entries } = await boss.call('admin.audit.list', {
        beforeId: null,
        limit: 5,
        text: '',
        actorId: null,
        projectId: made.id,
      });
      expect(entries).toMatchObject([
        {
          action: 'project.add',
          actor: { kind: 'user', name: 'Jo Lindgren' },
          subject: { kind: 'project', id: made.id, name: 'Harbour Taxis' },
        },
      ]);
      expect(entries[0]?.changes).toContainEqual({
        field: 'memberIds',
        before: null,
        after: [alex],
      });
    });

    it.each([
      ['numberMalformed', { numbers: ['call me'] }],
      ['numberMalformed', { numbers: [''] }],
      ['numberMalformed', { numbers: ['+1'] }],
      ['numberReserved', { numbers: ['112'] }],
      ['numberReserved', { numbers: ['9 9 9'] }],
      ['numberReserved', { numbers: ['600'] }],
      ['numberTaken', { numbers: ['202'] }],
      ['numberTaken', { numbers: ['020 7946 0100'] }],
      ['nameTaken', { name: 'northwind SUPPORT' }],
      ['noSuchUser', { memberIds: [userId.parse('nobody')] }],
      ['noSuchProject', { overflow: { to: 'project', projectId: projectId.parse('nowhere') } }],
      ['timeZoneUnknown', { timeZone: 'Europe/Atlantis' }],
      ['timeZoneUnknown', { timeZone: '+02:00' }],
      ['hoursMalformed', { openingHours: [{ weekday: 2, opensAtMinute: 600, closesAtMinute: 600 }] }],
      [
        'hoursMalformed',
        {
          openingHours: [
            { weekday: 2, opensAtMinute: 700, closesAtMinute: 900 },
            { weekday: 3, opensAtMinute: 480, closesAtMinute: 720 },
            { weekday: 2, opensAtMinute: 480, closesAtMinute: 720 },
          ],
        },
      ],
      [
        'hoursMalformed',
        {
          holidays: [
            { date: '2027-05-01', name: 'A' },
            { date: '2027-05-01', name: 'B' },
          ],
        },
      ],
    ] as const)('are refused as %s with %j, and nothing is left behind', async (reason, over) => {
      const boss = await admin();
      const before = await boss.call('admin.projects.list', null);
      const settings = someProject({ name: 'Refused', ...(over as Partial<ProjectSettings>) });
      await expect(boss.call('admin.projects.add', { settings })).rejects.toMatchObject({ reason });
      expect(await boss.call('admin.projects.list', null)).toEqual(before);
    });

    it('TEAM-5: of two admins at the same project the second is told, sees the first’s change, and goes on from there', async () => {
      const [first, second] = [await admin('admin-1'), await admin('admin-2')];
      const made = await adding(first)({ name: 'Two at once', numbers: ['+442079460120'] });
      const news = listenTo(second, 'admin.changed');
      const save = (who: typeof first, from: AdminProject, over: Partial<ProjectSettings>) =>
        who.call('admin.projects.change', {
          id: from.id,
          version: from.version,
          settings: { ...from.settings, ...over },
        });
      await save(first, made, { ringTimeoutMs: 31_000 });
      await eventually('the second window hears of it', () => news.some(({ kind }) => kind === 'projects'));
      await expect(save(second, made, { wrapUpMs: 5_000 })).rejects.toMatchObject({
        reason: 'changedMeanwhile',
      });
      const seen = (await second.call('admin.projects.list', null)).find(({ id }) => id === made.id);
      expect(seen).toMatchObject({ version: 1, settings: { ringTimeoutMs: 31_000, wrapUpMs: 60_000 } });
      const saved = await save(second, seen as AdminProject, { wrapUpMs: 5_000 });
      expect(saved).toMatchObject({ version: 2, settings: { ringTimeoutMs: 31_000, wrapUpMs: 5_000 } });
      // Both at the same moment: one of them wins.
      const both = await Promise.allSettled([
        save(first, saved, { mostWaiting: 1 }),
        save(second, saved, { mostWaiting: 2 }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('do not send each other their calls for ever', async () => {
      const boss = await admin();
      const add = adding(boss);
      const a = await add({ name: 'Circle A' });
      const toA = { to: 'project', projectId: a.id } as const;
      const b = await add({ name: 'Circle B', overflow: toA });
      const c = await add({ name: 'Circle C', overflow: { to: 'project', projectId: b.id } });
      for (const target of [a.id, b.id, c.id]) {
        const settings = { ...a.settings, overflow: { to: 'project', projectId: target } as const };
        await expect(
          boss.call('admin.projects.change', { id: a.id, version: a.version, settings }),
        ).rejects.toMatchObject({ reason: 'overflowCircle' });
      }
    });

    it('that are removed free name and numbers, and those that sent them their calls go to voicemail', async () => {
      const boss = await admin();
      const agent = await signInDesktop(hub, clerk2);
      const over = { name: 'Short-lived', numbers: ['+442079460130'], memberIds: [sam] };
      const add = adding(boss);
      const made = await add(over);
      const sender = await add({ name: 'Sends on', overflow: { to: 'project', projectId: made.id } });
      const told = listenTo(agent.client, 'work.changed');
      await expect(
        boss.call('admin.projects.remove', { id: made.id, version: made.version + 1 }),
      ).rejects.toMatchObject({ reason: 'changedMeanwhile' });
      await boss.call('admin.projects.remove', { id: made.id, version: made.version });
      await eventually('the member is told', () =>
        told.find(({ projects }) => projects.every(({ id }) => id !== made.id)),
      );
      const now = await boss.call('admin.projects.list', null);
      expect(now.find(({ id }) => id === made.id)).toBeUndefined();
      expect(now.find(({ id }) => id === sender.id)).toMatchObject({
        version: 1,
        settings: { overflow: { to: 'voicemail' } },
      });
      await expect(
        boss.call('admin.projects.change', { id: made.id, version: 1, settings: made.settings }),
      ).rejects.toMatchObject({ reason: 'noSuchProject' });
      const again = await add(over);
      expect(again.id).not.toBe(made.id);
      await boss.call('admin.projects.remove', { id: again.id, version: 0 });
      // A call may be on its way to its voicemail; its messages are heard by those who were its members.
      const { projects, db } = await readAnew(hub);
      expect(projects.find(made.id)).toMatchObject({ project: { name: 'Short-lived', numbers: [] } });
      expect(projects.mailboxesOf(sam)).toContain(made.id);
      expect(projects.idsOfMember(sam)).not.toContain(made.id);
      await db.destroy();
    });

    it('TEAM-5: have dispositions that are replaced as a list; one taken away is kept for the calls that have it', async () => {
      const boss = await admin();
      const agent = await signInDesktop(hub, clerk);
      const { id } = await adding(boss)({ name: 'With outcomes', memberIds: [alex] });
      const told = listenTo(agent.client, 'work.changed');
      const one = (label: string, key: string | null = null) => ({
        id: null,
        label,
        group: 'Group',
        color: 'teal',
        key,
        noteRequired: true,
      });
      const set = (version: number, dispositions: unknown[]) =>
        boss.call('admin.dispositions.set', { projectId: id, version, dispositions: dispositions as [] });
      const first = await set(0, [one('Sold', '1'), one('Not sold', '2')]);
      expect(first.version).toBe(1);
      const work = await eventually('the agent has them', () =>
        told.find(({ dispositions }) => dispositions.some(({ projectId: of }) => of === id)),
      );
      expect(work.dispositions.filter(({ projectId: of }) => of === id)).toEqual(first.dispositions);
      await expect(set(0, [])).rejects.toMatchObject({ reason: 'changedMeanwhile' });
      await expect(set(1, [one('Sold'), one('SOLD')])).rejects.toMatchObject({ reason: 'labelTaken' });
      await expect(set(1, [one('A', '3'), one('B', '3')])).rejects.toMatchObject({ reason: 'keyTaken' });
      await expect(set(1, [{ ...one('A'), id: 'northwind-spam' }])).rejects.toMatchObject({
        reason: 'noSuchDisposition',
      });
      const [sold, notSold] = first.dispositions.map(({ projectId: _, ...rest }) => rest);
      const second = await set(1, [{ ...notSold, label: 'Lost' }, one('Undecided')]);
      expect(second.dispositions.map(({ label }) => label)).toEqual(['Lost', 'Undecided']);
      expect(second.dispositions[0]?.id).toBe(notSold?.id);
      expect(await boss.call('admin.dispositions.get', { projectId: id })).toEqual(second);
      const { db } = await readAnew(hub);
      const kept = await db
        .selectFrom('disposition')
        .select(['label', 'removed_at_ms'])
        .where('id', '=', sold?.id ?? ('' as never))
        .executeTakeFirst();
      expect(kept).toMatchObject({ label: 'Sold', removed_at_ms: expect.any(Number) });
      await db.destroy();
    });

    it('TEAM-6: are opened, one as primary and others beside it, on all of the agent’s devices, and stay so', async () => {
      const boss = await admin();
      const add = adding(boss);
      const desktop = await signInDesktop(hub, clerk2, 'desktop');
      const laptop = await signInDesktop(hub, clerk2, 'laptop');
      const told = listenTo(laptop.client, 'work.changed');
      expect(desktop.session.work.open).toEqual({ primaryId: sampleProject.id, secondaryIds: [] });
      await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
      const second = await add({ name: 'Second', memberIds: [sam] });
      const third = await add({ name: 'Another', memberIds: [sam] });
      expect((await desktop.client.call('work.get', null)).open).toEqual(desktop.session.work.open);
      const chosen = { primaryId: second.id, secondaryIds: [sampleProject.id, third.id] };
      await desktop.client.call('projects.open', chosen);
      const onLaptop = await eventually('the laptop knows', () =>
        told.find(({ open }) => open.primaryId === second.id),
      );
      expect(new Set(onLaptop.open.secondaryIds)).toEqual(new Set(chosen.secondaryIds));
      const foreign = await add({ name: 'Foreign' });
      await expect(
        desktop.client.call('projects.open', { primaryId: foreign.id, secondaryIds: [] }),
      ).rejects.toMatchObject({ reason: 'notAMember' });
      const { open, db } = await readAnew(hub);
      expect(open.of(sam).primaryId).toBe(second.id);
      await db.destroy();
      // Taken out of the primary one: it is closed, the next takes its place, and coming back does not open it.
      const change = (project: AdminProject, version: number, memberIds: ProjectSettings['memberIds']) =>
        boss.call('admin.projects.change', {
          id: project.id,
          version,
          settings: { ...project.settings, memberIds },
        });
      await change(second, 0, []);
      const without = await eventually('the laptop knows', () =>
        told.find(({ projects }) => projects.every(({ id }) => id !== second.id) && told.length > 3),
      );
      const left = [without.open.primaryId, ...without.open.secondaryIds];
      expect(new Set(left)).toEqual(new Set([sampleProject.id, third.id]));
      await change(second, 1, [sam]);
      expect((await desktop.client.call('work.get', null)).open).toEqual(without.open);
      await desktop.client.call('presence.set', { status: 'offline', labelId: null, untilMs: null });
    });

    it('TEAM-6: of an agent with several who has never chosen none is open, so that they are asked', async () => {
      const jo = sampleUserId('superadmin');
      const boss = await admin();
      const { id } = await adding(boss)({ name: 'First of two', memberIds: [jo] });
      expect((await boss.call('work.get', null)).open).toEqual({ primaryId: id, secondaryIds: [] });
      const second = await adding(boss)({ name: 'Second of two', memberIds: [jo] });
      expect((await boss.call('work.get', null)).open).toEqual({ primaryId: null, secondaryIds: [] });
      // Somebody at work does not find their only project closed for having got a second one.
      await boss.call('admin.projects.remove', { id: second.id, version: 0 });
      await boss.call('presence.set', { status: 'available', labelId: null, untilMs: null });
      await adding(boss)({ name: 'Third', memberIds: [jo] });
      expect((await boss.call('work.get', null)).open).toEqual({ primaryId: id, secondaryIds: [] });
    });

    it('are held apart by the database, too: a number and a name are given once, whoever asks', async () => {
      const [one, other] = [await readAnew(hub), await readAnew(hub)];
      const actor = { kind: 'console', id: 'c', name: 'Console' } as const;
      const changes = [one, other].map(
        ({ db, projects, open }) =>
          new ProjectChanges({
            store: new ProjectChangeStore(db),
            projects,
            open,
            clock: systemClock,
            changes: createCompanyChanges(new KeptLog()),
            isAtWork: () => false,
          }),
      );
      const [first, second] = changes as [ProjectChanges, ProjectChanges];
      const made = await first.add(actor, someProject({ name: 'Once', numbers: ['+442079460140'] }));
      await expect(
        second.add(actor, someProject({ name: 'Other', numbers: ['+442079460140'] })),
      ).rejects.toMatchObject({ reason: 'numberTaken' });
      await expect(second.add(actor, someProject({ name: 'ONCE' }))).rejects.toMatchObject({
        reason: 'nameTaken',
      });
      await other.projects.load();
      await first.change(actor, made.id, 0, someProject({ name: 'Once again' }));
      await expect(second.change(actor, made.id, 0, someProject({ name: 'Never' }))).rejects.toMatchObject({
        reason: 'changedMeanwhile',
      });
      const found = (await readNames(one.db, made.id))[0];
      expect(found).toMatchObject({ name: 'Once again', version: 1 });
      await one.db.destroy();
      await other.db.destroy();
    });
  });
});

type Read = Awaited<ReturnType<typeof readAnew>>;

function readNames(db: Read['db'], id: ProjectId) {
  return db.selectFrom('project').select(['name', 'version']).where('id', '=', id).execute();
}

/** As another start of the hub would read it. */
async function readAnew(hub: LongLivedHub) {
  const db = await openHubDatabase(hub.database ?? { sqlite: join(hub.dataDirectory, 'hub.sqlite') });
  const projects = new ProjectService(new ProjectStore(db));
  const open = new OpenProjectService(new OpenProjectStore(db), projects);
  await projects.load();
  await open.load();
  return { db, projects, open };
}
