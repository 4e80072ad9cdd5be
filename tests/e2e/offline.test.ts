// The hub is away when a call is written down: note, disposition, a lead and a note on somebody's page are kept here, outlive
// a SIGKILL, are there to go on with at a start without the hub, and are at the hub and on a colleague's desktop once each
// when the hub is back.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { WebSocket } from 'ws';
import { projectId } from '#shared/domain/ids.ts';
import { type HubContract, hubContract } from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import type { Pulled, SyncScope } from '#shared/hub/sync-contract.ts';
import { connect } from '#shared/wire/connect.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import { webSocketPort } from '../../src-hub/wire/web-socket-port.ts';
import { type AgentAtWork, agentAtWork, backAtWork, tellWindows } from '../support/agent-at-work.ts';
import { startApp } from '../support/app-driver.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { recordingLog } from '../support/recording-log.ts';

const callNote = 'Moves to Espoo in May.';
const pageNote = 'Wants the invoice sent to Quillhaven.';
const laterNote = 'Rang the tailor in Quillhaven.';
/** Of a computer that has a place for secrets. */
const environment = { OFFHOOK_HOST_SECRET_STORE: '1' };
let hub: HubProcess;
let folder: string;
let first: AgentAtWork;
let second: AgentAtWork | undefined;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(60_000);
  hub = await startHubProcess();
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-offline-'));
  first = await agentAtWork({ hubUrl: hub.url, userDataDir: folder, environment, staySignedIn: true });
  await first.become('Available');
});

test.afterEach(() => tellWindows(test.info(), first, second));

test.afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await hub?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const go = (agent: Page, place: string) =>
  agent.getByRole('navigation').getByRole('button', { name: place, exact: true }).click();

async function openRecord(agent: Page, list: string, name: string): Promise<void> {
  await go(agent, list);
  const row = agent.getByRole('grid').getByRole('row', { name: new RegExp(name) });
  await expect(row).toHaveCount(1, { timeout: 20_000 });
  // Its middle: a click on the name would call.
  await row.click();
}

const page = (agent: Page) => agent.getByRole('article');
const noteOnPage = (agent: Page, text = pageNote) =>
  page(agent).getByRole('listitem').filter({ hasText: text });

async function addNote(agent: Page, text: string): Promise<void> {
  await page(agent).getByRole('button', { name: 'Add note' }).click();
  await page(agent).getByLabel('New note').fill(text);
  await agent.keyboard.press('Control+Enter');
  await expect(noteOnPage(agent, text).getByText('On this computer')).toBeVisible();
}

test('OFF-1 OFF-2 OFF-3 FORM-6 FORM-7: with the hub away a call is saved with note, disposition and a new lead, and a note is added to a record', async () => {
  const { agent, callBox } = first;
  const form = agent.getByRole('article', { name: /^Incoming call:/ });
  await first.practiceCall('An unknown number');
  await first.rung();
  await first.accept();
  await form.waitFor();
  await first.hangUp();
  await hub.kill();
  await agent.getByTitle('Hub away').waitFor();

  await form.getByRole('textbox', { name: 'First name', exact: true }).fill('Ada');
  await form.getByRole('textbox', { name: 'Last name', exact: true }).fill('Aalto');
  await callBox.getByRole('textbox', { name: 'Note' }).fill(callNote);
  // The box knows that nothing is missing in the form.
  await callBox.getByRole('button', { name: 'Open the form' }).waitFor({ state: 'hidden' });
  await first.saveAs('Resolved');
  await openRecord(agent, 'Contacts', 'Priya Raghunathan');
  await addNote(agent, pageNote);
  await openRecord(agent, 'Leads', 'Ada Aalto');
  await expect(page(agent).getByText(callNote).first()).toBeVisible();
});

test('OFF-1 OFF-2 OFF-4: killed, and started while the hub is away, it shows and finds all that is on this computer, and takes notes', async () => {
  test.setTimeout(60_000);
  await first.app.kill();
  first = await backAtWork(await startApp({ hubUrl: hub.url, userDataDir: folder, environment }));
  const { agent } = first;
  await agent.getByText('You are working without the hub').waitFor();
  await expect(agent.getByText('Until then no calls are possible')).toBeVisible();
  await agent.getByRole('button', { name: 'Phone panel. Not registered' }).waitFor();
  await agent.getByTitle('Hub away').click();
  await expect(agent.getByText(/^Since \d/)).toBeVisible();
  await agent.keyboard.press('Escape');

  await openRecord(agent, 'Leads', 'Ada Aalto');
  await expect(page(agent).getByText(callNote).first()).toBeVisible();
  await go(agent, 'History');
  await agent.getByText('Ada Aalto').first().click();
  await expect(agent.getByText('Resolved').first()).toBeVisible();
  for (const [asked, found] of [
    ['quillhaven', /Wants the invoice/],
    ['espoo', /Moves to Espoo/],
    ['202', /202/],
  ] as const) {
    await agent.keyboard.press('Control+k');
    await agent.keyboard.type(asked);
    await expect(agent.getByRole('option', { name: found }).first()).toBeVisible();
    await agent.keyboard.press('Escape');
  }
  await openRecord(agent, 'Contacts', 'Priya Raghunathan');
  await addNote(agent, laterNote);
});

