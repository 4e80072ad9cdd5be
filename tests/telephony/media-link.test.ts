// The phone window as main sees it over the media contract: state before promises, reloads, loss, devices and tones.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { createAudioDevices } from '../../src-main/telephony/audio-devices.ts';
import { createMediaLink, type MediaLink } from '../../src-main/telephony/media-link.ts';
import { StandInPeerConnection } from '../../src-main/telephony/peer-connection.ts';
import { createTones } from '../../src-main/telephony/tones.ts';
import { eventually } from '../support/eventually.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';
import { type ScriptedPhoneWindow, scriptedPhoneWindow } from '../support/scripted-phone-window.ts';

let log: RecordingLog;
let link: MediaLink;
let window: ScriptedPhoneWindow;
afterEach(() => link.close());
beforeEach(async () => {
  log = recordingLog();
  link = createMediaLink({ log });
  window = scriptedPhoneWindow(link);
  window.load();
  await eventually('ready', () => link.ready);
});

const askedFor = (name: string) => window.asked.filter((asked) => asked.name === name);

function connection(told: { gone?: () => void; muted?: (muted: boolean) => void } = {}) {
  return new StandInPeerConnection({
    link,
    log,
    connectionId: 'c1',
    iceServers: [],
    muted: false,
    onGone: told.gone ?? (() => {}),
    onMuted: told.muted ?? (() => {}),
    onConnectionState: () => {},
  });
}

describe('the stand-in for a peer connection', () => {
  it('shows the new state at the moment a promise resolves, as a real one does', async () => {
    const peer = connection();
    const offer = await peer.createOffer();
    await peer.setLocalDescription(offer);
    expect(peer.signalingState).toBe('have-local-offer');
    expect(peer.localDescription?.sdp).toBe(offer.sdp);
    expect(peer.iceGatheringState).toBe('complete');
    await peer.setRemoteDescription({ type: 'answer', sdp: offer.sdp });
    expect(peer.signalingState).toBe('stable');
  });

  it('shows the new state at the moment an event fires', async () => {
    const peer = connection();
    await peer.created;
    const seen: string[] = [];
    peer.addEventListener('connectionstatechange', () => seen.push(peer.connectionState));
    window.tellState({ connectionState: 'connecting' }, 'connectionstatechange');
    window.tellState({ connectionState: 'failed' }, 'connectionstatechange');
    await eventually('both', () => seen.length === 2);
    expect(seen).toEqual(['connecting', 'failed']);
  });

  it('keeps the failing of ICE from JsSIP, which would end the call there and then', async () => {
    const peer = connection();
    await peer.created;
    let told = 0;
    peer.addEventListener('iceconnectionstatechange', () => told++);
    window.tellState({ iceConnectionState: 'failed' }, 'iceconnectionstatechange');
    await eventually('failed', () => peer.iceConnectionState === 'failed');
    expect(told).toBe(0);
  });

  it('never goes back to an older state', async () => {
    const peer = connection();
    await peer.created;
    window.tellState({ connectionState: 'connected' }, 'connectionstatechange');
    await eventually('connected', () => peer.connectionState === 'connected');
    window.served.emit('peer.changed', {
      connectionId: 'c1',
      event: 'connectionstatechange',
      snapshot: { ...window.peer.state, connectionState: 'connecting', revision: 0 },
    });
    window.tellState({ iceConnectionState: 'connected' }, 'iceconnectionstatechange');
    await eventually('newer', () => peer.iceConnectionState === 'connected');
    expect(peer.connectionState).toBe('connected');
  });

  it('ends gathering soon after the first candidate that suffices', async () => {
    window.gathering = 'hangs';
    const peer = connection();
    await peer.setLocalDescription(await peer.createOffer());
    const ended = new Promise<number>((resolve) => {
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) resolve(Date.now());
      });
    });
    const toldAtMs = Date.now();
    window.served.emit('peer.candidate', {
      connectionId: 'c1',
      candidate: {
        candidate: 'candidate:1 1 udp 2122260223 127.0.0.1 40000 typ host',
        sdpMid: '0',
        sdpMLineIndex: 0,
      },
      snapshot: { ...window.peer.state, revision: 99 },
    });
    expect((await ended) - toldAtMs).toBeLessThan(250);
  });

  it('passes on a refusal, and what the listeners of JsSIP throw goes to the log', async () => {
    const peer = connection();
    await peer.created;
    window.refuse.set('peer.createOffer', 'webRtc');
    await expect(peer.createOffer()).rejects.toMatchObject({ reason: 'webRtc' });
    peer.addEventListener('connectionstatechange', () => {
      throw new Error('theirs');
    });
    window.tellState({ connectionState: 'connecting' }, 'connectionstatechange');
    await eventually('logged', () => log.lines.some(({ level }) => level === 'error'));
  });

  it('tells once that it is gone when the window is loaded anew', async () => {
    let gone = 0;
    const peer = connection({ gone: () => gone++ });
    await peer.created;
    window.load();
    await eventually('gone', () => gone === 1);
    await eventually('ready again', () => link.ready);
    expect(peer.signalingState).toBe('closed');
    expect(gone).toBe(1);
  });

  it('that is gone takes the far end’s answer without a word, and answers nothing else: the call may go on', async () => {
    const peer = connection();
    await peer.setLocalDescription(await peer.createOffer());
    const asked = peer.createOffer();
    const settled: string[] = [];
    asked.then(
      () => settled.push('offered'),
      () => settled.push('refused'),
    );
    window.die();
    await eventually('gone', () => peer.gone);
    await peer.setRemoteDescription({ type: 'answer', sdp: 'of a connection that is gone' });
    peer.getSenders()[0]?.dtmf.insertDTMF('5', 100, 70);
    expect(settled).toEqual([]);
    expect(peer.takeKeysKept()).toEqual([['5', 100, 70]]);
  });

  it('is made when the next page answers, where the window has just died', async () => {
    window.die();
    await eventually('gone', () => !link.ready);
    const peer = connection();
    window.load();
    await peer.created;
    expect(askedFor('peer.create')).toHaveLength(1);
  });
});

