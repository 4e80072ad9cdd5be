// What main asks of the hidden phone window (the phone window serves, main asks), and what the window tells.
// Main keeps SIP; the window keeps everything that needs a browser: microphone, RTCPeerConnections, sound.
// Every answer and event about a connection carries a snapshot of its state, because JsSIP reads that state at once.
import { z } from 'zod';
import { devicesView, microphoneState } from '../desktop/settings-contract.ts';
import { command, defineContract, nothing, topic } from '../wire/contract.ts';

const connectionId = z.string().min(1).max(100);
const onConnection = z.strictObject({ connectionId });

export const sessionDescription = z.strictObject({
  type: z.enum(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: z.string().max(200_000),
});
export type SessionDescription = z.output<typeof sessionDescription>;

/** The states of an RTCPeerConnection at one moment (W3C WebRTC 4.3). */
export const peerSnapshot = z.strictObject({
  /** Counts up with each snapshot of one connection: an older one never overwrites a newer. */
  revision: z.int().nonnegative(),
  iceConnectionState: z.enum([
    'new',
    'checking',
    'connected',
    'completed',
    'disconnected',
    'failed',
    'closed',
  ]),
  iceGatheringState: z.enum(['new', 'gathering', 'complete']),
  signalingState: z.enum([
    'stable',
    'have-local-offer',
    'have-remote-offer',
    'have-local-pranswer',
    'have-remote-pranswer',
    'closed',
  ]),
  connectionState: z.enum(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']),
  localDescription: sessionDescription.nullable(),
});
export type PeerSnapshot = z.output<typeof peerSnapshot>;

const peerReply = z.strictObject({ snapshot: peerSnapshot });
const descriptionReply = z.strictObject({ description: sessionDescription, snapshot: peerSnapshot });

export const iceServer = z.strictObject({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.output<typeof iceServer>;

export const iceCandidate = z.strictObject({
  candidate: z.string(),
  sdpMid: z.string().nullable(),
  sdpMLineIndex: z.number().nullable(),
});
export type IceCandidate = z.output<typeof iceCandidate>;

/** getStats of one connection, cumulative since it began; what was not told is null. */
export const peerSample = z.strictObject({
  atMs: z.number(),
  packetsReceived: z.number(),
  packetsLost: z.number(),
  packetsSent: z.number(),
  jitterMs: z.number().nullable(),
  /** Mean time that a sample waited in the jitter buffer since the call began. */
  jitterBufferMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  /** 0 to 1, as the other side reported it last (RFC 3550 6.4.1). */
  remoteFractionLost: z.number().nullable(),
  /** Energy of what was heard, and of what the microphone's track gave (W3C webrtc-stats, totalAudioEnergy). */
  heardEnergy: z.number(),
  spokenEnergy: z.number().nullable(),
});
export type PeerSample = z.output<typeof peerSample>;

export const audioSettings = z.strictObject({
  /** Chromium device ids; null for the system's default. */
  microphoneId: z.string().nullable(),
  speakerId: z.string().nullable(),
  ringerId: z.string().nullable(),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
});
export type AudioSettings = z.output<typeof audioSettings>;

/** ringing sounds on the ringer device, the others on the speaker. busy ends by itself. */
export const steadyTone = z.enum(['ringing', 'ringback', 'busy']);
export type SteadyTone = z.output<typeof steadyTone>;

export const microphoneView = z.strictObject({ state: microphoneState, label: z.string().nullable() });
export type MicrophoneView = z.output<typeof microphoneView>;

const microphone = topic('microphone', microphoneView);
const devices = topic('devices', devicesView.pick({ microphones: true, speakers: true }));
const page = z.strictObject({ pageId: z.string() });

export const mediaContract = defineContract({
  name: 'media',
  version: 1,
  commands: {
    ...microphone.commands,
    ...devices.commands,
    /** Asked on attaching; `pageId` is new with every load of the window. */
    'page.hello': command(nothing, page),
    /** Refused: 'microphone' where there is none to speak into, 'connectionExists'. */
    'peer.create': command(
      z.strictObject({
        connectionId,
        iceServers: z.array(iceServer),
        /** Through the TURN servers and no other way. */
        relayOnly: z.boolean().optional(),
        muted: z.boolean(),
      }),
      peerReply,
    ),
    /** These four are refused with 'noSuchConnection', or 'webRtc' where the browser refused. */
    'peer.createOffer': command(z.strictObject({ connectionId, iceRestart: z.boolean() }), descriptionReply),
    'peer.createAnswer': command(onConnection, descriptionReply),
    'peer.setLocalDescription': command(
      z.strictObject({ connectionId, description: sessionDescription }),
      peerReply,
    ),
    'peer.setRemoteDescription': command(
      z.strictObject({ connectionId, description: sessionDescription }),
      peerReply,
    ),
    'peer.close': command(onConnection, z.null()),
    /** Replies with what the microphone's track does afterwards. */
    'peer.setMuted': command(
      z.strictObject({ connectionId, muted: z.boolean() }),
      z.strictObject({ muted: z.boolean() }),
    ),
    /** While held nothing is sent and nothing is heard; muting stands beside it. */
    'peer.setHeld': command(z.strictObject({ connectionId, held: z.boolean() }), z.null()),
    /** RFC 4733 events. Refused: 'cannotSendDtmf'. */
    'peer.sendDtmf': command(
      z.strictObject({
        connectionId,
        tones: z.string().max(200),
        durationMs: z.number(),
        gapMs: z.number(),
      }),
      z.null(),
    ),
    /** Asked once a second by main's clock: a hidden page's own timers may be slowed. */
    'peer.sample': command(onConnection, peerSample),
    'tone.start': command(z.strictObject({ tone: steadyTone }), z.null()),
    'tone.stop': command(z.strictObject({ tone: steadyTone }), z.null()),
    /** What a key sounds like to the one who presses it. */
    'tone.dtmf': command(z.strictObject({ tones: z.string().max(200) }), z.null()),
    'devices.apply': command(audioSettings, z.null()),
    /** Refused: 'deviceFailed'. */
    'devices.test': command(z.strictObject({ output: z.enum(['speaker', 'ringer']) }), z.null()),
    /** Replies when it is known how the microphone stands. */
    'microphone.open': command(nothing, microphoneView),
    'microphone.watch': command(z.strictObject({ on: z.boolean() }), z.null()),
  },
  events: {
    ...microphone.events,
    ...devices.events,
    'page.ready': page,
    'peer.changed': z.strictObject({
      connectionId,
      event: z.enum([
        'iceconnectionstatechange',
        'icegatheringstatechange',
        'signalingstatechange',
        'connectionstatechange',
      ]),
      snapshot: peerSnapshot,
    }),
    /** `candidate` is null when gathering has ended. */
    'peer.candidate': z.strictObject({
      connectionId,
      candidate: iceCandidate.nullable(),
      snapshot: peerSnapshot,
    }),
    /** The microphone's track was changed without being asked to (device switched or lost). */
    'peer.muteChanged': z.strictObject({ connectionId, muted: z.boolean() }),
    /** Loudness in dBFS, -100 (nothing) to 0, ten times a second while watched. */
    'microphone.level': z.strictObject({ dbfs: z.number() }),
  },
});
export type MediaContract = typeof mediaContract;
