// A person protects their account and comes in with it, on the built app: second factor, a code computed here as an
// authenticator would, recovery codes, and a password that must be changed.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { totp } from '../../src-hub/accounts/totp.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { recordingLog } from '../support/recording-log.ts';

let app: RunningApp | undefined;
const stepMs = 30_000;
const password = 'practice-clerk';
const givenPassword = 'granite otter lantern seventeen';
const ownPassword = 'marlin copper violet teapot';

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) {
    process.stderr.write(`--- the app said:\n${app?.output().slice(-2000)}\n`);
  }
  await app?.stop();
  app = undefined;
});

async function typePassword(signIn: Page, typed: string): Promise<void> {
  await signIn.getByLabel('Username', { exact: true }).fill('clerk');
  await signIn.getByLabel('Password', { exact: true }).fill(typed);
  await signIn.getByLabel('Password', { exact: true }).press('Enter');
}

async function openSettings(running: RunningApp): Promise<Page> {
  const agent = await running.window('agent');
  await agent
    .getByRole('navigation')
    .getByRole('button', { name: /^Settings/ })
    .click();
  return agent;
}

async function signOut(running: RunningApp): Promise<Page> {
  const agent = await openSettings(running);
  await agent.getByRole('button', { name: 'Sign out', exact: true }).click();
  const signIn = await running.window('sign-in');
  await signIn.getByLabel('Username', { exact: true }).waitFor();
  return signIn;
}

/** Somebody who administers users, at another computer: the next sign-in asks for a password of the person's own. */
async function resetPassword(hubUrl: string): Promise<void> {
  const hub = createHubLink(recordingLog());
  try {
    hub.connectTo(hubUrl);
    await hub.untilOnline(10_000);
    const deviceId = 'office';
    const boss = {
      username: 'superadmin',
      password: 'practice-superadmin',
      accountType: 'superAdmin',
    } as const;
    await hub.call('session.signIn', { ...boss, deviceId });
    const users = await hub.call('admin.users.list', null);
    const userId = users.find(({ username }) => username === 'clerk')?.userId;
    if (userId === undefined) throw new Error('There is no clerk');
    await hub.call('admin.users.resetPassword', {
      userId,
      password: givenPassword,
      mustChangePassword: true,
    });
  } finally {
    hub.close();
  }
}

test('a second factor is turned on with a QR code, asked for at sign-in, and recovered from; a password is changed', async () => {
  app = await startApp();
  let signIn = await app.window('sign-in');
  await signIn.getByRole('button', { name: /^clerk Clerk/ }).click();
  // The host keeps its secrets in a file: it says so, and stores no device token.
  await expect(signIn.getByText('no safe place for a secret')).toBeVisible();
  await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
  const first = await app.window('agent');
  await first.getByRole('button', { name: 'Allow microphone' }).click();
  await first.getByText('Mic on', { exact: true }).first().waitFor();
  await first.getByRole('button', { name: 'Continue', exact: true }).click();

  let secret = '';
  let recoveryCodes: string[] = [];
  await test.step('turned on in the settings', async () => {
    const agent = await openSettings(app as RunningApp);
    await agent.getByRole('button', { name: 'Turn on', exact: true }).click();
    await agent.getByLabel('Your password now').fill(password);
    await agent.getByLabel('Your password now').press('Enter');
    const picture = agent.getByRole('img', { name: 'QR code for the authenticator' });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(20);
    secret = (await agent.locator('form code').innerText()).replace(/\s/g, '');
    await agent.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now()));
    await agent.getByLabel('Code', { exact: true }).press('Enter');
    const codes = agent.getByRole('region', { name: 'Your recovery codes' });
    await codes.waitFor();
    recoveryCodes = await codes.getByRole('listitem').allInnerTexts();
    expect(new Set(recoveryCodes).size).toBe(10);
    await codes.getByRole('button', { name: 'Copy' }).click();
    await codes.getByRole('button', { name: 'Copied' }).waitFor();
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await agent.getByText('On. 10 recovery codes are left.').waitFor();
  });

  await test.step('a wrong code is refused, the authenticator’s lets in', async () => {
    signIn = await signOut(app as RunningApp);
    await typePassword(signIn, password);
    const code = signIn.getByLabel('Code', { exact: true });
    await code.fill('000000');
    await code.press('Enter');
    await signIn.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor();
    // Its own code was used to turn it on: the next one is good already.
    await code.fill(totp(secret, Date.now() + stepMs));
    await code.press('Enter');
    await app?.window('agent');
  });

  await test.step('a recovery code lets in, and the password must be changed', async () => {
    signIn = await signOut(app as RunningApp);
    await resetPassword(await (app as RunningApp).hubUrl());
    await typePassword(signIn, givenPassword);
    await signIn.getByRole('button', { name: 'Use a recovery code' }).click();
    await signIn.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0] ?? '');
    await signIn.getByLabel('Recovery code', { exact: true }).press('Enter');
    await signIn.getByRole('heading', { name: 'A new password' }).waitFor();
    const renewed = signIn.getByLabel('New password', { exact: true });
    const repeated = signIn.getByLabel('New password again');
    await renewed.fill('alexmorgan2026');
    await repeated.fill('alexmorgan2026');
    await repeated.press('Enter');
    await signIn.getByRole('alert').filter({ hasText: 'This password can be guessed' }).waitFor();
    await renewed.fill(ownPassword);
    await repeated.fill(ownPassword);
    await repeated.press('Enter');
    await app?.window('agent');
  });

  await test.step('a recovery code works once', async () => {
    signIn = await signOut(app as RunningApp);
    await typePassword(signIn, ownPassword);
    await signIn.getByRole('button', { name: 'Use a recovery code' }).click();
    const code = signIn.getByLabel('Recovery code', { exact: true });
    await code.fill(recoveryCodes[0] ?? '');
    await code.press('Enter');
    await signIn.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor();
    await code.fill(recoveryCodes[1] ?? '');
    await code.press('Enter');
    const agent = await openSettings(app as RunningApp);
    await agent.getByText('On. 8 recovery codes are left.').waitFor();
  });
});
