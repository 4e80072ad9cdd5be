// What an agent works with, as the desktop keeps it: told by a real hub, followed in the session, and held on to for calls
// that are not finished.
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SessionView } from '#shared/desktop/session-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { projectId } from '#shared/domain/ids.ts';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';
import { openCompanyStore, primaryProject } from '../../src-main/directory/company-store.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { createSessionService, type SessionPorts } from '../../src-main/session/session-service.ts';
import { deskAtWork, dispositions, easyGoing, practice, sold } from '../calls/desk-at-work.ts';
import { clerk, signInDesktop, startTestHub, superAdmin } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';

function sessionOn(link: ReturnType<typeof createHubLink>, keepWork: SessionPorts['keepWork']) {
  return createSessionService({
    hub: link,
    deviceId: '00000000-0000-4000-8000-000000000001',
    remembered: { available: () => false, read: () => null, keep() {}, forget() {} },
    keepWork,
    usernameChanged() {},
    startPhone() {},
    renewPhone() {},
    stopPhone: () => Promise.resolve(),
    log: recordingLog(),
  });
}

async function connectedLink(hub: { url: string }) {
  const link = createHubLink(recordingLog());
  onTestFinished(() => link.close());
  link.connectTo(hub.url);
  await link.untilOnline(5_000);
  return link;
}

type SignedInView = Extract<SessionView, { state: 'signedIn' }>;

test('TEAM-6: the session shows projects, what is open and the statuses as the hub tells them, and signs nobody in twice', async () => {
  const hub = await startTestHub();
  const desk = await deskAtWork();
  const company = openCompanyStore(desk.database);
  const link = await connectedLink(hub);
  const session = sessionOn(link, (work) => company.keep(work.projects, work.dispositions, work.callForms));
  const users: (string | null)[] = [];
  session.onUserChanged((user) => users.push(user?.username ?? null));
  await session.signIn({ ...clerk, remember: false });
  const view = () => session.view() as SignedInView;
  const [northwind, willow] = ['northwind-support', 'willow-dental'].map((id) => projectId.parse(id));
  if (!northwind || !willow) throw new Error('unreachable');
  expect(view().open).toEqual({ primaryId: northwind, secondaryIds: [] });
  expect(primaryProject(view(), company)?.name).toBe('Northwind Support');
  expect(company.callForms().map(({ projectId: of }) => of)).toEqual([northwind, willow]);

  await session.openProjects({ primaryId: willow, secondaryIds: [northwind] });
  await eventually('the switch is shown', () => view().open.primaryId === willow);
  // What the agent dials belongs to the project that they work for.
  expect(primaryProject(view(), company)?.name).toBe('Willow Dental');

  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  await boss.call('admin.statuses.set', {
    version: 0,
    statuses: [{ id: null, label: 'Training', actsAs: 'away', color: 'grape' }],
  });
  await eventually('the status is there to choose', () => view().statuses[0]?.label === 'Training');
  const projects = await boss.call('admin.projects.list', null);
  const project = projects.find(({ id }) => id === willow);
  if (!project) throw new Error('The project is not there');
  await boss.call('admin.projects.remove', { id: willow, version: project.version });
  await eventually('the project is gone', () => view().projects.length === 1);
  expect(view().open).toEqual({ primaryId: northwind, secondaryIds: [] });
  expect(company.findProject(willow)).toBeNull();

  // The windows that follow who is signed in were told once.
  expect(users).toEqual(['clerk']);
});

test('what changed while the hub was away is asked for when it is back', async () => {
  const hub = await startTestHub();
  const link = await connectedLink(hub);
  const session = sessionOn(link, () => {});
  await session.signIn({ ...clerk, remember: false });
  await hub.close();
  const db = await openHubDatabase({ sqlite: path.join(hub.dataDirectory, 'hub.sqlite') });
  await db
    .updateTable('project')
    .set({ name: 'Northwind Renamed' })
    .where('name', 'like', 'North%')
    .execute();
  await db.destroy();
  await startTestHub({
    dataDirectory: hub.dataDirectory,
    preferredPort: Number(new URL(hub.url).port),
  });
  link.retryNow();
  await eventually('the new name is shown', () =>
    (session.view() as SignedInView).projects.some(({ name }) => name === 'Northwind Renamed'),
  );
});

test('a project that the agent is taken out of stays, with its dispositions, until its calls are finished', async () => {
  const desk = await deskAtWork();
  const company = openCompanyStore(desk.database);
  const form = { ...usualCallForm, greeting: 'Good morning' };
  company.keep([practice, easyGoing], dispositions, [{ projectId: practice.id, form }]);
  const call = desk.talk();
  const ofEasy = dispositions.filter(({ projectId: of }) => of === easyGoing.id);
  company.keep([easyGoing], ofEasy, []);
  expect(company.projects()).toEqual([easyGoing, practice]);
  expect(company.callForm(practice.id)).toEqual(form);
  expect(company.dispositionList.find(sold)).toMatchObject({ label: 'sold' });
  // After a restart in the middle of it, too.
  expect(openCompanyStore(desk.database).callForm(practice.id)).toEqual(form);
  expect(openCompanyStore(desk.database).dispositionList.find(sold)).toMatchObject({ label: 'sold' });
  desk.tell('remoteHungUp', call);
  company.keep([easyGoing], ofEasy, []);
  expect(company.findProject(practice.id)).toEqual(practice);
  desk.drafts.change(call, { note: 'Done', dispositionId: sold });
  desk.desk.finish(call);
  company.keep([easyGoing], ofEasy, []);
  expect(company.projects()).toEqual([easyGoing]);
  expect(company.dispositionList.find(sold)).toBeNull();
  expect(company.callForm(practice.id)).toEqual(usualCallForm);
});
