// The hub dies, or no packet reaches it any more, under a call between two agents, each in an app of their own. Alex's
// microphone says 700 Hz, Sam's 440 Hz; what each hears is measured all the time. Seven seconds stand for the promised
// 120: tests/telephony shows the longer time with a turned clock.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork, shows } from '../support/agent-at-work.ts';
import { startListening, stopListening } from '../support/dying-pages.ts';
import { eventually } from '../support/eventually.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { listen } from '../support/listening.ts';
import { clearDb } from '../support/practice-sound.ts';
import { makeToneWav } from '../support/tone.ts';

const alexHz = 700;
const samHz = 440;
const awayMs = 7_000;

let folder: string;
let hub: HubProcess;
let alex: AgentAtWork;
let sam: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-links-'));
  const microphone = (hz: number) => {
    const file = path.join(folder, `${hz}.wav`);
    writeFileSync(file, makeToneWav(hz, 10));
    return file;
  };
  hub = await startHubProcess();
  alex = await agentAtWork({ account: 'clerk', hubUrl: hub.url, microphoneWav: microphone(alexHz) });
  sam = await agentAtWork({ account: 'clerk2', hubUrl: hub.url, microphoneWav: microphone(samHz) });
  await alex.become('Available');
  await sam.become('Available');
});

test.afterAll(async () => {
  await sam?.stop();
  await alex?.stop();
  await hub?.close();
  rmSync(folder, { recursive: true, force: true });
});

const hears = (who: AgentAtWork, hz: number) =>
  eventually('the other is heard', async () => (await listen(who.phone, hz, 300)).toneDb > clearDb);
const phoneIs = (who: AgentAtWork, word: string, withinMs = 20_000) =>
  who.agent.getByRole('button', { name: `Phone panel. ${word}` }).waitFor({ timeout: withinMs });
const control = (page: Page, name: RegExp) => page.getByRole('button', { name });

async function talk(): Promise<void> {
  await sam.dial('201');
  await alex.rung();
  await alex.accept();
  await Promise.all([hears(alex, samHz), hears(sam, alexHz)]);
}

/** The longest stretch without the tone, in ms. */
function longestGapMs(heard: readonly number[]): number {
  let gap = 0;
  let longest = 0;
  for (const db of heard) {
    gap = db > clearDb ? 0 : gap + 1;
    longest = Math.max(longest, gap);
  }
  return longest * 50;
}

test('DESK-6: the hub is killed in mid-call and away for seven seconds: the audio has no gap, the windows say what is so, and hold and hang-up work after its return', async () => {
  await talk();
  await startListening(alex.phone, samHz);
  await startListening(sam.phone, alexHz);
  const killedAtMs = Date.now();
  await hub.kill();
  await Promise.all([phoneIs(alex, 'Not registered'), phoneIs(sam, 'Not registered')]);
  await shows(alex.agent, 'Hub away');
  await alex.agent.getByTitle('Hub away').click();
  await shows(alex.agent, /^Since \d\d:\d\d\.$/);
  await alex.agent.keyboard.press('Escape');

  // What the other side must be told is refused in words; what it need not be told works.
  await control(alex.callBox, /^Hold/).click();
  await shows(alex.callBox, /^The exchange does not answer, so the other side cannot be told/);
  await eventually('the hub was away for long', () => Date.now() - killedAtMs > awayMs, awayMs + 1_000);
  const [heardByAlex, heardBySam] = [await stopListening(alex.phone), await stopListening(sam.phone)];
  const gaps = { alex: longestGapMs(heardByAlex), sam: longestGapMs(heardBySam) };
  console.log('listened for ms, with gaps of ms:', heardByAlex.length * 50, JSON.stringify(gaps));
  expect(heardByAlex.length * 50).toBeGreaterThan(awayMs * 0.8);
  // A call that broke is silent for seconds; a busy machine may drop a packet or two.
  expect(Math.max(gaps.alex, gaps.sam)).toBeLessThan(400);

  await hub.start();
  const backAtMs = Date.now();
  await Promise.all([phoneIs(alex, 'Phone on'), phoneIs(sam, 'Phone on')]);
  const registeredAfterMs = Date.now() - backAtMs;
  console.log('both registered again after ms:', registeredAfterMs);
  expect(registeredAfterMs).toBeLessThan(3_000);
  await Promise.all([alex, sam].map((who) => who.agent.getByTitle('Online').waitFor()));

  await control(alex.callBox, /^Hold/).click();
  await alex.callBox.getByRole('region', { name: 'On hold' }).waitFor();
  await shows(sam.callBox, 'The other side has put you on hold.');
  expect((await listen(sam.phone, alexHz, 600)).toneDb).toBeLessThan(-70);
  await control(alex.callBox, /^Resume/).click();
  await Promise.all([hears(alex, samHz), hears(sam, alexHz)]);
  await sam.hangUp();
  await control(alex.callBox, /^Mute/).waitFor({ state: 'hidden' });
});

test('DESK-6: a call hung up while no packet reaches the hub is over at once here, and over there when it is back', async () => {
  await talk();
  hub.freeze();
  try {
    await alex.hangUp();
    await control(alex.callBox, /^Mute/).waitFor({ state: 'hidden', timeout: 6_000 });
    await eventually('nothing plays', () =>
      alex.phone.evaluate(() => document.querySelectorAll('audio').length === 0),
    );
    expect(await control(sam.callBox, /^Mute/).count()).toBe(1);
  } finally {
    hub.thaw();
  }
  await control(sam.callBox, /^Mute/).waitFor({ state: 'hidden', timeout: 10_000 });
  await Promise.all([phoneIs(alex, 'Phone on'), phoneIs(sam, 'Phone on')]);
});

test('DESK-6: a call hung up while the hub is dead is over there too as soon as the hub is back', async () => {
  await talk();
  await hub.kill();
  await phoneIs(alex, 'Not registered');
  await alex.hangUp();
  await control(alex.callBox, /^Mute/).waitFor({ state: 'hidden', timeout: 6_000 });
  expect(await control(sam.callBox, /^Mute/).count()).toBe(1);
  await hub.start();
  await control(sam.callBox, /^Mute/).waitFor({ state: 'hidden', timeout: 10_000 });
});
