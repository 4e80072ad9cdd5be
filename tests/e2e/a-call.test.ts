// The main job on the built app: a scripted caller rings the sample clerk, with real audio both ways.
// The caller says 440 Hz, the agent's microphone says 700 Hz; what each hears is measured, not read from a state.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
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
import { toneDb, toneDbOverTime } from '../support/tone.ts';

let sound: PracticeSound;
let clerk: AgentAtWork;

// Each goes on where the one before has ended: tried again, they are tried from the first.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  sound = practiceSound();
  clerk = await agentAtWork(sound.options);
  await clerk.become('Available');
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  sound?.clean();
});

const nextReport = () => sound.nextReport();
const finish = () => clerk.saveAs('Resolved');

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
    const now = await listen(clerk.phone, callerHz);
    return now.toneDb > clearDb ? now : undefined;
  });
  expect(Math.abs(heard.peakHz - callerHz)).toBeLessThan(12);

  await clerk.hangUp();
  const report = await nextReport();
  expect(report.outcome).toBe('answered');
  expect(toneDb(mustHear(report).samples, agentHz)).toBeGreaterThan(clearDb);
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
    const toneNow = await listenToElements(clerk.agent, callerHz);
    return toneNow > clearDb ? toneNow : undefined;
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
    async () => (await listen(clerk.phone, callerHz, 1000)).toneDb < -70,
  );
  await clerk.callBox.getByRole('button', { name: /^Resume/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Hold/ }).waitFor();
  await eventually(
    'the caller is heard again',
    async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb,
  );
  await listen(clerk.phone, callerHz, 800);
  await clerk.hangUp();
  const loudness = toneDbOverTime(mustHear(await nextReport()), agentHz);
  const silence = longestSilence(loudness);
  expect(Math.max(...loudness.slice(0, silence.from))).toBeGreaterThan(clearDb);
  expect(silence.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...loudness.slice(silence.from + silence.length))).toBeGreaterThan(clearDb);
  await finish();
});

test('CALL-8: muted, the agent’s voice falls to nothing at the caller, and the button says so', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await eventually('the caller is heard', async () => (await listen(clerk.phone, callerHz)).toneDb > clearDb);
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).waitFor();
  // Muted is for the agent's voice alone: the caller is heard all the while.
  expect((await listen(clerk.phone, callerHz, 1200)).toneDb).toBeGreaterThan(clearDb);
  await clerk.callBox.getByRole('button', { name: /^Unmute/ }).click();
  await clerk.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await listen(clerk.phone, callerHz, 800);
  await clerk.hangUp();
  const loudness = toneDbOverTime(mustHear(await nextReport()), agentHz);
  const silence = longestSilence(loudness);
  expect(silence.length).toBeGreaterThanOrEqual(8);
  expect(Math.max(...loudness.slice(0, silence.from))).toBeGreaterThan(clearDb);
  expect(Math.max(...loudness.slice(silence.from + silence.length))).toBeGreaterThan(clearDb);
  await finish();
});

test('CALL-7: digits typed on the keypad arrive at the far end as RFC 4733 events', async () => {
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await clerk.callBox.getByRole('button', { name: /^Keypad/ }).click();
  await clerk.callBox.getByRole('button', { name: /^(Send )?4/ }).click();
  await clerk.callBox.keyboard.type('2#');
  await clerk.callBox.getByRole('button', { name: /^(Send )?\*/ }).click();
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
  await eventually(
    'the note is as it was',
    async () => (await note.inputValue()) === 'Parcel 4711 went astray in Überlingen',
  );
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

/** The longest stretch without the tone between stretches with it, in steps of 100 ms. */
function longestSilence(loudness: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  let from = loudness.findIndex((db) => db > clearDb);
  for (let at = Math.max(0, from); at < loudness.length; at += 1) {
    if ((loudness[at] ?? 0) < -60) continue;
    if (at - from - 1 > best.length) best = { from: from + 1, length: at - from - 1 };
    from = at;
  }
  return best;
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
