// The microphone on good and bad days: asked for once with the reason; refused, absent or silent, the agent is told
// what to do and does not become Available unknowingly; taken away in the middle of the day, it is said at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { backAtWork, shows, signInOnly } from '../support/agent-at-work.ts';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { makeToneWav } from '../support/tone.ts';

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-microphone-'));
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withApp(
  options: Parameters<typeof startApp>[0],
  run: (agent: Page, app: RunningApp) => Promise<void>,
): Promise<void> {
  const app = await startApp(options);
  try {
    await signInOnly(app, 'clerk');
    const agent = await app.window('agent');
    await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
    await run(agent, app);
  } finally {
    await app.stop();
  }
}

/** Tries to become Available, is told why not, and stays as before; then does it knowingly. */
async function availableOnlyKnowingly(agent: Page, help: string): Promise<void> {
  await agent.getByRole('button', { name: /^Your status: Offline/ }).click();
  await agent.getByRole('radio', { name: /^Available/ }).click();
  await shows(agent, 'Callers would not hear you');
  await agent.getByRole('dialog', { name: 'Your status' }).getByText(help).waitFor();
  await agent.getByRole('button', { name: /^Your status: Offline/ }).waitFor();
  await agent.getByRole('button', { name: 'Become available anyway' }).click();
  await agent.getByRole('button', { name: /^Your status: Available/ }).waitFor();
}

test('CALL-2: refused, it is said with what to do; allowed, the microphone is asked for no more, also after a restart', async () => {
  const userDataDir = path.join(folder, 'asked-once');
  await withApp({ userDataDir }, async (agent, app) => {
    // The last window to load: the host grants what main allows with each page.
    await app.window('call-box');
    await app.allowMicrophone(false);
    const check = agent.getByRole('region', { name: 'Before your first call' });
    await check.getByText('Callers hear you through it.').waitFor();
    await check.getByRole('button', { name: 'Allow microphone' }).click();
    await shows(agent, 'Mic blocked');
    await check.getByText('Allow Offhook in your computer’s privacy settings').waitFor();
    await availableOnlyKnowingly(agent, 'Allow Offhook in your computer’s privacy settings');

    await app.allowMicrophone(true);
    await check.getByRole('button', { name: 'Try again' }).click();
    await check.getByText('Say something: the bar should move.').waitFor();
    await check.getByRole('button', { name: 'Continue' }).click();
    await check.waitFor({ state: 'hidden' });
    await shows(agent, 'Mic on');
  });
  await withApp({ userDataDir }, async (agent, app) => {
    await shows(agent, 'Mic on');
    expect(await agent.getByRole('region', { name: 'Before your first call' }).count()).toBe(0);

    await test.step('taken away, it is said at once, and taken up again when it is back', async () => {
      const clerk = await backAtWork(app);
      await clerk.become('Available');
      await app.allowMicrophone(false);
      await shows(agent, 'Mic blocked');
      await clerk.practiceCall('A known customer');
      await clerk.rung();
      await clerk.callBox
        .getByRole('button', { name: /^Accept/ })
        .first()
        .click();
      await shows(clerk.callBox, 'The microphone is not ready: callers would not hear you.');
      expect(await clerk.callBox.getByRole('button', { name: /^Mute/ }).count()).toBe(0);

      await app.allowMicrophone(true);
      await agent.getByRole('button', { name: 'Mic blocked' }).click();
      await agent.getByRole('button', { name: 'Try again' }).click();
      await shows(agent, 'Mic on');
      await clerk.accept();
      await clerk.hangUp();
    });
  });
});

test('CALL-2: without a microphone the agent is told to connect one, and nothing is dialled', async () => {
  await withApp({ fakeDevices: false }, async (agent) => {
    await agent.getByRole('button', { name: 'Allow microphone' }).click();
    await shows(agent, 'No mic');
    await shows(agent, 'Connect a headset or microphone; Offhook takes it up by itself.');
    await agent.getByRole('button', { name: 'Continue without microphone' }).click();
    await availableOnlyKnowingly(agent, 'Connect a headset or microphone');
    await agent.keyboard.press('Escape');
    await agent.getByRole('button', { name: /^Phone panel/ }).click();
    const field = agent.getByRole('textbox', { name: 'Number or extension' });
    await field.fill('600');
    await field.press('Enter');
    await shows(agent, 'The microphone is not ready: callers would not hear you.');
  });
});

test('CALL-2: a microphone that gives nothing but silence is said to, and Available is chosen only knowingly', async () => {
  const microphoneWav = path.join(folder, 'silence.wav');
  writeFileSync(microphoneWav, makeToneWav(700, 10, 0));
  await withApp({ microphoneWav }, async (agent) => {
    await agent.getByRole('button', { name: 'Allow microphone' }).click();
    await shows(agent, 'Mic silent', 25_000);
    await agent.getByRole('button', { name: 'Continue', exact: true }).click();
    await availableOnlyKnowingly(agent, 'Check the mute switch on your headset');
  });
});
