// A real JsSIP user agent in Node, with a peer connection that only plays its part: canned descriptions, no media.
import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Socket } from 'jssip/lib/Socket.js';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent, UA } from 'jssip/lib/UA.js';
import { installPeerConnectionGlobals } from '../../../src-sip/peer-connection-globals.ts';
import { SipSocket } from '../../../src-sip/sip-socket.ts';
import { quickly } from '../../support/eventually.ts';
import { domain } from './exchange-stand.ts';

const sdp = (kind: string) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=${kind}\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n`;

class ScriptedPeerConnection {
  iceConnectionState = 'new';
  iceGatheringState = 'complete';
  signalingState = 'stable';
  localDescription: { type: string; sdp: string } | null = null;
  createOffer = async () => ({ type: 'offer', sdp: sdp('offer') });
  createAnswer = async () => ({ type: 'answer', sdp: sdp('answer') });
  setLocalDescription = async (description: { type: string; sdp: string }) => {
    this.localDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
  };
  setRemoteDescription = async ({ type }: { type: string }) => {
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
  };
  addTrack = () => {};
  getSenders = () => [];
  addEventListener = () => {};
  removeEventListener = () => {};
  close = () => {
    this.signalingState = 'closed';
  };
}

const pcConfig = { createPeerConnection: () => new ScriptedPeerConnection() } as RTCConfiguration;
/** What a call needs that is dialled without media. */
export const callOptions = {
  pcConfig,
  mediaConstraints: { audio: false, video: false },
  rtcOfferConstraints: { offerToReceiveAudio: true },
  sessionTimersExpires: 120,
};

export interface HeardCall {
  readonly session: RTCSession;
  readonly happened: string[];
  /** Reason header of the message that ended it, '' where none. */
  reason: string;
}

export class JsSipPhone {
  readonly user: string;
  readonly calls: HeardCall[] = [];
  registrationFailure: string | null = null;
  readonly #ua: UA;
  readonly #socket: SipSocket;

  constructor(url: string, account: { user: string; password: string; instance: string }) {
    installPeerConnectionGlobals();
    this.user = account.user;
    this.#socket = new SipSocket(url, { warn: () => {}, error: () => {} });
    this.#ua = new JsSIP.UA({
      // JsSIP types its socket as a class; SipSocket has its members.
      sockets: this.#socket as unknown as Socket,
      uri: `sip:${account.user}@${domain}`,
      authorization_user: account.user,
      password: account.password,
      instance_id: account.instance.replace('urn:uuid:', ''),
      session_timers: false,
      register: true,
      connection_recovery_min_interval: 1,
    });
    this.#ua.on('newRTCSession', ({ session }: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) =>
      this.#hear(session),
    );
    this.#ua.on('registrationFailed', ({ cause }) => {
      this.registrationFailure = cause ?? '';
    });
    this.#ua.start();
  }

  async registered(): Promise<this> {
    await quickly(`${this.user} is registered`, () => this.#ua.isRegistered());
    return this;
  }

  call(target: string): HeardCall {
    const session = this.#ua.call(`sip:${target}@${domain}`, callOptions);
    return this.calls.find((call) => call.session === session) as HeardCall;
  }

  /** The latest call, once there is one. */
  async offered(): Promise<HeardCall> {
    await quickly(`${this.user} is rung`, () => this.calls.length > 0);
    return this.calls.at(-1) as HeardCall;
  }

  answer({ session }: HeardCall): void {
    session.answer({ pcConfig, mediaConstraints: { audio: false, video: false } });
  }

  /** JsSIP would wait two seconds for its transactions; the closed socket tells it nothing, so it stays quiet. */
  stop(): void {
    this.#ua.stop();
    this.#socket.disconnect();
  }

  /** Unregisters without closing the connection. */
  unregister(): void {
    this.#ua.unregister();
  }

  #hear(session: RTCSession): void {
    const call: HeardCall = { session, happened: [], reason: '' };
    this.calls.push(call);
    for (const name of ['progress', 'accepted', 'confirmed', 'hold', 'unhold'] as const) {
      session.on(name, (event?: { originator?: string }) =>
        call.happened.push(event?.originator ? `${name} ${event.originator}` : name),
      );
    }
    for (const name of ['ended', 'failed'] as const) {
      session.on(name, ({ originator, cause, message }) => {
        call.happened.push(`${name} ${originator} ${cause}`);
        call.reason = message && 'getHeader' in message ? (message.getHeader('Reason') ?? '') : '';
      });
    }
  }
}

export async function happens(call: HeardCall, what: string): Promise<void> {
  await quickly(`${what} (so far: ${call.happened.join(', ')})`, () => call.happened.includes(what));
}
