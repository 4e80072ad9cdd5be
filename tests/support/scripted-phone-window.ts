// A phone window without a browser: serves the media contract from plain state that a test turns.
// Connections make believable descriptions; gathering ends, hangs or never begins as the test says.
import { type MediaContract, mediaContract, type PeerSnapshot } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName } from '#shared/wire/contract.ts';
import { type MemoryWire, memoryWire } from '#shared/wire/memory-wire.ts';
import { type Served, serve } from '#shared/wire/serve.ts';
import type { MediaLink } from '../../src-main/telephony/media-link.ts';
import { recordingLog } from './recording-log.ts';

export interface ScriptedPeer {
  state: Omit<PeerSnapshot, 'revision'>;
  remoteSdp: string;
  muted: boolean;
  held: boolean;
  digits: string;
  closed: boolean;
}

export interface ScriptedPhoneWindow {
  readonly asked: { readonly name: string; readonly request: unknown }[];
  readonly peers: Map<string, ScriptedPeer>;
  /** The newest connection. */
  readonly peer: ScriptedPeer;
  /** 'ends': gathering is complete at once. 'hangs': one candidate of no use, and never an end. */
  gathering: 'ends' | 'hangs';
  /** The ICE user that its next descriptions begin with (a=ice-ufrag); null leaves it out. */
  iceUser: string | null;
  /** The newest connection has one more address. */
  tellCandidate(candidate: string): void;
  /** Commands named here are heard and never answered. */
  readonly unanswered: Set<CommandName<MediaContract>>;
  /** A command named here is refused with the reason. */
  readonly refuse: Map<CommandName<MediaContract>, string>;
  /** Opens the window, or loads it anew. */
  load(): void;
  /** The window dies. */
  die(): void;
  readonly served: Served<MediaContract>;
  tellState(change: Partial<PeerSnapshot>, event: 'connectionstatechange' | 'iceconnectionstatechange'): void;
}

export const offerSdp = sdp('sendrecv');
/** An audio description as a browser writes it, less what nobody here reads. */
export function sdp(direction: string): string {
  return [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 110',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    `a=${direction}`,
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:110 telephone-event/48000',
    '',
  ].join('\r\n');
}

