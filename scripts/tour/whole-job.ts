// The tour's steps, in the order of an agent's day: sign in, check the devices, take a call from the first ring to the
// history, then a declined caller's voicemail, and meanwhile a call in German. Called by scripts/tour.ts.
import { type RunningApp, startApp } from '../../tests/support/app-driver.ts';
import { type CallersReport, callersReports } from '../../tests/support/callers-reports.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { descendantsOf, stillRunning } from '../setup/process-tree.mjs';
import type { Album } from './album.ts';
import { type Desk, deskIn, filled, type Windows, wordsOf } from './desk.ts';
import {
  agentAtCaller,
  callerAtAgent,
  callerInPlayer,
  mustBeClear,
  mustBeSilent,
  type Stretch,
  silenceAtAgent,
} from './hearing.ts';
import type { StepReport } from './step-report.ts';

export interface TourParts {
  readonly report: StepReport;
  readonly album: Album;
  /** Where the scripted callers' reports are kept. */
  readonly recordings: string;
  readonly startOptions: Parameters<typeof startApp>[0];
  /** The app runs: it is now the caller's to stop. */
  onStarted(app: RunningApp): void;
}

const both = ['light', 'dark'] as const;
const sampleClerk = { username: 'clerk', name: 'Alex Morgan', extension: '201' };
const customer = { name: 'Maya Lindqvist', number: '020 7946 0123' };
const note = 'Parcel 4711 has not arrived. Sent again today, by courier.';
const germanNote = 'Rückruf wegen Lieferung nach Überlingen.';
const typedDigits = '42#*';

export async function doTheWholeJob(parts: TourParts): Promise<void> {
  const app = await signIn(parts);
  const windows = await checkDevices(parts, app);
  const desk = deskIn('en', windows);
  await becomeAvailable(parts, desk);
  await takeCall(parts, desk);
  await decline(parts, desk);
  await takeCallInGerman(parts, desk);
  await hearVoicemail(parts, desk);
  await parts.report.step('quit', async () => {
    const begun = descendantsOf(app.pid);
    await app.stop();
    await eventually('every process has ended', () => stillRunning(begun).length === 0);
    return 'every process that the app began has ended';
  });
}

async function signIn({ report, album, startOptions, onStarted }: TourParts): Promise<RunningApp> {
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
    await album.take(page, 'sign-in', both);
    await page.getByRole('radiogroup', { name: wordsOf.en.signIn.language }).getByText('Deutsch').click();
    await page.getByLabel(wordsOf.de.signIn.username, { exact: true }).waitFor();
    await album.take(page, 'sign-in-de', both);
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

async function checkDevices({ report, album }: TourParts, app: RunningApp): Promise<Windows> {
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
    () => album.take(agent, 'device-check', both),
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
      await album.take(agent, 'phone-panel', both);
      await agent.keyboard.press('Escape');
      await album.take(agent, 'agent-empty', both);
    },
  );
  return { agent, callBox: await app.window('call-box'), phone: await app.window('phone') };
}

