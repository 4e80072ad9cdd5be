// After the call: the wrap-up's time, what becomes of a draft when it runs out, and how long a save can be undone. What
// becomes of it when the app dies is shown by processes-die.test.ts. The practice project's wrap-up lasts a few seconds
// here (OFFHOOK_PRACTICE_WRAP_UP_SECONDS).
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';

const wrapUpSeconds = 8;
const environment = { OFFHOOK_PRACTICE_WRAP_UP_SECONDS: String(wrapUpSeconds) };

let userDataDir: string;
let clerk: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  userDataDir = mkdtempSync(path.join(os.tmpdir(), 'offhook-wrap-up-'));
  clerk = await agentAtWork({ userDataDir, environment });
  await clerk.become('Available');
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const note = () => clerk.callBox.getByRole('textbox', { name: 'Note' });
const timeLeft = () => clerk.callBox.getByText(/^\d+:\d\d left$/);

async function talk(): Promise<void> {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
}

/** The notes that a reader of the file finds now, as after a power cut. */
function notesOnDisk(): string[] {
  const database = new DatabaseSync(path.join(userDataDir, 'offhook.sqlite'), { readOnly: true });
  try {
    return database
      .prepare('SELECT note FROM drafts')
      .all()
      .map((row) => String(row.note));
  } finally {
    database.close();
  }
}

test('CALL-23: a note is on disk before it is marked as saved, and within moments of the keystroke', async () => {
  await talk();
  await note().pressSequentially('The parcel went to Köln');
  const typedAtMs = Date.now();
  await eventually('the note is on disk', () => notesOnDisk().includes('The parcel went to Köln'), 2_000);
  // 200 ms are promised; a machine that is busy with other tests gets more.
  expect(Date.now() - typedAtMs).toBeLessThan(1_500);

  await note().pressSequentially('!');
  await clerk.callBox.getByText(/^Saved \d\d:\d\d/).waitFor();
  expect(notesOnDisk()).toContain('The parcel went to Köln!');
});

test('CALL-18 CALL-23: wrap-up counts down, can be extended, and no call rings meanwhile', async () => {
  await clerk.hangUp();
  await timeLeft().waitFor();
  expect(seconds(await timeLeft().innerText())).toBeLessThanOrEqual(wrapUpSeconds);
  await clerk.callBox.getByRole('button', { name: '+1 min' }).click();
  await eventually('a minute more', async () => seconds(await timeLeft().innerText()) > 50);
  await shows(clerk.agent, /In wrap-up/);
  await clerk.practiceCall('One who gives up after 5 seconds');
  await shows(clerk.callBox, 'Wrap-up');
  expect(await clerk.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
});

test('CALL-11: a required disposition, and a note where the disposition asks for one, must be there to save', async () => {
  const save = clerk.callBox.getByRole('button', { name: /^Save/ });
  await shows(clerk.callBox, 'Choose a disposition to save.');
  expect(await save.isDisabled()).toBe(true);
  await note().fill('');
  await clerk.callBox.getByRole('radio', { name: /Complaint/ }).click();
  await shows(clerk.callBox, 'This disposition needs a note. Write one to save.');
  expect(await save.isDisabled()).toBe(true);
  await note().fill('Arrived broken');
  await clerk.saveAs('Complaint');
});

test('CALL-13: after ten seconds a save cannot be undone; a correction is added beside it, with the name', async () => {
  const savedAtMs = Date.now();
  await clerk.callBox.getByRole('button', { name: /^Undo/ }).waitFor({ state: 'hidden', timeout: 14_000 });
  expect(Date.now() - savedAtMs).toBeGreaterThan(8_000);
  await clerk.go('History');
  await clerk.agent
    .getByRole('button', { name: /Maya Lindqvist/ })
    .first()
    .click();
  await shows(clerk.agent, 'Arrived broken');
  expect(await clerk.agent.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
  await clerk.agent.getByRole('button', { name: 'Add correction' }).click();
  await clerk.agent.getByRole('textbox', { name: 'Correction' }).fill('Arrived late, not broken');
  await clerk.agent.getByRole('button', { name: 'Add correction' }).click();
  await shows(clerk.agent, 'Arrived late, not broken');
  await shows(clerk.agent, /Alex Morgan, /);
  // What was saved stays as it was.
  await shows(clerk.agent, 'Arrived broken');
});

test('CALL-23: when the time is over the agent is free again and the call waits in the inbox, its draft kept', async () => {
  await talk();
  await note().fill('Half a sen');
  await clerk.hangUp();
  await timeLeft().waitFor();
  await timeLeft().waitFor({ state: 'hidden', timeout: (wrapUpSeconds + 10) * 1000 });
  await clerk.go('Inbox');
  await shows(clerk.agent, 'To finish');
  await clerk.agent
    .getByRole('button', { name: /Maya Lindqvist/ })
    .first()
    .click();
  expect(await clerk.agent.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Half a sen');
  // Free: the next call rings.
  await talk();
  await clerk.hangUp();
});

function seconds(left: string): number {
  const [, minutes, rest] = /(\d+):(\d\d)/.exec(left) ?? [];
  return Number(minutes) * 60 + Number(rest);
}
