// The phone panel and calls that the agent makes: on and off, the dial field, recent calls, devices, the echo test.
// The agent's microphone says 700 Hz, which the echo sends back and the agent must hear.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';
import { listen } from '../support/listening.ts';
import { registerOtherDevice } from '../support/other-device.ts';
import { agentHz, callerHz, clearDb, type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let clerk: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  sound = practiceSound();
  clerk = await agentAtWork(sound.options);
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  sound?.clean();
});

const phoneButton = () => clerk.agent.getByRole('button', { name: /^Phone panel/ });
const panel = () => clerk.agent.getByRole('dialog', { name: 'Phone' });
const noCall = () => clerk.callBox.getByRole('button', { name: /^(Cancel|End)/ });

async function openPanel(): Promise<void> {
  if (!(await panel().isVisible())) await phoneButton().click();
  await panel().waitFor();
}

async function closePanel(): Promise<void> {
  await clerk.agent.keyboard.press('Escape');
  await panel().waitFor({ state: 'hidden' });
}

test('CALL-1: the phone button opens the panel with dial field, recent calls, devices, and the switch', async () => {
  const button = await phoneButton().boundingBox();
  const window = clerk.agent.viewportSize() ?? { width: await clerk.agent.evaluate(() => innerWidth) };
  expect(button?.y).toBeLessThan(60);
  expect((button?.x ?? 0) + (button?.width ?? 0)).toBeGreaterThan(window.width - 60);
  await openPanel();
  await panel().getByRole('textbox', { name: 'Number or extension' }).waitFor();
  await panel().getByRole('region', { name: 'Recent calls' }).waitFor();
  await panel().getByRole('button', { name: 'Devices' }).click();
  for (const device of ['Microphone', 'Speaker', 'Ringer'])
    await panel().getByLabel(device).first().waitFor();
  await shows(clerk.agent, 'Registered as extension 201');
  await closePanel();
});

test('CALL-1: turned off, the button says so and no call rings; turned on, calls ring again', async () => {
  await clerk.become('Available');
  await openPanel();
  await panel().getByRole('switch', { name: 'Phone' }).click({ force: true });
  await panel().getByRole('button', { name: 'Turn off anyway' }).click();
  await clerk.agent.getByRole('button', { name: 'Phone panel. Phone off' }).waitFor();
  await closePanel();
  await clerk.practiceCall('An unknown number');
  // With nobody to ring the caller is with the voicemail at once.
  expect((await sound.nextReport()).outcome).toBe('voicemail');
  expect(await clerk.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);

  await openPanel();
  await panel().getByRole('switch', { name: 'Phone' }).click({ force: true });
  await clerk.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  await closePanel();
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.decline();
});

test('CALL-21: turned off while Available, the phone says which other device rings on, and offers Offline', async () => {
  const other = await registerOtherDevice(await clerk.app.hubUrl(), 'clerk');
  await clerk.become('Available');
  await openPanel();
  await panel().getByRole('switch', { name: 'Phone' }).click({ force: true });
  await shows(clerk.agent, 'Calls go on ringing on your other device: Desk phone.');
  await panel().getByRole('switch', { name: 'Phone', checked: true }).waitFor();
  await panel().getByRole('button', { name: 'Set Offline and turn off' }).click();
  await clerk.agent.getByRole('button', { name: 'Phone panel. Phone off' }).waitFor();
  await clerk.agent.getByRole('button', { name: /^Your status: Offline/ }).waitFor();
  await panel().getByRole('switch', { name: 'Phone' }).click({ force: true });
  await clerk.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  await closePanel();
  await other.close();
});

for (const [what, target] of [
  ['an empty number', ''],
  ['blanks', '   '],
  ['a sentence', 'call me maybe'],
  ['far too many digits', '9'.repeat(120)],
  ['a script', '<script>alert(1)</script>'],
] as const) {
  test(`CALL-1: ${what} in the dial field is refused in words and nothing is dialled`, async () => {
    await openPanel();
    const field = panel().getByRole('textbox', { name: 'Number or extension' });
    await field.fill(target);
    await field.press('Enter');
    await shows(clerk.agent, 'This is not a number that can be dialled.');
    expect(await field.inputValue()).toBe(target);
    expect(await noCall().count()).toBe(0);
    await field.fill('');
    await closePanel();
  });
}

test('CALL-1: a number that nobody has is tried, and said to have failed', async () => {
  await clerk.dial('999888');
  await clerk.go('History');
  await shows(clerk.agent, /999888/);
  await shows(clerk.agent, 'Failed');
});

test('CALL-1: the echo test sends the agent’s own voice back', async () => {
  await clerk.dial('600');
  await clerk.callBox.getByRole('button', { name: /^End/ }).waitFor();
  const heard = await eventually(
    'the own tone comes back',
    async () => {
      const now = await listen(clerk.phone, agentHz);
      return now.toneDb > clearDb && Math.abs(now.peakHz - agentHz) < 12 ? now : undefined;
    },
    30_000,
  );
  expect(heard.toneDb).toBeGreaterThan(clearDb);
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
});

test('CALL-1: a recent call is dialled again with one click, and the other side is heard', async () => {
  await openPanel();
  await panel()
    .getByRole('button', { name: /Maya Lindqvist/ })
    .click();
  await shows(clerk.callBox, 'Maya Lindqvist');
  await eventually(
    'the called person is heard',
    async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb,
    20_000,
  );
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
  await clerk.go('History');
  await shows(clerk.agent, 'Maya Lindqvist');
});
