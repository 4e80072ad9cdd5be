// The four statuses of an agent: what each says, since when and until when, and what it does to calls.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';
import { type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let alex: AgentAtWork;
let sam: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  sound = practiceSound();
  alex = await agentAtWork(sound.options);
  sam = await agentAtWork({ account: 'clerk2', hubUrl: await alex.app.hubUrl() });
});

test.afterEach(() => tellWindows(test.info(), alex, sam));

test.afterAll(async () => {
  await sam?.stop();
  await alex?.stop();
  sound?.clean();
});

const offered = (at: AgentAtWork) => at.callBox.getByRole('button', { name: /^Accept/ });

test('CALL-19: each of the four statuses is set by hand and shown with since when', async () => {
  for (const status of ['Away', 'Busy', 'Offline', 'Available'] as const) {
    await alex.become(status);
    await alex.agent
      .getByRole('button', { name: new RegExp(`^Your status: ${status} since \\d\\d:\\d\\d`) })
      .waitFor();
  }
});

for (const status of ['Away', 'Busy', 'Offline'] as const) {
  test(`CALL-19: ${status} keeps the agent out of the queue`, async () => {
    await alex.become(status);
    await sam.become('Available');
    await alex.practiceCall('An unknown number');
    await sam.rung();
    expect(await offered(alex).count()).toBe(0);
    await sam.accept();
    await sam.hangUp();
    expect((await sound.nextReport()).outcome).toBe('answered');
    await sam.saveAs('Resolved');
    expect(await offered(alex).count()).toBe(0);
  });
}

test('CALL-19: a direct call still rings when Away', async () => {
  await alex.become('Away');
  await sam.dial('201');
  await alex.rung();
  await shows(alex.callBox, 'Sam Okafor');
  await alex.accept();
  await sam.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await alex.hangUp();
  await eventually('the call is over', async () => (await offered(alex).count()) === 0);
  await sam.callBox.getByRole('button', { name: /^Save/ }).waitFor();
  await sam.saveAs('Resolved');
});

for (const status of ['Busy', 'Offline'] as const) {
  test(`CALL-19: a direct call goes to voicemail when ${status}, and never rings`, async () => {
    await alex.become(status);
    await sam.dial('201');
    // The voicemail answers; nobody else could.
    await sam.callBox.getByRole('button', { name: /^End/ }).waitFor();
    expect(await offered(alex).count()).toBe(0);
    await sam.hangUp();
    await sam.saveAs('Resolved');
    expect(await offered(alex).count()).toBe(0);
  });
}

test('CALL-19: a status with an end says until when, and ends by itself', async () => {
  await alex.become('Away');
  await alex.agent.getByRole('button', { name: /^Your status:/ }).click();
  const picker = alex.agent.getByRole('dialog', { name: 'Your status' });
  await picker.getByRole('button', { name: '15 min' }).click();
  await alex.agent.getByRole('button', { name: /^Your status: Away until \d\d:\d\d/ }).waitFor();
  // The window's clock goes 15 minutes slow, less four seconds: the next "15 min" is over in four.
  await alex.agent.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() - 15 * 60_000 + 4_000;
  });
  await picker.getByRole('button', { name: '15 min' }).click();
  await alex.agent.getByRole('button', { name: /^Your status: Available/ }).waitFor({ timeout: 15_000 });
});
