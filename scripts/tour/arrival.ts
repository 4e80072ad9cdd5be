// The tour's first steps: start, sign in, check the devices, become available. Called by whole-job.ts.
import { type RunningApp, startApp } from '../../tests/support/app-driver.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { type Desk, filled, type Windows, wordsOf } from './desk.ts';
import { phoneOf } from './phone-page.ts';
import { bothThemes, sampleClerk, type TourParts } from './tour-parts.ts';

export async function signIn({ report, album, startOptions, onStarted }: TourParts): Promise<RunningApp> {
  let started: RunningApp | undefined;
  await report.step('start the built app', async () => {
    started = await startApp(startOptions);
    onStarted(started);
    await (await started.window('sign-in'))
      .getByRole('button', { name: sampleClerk.username })
      .first()
      .waitFor();
    return 'the sign-in is painted, the practice hub runs';
  });
  if (!started) throw new Error('The app has not started.');
  const app = started;
  const page = await app.window('sign-in');
  await report.step('look at the sign-in', async () => {
    await album.take(page, 'sign-in', bothThemes);
    await page.getByRole('radiogroup', { name: wordsOf.en.signIn.language }).getByText('Deutsch').click();
    await page.getByLabel(wordsOf.de.signIn.username, { exact: true }).waitFor();
    await album.take(page, 'sign-in-de', bothThemes);
    await page.getByRole('radiogroup', { name: wordsOf.de.signIn.language }).getByText('English').click();
    await page.getByLabel(wordsOf.en.signIn.username, { exact: true }).waitFor();
    return 'English and German, light and dark';
  });
  await report.step('sign in as the sample clerk', async () => {
    await page
      .getByRole('button', { name: new RegExp(`^${sampleClerk.username}\\b`) })
      .first()
      .click();
    await page.getByRole('button', { name: wordsOf.en.signIn.submit, exact: true }).click();
    await (await app.window('agent')).getByRole('navigation').waitFor();
    return `${sampleClerk.name}, the agent window is there`;
  });
  return app;
}

export async function checkDevices(
  { report, album, startOptions }: TourParts,
  app: RunningApp,
): Promise<Windows> {
  const agent = await app.window('agent');
  const words = wordsOf.en;
  await report.step(
    'check the devices',
    async () => {
      await agent.getByRole('button', { name: words.deviceCheck.allow }).click();
      const meter = agent.getByRole('meter', { name: words.microphone.level });
      const level = await eventually('the microphone’s level moves', async () => {
        const shown = Number(await meter.getAttribute('aria-valuenow', { timeout: 5_000 }));
        return shown > 0 && shown;
      });
      return `the microphone works, its bar stands at ${level} of 100`;
    },
    () => album.take(agent, 'device-check', bothThemes),
  );
  await report.step(
    'wait until the phone is on',
    async () => {
      await agent.getByRole('button', { name: words.deviceCheck.continue, exact: true }).click();
      await agent
        .getByRole('button', { name: filled(words.phone.buttonLabel, { state: words.phone.on }) })
        .click();
      await agent.getByText(filled(words.phone.registeredAs, { extension: sampleClerk.extension })).waitFor();
      return `registered at the exchange as extension ${sampleClerk.extension}`;
    },
    async () => {
      await album.take(agent, 'phone-panel', bothThemes);
      await agent.keyboard.press('Escape');
      await album.take(agent, 'agent-empty', bothThemes);
    },
  );
  return { agent, callBox: await app.window('call-box'), phone: await phoneOf(app, startOptions) };
}

export async function becomeAvailable({ report, album }: TourParts, { agent, words }: Desk): Promise<void> {
  await report.step('become Available', async () => {
    await agent.getByRole('button', { name: new RegExp(`^${words.presence.title}:`) }).click();
    const available = agent.getByRole('radio', { name: new RegExp(`^${words.presence.available}`) });
    await available.waitFor();
    await album.take(agent, 'status-picker');
    await available.click();
    await agent
      .getByRole('button', { name: `${words.presence.title}: ${words.presence.available}` })
      .waitFor();
    return 'confirmed by the hub';
  });
}
