// The main job on the built app: a scripted caller rings the sample clerk, with real audio both ways.
// The caller says 440 Hz, the agent's microphone says 700 Hz; what each hears is measured, not read from a state.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows } from '../support/agent-at-work.ts';
import { callersReports } from '../support/callers-reports.ts';
import { eventually } from '../support/eventually.ts';
import { listen } from '../support/listening.ts';
import { makeToneOpus, makeToneWav, toneDb, toneDbOverTime } from '../support/tone.ts';

const callerHz = 440;
const agentHz = 700;
/** A clear tone; nothing at all is below -80. */
const clearDb = -40;

let folder: string;
let recordings: string;
let clerk: AgentAtWork;
let reportsSoFar = 0;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-e2e-'));
  recordings = mkdtempSync(path.join(folder, 'recordings-'));
  const speech = path.join(folder, 'caller.opus');
  const microphoneWav = path.join(folder, 'microphone.wav');
  writeFileSync(speech, makeToneOpus(callerHz, 60));
  writeFileSync(microphoneWav, makeToneWav(agentHz, 10));
  clerk = await agentAtWork({
    microphoneWav,
    environment: { OFFHOOK_PRACTICE_SPEECH: speech, OFFHOOK_PRACTICE_RECORDINGS: recordings },
  });
  await clerk.become('Available');
});

test.afterAll(async () => {
  await clerk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The report of the call that ended last. */
async function nextReport() {
  reportsSoFar += 1;
  const reports = await callersReports(recordings, reportsSoFar);
  const report = reports.at(-1);
  if (!report) throw new Error('no report');
  return report;
}

/** Chooses a disposition and saves, so that the next call may come. */
async function finish() {
  await clerk.callBox
    .getByRole('button', { name: /Resolved/ })
    .or(clerk.callBox.getByRole('radio', { name: /Resolved/ }))
    .first()
    .click();
  await clerk.callBox.getByRole('button', { name: /^Save/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Undo/ }).waitFor();
}

test('CALL-5 CALL-14 CALL-15 DESK-10: a known customer rings, is seen by name, accepted, and each hears the other', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await shows(clerk.callBox, 'Maya Lindqvist');
  await shows(clerk.callBox, '020 7946 0123');
  await shows(clerk.callBox, 'Northwind Support');
  const offered = await clerk.callBox.getByRole('button', { name: /^(Accept|Ignore|Decline)/ }).count();
  expect(offered).toBe(3);

  await clerk.accept();
  const heard = await eventually('the caller is heard', async () => {
    const sound = await listen(clerk.phone, callerHz);
    return sound.toneDb > clearDb ? sound : undefined;
  });
  expect(Math.abs(heard.peakHz - callerHz)).toBeLessThan(12);

  await clerk.hangUp();
  const report = await nextReport();
  expect(report.outcome).toBe('answered');
  expect(report.heard).not.toBeNull();
  if (report.heard) expect(toneDb(report.heard.samples, agentHz)).toBeGreaterThan(clearDb);
  await finish();
});

test('CALL-16: a call that was ignored stays in the inbox and can still be accepted while it rings', async () => {
  await clerk.practiceCall('An unknown number');
  await clerk.rung();
  await clerk.ignore();
  await clerk.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await clerk.go('Inbox');
  await shows(clerk.agent, 'Still ringing');
  const silent = await listen(clerk.phone, callerHz, 400);
  expect(silent.loudnessDb).toBeLessThan(-60);
  await clerk.agent
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  await eventually('the caller is heard', async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb);
  await clerk.hangUp();
  expect((await nextReport()).outcome).toBe('answered');
  await finish();
});

test('CALL-17: a declined caller leaves a message, which plays back with the caller’s own tone', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.decline();
  await clerk.go('Voicemail');
  await shows(clerk.agent, 'Maya Lindqvist', 30_000);
  expect((await nextReport()).outcome).toBe('voicemail');
  await clerk.agent
    .getByRole('listitem')
    .or(clerk.agent.getByRole('option'))
    .filter({ hasText: 'Maya Lindqvist' })
    .first()
    .click();
  await clerk.agent.getByRole('button', { name: 'Play', exact: true }).click();
  const heard = await eventually('the message is heard', async () => {
    const sound = await listenToElements(clerk.agent, callerHz);
    return sound > clearDb ? sound : undefined;
  });
  expect(heard).toBeGreaterThan(clearDb);
});

