// The call form on the built app and its practice hub: an unknown caller becomes a lead that the hub has, the next call
// knows them; a redirected call; a number that two records have; and the lists of records, from which people are called.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';

let clerk: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  clerk = await agentAtWork();
  await clerk.become('Available');
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(() => clerk?.stop());

const form = () => clerk.agent.getByRole('article', { name: /^Incoming call:/ });
const field = (name: string) => form().getByRole('textbox', { name, exact: true });

/** What the practice hub's own database says. */
function kindsAtHub(name: string): unknown[] {
  const file = path.join(clerk.app.userDataDir, 'practice-hub', 'hub.sqlite');
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT kind FROM record WHERE name = ?').all(name);
    return rows.map(({ kind }) => kind);
  } finally {
    database.close();
  }
}

async function talk(kind: Parameters<AgentAtWork['practiceCall']>[0]): Promise<void> {
  await clerk.practiceCall(kind);
  await clerk.rung();
  await clerk.accept();
  await form().waitFor();
}

test('FORM-1 FORM-3 FORM-6 FORM-7: an unknown caller is saved as a lead, sent to the hub, and known at the next call', async () => {
  await talk('An unknown number');
  await expect(form()).toHaveAccessibleName(/^Incoming call: .*\d.* \(Lead\)$/);
  const number = await field('Phone number').inputValue();
  await field('First name').fill('Ada');
  await field('E-mail').fill('ada@example.org');
  await clerk.hangUp();
  await clerk.callBox.getByRole('radio', { name: /Resolved/ }).click();
  await shows(clerk.agent, 'Still needed: Last name');
  await expect(clerk.callBox.getByRole('button', { name: /^Save/ })).toBeDisabled();
  await field('Last name').fill('Aalto');
  await form().getByRole('button', { name: /^Save/ }).click();
  await form().waitFor({ state: 'hidden' });

  await clerk.go('Leads');
  await shows(clerk.agent, 'Ada Aalto');
  // Sent once undo is over.
  await eventually('the hub has the lead', () => kindsAtHub('Ada Aalto').join() === 'lead', 25_000);

  await talk('An unknown number');
  await shows(clerk.callBox, 'Ada Aalto');
  await expect(form()).toHaveAccessibleName(`Incoming call: ${number}`);
  await expect(field('E-mail')).toHaveValue('ada@example.org');
  await field('City').fill('Espoo');
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
});

test('FORM-5 FORM-8: a customer made in the form gets the number saved, and the next call offers both who have it', async () => {
  await talk('An unknown number');
  await form().getByRole('button', { name: 'Select customer' }).click();
  await form()
    .getByRole('combobox', { name: /^Name, number/ })
    .fill('Bela Bartok');
  await form()
    .getByRole('button', { name: /^Create “Bela Bartok” \(Customer\)/ })
    .click();
  await form()
    .getByRole('checkbox', { name: /^Save phone number .* with Bela Bartok/ })
    .check();
  await clerk.hangUp();
  // The box knows that nothing is missing in the form.
  await clerk.callBox.getByRole('button', { name: 'Open the form' }).waitFor({ state: 'hidden' });
  await clerk.saveAs('Resolved');
  await talk('An unknown number');
  await shows(clerk.callBox, '2 matches');
  const matches = form().getByRole('group', { name: /^2 records have this number/ });
  await matches.getByRole('radio', { name: /^Ada Aalto/ }).check();
  await expect(field('City')).toHaveValue('Espoo');
  await matches.getByRole('radio', { name: /^Bela Bartok/ }).check();
  await expect(field('Last name')).toHaveValue('Bartok');
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
});

test('FORM-4: a redirected call shows both numbers, and that the caller’s may not be the true one', async () => {
  await talk('A redirected call');
  await shows(clerk.agent, /It came from .*\d.* and was sent on by .*\d/);
  await shows(clerk.agent, /may not be the caller’s true one/);
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
});

test('CALL-3 CALL-4: the name in Leads and the green button in Contacts call', async () => {
  const row = (name: string) => clerk.agent.getByRole('grid').getByRole('row', { name: new RegExp(name) });
  /** The call box shows who is being called; then the call is ended. */
  const isCalled = async (name: string) => {
    await expect(clerk.callBox.getByText(name, { exact: true }).first()).toBeVisible();
    await clerk.hangUp();
    await expect(clerk.callBox.getByRole('button', { name: /^End/ })).toHaveCount(0);
  };
  await clerk.go('Leads');
  await row('Greta Sandoval').getByRole('button', { name: 'Greta Sandoval', exact: true }).click();
  await isCalled('Greta Sandoval');
  await clerk.go('Contacts');
  await row('Priya Raghunathan').getByRole('button', { name: 'Call Priya Raghunathan' }).click();
  await isCalled('Priya Raghunathan');
});
