// A super admin at work on the built app: the admin window from the agent window's rail, a new user whose extension can be
// called at once, and a team that they are put into.
import { expect, test } from '@playwright/test';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';

let app: RunningApp | undefined;

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) {
    process.stderr.write(`--- the app said:\n${app?.output().slice(-2000)}\n`);
  }
  await app?.stop();
  app = undefined;
});

test('TEAM-2 TEAM-3 TEAM-4 TEAM-8: a super admin creates a user, who has an extension, and puts them into a team', async () => {
  app = await startApp();
  const signIn = await app.window('sign-in');
  await signIn.getByRole('button', { name: /^superadmin / }).click();
  await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
  const agent = await app.window('agent');
  await agent.getByRole('navigation').getByRole('button', { name: 'Admin' }).click();
  const admin = await app.window('admin');

  await test.step('a user is created', async () => {
    await admin.getByRole('row', { name: /clerk2/ }).waitFor();
    await admin.keyboard.press('n');
    await admin.getByLabel('First name').fill('Nora');
    await admin.getByLabel('Last name').fill('Lindqvist');
    await admin.getByLabel('Username', { exact: true }).fill('nora');
    await admin.getByLabel('E-mail (optional)').fill('nora@nordwind.example');
    await admin.getByLabel('Password', { exact: true }).fill('marlin copper violet teapot');
    await admin.getByLabel('Confirm password').fill('marlin copper violet teapot');
    await expect(admin.getByLabel('Must change password at next login')).toBeChecked();
    await admin.getByRole('button', { name: 'Create', exact: true }).click();
    await admin.getByText(/^Nora Lindqvist has extension \d+$/).waitFor();
    await admin.getByRole('row', { name: /Nora Lindqvist nora \d+ Clerk/ }).waitFor();
  });

  await test.step('a team is created with them in it', async () => {
    await admin.keyboard.press('Escape');
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

  await test.step('signing out closes the admin window', async () => {
    await agent
      .getByRole('navigation')
      .getByRole('button', { name: /^Settings/ })
      .click();
    await agent.getByRole('button', { name: 'Sign out', exact: true }).click();
    await app?.window('sign-in');
    await eventually('the admin window is closed', () => !app?.openWindows().includes('/admin.html'));
  });
});
