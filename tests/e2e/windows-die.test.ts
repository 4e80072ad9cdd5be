// Windows that are reloaded, die or hang in mid-call, on the built app with real audio: the caller says 440 Hz, the
// agent's microphone 700 Hz. What was heard meanwhile is measured at both ends, in a recording and by a long ear.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork, backAtWork, shows } from '../support/agent-at-work.ts';
import { onElectron } from '../support/app-driver.ts';
import { crash, hang, startListening, stopListening } from '../support/dying-pages.ts';
import { eventually } from '../support/eventually.ts';
import { listen } from '../support/listening.ts';
import {
  agentHz,
  callerHz,
  clearDb,
  mustHear,
  type PracticeSound,
  practiceSound,
} from '../support/practice-sound.ts';
import { toneDbOverTime } from '../support/tone.ts';

let sound: PracticeSound;
let clerk: AgentAtWork;

test.skip(onElectron, 'Pages are killed through the host’s debugging port.');

test.beforeAll(async () => {
  test.setTimeout(90_000);
  sound = practiceSound();
  clerk = await agentAtWork(sound.options);
  await clerk.become('Available');
});

test.afterAll(async () => {
  await clerk?.stop();
  sound?.clean();
});

async function talk(): Promise<void> {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await callerIsHeard();
}

function callerIsHeard(withinMs = 10_000): Promise<unknown> {
  return eventually(
    'the caller is heard',
    async () => (await listen(clerk.phone, callerHz, 200)).toneDb > clearDb,
    withinMs,
  );
}

/** A page that died and is loaded again is another one to look at; looked at too soon, it would stay unseen. */
const seenAgain = (window: 'agent' | 'call-box') =>
  eventually('the page is there again', async () => {
    await clerk.app.lookAnew();
    return clerk.app.openWindows().includes(`/${window}.html`);
  });

/** The page as it is after it was killed: found again, and its controls shown. */
async function controlsBack(window: 'agent' | 'call-box'): Promise<Page> {
  const page = await clerk.app.window(window);
  await page.getByRole('button', { name: /^Mute/ }).waitFor();
  return page;
}

/**
 * Two processors that start another test's app in the same moment take sound away from everybody, up to a quarter of a
 * second by measurement. A call that is made anew is silent for longer: half a second and more.
 */
const mostGapMs = 400;

/** The longest stretch without the tone between stretches with it, in ms. */
function longestGapMs(loudness: readonly number[], stepMs: number): number {
  const heard = loudness.map((db) => db > clearDb);
  const first = heard.indexOf(true);
  const last = heard.lastIndexOf(true);
  if (first < 0) throw new Error('The tone was never heard.');
  let gap = 0;
  let longest = 0;
  for (const there of heard.slice(first, last)) {
    gap = there ? 0 : gap + 1;
    longest = Math.max(longest, gap);
  }
  return longest * stepMs;
}

test('DESK-7: agent window and call box are reloaded and killed in mid-call, the audio has no gap, and the controls are back within 2 s', async () => {
  await talk();
  await startListening(clerk.phone, callerHz);
  const tookMs: Record<string, number> = {};
  for (const window of ['agent', 'call-box'] as const) {
    const page = await clerk.app.window(window);
    const reloadedAtMs = Date.now();
    await page.reload({ waitUntil: 'commit' });
    await controlsBack(window);
    tookMs[`${window} reloaded`] = Date.now() - reloadedAtMs;
  }
  for (const window of ['agent', 'call-box'] as const) {
    const died = Date.now();
    await crash(await clerk.app.window(window));
    await seenAgain(window);
    await controlsBack(window);
    tookMs[`${window} killed`] = Date.now() - died;
  }
  console.log('controls back after ms:', JSON.stringify(tookMs));
  for (const took of Object.values(tookMs)) expect(took).toBeLessThan(2_000);

  clerk = await backAtWork(clerk.app);
  const heard = await stopListening(clerk.phone);
  expect(heard.length).toBeGreaterThan(15);
  const agentGapMs = longestGapMs(heard, 50);
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await callerIsHeard();
  await clerk.hangUp();
  const loudness = toneDbOverTime(mustHear(await sound.nextReport()), agentHz);
  // Muting and unmuting at the end is the only silence there may be.
  const callerGapMs = longestGapMs(loudness.slice(0, Math.floor(loudness.length * 0.6)), 100);
  console.log('silence in ms:', JSON.stringify({ agentGapMs, callerGapMs }));
  expect(agentGapMs).toBeLessThan(mostGapMs);
  expect(callerGapMs).toBeLessThan(mostGapMs);
  await clerk.saveAs('Resolved');
});