export function scriptedPhoneWindow(link: MediaLink): ScriptedPhoneWindow {
  let wire: MemoryWire | null = null;
  let served: Served<MediaContract> | null = null;
  let loads = 0;
  let revision = 0;
  let newest = '';

  const snapshot = (peer: ScriptedPeer): PeerSnapshot => ({ ...peer.state, revision: revision++ });
  const on = (connectionId: string): ScriptedPeer => {
    const peer = window.peers.get(connectionId);
    if (!peer) throw new CommandFailed('noSuchConnection', 'none');
    return peer;
  };
  const tellGathering = (connectionId: string, peer: ScriptedPeer) => {
    const tell = (state: 'gathering' | 'complete') => {
      peer.state = { ...peer.state, iceGatheringState: state };
      window.served.emit('peer.changed', {
        connectionId,
        event: 'icegatheringstatechange',
        snapshot: snapshot(peer),
      });
    };
    if (peer.state.iceGatheringState !== 'new') return;
    tell('gathering');
    if (window.gathering === 'ends') tell('complete');
  };

  const described = () =>
    window.iceUser === null ? offerSdp : `${offerSdp}a=ice-ufrag:${window.iceUser}\r\n`;

  const window: ScriptedPhoneWindow = {
    asked: [],
    peers: new Map(),
    get peer() {
      const peer = window.peers.get(newest);
      if (!peer) throw new Error('The phone window has no connection.');
      return peer;
    },
    gathering: 'ends',
    iceUser: null,
    unanswered: new Set(),
    refuse: new Map(),
    get served() {
      if (!served) throw new Error('The phone window is not loaded.');
      return served;
    },
    load() {
      wire?.close();
      wire = memoryWire();
      window.peers.clear();
      loads += 1;
      const pageId = `page ${loads}`;
      const reply = <T>(name: CommandName<MediaContract>, request: unknown, answer: T): T | Promise<T> => {
        window.asked.push({ name, request });
        const reason = window.refuse.get(name);
        if (reason) throw new CommandFailed(reason, 'scripted');
        return window.unanswered.has(name) ? new Promise<never>(() => {}) : answer;
      };
      const done = (name: CommandName<MediaContract>) => (request: unknown) => reply(name, request, null);
      served = serve(
        mediaContract,
        {
          'page.hello': (request) => reply('page.hello', request, { pageId }),
          'peer.create': async (request) => {
            const peer = await reply('peer.create', request, freshPeer(request.muted));
            newest = request.connectionId;
            window.peers.set(newest, peer);
            return { snapshot: snapshot(peer) };
          },
          'peer.createOffer': async (request) => {
            const peer = await reply('peer.createOffer', request, on(request.connectionId));
            return { description: { type: 'offer', sdp: described() }, snapshot: snapshot(peer) };
          },
          'peer.createAnswer': async (request) => {
            const peer = await reply('peer.createAnswer', request, on(request.connectionId));
            return { description: { type: 'answer', sdp: described() }, snapshot: snapshot(peer) };
          },
          'peer.setLocalDescription': async (request) => {
            const peer = await reply('peer.setLocalDescription', request, on(request.connectionId));
            const { type } = request.description;
            peer.state = {
              ...peer.state,
              signalingState: type === 'offer' ? 'have-local-offer' : 'stable',
              localDescription: type === 'rollback' ? peer.state.localDescription : request.description,
            };
            if (type !== 'rollback') tellGathering(request.connectionId, peer);
            return { snapshot: snapshot(peer) };
          },
          'peer.setRemoteDescription': async (request) => {
            const peer = await reply('peer.setRemoteDescription', request, on(request.connectionId));
            const { type, sdp: remoteSdp } = request.description;
            peer.remoteSdp = remoteSdp;
            peer.state = { ...peer.state, signalingState: type === 'offer' ? 'have-remote-offer' : 'stable' };
            return { snapshot: snapshot(peer) };
          },
          'peer.close': (request) => {
            const peer = window.peers.get(request.connectionId);
            if (peer) peer.closed = true;
            return reply('peer.close', request, null);
          },
          'peer.setMuted': async (request) => {
            const peer = await reply('peer.setMuted', request, on(request.connectionId));
            peer.muted = request.muted;
            return { muted: peer.muted };
          },
          'peer.setHeld': (request) => {
            on(request.connectionId).held = request.held;
            return reply('peer.setHeld', request, null);
          },
          'peer.sendDtmf': (request) => {
            on(request.connectionId).digits += request.tones;
            return reply('peer.sendDtmf', request, null);
          },
          'peer.sample': (request) => {
            on(request.connectionId);
            return reply('peer.sample', request, {
              atMs: Date.now(),
              packetsReceived: 50,
              packetsLost: 0,
              packetsSent: 50,
              jitterMs: 1,
              jitterBufferMs: 40,
              roundTripMs: 1,
              remoteFractionLost: 0,
              heardEnergy: 1,
              spokenEnergy: 1,
            });
          },
          'tone.start': done('tone.start'),
          'tone.stop': done('tone.stop'),
          'tone.dtmf': done('tone.dtmf'),
          'devices.get': () => ({ microphones: [{ id: 'm1', label: 'Microphone' }], speakers: [] }),
          'devices.apply': done('devices.apply'),
          'devices.test': done('devices.test'),
          'microphone.get': () => ({ state: 'unknown', label: null }),
          'microphone.open': (request) =>
            reply('microphone.open', request, { state: 'ready' as const, label: 'Microphone' }),
          'microphone.watch': done('microphone.watch'),
        },
        wire.right,
        { context: undefined, log: recordingLog() },
      );
      link.attach(wire.left);
    },
    die() {
      wire?.close();
      wire = null;
      window.peers.clear();
    },
    tellCandidate(candidate) {
      const peer = window.peer;
      const { localDescription } = peer.state;
      if (!localDescription) throw new Error('Nothing is described yet.');
      const sdp = `${localDescription.sdp}a=${candidate}\r\n`;
      peer.state = { ...peer.state, localDescription: { ...localDescription, sdp } };
      window.served.emit('peer.candidate', {
        connectionId: newest,
        candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 },
        snapshot: snapshot(peer),
      });
    },
    tellState(change, event) {
      const peer = window.peer;
      peer.state = { ...peer.state, ...change };
      window.served.emit('peer.changed', { connectionId: newest, event, snapshot: snapshot(peer) });
    },
  };
  return window;
}

function freshPeer(muted: boolean): ScriptedPeer {
  return {
    state: {
      iceConnectionState: 'new',
      iceGatheringState: 'new',
      signalingState: 'stable',
      connectionState: 'new',
      localDescription: null,
    },
    remoteSdp: '',
    muted,
    held: false,
    digits: '',
    closed: false,
  };
}
