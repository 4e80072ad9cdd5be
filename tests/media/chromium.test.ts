// A media end against a real browser: sound both ways by its frequency, keys by RFC 4733, hold, and a page that died
// and made its connection anew. The offers and answers are carried by this test.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediaClock } from '../../src-hub/media/media-clock.ts';
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { Player } from '../../src-hub/media/player.ts';
import { Recorder } from '../../src-hub/media/recorder.ts';
import { MediaConnection } from '../../src-hub/media/rtp/media-connection.ts';
import { TelephoneEvents } from '../../src-hub/media/rtp/telephone-events.ts';
import { eventually } from '../support/eventually.ts';
import { quietChromium } from '../support/quiet-chromium.ts';
import { recordingLog } from '../support/recording-log.ts';
import { decodeOggOpus, makeToneOpus, toneDbOverTime, toneMs } from '../support/tone.ts';

const executablePath = '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
let browser: Browser;

beforeAll(async () => {
  if (!hasChromium) return;
  browser = await chromium.launch({
    executablePath,
    args: [
      ...quietChromium,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  });
});
afterAll(() => browser?.close());

/** The page's side: a tone of 700 Hz to send, an ear, and one connection at a time. */
async function openPage() {
  const page = await browser.newPage();
  const end = await page.evaluateHandle(() => {
    const context = new AudioContext({ sampleRate: 48_000 });
    const oscillator = new OscillatorNode(context, { frequency: 700 });
    const sending = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.35 })).connect(sending);
    oscillator.start();
    const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const end = {
      peer: null as RTCPeerConnection | null,
      open() {
        const peer = new RTCPeerConnection();
        end.peer?.close();
        end.peer = peer;
        for (const track of sending.stream.getTracks()) peer.addTrack(track, sending.stream);
        peer.ontrack = ({ track }) => {
          const stream = new MediaStream([track]);
          // Chromium decodes a remote track only where an element plays it.
          const player = new Audio();
          player.srcObject = stream;
          player.muted = true;
          void player.play();
          context.createMediaStreamSource(stream).connect(ear);
        };
      },
      async gathered(): Promise<string> {
        const peer = end.peer as RTCPeerConnection;
        while (peer.iceGatheringState !== 'complete') {
          await new Promise((resolve) =>
            peer.addEventListener('icegatheringstatechange', resolve, { once: true }),
          );
        }
        return peer.localDescription?.sdp ?? '';
      },
      async answer(sdp: string): Promise<string> {
        await end.peer?.setRemoteDescription({ type: 'offer', sdp });
        await end.peer?.setLocalDescription();
        return end.gathered();
      },
      async offer(direction: RTCRtpTransceiverDirection): Promise<string> {
        for (const transceiver of end.peer?.getTransceivers() ?? []) transceiver.direction = direction;
        await end.peer?.setLocalDescription(await end.peer.createOffer());
        return end.gathered();
      },
      energyAt(hertz: number): number {
        const bins = new Float32Array(ear.frequencyBinCount);
        ear.getFloatFrequencyData(bins);
        const at = Math.round((hertz * ear.fftSize) / context.sampleRate);
        return Math.max(...bins.slice(at - 2, at + 3));
      },
    };
    end.open();
    return end;
  });
  return { page, end };
}

test.skipIf(!hasChromium)(
  `Chromium and a media end hear each other, through keys, hold and a page made anew${hasChromium ? '' : ' (Chromium is not installed)'}`,
  async () => {
    const { page, end } = await openPage();
    const energyAt = (hertz: number) => end.evaluate((page, hertz) => page.energyAt(hertz), hertz);

    const log = recordingLog();
    let digits = '';
    const keys = new TelephoneEvents((digit) => {
      digits += digit;
    });
    let recorder = new Recorder({ nowMs: Date.now, longestMs: 60_000 });
    const connection = new MediaConnection(
      { audio: (audio) => recorder.receive(audio), telephoneEvent: (event) => keys.receive(event) },
      log,
    );
    const player = new Player(connection, mediaClock);
    void player.say(readOggOpus(makeToneOpus(440, 60)).packets);

    // The media end calls.
    await connection.setLocalDescription(await connection.createOffer());
    const offer = connection.localDescription?.sdp ?? '';
    expect(offer).toContain('a=rtpmap:110 telephone-event/48000');
    expect(offer).toContain('a=rtpmap:126 telephone-event/8000');
    expect(offer.match(/^a=candidate:.*/gm)).toEqual([expect.stringContaining(' 127.0.0.1 ')]);
    const answer = await end.evaluate((page, sdp) => page.answer(sdp), offer);
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    await eventually('the page hears 440 Hz', async () => (await energyAt(440)) > -40);
    await eventually('a second and a half is recorded', () => recorder.recordedMs > 1_500);
    const first = await decodeOggOpus(recorder.finish({ tailMs: Number.POSITIVE_INFINITY }).oggOpus);
    expect(toneMs(first, 700)).toBeGreaterThan(1_200);
    expect(Math.max(...toneDbOverTime(first, 440))).toBeLessThan(-40);

    await end.evaluate((page) => page.peer?.getSenders()[0]?.dtmf?.insertDTMF('19#', 100, 70));
    await eventually('the keys arrived', () => digits === '19#');

    /** A re-INVITE of the page. */
    const renegotiate = async (direction: RTCRtpTransceiverDirection) => {
      const sdp = await end.evaluate((page, direction) => page.offer(direction), direction);
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription(await connection.createAnswer());
      const answered = connection.localDescription?.sdp ?? '';
      await end.evaluate((page, sdp) => page.peer?.setRemoteDescription({ type: 'answer', sdp }), answered);
      return answered;
    };
    for (const direction of ['sendonly', 'inactive'] as const) {
      expect(await renegotiate(direction)).toMatch(/^m=audio 9 /m);
      expect(connection.maySend).toBe(false);
      await eventually('the page hears nothing', async () => (await energyAt(440)) < -70);
      await renegotiate('sendrecv');
      await eventually('the page hears 440 Hz again', async () => (await energyAt(440)) > -40);
    }

    // The page's window died; the new one offers a connection of its own within the same call.
    recorder = new Recorder({ nowMs: Date.now, longestMs: 60_000 });
    await end.evaluate((page) => page.open());
    await eventually('the page hears nothing', async () => (await energyAt(440)) < -70);
    await renegotiate('sendrecv');
    await eventually('the page hears 440 Hz once more', async () => (await energyAt(440)) > -40);
    await eventually('two and a half seconds are recorded', () => recorder.recordedMs > 2_500);
    const last = await decodeOggOpus(recorder.finish({ tailMs: Number.POSITIVE_INFINITY }).oggOpus);
    // The page was made anew on a machine that may be busy: its first second may be thin.
    expect(toneMs(last, 700)).toBeGreaterThan(1_000);
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);

    player.close();
    connection.close();
    await page.close();
  },
  60_000,
);

test.skipIf(!hasChromium)(
  `Chromium decodes our files, whole and cut off in the middle${hasChromium ? '' : ' (Chromium is not installed)'}`,
  async () => {
    const page = await browser.newPage();
    const secondsOf = (file: Uint8Array) =>
      page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const audio = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes.buffer);
        return audio.duration;
      }, Buffer.from(file).toString('base64'));
    const file = makeToneOpus(440, 4);
    expect(await secondsOf(file)).toBeCloseTo(4, 1);
    const half = await secondsOf(file.subarray(0, file.length / 2));
    expect(half).toBeGreaterThan(0.9);
    expect(half).toBeLessThan(2.1);
    await page.close();
  },
);
