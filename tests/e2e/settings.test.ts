// What is set in the settings is what happens: devices are chosen apart and tried out by ear, digits go as messages.
// The phone window's own outputs are watched from outside, by wrapping the browser's functions in its page.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';
import { eventually } from '../support/eventually.ts';
import { type PracticeSound, practiceSound } from '../support/practice-sound.ts';

let sound: PracticeSound;
let clerk: AgentAtWork;

/** What the phone page did, as the wrappers below note it. */
interface Noted {
  sinks: string[];
  taps: AnalyserNode[];
  digitsInAudio: string;
}
declare global {
  interface Window {
    noted: Noted;
  }
}

test.beforeAll(async () => {
  sound = practiceSound();
  clerk = await agentAtWork(sound.options);
  await clerk.become('Available');
  await clerk.phone.evaluate(() => {
    window.noted = { sinks: [], taps: [], digitsInAudio: '' };
    for (const kind of [AudioContext, HTMLMediaElement]) {
      const owner = kind.prototype as unknown as { setSinkId(id: string): Promise<void> };
      const setSinkId = owner.setSinkId;
      owner.setSinkId = function (id) {
        window.noted.sinks.push(`${kind.name} ${id}`);
        return setSinkId.call(this, id);
      };
    }
    const connect = AudioNode.prototype.connect as (...parts: unknown[]) => unknown;
    AudioNode.prototype.connect = function (this: AudioNode, ...parts: unknown[]) {
      if (parts[0] instanceof AudioDestinationNode) {
        const tap = new AnalyserNode(this.context, { fftSize: 4096 });
        connect.call(this, tap);
        window.noted.taps.push(tap);
      }
      return connect.apply(this, parts);
    } as typeof AudioNode.prototype.connect;
    const insertDTMF = RTCDTMFSender.prototype.insertDTMF;
    RTCDTMFSender.prototype.insertDTMF = function (tones, ...rest) {
      window.noted.digitsInAudio += tones;
      insertDTMF.call(this, tones, ...rest);
    };
  });
});

test.afterEach(() => tellWindows(test.info(), clerk));

test.afterAll(async () => {
  await clerk?.stop();
  sound?.clean();
});

async function choose(device: 'Speaker' | 'Ringer' | 'Microphone', place: number): Promise<string> {
  await clerk.agent.getByLabel(device, { exact: true }).first().click();
  const option = clerk.agent.getByRole('listbox').getByRole('option').filter({ hasText: /Fake/ }).nth(place);
  const label = await option.innerText();
  await option.click();
  return clerk.phone.evaluate(
    async (wanted) =>
      (await navigator.mediaDevices.enumerateDevices()).find((each) => each.label === wanted)?.deviceId ?? '',
    label,
  );
}

test('DESK-4: each output is tried out where it is chosen, and is heard', async () => {
  await clerk.go('Settings');
  for (const output of ['Speaker', 'Ringer'] as const) {
    await clerk.agent.getByRole('button', { name: `Test ${output}` }).click();
    await eventually(`the test sound on the ${output}`, () =>
      clerk.phone.evaluate(() =>
        window.noted.taps.some((tap) => {
          const samples = new Float32Array(tap.fftSize);
          tap.getFloatTimeDomainData(samples);
          return samples.some((sample) => Math.abs(sample) > 0.01);
        }),
      ),
    );
    await clerk.agent.getByRole('button', { name: `Test ${output}` }).waitFor();
    await clerk.phone.evaluate(() => {
      window.noted.taps = [];
    });
  }
});

test('DESK-4: speaker and ringer are chosen apart, and the next call uses them', async () => {
  await clerk.go('Settings');
  const speaker = await choose('Speaker', 0);
  const ringer = await choose('Ringer', 1);
  expect(speaker).not.toBe('');
  expect(ringer).not.toBe('');
  expect(ringer).not.toBe(speaker);
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await eventually('it rings on the ringer', async () =>
    (await clerk.phone.evaluate(() => window.noted.sinks)).includes(`AudioContext ${ringer}`),
  );
  await clerk.accept();
  await eventually('the caller is heard on the speaker', () =>
    clerk.phone.evaluate(
      (wanted) =>
        [...document.querySelectorAll('audio')].some(
          (audio) => (audio as HTMLAudioElement & { sinkId: string }).sinkId === wanted && !audio.paused,
        ),
      speaker,
    ),
  );
  await clerk.hangUp();
  expect((await sound.nextReport()).outcome).toBe('answered');
  await clerk.saveAs('Resolved');
});

test('DESK-4: another microphone is taken up, and its level is shown', async () => {
  await clerk.go('Settings');
  const microphone = await choose('Microphone', 0);
  expect(microphone).not.toBe('');
  await clerk.agent.getByRole('meter', { name: 'Microphone level' }).first().waitFor();
  await shows(clerk.agent, 'Mic on');
});

test('CALL-7: where the setting says so, digits go as SIP INFO and arrive all the same', async () => {
  await clerk.go('Settings');
  await clerk.agent.getByText('As messages (SIP INFO)', { exact: true }).click();
  await clerk.practiceCall('A known customer');
  await clerk.rung();
  await clerk.accept();
  await clerk.callBox.getByRole('button', { name: /^Keypad/ }).click();
  await clerk.callBox.getByRole('button', { name: /^(Send )?7/ }).click();
  await clerk.callBox.keyboard.type('1#');
  await shows(clerk.callBox, '71#');
  expect(await clerk.phone.evaluate(() => window.noted.digitsInAudio)).toBe('');
  await eventually('they were sent', async () => (await clerk.callBox.getByText('71#').count()) > 0);
  await clerk.hangUp();
  expect((await sound.nextReport()).dtmf).toBe('71#');
  await clerk.saveAs('Resolved');
});
