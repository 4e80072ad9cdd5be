// TEAM-10 from outside: the only agent is on a call, and two more callers wait. One gives up; the other hears the comfort
// tone until the agent is free, and goes over from the tone to the agent's own voice. The callers say 440 Hz, the
// agent's microphone 700 Hz; what the callers heard is in their reports.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, tellWindows } from '../support/agent-at-work.ts';
import type { CallersReport } from '../support/callers-reports.ts';
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
import { toneDbOverTime, toneMs } from '../support/tone.ts';

/** The two notes of the comfort tone (src-hub/media/prompts). */
const comfortHz = [392, 494] as const;
/** The tone is softer than speech. */
const softDb = -35;
const talkWithinMs = 1_500;
const windowMs = 20;

let sound: PracticeSound;
let alex: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  sound = practiceSound();
  alex = await agentAtWork(sound.options);
  await alex.become('Available');
});

test.afterEach(() => tellWindows(test.info(), alex));

test.afterAll(async () => {
  await alex?.stop();
  sound?.clean();
});

const hears = (hz: number) =>
  eventually('the tone is heard', async () => (await listen(alex.phone, hz, 100)).toneDb > clearDb);

/** One number of what the hub tells Prometheus; 0 where it has not counted yet. */
async function metric(name: string): Promise<number> {
  const { origin } = new URL((await alex.app.hubUrl()).replace(/^ws/, 'http'));
  const text = await (await fetch(`${origin}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? 0);
}

const waiting = (count: number) =>
  eventually(`${count} callers wait`, async () => (await metric('offhook_calls_waiting')) === count);

/** How long after the answer the caller heard the agent for the first time. */
function heardAgentAfterMs(report: CallersReport): number {
  const heard = mustHear(report);
  const talkedMs = report.endedAtMs - (report.answeredAtMs ?? report.endedAtMs);
  const first = toneDbOverTime(heard, agentHz, windowMs).findIndex((db) => db > softDb);
  expect(first, 'the caller heard the agent').toBeGreaterThanOrEqual(0);
  return first * windowMs - (heard.durationMs - talkedMs);
}

test('TEAM-10: who waits hears a tone, is offered as soon as the agent has saved, and both hear each other', async () => {
  await alex.practiceCall('A known customer');
  await alex.rung();
  await alex.accept();
  await hears(callerHz);
  await alex.practiceCall('One who gives up after 5 seconds');
  await waiting(1);
  await alex.practiceCall('An unknown number');
  await waiting(2);
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);

  // The impatient one was never offered to anybody: abandoned, and nobody's missed call.
  const gaveUp = await sound.nextReport();
  expect(gaveUp).toMatchObject({ outcome: 'gaveUp', answeredAtMs: null });
  await waiting(1);
  expect(await metric('offhook_calls_routed_total{outcome="abandoned"}')).toBe(1);

  await alex.hangUp();
  await alex.saveAs('Resolved');
  const savedAtMs = Date.now();
  await alex.rung();
  const offeredAfterMs = Date.now() - savedAtMs;
  await alex.accept();
  const acceptedAtMs = Date.now();
  await hears(callerHz);
  const heardAfterMs = Date.now() - acceptedAtMs;
  await alex.hangUp();
  await sound.nextReport();
  const report = await sound.nextReport();
  expect(report).toMatchObject({ outcome: 'answered', callerNumber: '+12015550199' });
  await alex.saveAs('Resolved');
  for (const hz of comfortHz) {
    expect(toneMs(mustHear(gaveUp), hz, softDb)).toBeGreaterThanOrEqual(200);
    expect(toneMs(mustHear(report), hz, softDb)).toBeGreaterThanOrEqual(400);
  }
  const callerHeardAfterMs = heardAgentAfterMs(report);
  console.log('after ms:', JSON.stringify({ offeredAfterMs, heardAfterMs, callerHeardAfterMs }));
  expect(offeredAfterMs).toBeLessThan(1_000);
  expect(heardAfterMs).toBeLessThan(talkWithinMs);
  expect(callerHeardAfterMs).toBeLessThan(talkWithinMs);
  await alex.go('History');
  await alex.agent.getByText('Maya Lindqvist').first().waitFor();
  expect(await alex.agent.getByText(/Missed/).count()).toBe(0);
});