async function becomeAvailable({ report, album }: TourParts, { agent, words }: Desk): Promise<void> {
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

async function takeCall({ report, album, recordings }: TourParts, desk: Desk): Promise<void> {
  const { agent, callBox, phone, words } = desk;
  const stretches: Record<'talking' | 'held' | 'muted', Stretch> = {
    talking: { fromMs: 0, toMs: 0 },
    held: { fromMs: 0, toMs: 0 },
    muted: { fromMs: 0, toMs: 0 },
  };
  await report.step(
    'ask for a practice call',
    async () => {
      await desk.practiceCall('knownCustomer');
      await desk.rung();
      await callBox.getByText(customer.name).first().waitFor();
      await callBox.getByText(customer.number).first().waitFor();
      return `the call box shows ${customer.name}, ${customer.number}`;
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-ringing', both);
      await album.take(agent, 'agent-ringing');
    },
  );
  await report.step('accept', async () => {
    await desk.accept();
    return 'the call is up';
  });
  await report.step('listen', async () => {
    const fromMs = Date.now();
    const heard = await callerAtAgent(phone);
    await eventually('a second of talk', () => Date.now() - fromMs > 1_000);
    stretches.talking = { fromMs: fromMs + 300, toMs: Date.now() };
    return { seen: 'the voice has arrived', heard: [heard] };
  });
  await report.step(
    'write a note while talking',
    async () => {
      await desk.writeNote(note);
      return 'marked as saved: it is on disk';
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-talking', both);
      await album.take(agent, 'agent-talking');
    },
  );
  await report.step(
    `send ${typedDigits} on the keypad`,
    async () => {
      await desk.callBoxButton(words.call.keypad).click();
      const keypad = callBox.getByRole('region', { name: words.call.keypadTitle });
      await keypad.getByRole('button').filter({ hasText: '4' }).click();
      await callBox.keyboard.type('2#');
      await keypad.getByRole('button').filter({ hasText: '*' }).click();
      await keypad.getByText(typedDigits, { exact: true }).waitFor();
      return 'shown as sent';
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-keypad', both);
      await desk.callBoxButton(words.call.keypad).click();
    },
  );
  await report.step(
    'hold',
    async () => {
      await desk.callBoxButton(words.call.hold).click();
      await desk.callBoxButton(words.call.resume).waitFor();
      return { seen: 'the caller is on hold', heard: [await silenceAtAgent(phone)] };
    },
    async () => {
      const fromMs = Date.now();
      await album.takeCallBox(callBox, 'call-box-held', both);
      await eventually('a second on hold', () => Date.now() - fromMs > 1_000);
      stretches.held = { fromMs: fromMs + 200, toMs: Date.now() };
    },
  );
  await report.step('resume', async () => {
    await desk.callBoxButton(words.call.resume).click();
    await desk.callBoxButton(words.call.hold).waitFor();
    return { seen: 'talking again', heard: [await callerAtAgent(phone)] };
  });
  await report.step(
    'mute',
    async () => {
      await desk.callBoxButton(words.call.mute).click();
      await desk.callBoxButton(words.call.unmute).waitFor();
      return { seen: 'the button says so', heard: [await callerAtAgent(phone)] };
    },
    async () => {
      const fromMs = Date.now();
      await album.takeCallBox(callBox, 'call-box-muted');
      await eventually('a second muted', () => Date.now() - fromMs > 1_000);
      stretches.muted = { fromMs: fromMs + 200, toMs: Date.now() };
      await desk.callBoxButton(words.call.unmute).click();
      await desk.callBoxButton(words.call.mute).waitFor();
    },
  );
  await report.step(
    'hang up',
    async () => {
      await desk.hangUp();
      const told = await answeredReport(recordings, 1);
      if (told.dtmf !== typedDigits) throw new Error(`The caller got the keys "${told.dtmf}".`);
      return {
        seen: 'wrap-up begins; the caller tells what came through:',
        heard: [
          mustBeClear('the agent at the caller', agentAtCaller(told, stretches.talking)),
          mustBeSilent('on hold', agentAtCaller(told, stretches.held)),
          mustBeSilent('muted', agentAtCaller(told, stretches.muted)),
          `the keys ${told.dtmf}`,
        ],
      };
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-wrap-up', both);
      await album.take(agent, 'agent-wrap-up');
    },
  );
  await report.step(
    'choose a disposition and save, by keys',
    async () => {
      await desk.saveByKeys('1');
      return 'saved; it can be undone for ten seconds';
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-saved', both);
    },
  );
  await report.step(
    'find it in the history',
    async () => {
      await desk.go('history');
      await agent.getByLabel(words.history.search).fill('4711');
      await agent
        .getByRole('button', { name: new RegExp(customer.name) })
        .first()
        .click();
      await agent.getByRole('main').getByText(note, { exact: true }).first().waitFor();
      return `found by a word of its note: ${customer.name}`;
    },
    () => album.take(agent, 'history', both),
  );
}

/** What follows at the voicemail takes the caller some ten seconds; the German call is taken meanwhile. */
async function decline({ report }: TourParts, desk: Desk): Promise<void> {
  await report.step('decline a caller without a record', async () => {
    await desk.practiceCall('unknownNumber');
    await desk.rung();
    await desk.callBoxButton(desk.words.ringing.decline).click();
    await desk.callBoxButton(desk.words.ringing.accept).waitFor({ state: 'hidden' });
    return 'the ringing has ended; the caller is at the voicemail';
  });
}

async function takeCallInGerman({ report, album, recordings }: TourParts, english: Desk): Promise<void> {
  const { agent, callBox, phone } = english;
  const desk = deskIn('de', { agent, callBox, phone });
  const { words } = desk;
  await report.step(
    'change to German',
    async () => {
      await english.go('settings');
      await album.take(agent, 'settings', both);
      await agent
        .getByRole('radiogroup', { name: english.words.settings.language })
        .getByText('Deutsch')
        .click();
      await agent.getByRole('heading', { name: words.settings.title, exact: true }).waitFor();
      return 'at once, in every window';
    },
    () => album.take(agent, 'settings-de', both),
  );
  await report.step(
    'ignore a redirected call',
    async () => {
      await desk.practiceCall('redirected');
      await desk.rung();
      await album.takeCallBox(callBox, 'call-box-ringing-de', both);
      await desk.callBoxButton(words.ringing.ignore).click();
      await desk.go('inbox');
      await agent.getByRole('heading', { name: new RegExp(words.inbox.ringing) }).waitFor();
      return `silent here, and in the inbox under “${words.inbox.ringing}”`;
    },
    () => album.take(agent, 'inbox-de', both),
  );
  await report.step(
    'accept it from the inbox',
    async () => {
      await agent.getByRole('button', { name: words.ringing.accept }).first().click();
      await desk.callBoxButton(words.call.mute).waitFor();
      return { seen: 'the call is up', heard: [await callerAtAgent(phone)] };
    },
    async () => {
      await desk.writeNote(germanNote);
      await album.takeCallBox(callBox, 'call-box-talking-de', both);
      await album.take(agent, 'agent-talking-de', ['dark']);
    },
  );
  await report.step(
    'hang up and save',
    async () => {
      await desk.hangUp();
      await album.takeCallBox(callBox, 'call-box-wrap-up-de', both);
      await desk.saveByKeys('2');
      await answeredReport(recordings, 2);
      return 'saved';
    },
    () => album.takeCallBox(callBox, 'call-box-saved-de', ['dark']),
  );
  await report.step(
    'look at the history in German',
    async () => {
      await desk.go('history');
      await agent.getByRole('list', { name: words.history.listLabel }).getByRole('button').first().click();
      await agent.getByRole('main').getByText(germanNote, { exact: true }).first().waitFor();
      return 'the last call first';
    },
    () => album.take(agent, 'history-de', both),
  );
  await report.step('change back to English', async () => {
    await desk.go('settings');
    await agent.getByRole('radiogroup', { name: words.settings.language }).getByText('English').click();
    await agent.getByRole('heading', { name: english.words.settings.title, exact: true }).waitFor();
    return 'at once';
  });
}

async function hearVoicemail({ report, album }: TourParts, desk: Desk): Promise<void> {
  const { agent, words } = desk;
  await report.step(
    'wait for the declined caller’s message',
    async () => {
      await desk.go('inbox');
      await agent
        .getByRole('heading', { name: new RegExp(words.inbox.voicemails) })
        .waitFor({ timeout: 30_000 });
      return 'it is in the inbox';
    },
    () => album.take(agent, 'inbox', both),
  );
  await report.step(
    'play it',
    async () => {
      await desk.go('voicemail');
      await agent.getByRole('list', { name: words.voicemail.listLabel }).getByRole('button').first().click();
      await agent.getByRole('button', { name: words.voicemail.play, exact: true }).click();
      return { seen: 'it plays in the app', heard: [await callerInPlayer(agent)] };
    },
    () => album.take(agent, 'voicemail', both),
  );
  await report.step(
    'look back at the day',
    async () => {
      await desk.go('history');
      const calls = agent.getByRole('list', { name: words.history.listLabel }).getByRole('button');
      await calls.filter({ hasText: customer.name }).first().click();
      await agent.getByRole('main').getByText(note, { exact: true }).first().waitFor();
      return `${await calls.count()} calls, each with what became of it`;
    },
    () => album.take(agent, 'agent-window', both),
  );
}

/** The report of the scripted call that was answered as the `count`th. */
function answeredReport(folder: string, count: number): Promise<CallersReport> {
  return eventually(
    'the caller’s report',
    async () =>
      (await callersReports(folder, count, 1_000)).filter(({ outcome }) => outcome === 'answered')[count - 1],
  );
}
