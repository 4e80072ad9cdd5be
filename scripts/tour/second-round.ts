// The tour after its main call: a declined caller who leaves a message, meanwhile a call in German, then the message
// heard. Called by whole-job.ts.
import { type Desk, deskIn } from './desk.ts';
import { callerAtAgent, callerInPlayer } from './hearing.ts';
import { answeredReport, bothThemes, customer, note, type TourParts } from './tour-parts.ts';

const germanNote = 'Rückruf wegen Lieferung nach Überlingen.';

/** What follows at the voicemail takes the caller some ten seconds; the German call is taken meanwhile. */
export async function decline({ report }: TourParts, desk: Desk): Promise<void> {
  await report.step('decline a caller without a record', async () => {
    await desk.practiceCall('unknownNumber');
    await desk.rung();
    await desk.callBoxButton(desk.words.ringing.decline).click();
    await desk.callBoxButton(desk.words.ringing.accept).waitFor({ state: 'hidden' });
    return 'the ringing has ended; the caller is at the voicemail';
  });
}

export async function takeCallInGerman(
  { report, album, recordings }: TourParts,
  english: Desk,
): Promise<void> {
  const { agent, callBox, phone } = english;
  const desk = deskIn('de', { agent, callBox, phone });
  const { words } = desk;
  await report.step(
    'change to German',
    async () => {
      await english.go('settings');
      await album.take(agent, 'settings', bothThemes);
      await agent
        .getByRole('radiogroup', { name: english.words.settings.language })
        .getByText('Deutsch')
        .click();
      await agent.getByRole('heading', { name: words.settings.title, exact: true }).waitFor();
      return 'at once, in every window';
    },
    () => album.take(agent, 'settings-de', bothThemes),
  );
  await report.step(
    'ignore a redirected call',
    async () => {
      await desk.practiceCall('redirected');
      await desk.rung();
      await album.takeCallBox(callBox, 'call-box-ringing-de', bothThemes);
      await desk.callBoxButton(words.ringing.ignore).click();
      await desk.go('inbox');
      await agent.getByRole('heading', { name: new RegExp(words.inbox.ringing) }).waitFor();
      return `silent here, and in the inbox under “${words.inbox.ringing}”`;
    },
    () => album.take(agent, 'inbox-de', bothThemes),
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
      await album.takeCallBox(callBox, 'call-box-talking-de', bothThemes);
      await album.take(agent, 'agent-talking-de', ['dark']);
    },
  );
  await report.step(
    'hang up and save',
    async () => {
      await desk.hangUp();
      await album.takeCallBox(callBox, 'call-box-wrap-up-de', bothThemes);
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
    () => album.take(agent, 'history-de', bothThemes),
  );
  await report.step('change back to English', async () => {
    await desk.go('settings');
    await agent.getByRole('radiogroup', { name: words.settings.language }).getByText('English').click();
    await agent.getByRole('heading', { name: english.words.settings.title, exact: true }).waitFor();
    return 'at once';
  });
}

export async function hearVoicemail({ report, album }: TourParts, desk: Desk): Promise<void> {
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
    () => album.take(agent, 'inbox', bothThemes),
  );
  await report.step(
    'play it',
    async () => {
      await desk.go('voicemail');
      await agent.getByRole('list', { name: words.voicemail.listLabel }).getByRole('button').first().click();
      await agent.getByRole('button', { name: words.voicemail.play, exact: true }).click();
      return { seen: 'it plays in the app', heard: [await callerInPlayer(agent)] };
    },
    () => album.take(agent, 'voicemail', bothThemes),
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
    () => album.take(agent, 'agent-window', bothThemes),
  );
}
