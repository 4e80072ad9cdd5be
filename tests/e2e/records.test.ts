// An agent looks people up in the built app: calls them from Leads and from Contacts, writes a note while the hub is away,
// finds it by a word, and sees it sent when the hub is back.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';

let hub: HubProcess;
let at: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  hub = await startHubProcess();
  at = await agentAtWork({ hubUrl: hub.url });
});

test.afterEach(() => tellWindows(test.info(), at));

test.afterAll(async () => {
  await at?.stop();
  await hub?.close();
});

const go = (place: string) =>
  at.agent.getByRole('navigation').getByRole('button', { name: place, exact: true }).click();
const row = (name: string) => at.agent.getByRole('grid').getByRole('row', { name: new RegExp(name) });

/** The call box shows who is being called; then the call is ended. */
async function isCalled(name: string): Promise<void> {
  await expect(at.callBox.getByText(name, { exact: true }).first()).toBeVisible();
  await at.hangUp();
  await expect(at.callBox.getByRole('button', { name: /^End/ })).toHaveCount(0);
}

test('CALL-3 CALL-4: the name in Leads and the green button in Contacts call', async () => {
  await go('Leads');
  await row('Greta Sandoval').getByRole('button', { name: 'Greta Sandoval', exact: true }).click();
  await isCalled('Greta Sandoval');
  await go('Contacts');
  await row('Priya Raghunathan').getByRole('button', { name: 'Call Priya Raghunathan' }).click();
  await isCalled('Priya Raghunathan');
});

test('OFF-1 OFF-2 OFF-3: a note written while the hub is away is found at once, and sent when it is back', async () => {
  const { agent } = at;
  await hub.kill();
  await agent.getByTitle('Hub away').waitFor();
  await go('Contacts');
  await row('Priya Raghunathan').getByRole('gridcell').last().click();
  const page = agent.getByRole('article');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByLabel('New note').fill('Wants the invoice sent to Quillhaven.');
  await agent.keyboard.press('Control+Enter');
  const note = page.getByRole('listitem').filter({ hasText: 'Quillhaven' });
  await expect(note.getByText('On this computer')).toBeVisible();
  await agent.keyboard.press('Control+k');
  await agent.getByRole('combobox').fill('quillh');
  await expect(agent.getByRole('option', { name: /Quillhaven/ })).toBeVisible();
  await agent.keyboard.press('Escape');
  await hub.start();
  await expect(note.getByText('Sent', { exact: true })).toBeVisible({ timeout: 20_000 });
  await agent.getByTitle('All sent').waitFor();
});
