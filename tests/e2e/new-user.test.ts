// From nobody to a call: a super admin makes a user in the admin window, and puts them into a team and two projects; the user
// signs in on another computer, takes a password of their own, sets up a second factor, opens the projects, and is rung.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { totp } from '../../src-hub/accounts/totp.ts';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';

const givenPassword = 'marlin copper violet teapot';
const ownPassword = 'granite otter lantern seventeen';
const apps: RunningApp[] = [];

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) {
    for (const app of apps) process.stderr.write(`--- the app said:\n${app.output().slice(-2000)}\n`);
  }
  await Promise.all(apps.splice(0).map((app) => app.stop()));
});

async function start(options: Parameters<typeof startApp>[0] = {}): Promise<RunningApp> {
  const app = await startApp(options);
  apps.push(app);
  return app;
}

/** The row's project is opened, the person added to its members, and saved. */
async function addMember(admin: Page, project: string, person: string): Promise<void> {
  await admin.getByRole('row', { name: new RegExp(project) }).click();
  const drawer = admin.getByRole('region', { name: new RegExp(project) });
  await drawer.getByRole('option', { name: new RegExp(person) }).click();
  await drawer.getByRole('button', { name: 'Save', exact: true }).click();
  // What was Cancel beside Save is a second Close once it is saved.
  const close = drawer.getByRole('button', { name: 'Close', exact: true });
  await expect(close).toHaveCount(2);
  await close.last().click();
  await drawer.waitFor({ state: 'hidden' });
}

test('TEAM-2 TEAM-3 TEAM-4 TEAM-6 TEAM-8: a super admin makes a user, who has an extension, and puts them into a team and projects; the user signs in with a password to change and a second factor to set up, opens the projects, and is rung', async () => {
  test.setTimeout(90_000);
  const office = await start();
  let officeDesk: Page;

  let admin: Page;

  await test.step('a super admin makes the user', async () => {
    const signIn = await office.window('sign-in');
    await signIn.getByRole('button', { name: /^superadmin / }).click();
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    officeDesk = await office.window('agent');
    await officeDesk.getByRole('navigation').getByRole('button', { name: 'Admin' }).click();
    admin = await office.window('admin');
    await admin.getByRole('row', { name: /clerk2/ }).waitFor();
    await admin.keyboard.press('n');
    await admin.getByLabel('First name').fill('Nora');
    await admin.getByLabel('Last name').fill('Lindqvist');
    await admin.getByLabel('Username', { exact: true }).fill('nora');
    await admin.getByLabel('E-mail (optional)').fill('nora@nordwind.example');
    await admin.getByLabel('Password', { exact: true }).fill(givenPassword);
    await admin.getByLabel('Confirm password').fill(givenPassword);
    await expect(admin.getByLabel('Must change password at next login')).toBeChecked();
    await admin.getByLabel(/^Two-factor/).check();
    await admin.getByRole('button', { name: 'Create', exact: true }).click();
    await admin.getByText(/^Nora Lindqvist has extension \d+$/).waitFor();
    await admin.getByRole('row', { name: /Nora Lindqvist nora \d+ Clerk/ }).waitFor();
    await admin.keyboard.press('Escape');
  });

  await test.step('and a team with them in it', async () => {
    await admin.getByRole('button', { name: 'Teams', exact: true }).first().click();
    await admin.getByRole('button', { name: /^Add team/ }).click();
    await admin.getByLabel('Name', { exact: true }).fill('Evening shift');
    await admin.getByRole('option', { name: /Nora Lindqvist/ }).click();
    await admin.getByRole('button', { name: 'Create', exact: true }).click();
    await admin.getByRole('row', { name: /Evening shift 1 Nora Lindqvist/ }).waitFor();
  });

  await test.step('both stand in the audit log, and the user in their team', async () => {
    await admin.getByRole('button', { name: 'Audit log', exact: true }).click();
    await admin.getByRole('row', { name: /User added Nora Lindqvist/ }).waitFor();
    await admin.getByRole('row', { name: /Team added Evening shift/ }).click();
    await expect(admin.getByRole('region', { name: 'Team added: Evening shift' })).toContainText(
      'Nora Lindqvist',
    );
    await admin.getByRole('button', { name: 'Users', exact: true }).click();
    await admin.getByRole('row', { name: /Nora Lindqvist.*Evening shift/ }).waitFor();
  });

  await test.step('puts the user into two projects', async () => {
    await admin.getByRole('button', { name: 'Projects', exact: true }).click();
    await addMember(admin, 'Northwind Support', 'Nora Lindqvist');
    await addMember(admin, 'Willow Dental', 'Nora Lindqvist');
  });

  const home = await start({ hubUrl: await office.hubUrl() });
  const signIn = await home.window('sign-in');

  await test.step('the user signs in with a password to change, and sets up a second factor', async () => {
    await signIn.getByLabel('Username', { exact: true }).fill('nora');
    await signIn.getByLabel('Password', { exact: true }).fill(givenPassword);
    await signIn.getByLabel('Password', { exact: true }).press('Enter');
    await signIn.getByRole('heading', { name: 'A new password' }).waitFor();
    await signIn.getByLabel('New password', { exact: true }).fill(ownPassword);
    await signIn.getByLabel('New password again').fill(ownPassword);
    await signIn.getByLabel('New password again').press('Enter');
    await signIn.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    const secret = (await signIn.locator('form code').innerText()).replace(/\s/g, '');
    await signIn.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now()));
    await signIn.getByLabel('Code', { exact: true }).press('Enter');
    const codes = signIn.getByRole('region', { name: 'Your recovery codes' });
    await expect(codes.getByRole('listitem')).toHaveCount(10);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
  });

  await test.step('opens both projects, and is rung for one of them', async () => {
    const agent = await home.window('agent');
    await agent.getByRole('button', { name: 'Allow microphone' }).click();
    await agent.getByText('Mic on', { exact: true }).first().waitFor();
    await agent.getByRole('button', { name: 'Continue', exact: true }).click();
    const question = agent.getByRole('region', { name: 'Which projects do you work on now?' });
    await question.getByRole('checkbox', { name: 'Willow Dental' }).check();
    await question.getByRole('checkbox', { name: 'Northwind Support' }).check();
    await question.getByRole('button', { name: 'Open these projects' }).click();
    await agent.getByRole('button', { name: 'Your projects: Willow Dental +1' }).waitFor();
    await agent.getByRole('button', { name: /^Your status:/ }).click();
    await agent.getByRole('radio', { name: /^Available/ }).click();
    await agent.getByRole('button', { name: 'Your status: Available' }).waitFor();
    await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();

    await officeDesk.getByRole('button', { name: 'Practice call' }).click();
    await officeDesk.getByRole('menuitem', { name: 'A known customer' }).click();
    const callBox = await home.window('call-box');
    await callBox.getByRole('button', { name: /^Accept/ }).click();
    await callBox.getByRole('button', { name: /^Mute/ }).waitFor();
    await callBox.getByText('Northwind Support').first().waitFor();
    await callBox.getByRole('button', { name: /^End/ }).click();
    await callBox.getByRole('button', { name: /^Save/ }).waitFor();
  });

  await test.step('signing out closes the admin window', async () => {
    await officeDesk
      .getByRole('navigation')
      .getByRole('button', { name: /^Settings/ })
      .click();
    await officeDesk.getByRole('button', { name: 'Sign out', exact: true }).click();
    await office.window('sign-in');
    await eventually('the admin window is closed', () => !office.openWindows().includes('/admin.html'));
  });
});
