// A team's own hub, from its first start to the first sign-in, as an operator and a person at a desktop do it: the hub
// runs as a process of its own, the app is pointed at it by the address on its sign-in, and remembers it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';
import { firstAdmin, type ListeningHub, listeningHub, setUpHub } from '../support/team-hub.ts';

let folder: string;
let hub: ListeningHub;
let app: RunningApp | undefined;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-team-'));
  hub = await listeningHub(path.join(folder, 'hub'));
  await setUpHub(hub);
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) {
    process.stderr.write(
      `--- the app said:\n${app?.output().slice(-2000)}\n--- the hub said:\n${hub.err()}\n`,
    );
  }
  await app?.stop();
  app = undefined;
});

test.afterAll(async () => {
  hub.child.kill('SIGTERM');
  await hub.exited;
  rmSync(folder, { recursive: true, force: true });
});

const teamServer = (signIn: Page) => signIn.getByRole('button', { name: /^Team server/ });

async function trySignIn(signIn: Page, password: string, accountType: string): Promise<void> {
  await signIn.getByLabel('Username', { exact: true }).fill(firstAdmin.username);
  await signIn.getByLabel('Password', { exact: true }).fill(password);
  await signIn.getByText(accountType, { exact: true }).click();
  await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** @returns the words of the refusal, which is taken away at the next try and shown anew. */
async function refusal(signIn: Page, password: string, accountType: string): Promise<string> {
  const alert = signIn.getByRole('alert');
  const before = await alert.elementHandles();
  await trySignIn(signIn, password, accountType);
  for (const shown of before) await shown.waitForElementState('hidden');
  await alert.waitFor();
  return await alert.innerText();
}

/** What the hub itself counts. */
async function metric(name: string): Promise<number> {
  const metrics = await (await fetch(`${hub.web}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(metrics)?.[1]);
}

test('TEAM-1: an app is pointed at a team server by its address, and its super admin signs in there', async () => {
  const userDataDir = path.join(folder, 'desktop');
  app = await startApp({ userDataDir });
  const signIn = await app.window('sign-in');
  await signIn.getByRole('button', { name: /^clerk Clerk/ }).waitFor();
  const practiceHubFile = path.join(userDataDir, 'practice-hub', 'practice-hub.json');
  expect(existsSync(practiceHubFile)).toBe(true);

  await teamServer(signIn).click();
  const address = signIn.getByRole('textbox', { name: 'Address of the team server' });
  await address.fill('ws://127.0.0.1:1');
  await address.press('Enter');
  await signIn.getByRole('alert').filter({ hasText: 'No team server answers there' }).waitFor();
  await address.fill(`127.0.0.1:${hub.port}`);
  await address.press('Enter');
  await expect(teamServer(signIn)).toContainText(hub.url);
  // A team's hub has no sample accounts, and the practice hub is not needed any more.
  await signIn.getByRole('button', { name: /^clerk Clerk/ }).waitFor({ state: 'hidden' });
  await eventually('the practice hub has ended', () => !existsSync(practiceHubFile));

  await signIn.getByText('Deutsch', { exact: true }).click();
  await signIn.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
  await signIn.getByText('English', { exact: true }).click();

  const ofWrongType = await refusal(signIn, firstAdmin.password, 'Clerk');
  expect(ofWrongType).toContain('do not match an account');
  expect(await refusal(signIn, 'not the password', 'Super admin')).toBe(ofWrongType);
  await signIn.getByLabel('Remember my username').check();
  await trySignIn(signIn, firstAdmin.password, 'Super admin');
  const agent = await app.window('agent');
  await agent.getByRole('button', { name: 'Allow microphone' }).click();
  await agent.getByText('Mic on', { exact: true }).first().waitFor();
  await agent.getByRole('button', { name: 'Continue', exact: true }).click();
  await agent
    .getByRole('navigation')
    .getByRole('button', { name: /^Settings/ })
    .click();
  await agent.getByText(firstAdmin.displayName).first().waitFor();
  const stored = JSON.parse(readFileSync(path.join(userDataDir, 'config.json'), 'utf8')) as {
    local: { hubUrl: string };
  };
  expect(stored.local.hubUrl).toBe(hub.url);
  // Beside voicemail, echo and the queue's tone.
  await eventually('the phone is registered', async () => (await metric('offhook_registrations')) === 4);

  await agent.getByRole('button', { name: 'Sign out', exact: true }).click();
  await app.window('sign-in');
  await eventually('the registration has ended', async () => (await metric('offhook_registrations')) === 3);
  expect(await metric('offhook_signed_in_connections')).toBe(0);
});

test('the address is remembered: the next start goes to the team server and runs no practice hub', async () => {
  const userDataDir = path.join(folder, 'desktop');
  app = await startApp({ userDataDir });
  const signIn = await app.window('sign-in');
  await expect(teamServer(signIn)).toContainText(hub.url);
  await expect(signIn.getByLabel('Username', { exact: true })).toHaveValue(firstAdmin.username);
  await trySignIn(signIn, firstAdmin.password, 'Super admin');
  await app.window('agent');
  expect(existsSync(path.join(userDataDir, 'practice-hub', 'practice-hub.json'))).toBe(false);
});
