// The phone window by itself, in a real Chromium: its microphone in good and bad days, and the sound of its tones.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AudioDevices, createAudioDevices } from '../../src-main/telephony/audio-devices.ts';
import { createMediaLink, type MediaLink } from '../../src-main/telephony/media-link.ts';
import { eventually } from '../support/eventually.ts';
import {
  bundlePhonePage,
  hasChromium,
  openPhonePage,
  type PhoneBundle,
  type PhonePage,
  type PhonePageOptions,
  soundingHz,
  unplugMicrophone,
} from '../support/phone-page.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';

if (!hasChromium) console.warn('phone-window: skipped, there is no Chromium on this computer.');

describe.skipIf(!hasChromium)('the phone window', () => {
  let bundle: PhoneBundle;
  let window: PhonePage;
  let link: MediaLink;
  let devices: AudioDevices;
  let log: RecordingLog;

  beforeAll(async () => {
    bundle = await bundlePhonePage();
  }, 60_000);
  afterEach(() => window.close());

  async function open(options: PhonePageOptions = {}): Promise<void> {
    window = await openPhonePage(bundle, options);
    log = recordingLog();
    link = createMediaLink({ log });
    devices = createAudioDevices({ link, log });
    link.attach(window.port);
    await eventually('ready', () => devices.view.phoneWindowReady);
  }
  const noProcessing = {
    microphoneId: null,
    speakerId: null,
    ringerId: null,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  };
  const near = (wantedHz: number) => (hz: number) => Math.abs(hz - wantedHz) < 8;
  const sounds = (...wantedHz: number[]) =>
    eventually(`sounds ${wantedHz.join(' and ')} Hz`, async () => {
      const heard = await soundingHz(window.page);
      return wantedHz.every((hz) => heard.some(near(hz)));
    });
  const silence = () => eventually('silence', async () => (await soundingHz(window.page)).length === 0);

  it('meters its microphone and names its devices once it is open', async () => {
    await open();
    const levels: number[] = [];
    devices.onLevel((dbfs) => levels.push(dbfs));
    devices.apply(noProcessing);
    devices.watchMicrophone(true);
    expect(await devices.openMicrophone()).toEqual({ microphone: 'ready' });
    await eventually('named', () => devices.view.microphones.some(({ label }) => label !== ''));
    // A sine of amplitude 0.35 has -12 dBFS.
    await eventually('metered', () => levels.some((dbfs) => dbfs > -14 && dbfs < -10));
  }, 30_000);

  it('says that the microphone was refused, and makes no connection without one', async () => {
    await open({ microphone: 'refused' });
    expect(await devices.openMicrophone()).toEqual({ microphone: 'refused' });
    await expect(
      link.call('peer.create', { connectionId: 'c', iceServers: [], muted: false }),
    ).rejects.toMatchObject({ reason: 'microphone' });
  }, 30_000);

  it('says that there is no microphone', async () => {
    await open({ microphone: 'missing' });
    expect(await devices.openMicrophone()).toEqual({ microphone: 'missing' });
  }, 30_000);

  it('says that a microphone gives nothing but digital silence', async () => {
    await open({ toneHz: 0 });
    devices.apply(noProcessing);
    expect(await devices.openMicrophone()).toEqual({ microphone: 'ready' });
    await eventually('silent', () => devices.view.microphone === 'silent', 20_000);
  }, 40_000);

  it('goes on with another microphone when one is unplugged, or with the default where the chosen one is not there', async () => {
    await open();
    devices.apply({ ...noProcessing, microphoneId: 'one that was unplugged yesterday' });
    expect(await devices.openMicrophone()).toEqual({ microphone: 'ready' });
    const levels: number[] = [];
    devices.onLevel((dbfs) => levels.push(dbfs));
    devices.watchMicrophone(true);
    await unplugMicrophone(window.page);
    levels.length = 0;
    await eventually('speaks again', () => levels.some((dbfs) => dbfs > -20));
    expect(devices.view.microphone).toBe('ready');
  }, 30_000);

  it('rings with two tones until it is stopped', async () => {
    await open();
    await link.call('tone.start', { tone: 'ringing' });
    await link.call('tone.start', { tone: 'ringing' });
    await sounds(659);
    await sounds(880);
    await silence();
    await sounds(659);
    await link.call('tone.stop', { tone: 'ringing' });
    await silence();
  }, 30_000);

  it('gives ringback, busy, keys and chime their sound on the speaker', async () => {
    await open();
    await link.call('tone.start', { tone: 'ringback' });
    await sounds(425);
    await link.call('tone.stop', { tone: 'ringback' });
    await silence();
    await link.call('tone.dtmf', { tones: '5555' });
    await sounds(770, 1336);
    await silence();
    await devices.test('speaker');
    await sounds(523);
    await silence();
    await link.call('tone.start', { tone: 'busy' });
    await sounds(425);
  }, 30_000);

  it('refuses to test a device that is not there, and plays calls on the default instead', async () => {
    await open();
    devices.apply({ ...noProcessing, ringerId: 'gone' });
    await expect(devices.test('ringer')).rejects.toMatchObject({ reason: 'deviceFailed' });
    await link.call('tone.start', { tone: 'ringing' });
    await sounds(659);
  }, 30_000);
  it('refuses what it cannot do with the contract’s words', async () => {
    await open();
    await expect(link.call('peer.sample', { connectionId: 'none' })).rejects.toMatchObject({
      reason: 'noSuchConnection',
    });
    await link.call('peer.create', { connectionId: 'c', iceServers: [], muted: true });
    await expect(
      link.call('peer.create', { connectionId: 'c', iceServers: [], muted: false }),
    ).rejects.toMatchObject({ reason: 'connectionExists' });
    await expect(
      link.call('peer.setRemoteDescription', {
        connectionId: 'c',
        description: { type: 'offer', sdp: 'nonsense' },
      }),
    ).rejects.toMatchObject({ reason: 'webRtc' });
    const key = link.call('peer.sendDtmf', { connectionId: 'c', tones: '1', durationMs: 100, gapMs: 70 });
    const offer = await link.call('peer.createOffer', { connectionId: 'c', iceRestart: false });
    expect(offer.description.sdp).toMatch(/a=fmtp:111 .*useinbandfec=1/);
    expect(offer.description.sdp).toContain('telephone-event/8000');
    expect(offer.description.sdp).not.toContain('red/48000');
    await link.call('peer.close', { connectionId: 'c' });
    await expect(key).rejects.toMatchObject({ reason: 'cannotSendDtmf' });
  });
});
