// One call's media in Node: the part of RTCPeerConnection that JsSIP touches, over werift, and beside it a plain way
// to send and hear Opus. Made by sip/media-user-agent.ts through pcConfig (src-sip/peer-connection-globals.ts).
// Loopback only; asks no STUN server; neither encodes nor decodes.
import {
  MediaStream,
  type MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RTCRtpHeaderExtensionParameters,
  type RTCRtpTransceiver,
  RTP_EXTENSION_URI,
  RtpHeader,
  RtpPacket,
} from 'werift';
import { levelOfExtension } from './audio-level.ts';

export interface ReceivedAudio {
  readonly payload: Uint8Array;
  readonly sequenceNumber: number;
  /** RTP time in samples of 48 kHz, wrapping at 2^32. */
  readonly timestamp: number;
  readonly ssrc: number;
  /** Loudness by RFC 6464, -127 (silence) to 0 dBov; null where the packet carries none. */
  readonly levelDbov: number | null;
}

export interface ReceivedTelephoneEvent {
  readonly payload: Uint8Array;
  readonly timestamp: number;
}

export interface MediaConnectionEvents {
  /** Opus packets as they arrive: out of order and with gaps, as the network has it. */
  audio(audio: ReceivedAudio): void;
  telephoneEvent(event: ReceivedTelephoneEvent): void;
}

export interface MediaLog {
  info(message: string, facts: Record<string, unknown>): void;
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}

interface Description {
  readonly type: string;
  readonly sdp: string;
}

type StateEvent = 'icecandidate' | 'iceconnectionstatechange' | 'icegatheringstatechange';
type StateListener = (event: { readonly type: string; readonly candidate?: unknown }) => void;

const loopback = '127.0.0.1';

export class MediaConnection {
  readonly #events: MediaConnectionEvents;
  readonly #log: MediaLog;
  readonly #listeners = new Map<string, Set<StateListener>>();
  #peer!: RTCPeerConnection;
  #audio!: RTCRtpTransceiver;
  #remoteFingerprint: string | null = null;
  #remoteIceUser: string | null = null;
  #earlyFrom: string | null = null;
  #outdated = false;
  readonly #addresses: readonly string[];
  #iceControlling: boolean | null = null;
  #closed = false;
  #packetsReceived = 0;
  #sequenceNumber = Math.floor(Math.random() * 0x8000);

  /** @param addresses of this computer, for its side of the connection. */
  constructor(events: MediaConnectionEvents, log: MediaLog, addresses: readonly string[] = [loopback]) {
    this.#events = events;
    this.#log = log;
    this.#addresses = addresses;
    this.#open();
  }

  // What JsSIP reads at once, without awaiting.

