// Main is killed in any phase of a call, and the hub in the middle of one, on the built app with real audio. Sam's app is
// the one that is killed; Alex's app has the hub, and looks on from the other side.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { noAnswerNumber } from '../../src-hub/media/called-person.ts';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';
import { listen } from '../support/listening.ts';
import { agentHz, callerHz, clearDb, type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let samsFolder: string;
let alex: AgentAtWork;
let sam: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(90_000);
  sound = practiceSound();
  samsFolder = mkdtempSync(path.join(os.tmpdir(), 'offhook-killed-'));
  alex = await agentAtWork(sound.options);
  await samComes();
  await sam.become('Available');
});

test.afterEach(() => tellWindows(test.info(), sam, alex));

test.afterAll(async () => {
  await sam?.stop();
  await alex?.stop();
  sound?.clean();
  rmSync(samsFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** Starts the app on what is on its disk, and signs in. */
async function samComes(): Promise<void> {
  sam = await agentAtWork({
    account: 'clerk2',
    userDataDir: samsFolder,
    hubUrl: await alex.app.hubUrl(),
    microphoneWav: sound.options.microphoneWav,
  });
}

const note = () => sam.callBox.getByRole('textbox', { name: 'Note' });

async function write(text: string): Promise<void> {
  await note().fill(text);
  await eventually('it is marked as saved', async () => {
    await sam.callBox.getByText(/^Saved \d\d:\d\d/).waitFor();
    return (await note().inputValue()) === text;
  });
}

function hears(who: AgentAtWork, hertz: number, withinMs = 10_000): Promise<unknown> {
  return eventually(
    `${hertz} Hz is heard`,
    async () => (await listen(who.phone, hertz, 200)).toneDb > clearDb,
    withinMs,
  );
}

/** A call that goes on. Nobody waits for a disk to see a call: it is there some milliseconds later (call-desk.ts). */
function isOnDisk(direction: 'inbound' | 'outbound'): Promise<unknown> {
  return eventually('the call is on disk', () => {
    const database = new DatabaseSync(path.join(samsFolder, 'offhook.sqlite'), { readOnly: true });
    try {
      return database
        .prepare('SELECT call_id FROM calls WHERE direction = ? AND ended_at_ms IS NULL')
        .get(direction);
    } finally {
      database.close();
    }
  });
}

async function talkToCaller(): Promise<void> {
  await alex.practiceCall('A known customer');
  await sam.rung();
  await sam.accept();
  await hears(sam, callerHz);
}

/** The call box as it stands after a restart: the wrap-up, and its note. */
async function wrapUpIsOpen(text: string): Promise<void> {
  await sam.callBox.getByText(/^\d+:\d\d left$/).waitFor();
  await shows(sam.callBox, 'Maya Lindqvist');
  expect(await note().inputValue()).toBe(text);
}

test('OFF-4 CALL-23: killed in a held call, Offhook opens its wrap-up again with the note; the caller is let go, the call logged as lost', async () => {
  test.setTimeout(90_000);
  await talkToCaller();
  await write('Ordered twice');
  await sam.callBox.getByRole('button', { name: /^Hold/ }).click();
  await sam.callBox.getByRole('button', { name: /^Resume/ }).waitFor();
  await sam.app.kill();

  await samComes();
  await wrapUpIsOpen('Ordered twice');
  await shows(sam.callBox, 'Offhook was ended during this call.');
  const report = await sound.nextReport();
  expect(report.outcome).toBe('answered');
});

test('OFF-4 CALL-23: killed in that wrap-up, it opens once more with all that was marked as saved, and is saved', async () => {
  await write('Ordered twice, sends one back');
  await sam.app.kill();
  await samComes();
  await wrapUpIsOpen('Ordered twice, sends one back');
  await sam.saveAs('Resolved');
});

test('OFF-4 CALL-13: killed within the undo of that Save, and while dialling, both calls are in the history as they were', async () => {
  // One who never picks up, however long the kill takes.
  await sam.dial(noAnswerNumber);
  await sam.callBox.getByRole('button', { name: /^(Cancel|End)/ }).waitFor();
  await isOnDisk('outbound');
  await sam.app.kill();
  await samComes();
  await sam.go('History');
  await shows(sam.agent, 'Failed: Offhook was ended');
  await shows(sam.agent, 'Resolved');
  await sam.agent
    .getByRole('button', { name: /Maya Lindqvist.*Resolved/ })
    .first()
    .click();
  await shows(sam.agent, 'Ordered twice, sends one back');
  expect(await sam.callBox.getByText(/^\d+:\d\d left$/).count()).toBe(0);
});

test('CALL-22: killed while a call rang, Offhook says that it was missed because of that', async () => {
  // Who is patient rings again at the device that is back, and would be taken for the next test's colleague.
  await alex.practiceCall('One who gives up after 5 seconds');
  await sam.rung();
  await isOnDisk('inbound');
  await sam.app.kill();
  await samComes();
  expect((await sound.nextReport()).outcome).toBe('gaveUp');
  await sam.go('Inbox');
  await shows(sam.agent, 'Offhook was ended while it rang');
  await sam.go('History');
  await shows(sam.agent, 'Missed: Offhook was ended while it rang');
});

test('OFF-4: killed in a call with a colleague, Offhook lets the colleague go as soon as it is back', async () => {
  test.setTimeout(90_000);
  await alex.dial('202');
  await sam.rung();
  await shows(sam.callBox, 'Alex Morgan');
  await sam.accept();
  await hears(alex, agentHz);
  await sam.app.kill();
  const killedAtMs = Date.now();
  await samComes();
  const backAtMs = Date.now();
  await alex.callBox.getByRole('button', { name: /^Mute/ }).waitFor({ state: 'hidden', timeout: 3_000 });
  test.info().annotations.push({
    type: 'measured',
    description: `Sam was back after ${backAtMs - killedAtMs} ms; Alex was free ${Date.now() - backAtMs} ms later`,
  });
  await alex.saveAs('Resolved');
  await sam.go('History');
  await shows(sam.agent, 'Alex Morgan');
  await shows(sam.agent, 'Failed: Offhook was ended');
});

test('DESK-6: the hub is killed in mid-call: the call is heard on, all is back by itself as it was, and hold and hang-up work', async () => {
  test.setTimeout(90_000);
  await alex.become('Away');
  const status = (who: AgentAtWork) => who.agent.getByRole('button', { name: /^Your status:/ });
  await alex.dial('202');
  await sam.rung();
  await sam.accept();
  await hears(alex, agentHz);
  await hears(sam, agentHz);

  const file = path.join(alex.app.userDataDir, 'practice-hub', 'practice-hub.json');
  const hub = JSON.parse(readFileSync(file, 'utf8')) as { url: string; processId: number };
  process.kill(hub.processId, 'SIGKILL');
  await sam.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor({ state: 'hidden' });
  await hears(alex, agentHz);
  await hears(sam, agentHz);
  for (const who of [alex, sam]) {
    await who.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor({ timeout: 20_000 });
    await who.agent.getByRole('button', { name: 'Online' }).waitFor();
  }
  expect(await alex.app.hubUrl()).toBe(hub.url);
  await alex.agent.getByRole('button', { name: 'Your status: Away' }).waitFor();
  await sam.agent.getByRole('button', { name: 'Your status: Available' }).waitFor();
  expect(await status(alex).count()).toBe(1);
  await hears(alex, agentHz);

  await sam.callBox.getByRole('button', { name: /^Hold/ }).click();
  await sam.callBox.getByRole('button', { name: /^Resume/ }).waitFor();
  await eventually(
    'nothing is heard on hold',
    async () => (await listen(alex.phone, agentHz, 300)).toneDb < -70,
  );
  await sam.callBox.getByRole('button', { name: /^Resume/ }).click();
  await hears(alex, agentHz);
  await sam.hangUp();
  await alex.callBox.getByRole('button', { name: /^Mute/ }).waitFor({ state: 'hidden' });
});
