// Two agents, each in an app of their own, on the hub of the first: who is rung, who answers, what the other is told; and the
// four statuses of an agent: what each says, since when and until when, and what it does to calls.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';
import { type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let alex: AgentAtWork;
let sam: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

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

async function bothAvailable(): Promise<void> {
  await alex.become('Available');
  await sam.become('Available');
}

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

test('CALL-16: one ignores, the other answers, and the first is told "answered elsewhere"', async () => {
  await bothAvailable();
  await alex.practiceCall('A known customer');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.ignore();
  await alex.go('Inbox');
  await shows(alex.agent, 'Still ringing');
  await sam.accept();
  await alex.go('History');
  await shows(alex.agent, 'Answered elsewhere');
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await sam.hangUp();
  await sam.saveAs('Resolved');
});

test('CALL-15: both are rung at once and the one who accepts has the call', async () => {
  await bothAvailable();
  await sam.practiceCall('An unknown number');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.accept();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.go('History');
  await shows(sam.agent, 'Answered elsewhere');
  await alex.hangUp();
  await alex.saveAs('Resolved');
});

test('CALL-17: one declines and the ringing ends for both', async () => {
  await bothAvailable();
  await alex.practiceCall('A withheld number');
  await Promise.all([alex.rung(), sam.rung()]);
  await shows(sam.callBox, 'Number withheld');
  await alex.decline();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.go('History');
  await shows(sam.agent, 'Declined elsewhere');
});

test('CALL-18: who is on a call is not rung by the next caller; the other is', async () => {
  await bothAvailable();
  await alex.practiceCall('A known customer');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.accept();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.practiceCall('An unknown number');
  await sam.rung();
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await sam.decline();
  await alex.hangUp();
  await alex.saveAs('Resolved');
});

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