  get iceConnectionState(): string {
    if (this.#closed) return 'closed';
    // werift calls ICE completed before a single check was sent; its connection state waits for DTLS.
    const state = this.#peer.connectionState;
    if (state === 'connecting') return 'checking';
    // JsSIP ends a call the moment ICE fails; that is for far-end-watch.ts to judge, and new ICE may still come.
    return state === 'failed' ? 'disconnected' : state;
  }

  get iceGatheringState(): string {
    return this.#peer.iceGatheringState;
  }

  get signalingState(): string {
    return this.#closed ? 'closed' : this.#peer.signalingState;
  }

  get localDescription(): Description | null {
    const description = this.#peer.localDescription;
    if (!description) return null;
    // werift writes port 0 for inactive media, which would reject the stream instead of holding it (RFC 3264 6).
    return { type: description.type, sdp: description.sdp.replace(/^m=audio 0 /gm, 'm=audio 9 ') };
  }

  async createOffer(): Promise<Description> {
    return this.#peer.createOffer();
  }

  async createAnswer(): Promise<Description> {
    return this.#peer.createAnswer();
  }

  async setLocalDescription(description: Description): Promise<void> {
    const iceControlling = this.#iceControlling;
    await this.#peer.setLocalDescription(description as { type: 'offer' | 'answer'; sdp: string });
    // RFC 8445 6.1.1: the role stays as it is until ICE restarts; werift takes it anew with every answer.
    for (const { connection } of this.#peer.iceTransports) {
      if (iceControlling === null) this.#iceControlling = connection.iceControlling;
      else connection.iceControlling = iceControlling;
    }
  }

  async setRemoteDescription(description: Description): Promise<void> {
    const fingerprint = /^a=fingerprint:(.*)$/m.exec(description.sdp)?.[1]?.trim() ?? null;
    // Ends of one process have one certificate; what tells them apart is ICE (RFC 8839 5.4).
    const iceUser = /^a=ice-ufrag:(.*)$/m.exec(description.sdp)?.[1]?.trim() ?? null;
    const isOther =
      this.#remoteFingerprint !== fingerprint || (!this.#connected && this.#remoteIceUser !== iceUser);
    if (description.type === 'offer' && this.#remoteFingerprint && isOther) {
      // The other side's connection was made anew (its window died, or another had used up its offer): the old
      // association cannot be taken over, nor can one be begun by restarting ICE that never stood.
      await this.#peer.close();
      this.#open();
    }
    if (description.type === 'answer' && this.#earlyFrom !== null && this.#earlyFrom !== iceUser) {
      // The offer is used up by whoever sent early media, and another has to be made.
      this.#remoteFingerprint = null;
      this.#earlyFrom = null;
      this.#outdated = true;
      await this.#peer.close();
      this.#open();
      return;
    }
    this.#outdated = false;
    this.#remoteFingerprint = fingerprint;
    this.#remoteIceUser = iceUser;
    await this.#peer.setRemoteDescription(description as { type: 'offer' | 'answer'; sdp: string });
    const opus = this.#codec('opus');
    if (!opus) throw new Error('the other side speaks no Opus');
    // werift sends with the first codec of the list, which need not be Opus.
    this.#audio.sender.codec = opus;
  }

  /** Resolves when the addresses of this side are in the local description. */
  async gathered(): Promise<void> {
    if (this.#closed || this.iceGatheringState === 'complete') return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.iceGatheringState !== 'complete') return;
        this.removeEventListener('icegatheringstatechange', look);
        resolve();
      };
      this.addEventListener('icegatheringstatechange', look);
    });
  }

  addTrack(): never {
    throw new Error('a media end has no tracks: it sends packets');
  }

  getSenders(): readonly object[] {
    return [];
  }

  addEventListener(type: StateEvent, listener: StateListener): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: StateEvent, listener: StateListener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#peer
      .close()
      .catch((error: unknown) => this.#log.warn('media: a connection did not close cleanly', { error }));
  }

  // What the media ends use.

  /** True while packets may go out: connected, and not held by the other side (RFC 3264 section 8.4). */
  get maySend(): boolean {
    const direction = this.#audio.currentDirection;
    return this.#connected && (direction === 'sendrecv' || direction === 'sendonly');
  }

  /** True while the other side is bound to send. */
  get mayHear(): boolean {
    const direction = this.#audio.currentDirection;
    return this.#connected && (direction === 'sendrecv' || direction === 'recvonly');
  }

  /** Whoever answered is not whoever sent early media before: they have to be offered a connection of their own. */
  get isOutdated(): boolean {
    return this.#outdated;
  }

  /** What was set last is early media: the final answer may be somebody else's. */
  hearEarly(): void {
    this.#earlyFrom = this.#remoteIceUser;
  }

  /** Everything that came, sound, keys and reports: a sign of life. */
  get packetsReceived(): number {
    return this.#packetsReceived;
  }

  /**
   * Sends one Opus packet.
   * @param timestamp RTP time, samples of 48 kHz; wraps by itself.
   * @param marker first packet after a pause (RFC 3551 section 4.1).
   */
  sendAudio(payload: Uint8Array, timestamp: number, marker: boolean, levelDbov: number): void {
    if (!this.maySend) return;
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    const header = new RtpHeader({
      sequenceNumber: this.#sequenceNumber,
      timestamp: timestamp >>> 0,
      marker,
      payloadType: 0,
      extension: true,
    });
    const level = this.#audio.headerExtensions.find(
      ({ uri }) => uri === RTP_EXTENSION_URI.audioLevelIndication,
    );
    if (level) header.extensions = [{ id: level.id, payload: Buffer.of(-levelDbov & 0x7f) }];
    this.#audio.sender
      .sendRtp(new RtpPacket(header, Buffer.from(payload)))
      .catch((error: unknown) => this.#log.warn('media: a packet could not be sent', { error }));
  }

  get #connected(): boolean {
    return !this.#closed && this.#audio.dtlsTransport.state === 'connected';
  }

  #codec(name: string): RTCRtpCodecParameters | undefined {
    return this.#audio.codecs.find((codec) => codec.name.toLowerCase() === name);
  }

  #open(): void {
    const peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: [...this.#addresses],
      bundlePolicy: 'max-bundle',
      codecs: { audio: offeredCodecs(), video: [] },
      headerExtensions: {
        audio: [RTP_EXTENSION_URI.sdesMid, RTP_EXTENSION_URI.audioLevelIndication].map(
          (uri) => new RTCRtpHeaderExtensionParameters({ uri }),
        ),
        video: [],
      },
    });
    this.#peer = peer;
    this.#iceControlling = null;
    const tracks: MediaStreamTrack[] = [];
    this.#audio = peer.addTransceiver('audio', {
      direction: 'sendrecv',
      streams: [new MediaStream({ tracks })],
    });
    // An empty list of servers still leaves werift a public STUN server to ask.
    for (const { connection } of peer.iceTransports) connection.stunServer = undefined;
    this.#audio.dtlsTransport.onRtp.subscribe((packet) => this.#hear(packet));
    this.#audio.dtlsTransport.onRtcp.subscribe(() => {
      this.#packetsReceived += 1;
    });
    peer.connectionStateChange.subscribe(() => {
      if (peer === this.#peer) this.#tell('iceconnectionstatechange');
    });
    peer.iceGatheringStateChange.subscribe(() => {
      if (peer === this.#peer) this.#tell('icegatheringstatechange');
    });
    peer.onIceCandidate.subscribe((candidate) => {
      if (peer === this.#peer) this.#tell('icecandidate', candidate ?? null);
    });
  }

  #hear({ header, payload }: RtpPacket): void {
    if (this.#closed) return;
    this.#packetsReceived += 1;
    const codec = this.#audio.codecs.find(({ payloadType }) => payloadType === header.payloadType);
    if (codec?.name.toLowerCase() === 'telephone-event') {
      this.#events.telephoneEvent({ payload, timestamp: header.timestamp });
      return;
    }
    if (codec?.name.toLowerCase() !== 'opus' || payload.length === 0) return;
    this.#events.audio({
      payload,
      sequenceNumber: header.sequenceNumber,
      timestamp: header.timestamp,
      ssrc: header.ssrc,
      levelDbov: levelOfExtension(header.extensions, this.#audio.headerExtensions),
    });
  }

  #tell(type: StateEvent, candidate?: unknown): void {
    if (this.#closed) return;
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener({ type, candidate });
      } catch (error) {
        // JsSIP ends the call when ICE fails, and throws where it has ended already.
        this.#log.warn('media: a state change could not be handled', { type, error });
      }
    }
  }
}

/** As Chromium numbers them. RFC 7587 asks for 48000/2 whatever the number of channels sent. */
function offeredCodecs(): RTCRtpCodecParameters[] {
  const event = 'audio/telephone-event';
  return [
    new RTCRtpCodecParameters({
      mimeType: 'audio/opus',
      clockRate: 48_000,
      channels: 2,
      payloadType: 111,
      parameters: 'minptime=10;useinbandfec=1',
    }),
    new RTCRtpCodecParameters({ mimeType: event, clockRate: 48_000, payloadType: 110, parameters: '0-15' }),
    new RTCRtpCodecParameters({ mimeType: event, clockRate: 8_000, payloadType: 126, parameters: '0-15' }),
  ];
}