test('DESK-7: the phone window is killed in mid-call, the call is renegotiated, and both hear each other again within 3 s', async () => {
  await talk();
  await crash(clerk.phone);
  const diedAtMs = Date.now();
  await clerk.app.lookAnew();
  clerk = await backAtWork(clerk.app);
  await callerIsHeard();
  const agentHearsAfterMs = Date.now() - diedAtMs;
  expect(await clerk.callBox.getByRole('button', { name: /^Hold/ }).count()).toBe(1);
  await listen(clerk.phone, callerHz, 1_000);
  await clerk.hangUp();
  const report = await sound.nextReport();
  expect(report.outcome).toBe('answered');
  const callerGapMs = longestGapMs(toneDbOverTime(mustHear(report), agentHz), 100);
  console.log('silence in ms:', JSON.stringify({ agentHearsAfterMs, callerGapMs }));
  expect(agentHearsAfterMs).toBeLessThan(3_000);
  expect(callerGapMs).toBeLessThan(3_000);
  await clerk.saveAs('Resolved');
});

test('DESK-7: mute and hold are as they were when the phone window has died', async () => {
  await talk();
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).waitFor();
  await crash(clerk.phone);
  await clerk.app.lookAnew();
  clerk = await backAtWork(clerk.app);
  await callerIsHeard();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).waitFor();

  await clerk.callBox.getByRole('button', { name: /^Hold/ }).click();
  await clerk.callBox.getByRole('region', { name: 'On hold' }).waitFor();
  await crash(clerk.phone);
  await clerk.app.lookAnew();
  clerk = await backAtWork(clerk.app);
  // The microphone is open again when the call has been taken up.
  await clerk.agent.getByText('Mic on', { exact: true }).first().waitFor();
  expect((await listen(clerk.phone, callerHz, 1_500)).toneDb).toBeLessThan(-70);
  await clerk.callBox.getByRole('button', { name: /^Resume/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Hold/ }).waitFor();
  await callerIsHeard();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await listen(clerk.phone, callerHz, 1_000);
  await clerk.hangUp();
  const loudness = toneDbOverTime(mustHear(await sound.nextReport()), agentHz);
  // Muted from early on until the very end, over the death of two windows.
  expect(longestGapMs(loudness, 100)).toBeGreaterThan(2_000);
  await clerk.saveAs('Resolved');
});

test('DESK-7: a call that rings when the phone window dies rings on and can be answered', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await crash(clerk.phone);
  await clerk.accept();
  await clerk.app.lookAnew();
  clerk = await backAtWork(clerk.app);
  await callerIsHeard();
  await clerk.hangUp();
  expect((await sound.nextReport()).outcome).toBe('answered');
  await clerk.saveAs('Resolved');
});

test('DESK-7: a phone window that hangs is made again, and the call goes on', async () => {
  await talk();
  hang(clerk.phone);
  await eventually('found out', () => clerk.app.output().includes('"what":"hangs"'), 25_000);
  await clerk.app.lookAnew();
  clerk = await backAtWork(clerk.app);
  await callerIsHeard();
  await shows(clerk.callBox, 'Maya Lindqvist');
  await clerk.hangUp();
  expect((await sound.nextReport()).outcome).toBe('answered');
  await clerk.saveAs('Resolved');
});

test('DESK-7: an agent window that hangs in mid-call is loaded anew without a gap in the audio, and its controls are back', async () => {
  await talk();
  await startListening(clerk.phone, callerHz);
  hang(clerk.agent);
  await eventually('found out', () => clerk.app.output().includes('page: hangs, ended by force'), 20_000);
  const endedAtMs = Date.now();
  await seenAgain('agent');
  await controlsBack('agent');
  console.log('controls back after ms:', Date.now() - endedAtMs);
  expect(Date.now() - endedAtMs).toBeLessThan(2_000);
  clerk = await backAtWork(clerk.app);
  // The page that hangs keeps a core busy: a packet or two may be late. A call that broke is silent for seconds.
  expect(longestGapMs(await stopListening(clerk.phone), 50)).toBeLessThan(mostGapMs);
  await clerk.hangUp();
  expect((await sound.nextReport()).outcome).toBe('answered');
  await clerk.saveAs('Resolved');
});
