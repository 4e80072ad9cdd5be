// Call mode in front of the built app: an agent begins, works the orders that a practice hub hands out over real calls to
// people who answer, are busy, or are not there, and goes on while the hub is killed in the middle of one.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';

let hub: HubProcess;
let folder: string;
let work: AgentAtWork;

// Each goes on where the one before has ended.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(60_000);
  hub = await startHubProcess();
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-dial-up-'));
  work = await agentAtWork({ hubUrl: hub.url, userDataDir: folder });
  await work.become('Available');
});

test.afterEach(() => tellWindows(test.info(), work));

test.afterAll(async () => {
  await work?.stop();
  await hub?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const card = () => work.agent.getByRole('region', { name: 'Dial-up' }).getByRole('article');
const person = () => card().getByRole('heading', { level: 2 }).innerText();
const today = () => work.agent.getByRole('region', { name: 'Today' });
const outcome = (name: string) =>
  card()
    .getByRole('group', { name: 'How did it end?' })
    .getByRole('button', { name: new RegExp(name) });

async function dial(): Promise<void> {
  await card()
    .getByRole('button', { name: /^Dial(?! [+\d])/ })
    .click();
}

/** Ends the order and waits for the next one. */
async function end(button: string): Promise<void> {
  const name = await person();
  await outcome(button).first().click();
  await expect(card().getByRole('heading', { level: 2, name, exact: true })).toHaveCount(0);
}

test('DIAL-1 DIAL-8 DIAL-9: an agent works what is handed out over real calls, and each outcome ends the call and brings the next', async () => {
  test.setTimeout(90_000);
  const { agent } = work;
  await agent.getByRole('button', { name: /^Dial-up/ }).click();
  await agent.getByRole('button', { name: 'Begin' }).click();

  // The call back that this agent promised comes first.
  await expect(card().getByRole('heading', { name: 'Priya Raghunathan' })).toBeVisible();
  await expect(card().getByText('The call back that you promised is due')).toBeVisible();
  await expect(card().getByText('In a meeting; asked to be called back today.')).toBeVisible();
  await dial();
  await expect(agent.getByText('On a call').first()).toBeVisible({ timeout: 20_000 });
  await card().getByRole('textbox', { name: 'Note' }).fill('Renews all 40 seats.');
  await expect(card().getByText(/^Saved \d/)).toBeVisible();
  await end('Confirmed');
  await expect(agent.getByText('Confirmed: Priya Raghunathan')).toBeVisible();
  await expect(today()).toContainText('Confirmed 1');

  // Taken back within ten seconds: the order is here again with its note.
  await agent.getByRole('button', { name: 'Take back' }).click();
  await expect(card().getByRole('textbox', { name: 'Note' })).toHaveValue('Renews all 40 seats.');
  await end('Refused');

  // Called, and a call back planned for later.
  await expect(card()).toBeVisible();
  await card().getByRole('button', { name: '2 h' }).click();
  await card().getByRole('radio', { name: 'Only me' }).click();
  await end('Call back');
  await expect(today()).toContainText('Refused 1');

  // One whose line is busy, one who is not there, and whoever comes before them.
  const toCall = new Map([
    ['Dmitri Volkov', 'Busy'],
    ['Hanna Bergström', 'No answer'],
  ]);
  for (let worked = 0; toCall.size > 0 && worked < 12; worked += 1) {
    await expect(card()).toBeVisible();
    const name = await person();
    const button = toCall.get(name);
    if (button !== undefined) {
      await dial();
      if (button === 'Busy') await expect(card().getByRole('button', { name: /^Dial again/ })).toBeEnabled();
      else await expect(agent.getByText('Ringing there…')).toBeVisible();
    }
    toCall.delete(name);
    await end(button ?? 'Refused');
  }
  expect([...toCall.keys()]).toEqual([]);
});

test('DIAL-7 OFF-2: with the hub killed in the middle of an order its outcome is kept, nothing new comes, and both go on when it is back', async () => {
  test.setTimeout(90_000);
  const { agent } = work;
  await expect(card()).toBeVisible();
  const name = await person();
  await dial();
  await expect(agent.getByText('On a call').first()).toBeVisible({ timeout: 20_000 });
  await hub.kill();
  await expect(card().getByText(/The hub does not answer. Go on/)).toBeVisible();
  await card().getByRole('textbox', { name: 'Note' }).fill('Said while the hub was away.');
  await expect(card().getByText(/^Saved \d/)).toBeVisible();
  await outcome('No answer').click();
  await expect(agent.getByText('No new orders: the hub does not answer')).toBeVisible({ timeout: 20_000 });
  await expect(agent.getByText(/outcomes? (is|are) on this computer only/)).toBeVisible({ timeout: 20_000 });
  await hub.start();
  await expect(agent.getByText(/on this computer only/)).toHaveCount(0, { timeout: 30_000 });
  await expect(agent.getByText('Nothing to call right now').or(card())).toBeVisible();
  await expect(card().getByRole('heading', { level: 2, name, exact: true })).toHaveCount(0);
  await expect(today()).toContainText('No answer 2');
});