test('OFF-2 OFF-3: the hub back, the session is taken up by itself, and all of it is at the hub once', async () => {
  await hub.start();
  const { agent } = first;
  await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor({ timeout: 20_000 });
  await expect(agent.getByText('You are working without the hub')).toHaveCount(0);
  await agent.getByTitle('All sent').waitFor({ timeout: 20_000 });
  await openRecord(first.agent, 'Contacts', 'Priya Raghunathan');
  await expect(noteOnPage(first.agent).getByText('Sent', { exact: true })).toHaveCount(1);

  const rest = await restOfHub();
  const leads = (await rest('/records?text=Aalto')) as { records: { id: string; kind: string }[] };
  expect(leads.records).toHaveLength(1);
  const priya = (await rest('/records?text=Raghunathan')) as { records: { id: string }[] };
  const notes = (await rest(`/records/${priya.records[0]?.id}/notes`)) as { notes: { text: string }[] };
  for (const written of [pageNote, laterNote])
    expect(notes.notes.filter(({ text }) => text === written)).toHaveLength(1);
  const calls = (await pulledByClerk2()).flatMap((each) => (each.entity === 'call' ? [each.call] : []));
  expect(calls.filter(({ note }) => note === callNote)).toMatchObject([
    { recordId: leads.records[0]?.id, dispositionLabel: 'Resolved', finished: true, outcome: 'accepted' },
  ]);
});

test('OFF-1 OFF-2 FORM-7: a colleague’s desktop shows the lead with its call, and the note, once each', async () => {
  second = await agentAtWork({ hubUrl: hub.url, account: 'clerk2' });
  const { agent } = second;
  await openRecord(agent, 'Leads', 'Ada Aalto');
  await expect(page(agent).getByText(callNote)).toHaveCount(1);
  await openRecord(agent, 'Contacts', 'Priya Raghunathan');
  for (const written of [pageNote, laterNote]) await expect(noteOnPage(agent, written)).toHaveCount(1);
});

/** Another program: asks REST with a key of its own. */
async function restOfHub(): Promise<(asked: string) => Promise<unknown>> {
  const { call, close } = await onHubWire();
  await signIn(call, 'superadmin', 'superAdmin');
  const { key } = await call('admin.apiKeys.add', { name: 'Another program', scopes: ['records:read'] });
  close();
  return async (asked) => {
    const web = hub.url.replace(/^ws/, 'http');
    const answer = await fetch(`${web}/api/v1${asked}`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    return await answer.json();
  };
}

/** All that a colleague's desktop is told of. */
async function pulledByClerk2(): Promise<Pulled[]> {
  const { call, close } = await onHubWire();
  const { work } = await signIn(call, 'clerk2', 'clerk');
  const all: Pulled[] = [];
  const scopes: SyncScope[] = [null, ...work.projects.map(({ id }) => projectId.parse(id))];
  for (const scope of scopes) {
    let cursor: string | null = null;
    for (let left = 1; left > 0; ) {
      const reply: ReplyOf<HubContract, 'sync.pull'> = await call('sync.pull', {
        scope,
        cursor,
        limit: 1_000,
      });
      if (reply.state !== 'changes') throw new Error('The hub was restored from nothing');
      all.push(...reply.changes);
      ({ cursor, left } = reply);
    }
  }
  close();
  return all;
}

async function onHubWire() {
  const ws = new WebSocket(`${hub.url}/hub`, { headers: { [contractHeader]: String(contractVersion) } });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  return { ...connect(hubContract, webSocketPort(ws), recordingLog()), close: () => ws.close() };
}

async function signIn(
  call: Awaited<ReturnType<typeof onHubWire>>['call'],
  username: string,
  accountType: 'clerk' | 'superAdmin',
) {
  const password = `practice-${username}`;
  const step = await call('session.signIn', { username, password, accountType, deviceId: randomUUID() });
  if (step.state !== 'signedIn') throw new Error(`${step.state} is due`);
  return step;
}