test('CALL-8: hold keeps the caller without sound, resume brings both voices back', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await eventually('the caller is heard', async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb);
  await clerk.callBox.getByRole('button', { name: /^Hold/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Resume/ }).waitFor();
  await eventually(
    'nothing is heard on hold',
    async () => (await listen(clerk.phone, callerHz, 300)).toneDb < -70,
  );
  const heldAtMs = Date.now();
  await clerk.callBox.getByRole('button', { name: /^Resume/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Hold/ }).waitFor();
  const resumedAtMs = Date.now();
  await eventually(
    'the caller is heard again',
    async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb,
  );
  await clerk.hangUp();
  const report = await nextReport();
  const loudness = toneDbOverTime(mustHear(report.heard), agentHz);
  const at = (ms: number) => Math.round((ms - (report.answeredAtMs ?? 0)) / 100);
  expect(Math.max(...loudness.slice(0, 10))).toBeGreaterThan(clearDb);
  expect(Math.min(...loudness.slice(at(heldAtMs) - 3, at(heldAtMs)))).toBeLessThan(-60);
  expect(Math.max(...loudness.slice(at(resumedAtMs)))).toBeGreaterThan(clearDb);
  await finish();
});

test('CALL-8: muted, the agent’s voice falls to nothing at the caller, and the button says so', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await eventually('the caller is heard', async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb);
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).waitFor();
  const mutedAtMs = Date.now();
  expect((await listen(clerk.phone, callerHz, 1200)).toneDb).toBeGreaterThan(clearDb);
  const unmutedAtMs = Date.now();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await listen(clerk.phone, callerHz, 800);
  await clerk.hangUp();
  const report = await nextReport();
  const loudness = toneDbOverTime(mustHear(report.heard), agentHz);
  const at = (ms: number) => Math.round((ms - (report.answeredAtMs ?? 0)) / 100);
  expect(Math.max(...loudness.slice(at(mutedAtMs) + 3, at(unmutedAtMs) - 1))).toBeLessThan(-60);
  expect(Math.max(...loudness.slice(at(unmutedAtMs) + 3))).toBeGreaterThan(clearDb);
  await finish();
});

test('CALL-7: digits typed on the keypad arrive at the far end as RFC 4733 events', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await clerk.callBox.getByRole('button', { name: /^Keypad/ }).click();
  await clerk.callBox.getByRole('button', { name: 'Send 4', exact: true }).click();
  await clerk.callBox.keyboard.type('2#');
  await clerk.callBox.getByRole('button', { name: 'Send *', exact: true }).click();
  await shows(clerk.callBox, '42#*');
  await listen(clerk.phone, callerHz, 1500);
  await clerk.hangUp();
  expect((await nextReport()).dtmf).toBe('42#*');
  await finish();
});

test('CALL-22: a caller who gives up is shown as such, and nothing rings on', async () => {
  await clerk.practiceCall('One who gives up after 5 seconds');
  await clerk.rung();
  await clerk.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden', timeout: 12_000 });
  expect((await nextReport()).outcome).toBe('gaveUp');
  await clerk.go('History');
  await shows(clerk.agent, 'Caller gave up');
});

test('CALL-11 CALL-13 CALL-25: note and disposition are saved, undone, saved again, and found in the history', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await clerk.callBox.getByRole('textbox', { name: 'Note' }).fill('Parcel 4711 went astray in Überlingen');
  await clerk.hangUp();
  await nextReport();
  await shows(clerk.callBox, 'Wrap-up');
  expect(await clerk.callBox.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
  await shows(clerk.callBox, 'Choose a disposition to save.');
  await finish();
  await clerk.callBox.getByRole('button', { name: /^Undo/ }).click();
  await shows(clerk.agent, 'To finish');
  const note = clerk.agent.getByRole('textbox', { name: 'Note' });
  await note.waitFor();
  expect(await note.inputValue()).toBe('Parcel 4711 went astray in Überlingen');
  await clerk.agent.getByRole('button', { name: /^Save/ }).click();
  await clerk.agent.getByRole('button', { name: /^Undo/ }).waitFor();

  await clerk.go('History');
  for (const search of ['überlingen', '4711', '7946 0123', 'lindqvist']) {
    await clerk.agent
      .getByRole('searchbox')
      .or(clerk.agent.getByLabel('Search name, number or note'))
      .first()
      .fill(search);
    await shows(clerk.agent, 'Maya Lindqvist');
  }
  await clerk.agent.getByLabel('Search name, number or note').fill('no call says this');
  await shows(clerk.agent, 'Nothing found');
});

function mustHear<T>(sound: T | null): T {
  if (sound === null) throw new Error('The caller recorded nothing.');
  return sound;
}

/** What a window's own <audio> elements play (voicemail), by energy at a frequency. */
function listenToElements(page: AgentAtWork['agent'], toneHz: number): Promise<number> {
  return page.evaluate(async (hz) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    for (const element of document.querySelectorAll('audio')) {
      const stream = (element as HTMLAudioElement & { captureStream(): MediaStream }).captureStream();
      if (!element.paused && stream.getAudioTracks().length > 0)
        context.createMediaStreamSource(stream).connect(analyser);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const near = Math.round(hz / (context.sampleRate / analyser.fftSize));
    await context.close();
    return Math.max(...bins.slice(near - 2, near + 3));
  }, toneHz);
}