describe('a phone window', () => {
  it('that is not there refuses at once instead of waiting', async () => {
    window.die();
    await eventually('gone', () => !link.ready);
    await expect(link.call('microphone.open', null)).rejects.toMatchObject({ reason: 'disconnected' });
  });

  it('that hangs is told as stuck, and one that answers, however late, is not', async () => {
    link.close();
    link = createMediaLink({ log, lookEveryMs: 10 });
    window = scriptedPhoneWindow(link);
    let stuck = 0;
    link.onStuck(() => stuck++);
    window.load();
    await eventually('ready', () => link.ready);
    const looks = () => askedFor('page.hello').length;
    await eventually('asked often', () => looks() > 20);
    expect(stuck).toBe(0);
    window.unanswered.add('page.hello');
    await eventually('stuck', () => stuck === 1);
    expect(looks()).toBeLessThan(40);
  });

  it('that dies ends what was asked of it', async () => {
    const asked = link.call('peer.sample', { connectionId: 'c1' });
    window.die();
    await expect(asked).rejects.toMatchObject({ reason: 'disconnected' });
  });

  it('that was loaded anew is given devices, microphone and ringing as before', async () => {
    const devices = createAudioDevices({ link, log });
    const tones = createTones({ link, log });
    const settings = {
      microphoneId: 'm1',
      speakerId: null,
      ringerId: 'r1',
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: false,
    };
    devices.apply(settings);
    devices.watchMicrophone(true);
    await devices.openMicrophone();
    tones.start('ringing', 'call' as CallId);
    await eventually('ringing', () => askedFor('tone.start').length === 1);
    window.asked.length = 0;
    window.load();
    await eventually(
      'all pushed',
      () => askedFor('tone.start').length === 1 && askedFor('microphone.open').length === 1,
    );
    expect(askedFor('devices.apply')).toEqual([{ name: 'devices.apply', request: settings }]);
    expect(askedFor('microphone.watch')).toEqual([{ name: 'microphone.watch', request: { on: true } }]);
    await eventually('ready', () => devices.view.phoneWindowReady && devices.view.microphone === 'ready');
  });

  it('tells how the microphone stands, and main keeps it for the windows', async () => {
    const devices = createAudioDevices({ link, log });
    window.served.emit('microphone.changed', { state: 'silent', label: 'Headset' });
    await eventually('silent', () => devices.view.microphone === 'silent');
    window.served.emit('devices.changed', { microphones: [], speakers: [{ id: 's', label: 'Speaker' }] });
    await eventually('devices', () => devices.view.speakers.length === 1);
    const levels: number[] = [];
    devices.onLevel((dbfs) => levels.push(dbfs));
    window.served.emit('microphone.level', { dbfs: -12 });
    await eventually('level', () => levels[0] === -12);
  });

  it('that cannot use a device refuses the test with the contract’s word', async () => {
    const devices = createAudioDevices({ link, log });
    window.refuse.set('devices.test', 'deviceFailed');
    await expect(devices.test('ringer')).rejects.toMatchObject({ reason: 'deviceFailed' });
  });
});

it('rings from the first call to the last, however they come and go', async () => {
  const tones = createTones({ link, log });
  tones.start('ringing', 'a' as CallId);
  tones.start('ringing', 'b' as CallId);
  tones.stop('ringing', 'a' as CallId);
  tones.forget('b' as CallId);
  tones.stop('ringing', 'b' as CallId);
  await eventually('stopped', () => askedFor('tone.stop').length === 1);
  expect(askedFor('tone.start')).toHaveLength(1);
});
