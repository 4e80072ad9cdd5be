// The call box: three answers with their keys, its place on the screen, and that it takes no keyboard from anyone; and the
// operating system's notification beside it. A notify-send of our own, first in the path, writes down what it was asked to
// show, until the call no longer rings. Electron talks to the session bus itself: there nothing is asked about it.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { onElectron } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';
import { type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let folder: string;
let userDataDir: string;
let clerk: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  sound = practiceSound();
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-box-'));
  userDataDir = path.join(folder, 'user-data');
  const tool = path.join(folder, 'notify-send');
  writeFileSync(
    tool,
    `#!/bin/sh
if [ "$1" = --help ]; then echo "--action --wait"; exit 0; fi
{ echo BEGIN; printf '%s\\n' "$@"; echo END; } >> "${folder}/shown"
trap 'echo gone >> "${folder}/shown"; exit 0' TERM
while :; do sleep 0.05; done
`,
  );
  chmodSync(tool, 0o755);
  clerk = await start();
});

async function start(): Promise<AgentAtWork> {
  const { microphoneWav, environment } = sound.options;
  const started = await agentAtWork({
    microphoneWav,
    userDataDir,
    environment: {
      ...environment,
      PATH: `${folder}:${process.env.PATH}`,
      DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? 'unix:path=/nonexistent',
    },
  });
  await started.become('Available');
  return started;
}

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  sound?.clean();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const answers = () => clerk.callBox.getByRole('button', { name: /^(Accept|Ignore|Decline)/ });
const rungNoMore = () => answers().first().waitFor({ state: 'hidden' });

/** What the operating system was asked to show, and what was taken back. */
const shown = () =>
  existsSync(path.join(folder, 'shown')) ? readFileSync(path.join(folder, 'shown'), 'utf8') : '';
async function notified(what: string, is: () => boolean): Promise<void> {
  if (!onElectron) await eventually(what, is);
}
const notifications = () => shown().match(/BEGIN/g)?.length ?? 0;

test('CALL-14 CALL-15 DESK-2: exactly Accept, Ignore and Decline are offered, each with its key on it, beside a notification of who calls and for which project; Enter accepts, and takes it back', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  const offered = await answers().evaluateAll((buttons) =>
    buttons.map((button) => [button.textContent?.trim(), button.getAttribute('aria-keyshortcuts')]),
  );
  expect(offered.map(([, key]) => key)).toEqual(['Enter', 'I', 'D']);
  expect(offered.map(([text]) => text?.match(/^(Accept|Ignore|Decline)/)?.[0])).toEqual([
    'Accept',
    'Ignore',
    'Decline',
  ]);
  for (const words of ['Maya Lindqvist', '020 7946 0123', 'Call to Northwind Support', 'END'])
    await notified(words, () => shown().includes(words));
  await notified('one notification', () => notifications() === 1);
  await clerk.callBox.keyboard.press('Enter');
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await notified('it is taken back', () => shown().includes('gone'));
  await clerk.hangUp();
  expect((await sound.nextReport()).outcome).toBe('answered');
  await clerk.saveAs('Resolved');
});

test('CALL-14 CALL-16: I ignores', async () => {
  await clerk.practiceCall('One who gives up after 5 seconds');
  await clerk.rung();
  await clerk.callBox.keyboard.press('i');
  await rungNoMore();
  await clerk.go('Inbox');
  await shows(clerk.agent, 'Still ringing');
  expect((await sound.nextReport()).outcome).toBe('gaveUp');
});

test('CALL-14 CALL-17 CALL-18 TEAM-10 DESK-2: of two callers at once one rings; D declines, and the other, who waited, rings; each is notified of when it rings', async () => {
  const before = notifications();
  await clerk.practiceCall('Two at once');
  await clerk.rung();
  const name = clerk.callBox.getByRole('heading', { level: 1 });
  const first = await name.innerText();
  const waiting = first === 'Maya Lindqvist' ? 'Harbour & Pine Ltd' : 'Maya Lindqvist';
  expect(await clerk.callBox.getByText(waiting).count()).toBe(0);
  await notified('of the first', () => notifications() === before + 1);
  await clerk.callBox.keyboard.press('d');
  await clerk.callBox.getByRole('heading', { level: 1, name: waiting }).waitFor();
  await notified('of the second', () => notifications() === before + 2);
  // Whether a click brings the box to the front is shown on a display (on-a-display.test.ts).
  await clerk.accept();
  await clerk.hangUp();
  await clerk.saveAs('Resolved');
  expect((await sound.nextReport()).outcome).toBe('answered');
  expect((await sound.nextReport()).outcome).toBe('voicemail');
});

test('CALL-5: the note that is being typed elsewhere keeps the keyboard when a call rings', async () => {
  await clerk.go('History');
  const search = clerk.agent.getByLabel('Search name, number or note');
  await search.click();
  await clerk.practiceCall('One who gives up after 5 seconds');
  await search.click();
  await clerk.rung();
  await search.pressSequentially('lind');
  expect(await search.inputValue()).toBe('lind');
  expect(await clerk.agent.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await rungNoMore();
  await sound.nextReport();
  await search.fill('');
});

test('CALL-6: the box is dragged, its place is remembered over a restart, and it never leaves the screen', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await drag(clerk.callBox, -200, -150);
  const first = await eventually('the place is remembered', () => rememberedPlace());
  // The headless screen is 1600 x 1000; the box began at its bottom right.
  expect(first.x).toBeLessThan(1600 - 360 - 100);
  expect(first.x).toBeGreaterThan(0);

  await drag(clerk.callBox, 5_000, 5_000);
  const edge = await eventually('another place is remembered', () => {
    const place = rememberedPlace();
    return place && place.x !== first.x ? place : undefined;
  });
  expect(edge.x).toBeLessThanOrEqual(1600 - 360);
  expect(edge.y).toBeLessThan(1000);
  expect(edge.x).toBeGreaterThanOrEqual(0);
  await drag(clerk.callBox, -300, -200);
  const before = await eventually('the last place is remembered', () => {
    const place = rememberedPlace();
    return place && place.x !== edge.x ? place : undefined;
  });
  await clerk.decline();

  // After a restart it begins where it was left: one more pull goes on from there.
  await clerk.stop();
  clerk = await start();
  await clerk.practiceCall('One who gives up after 5 seconds');
  await clerk.rung();
  await drag(clerk.callBox, -40, 0);
  const after = await eventually('it goes on from there', () => {
    const place = rememberedPlace();
    return place && place.x !== before.x ? place : undefined;
  });
  expect(after.x).toBe(before.x - 40);
});

function rememberedPlace(): { x: number; y: number } | undefined {
  const stored = JSON.parse(readFileSync(path.join(userDataDir, 'config.json'), 'utf8')) as {
    local: { callBoxPlaces: Record<string, { x: number; y: number }> };
  };
  return Object.values(stored.local.callBoxPlaces)[0];
}

/** By the header, as a person does. */
async function drag(box: Page, x: number, y: number): Promise<void> {
  await box.mouse.move(120, 12);
  await box.mouse.down();
  await box.mouse.move(120 + x / 2, 12 + y / 2);
  await box.mouse.move(120 + x, 12 + y);
  await box.mouse.up();
}
