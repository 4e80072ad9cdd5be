// The tour's main call, from the first ring to the history: accept, talk, keypad, hold, mute, hang up, note, disposition,
// save. Called by whole-job.ts.
import { eventually } from '../../tests/support/eventually.ts';
import type { Desk } from './desk.ts';
import {
  agentAtCaller,
  callerAtAgent,
  mustBeClear,
  mustBeSilent,
  type Stretch,
  silenceAtAgent,
} from './hearing.ts';
import { answeredReport, bothThemes, customer, note, type TourParts } from './tour-parts.ts';

const typedDigits = '42#*';

export async function takeCall({ report, album, recordings }: TourParts, desk: Desk): Promise<void> {
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
      await album.takeCallBox(callBox, 'call-box-ringing', bothThemes);
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
      await album.takeCallBox(callBox, 'call-box-talking', bothThemes);
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
      await album.takeCallBox(callBox, 'call-box-keypad', bothThemes);
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
      await album.takeCallBox(callBox, 'call-box-held', bothThemes);
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
  await report.step('hang up', async () => {
    await desk.hangUp();
    return 'wrap-up begins';
  });
  await report.step(
    'ask the caller what came through',
    async () => {
      const told = await answeredReport(recordings, 1);
      if (told.dtmf !== typedDigits) throw new Error(`The caller got the keys "${told.dtmf}".`);
      return {
        seen: 'the caller has hung up too, and kept a recording',
        heard: [
          mustBeClear('the agent at the caller', agentAtCaller(told, stretches.talking)),
          mustBeSilent('on hold', agentAtCaller(told, stretches.held)),
          mustBeSilent('muted', agentAtCaller(told, stretches.muted)),
          `the keys ${told.dtmf}`,
        ],
      };
    },
    async () => {
      await album.takeCallBox(callBox, 'call-box-wrap-up', bothThemes);
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
      await album.takeCallBox(callBox, 'call-box-saved', bothThemes);
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
    () => album.take(agent, 'history', bothThemes),
  );
}
