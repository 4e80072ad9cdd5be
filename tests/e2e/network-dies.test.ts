// An agent's own network really goes in mid-call: Alex's app runs in a network of its own, whose cable is taken out and put
// back, and whose address is changed. Sam's app and the hub are in this one. It is away until both agents have been told,
// some seven seconds, which stand for the promised 120. After so few ICE takes its old path up again; that it begins anew is
// shown by the other address here and by tests/telephony/new-ice.test.ts, and the longer time by media-watch.test.ts with a
// turned clock. OFFHOOK_NETWORK_AWAY_MS=120000 waits it out. Alex's microphone says 700 Hz, Sam's 440 Hz.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork, shows } from '../support/agent-at-work.ts';
import { onElectron } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';
import { type HubProcess, startHubProcess } from '../support/hub-process.ts';
import { listen } from '../support/listening.ts';
import { type OwnNetwork, ownNetwork, ownNetworksCanBeMade } from '../support/own-network.ts';
import { clearDb } from '../support/practice-sound.ts';
import { makeToneWav } from '../support/tone.ts';

const alexHz = 700;
const samHz = 440;
const awayMs = Number(process.env.OFFHOOK_NETWORK_AWAY_MS ?? 0);

test.skip(onElectron, 'The app is driven through the host’s debugging port.');
test.skip(
  !ownNetworksCanBeMade(),
  'This computer lets nobody make a network of its own; the reason is above.',
);

let folder: string;
let network: OwnNetwork;
let hub: HubProcess;
let alex: AgentAtWork;
let sam: AgentAtWork;
/** Both start at once; where one cannot, or time is over, the other is there all the same and has to be stopped. */
let starts: Promise<AgentAtWork>[] = [];

test.beforeAll(async () => {
  test.setTimeout(90_000);
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-network-dies-'));
  const microphone = (hz: number) => {
    const file = path.join(folder, `${hz}.wav`);
    writeFileSync(file, makeToneWav(hz, 10));
    return file;
  };
  network = ownNetwork();
  hub = await startHubProcess();
  const hubUrl = await network.offer(hub.url);
  const alexStarts = agentAtWork({ account: 'clerk', hubUrl, network, microphoneWav: microphone(alexHz) });
  const samStarts = agentAtWork({ account: 'clerk2', hubUrl: hub.url, microphoneWav: microphone(samHz) });
  starts = [alexStarts, samStarts];
  [alex, sam] = await Promise.all([alexStarts, samStarts]);
  await alex.become('Available');
});

test.afterAll(async () => {
  for (const started of await Promise.allSettled(starts))
    if (started.status === 'fulfilled') await started.value.stop();
  await hub?.close();
  await network?.close();
  rmSync(folder, { recursive: true, force: true });
});

const hears = (who: AgentAtWork, hz: number, withinMs: number) =>
  eventually('the other is heard', async () => (await listen(who.phone, hz, 300)).toneDb > clearDb, withinMs);
const bothHear = (withinMs = 15_000) =>
  Promise.all([hears(alex, samHz, withinMs), hears(sam, alexHz, withinMs)]);
const control = (page: Page, name: RegExp) => page.getByRole('button', { name });

test('DESK-6: an agent’s own network is away in mid-call: both read whose it is and since when, the call is kept, both hear each other again, and hold and hang-up work', async () => {
  test.setTimeout(60_000 + awayMs);
  await sam.dial('201');
  await alex.rung();
  await alex.accept();
  await bothHear();

  network.cut();
  const cutAtMs = Date.now();
  await shows(alex.callBox, 'This computer has no network');
  await shows(sam.callBox, 'The other side cannot be reached');
  console.log('both are told after ms:', Date.now() - cutAtMs);
  await shows(alex.callBox, /^Since \d\d:\d\d\.$/);
  await shows(sam.callBox, /^Since \d\d:\d\d\.$/);
  await eventually('it was away for long', () => Date.now() - cutAtMs >= awayMs, awayMs + 1_000);
  expect(await control(alex.callBox, /^Mute/).count()).toBe(1);
  expect(await control(sam.callBox, /^Mute/).count()).toBe(1);

  network.join();
  const backAtMs = Date.now();
  await alex.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  console.log('registered again after ms:', Date.now() - backAtMs);
  await bothHear();
  console.log('both hear each other again after ms:', Date.now() - backAtMs);
  await expect(alex.callBox.getByText('This computer has no network')).toHaveCount(0);
  await control(alex.callBox, /^Hold/).click();
  await shows(sam.callBox, 'The other side has put you on hold.');
  await control(alex.callBox, /^Resume/).click();
  await control(alex.callBox, /^Hold/).waitFor();
});

test('DESK-6: the computer’s address is another one in mid-call: registered again, ICE restarted, and both hear each other', async () => {
  await bothHear();
  network.readdress();
  const changedAtMs = Date.now();
  await eventually(
    'the sound stops: the old address is gone',
    async () => (await listen(sam.phone, alexHz, 200)).toneDb < -70,
    5_000,
  );
  await bothHear();
  console.log('both hear each other over the other address after ms:', Date.now() - changedAtMs);
  await alex.agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  await sam.hangUp();
  await control(alex.callBox, /^Mute/).waitFor({ state: 'hidden' });
});
