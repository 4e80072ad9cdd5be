// One call's RTCPeerConnection with the microphone's track in it and the remote audio out of it.
// Asked by peers.ts, one step after another. Mute and hold both turn the track off; each is remembered for itself.
// Where the other side's connection was made anew, this one is too, under the same name.
import type { IceServer, PeerSnapshot, SessionDescription } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Microphone } from './microphone.ts';
import type { Outputs, RemoteAudio } from './outputs.ts';
import { readSample } from './peer-sample.ts';

export interface PeerEvents {
  changed(event: StateEvent, snapshot: PeerSnapshot): void;
  candidate(candidate: RTCIceCandidate | null, snapshot: PeerSnapshot): void;
  muteChanged(muted: boolean): void;
}

const stateEvents = [
  'iceconnectionstatechange',
  'icegatheringstatechange',
  'signalingstatechange',
  'connectionstatechange',
] as const;
export type StateEvent = (typeof stateEvents)[number];

/** Sent twice (red) or made up (CN), they gain a telephone call nothing and cost the other side's parser much. */
const unwantedCodecs = ['audio/red', 'audio/cn'];

/** How long after the connection stands the browser may say that it cannot send keys, before it is believed. */
const keysWithinMs = 1_000;

export class Peer {
  #connection: RTCPeerConnection;
  readonly #id: string;
  readonly #iceServers: readonly IceServer[];
  readonly #relayOnly: boolean;
  readonly #outputs: Outputs;
  readonly #events: PeerEvents;
  #stopUsingMicrophone: () => void = () => undefined;
  #sender: RTCRtpSender | null = null;
  #remote: RemoteAudio | null = null;
  #muted: boolean;
  #held = false;
  /** This connection was connected once. */
  #stood = false;
  #revision = 0;
  #whenConnected: (() => void)[] = [];
  #lastKeys: Promise<void> = Promise.resolve();

  constructor(parts: {
    connectionId: string;
    iceServers: readonly IceServer[];
    relayOnly: boolean;
    muted: boolean;
    outputs: Outputs;
    events: PeerEvents;
  }) {
    this.#id = parts.connectionId;
    this.#outputs = parts.outputs;
    this.#events = parts.events;
    this.#muted = parts.muted;
    this.#iceServers = parts.iceServers;
    this.#relayOnly = parts.relayOnly;
    this.#connection = this.#connect();
  }

  /** @throws CommandFailed('microphone') where there is none to speak into */
  async addMicrophone(microphone: Microphone): Promise<void> {
    const { state } = await microphone.open();
    if (this.#connection.signalingState === 'closed') return;
    if (state !== 'ready' && state !== 'silent')
      throw new CommandFailed('microphone', `The microphone cannot be used: ${state}.`);
    this.#stopUsingMicrophone = microphone.followTrack((track) => this.#use(track));
  }

  snapshot(): PeerSnapshot {
    const { iceConnectionState, iceGatheringState, signalingState, connectionState, localDescription } =
      this.#connection;
    return {
      revision: this.#revision++,
      iceConnectionState,
      iceGatheringState,
      signalingState,
      connectionState,
      localDescription: localDescription && plain(localDescription),
    };
  }

  async createOffer(iceRestart: boolean): Promise<SessionDescription> {
    return plain(await this.#connection.createOffer({ iceRestart }));
  }

  async createAnswer(): Promise<SessionDescription> {
    return plain(await this.#connection.createAnswer());
  }

  async setLocalDescription({ type, sdp }: SessionDescription): Promise<void> {
    await this.#connection.setLocalDescription(type === 'rollback' ? { type } : { type, sdp });
  }

  async setRemoteDescription({ type, sdp }: SessionDescription): Promise<void> {
    const before = this.#connection.remoteDescription;
    if (type === 'offer' && before && this.#isAnother(before.sdp, sdp)) this.#startOver();
    await this.#connection.setRemoteDescription({ type, sdp });
  }

  /** @returns whether the track is off now because of muting; while held it is off anyway, and the wish counts */
  setMuted(muted: boolean): boolean {
    this.#muted = muted;
    this.#switchTrack();
    return this.muted;
  }

  setHeld(held: boolean): void {
    this.#held = held;
    this.#remote?.setSilent(held);
    this.#switchTrack();
  }

  get muted(): boolean {
    const track = this.#sender?.track;
    return this.#held || !track ? this.#muted : !track.enabled;
  }

  /** @throws CommandFailed('cannotSendDtmf') where the other side takes no telephone-event, or is gone */
  sendDtmf(tones: string, durationMs: number, gapMs: number): Promise<void> {
    const sending = this.#lastKeys.then(async () => {
      const dtmf = await this.#readyForKeys();
      // insertDTMF replaces what is still to be played (W3C WebRTC 7.1).
      dtmf.insertDTMF(dtmf.toneBuffer + tones, durationMs, gapMs);
    });
    // Told to who asked; the next keys are sent all the same.
    this.#lastKeys = sending.catch(() => undefined);
    return sending;
  }

  /**
   * Chromium takes no tones before DTLS stands, and some milliseconds more: a key pressed at the moment of the answer
   * must not be lost, nor overtaken by the next.
   */
  async #readyForKeys(): Promise<RTCDTMFSender> {
    await this.#connectedOrClosed();
    for (let waitedMs = 0; waitedMs <= keysWithinMs; waitedMs += 20) {
      const dtmf = this.#sender?.dtmf;
      if (dtmf?.canInsertDTMF) return dtmf;
      if (this.#connection.connectionState !== 'connected') break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new CommandFailed('cannotSendDtmf', 'The other side takes no keypad tones in this call.');
  }

  async sample() {
    return readSample(await this.#connection.getStats(), Date.now());
  }

  close(): void {
    this.#stopUsingMicrophone();
    this.#sender?.track?.stop();
    this.#remote?.remove();
    this.#connection.close();
    // close() fires no event.
    this.#tellWaiting();
  }

  #connect(): RTCPeerConnection {
    const connection = new RTCPeerConnection({
      iceServers: this.#iceServers.map((server) => ({ ...server })),
      iceTransportPolicy: this.#relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      // Candidates are gathered from the first moment on, which for a call that rings is before it is answered.
      iceCandidatePoolSize: 1,
    });
    const on = <E extends keyof RTCPeerConnectionEventMap>(
      name: E,
      heard: (event: RTCPeerConnectionEventMap[E]) => void,
    ) =>
      connection.addEventListener(name, (event) => {
        if (connection === this.#connection) heard(event);
      });
    for (const event of stateEvents) on(event, () => this.#events.changed(event, this.snapshot()));
    on('icecandidate', ({ candidate }) =>
      // An empty candidate ends one generation (RFC 8838 8.2); the end of all is null.
      candidate?.candidate === '' ? undefined : this.#events.candidate(candidate, this.snapshot()),
    );
    on('connectionstatechange', () => {
      if (connection.connectionState === 'connected') this.#stood = true;
      this.#tellWaiting();
    });
    on('track', ({ track, streams }) => {
      if (track.kind !== 'audio') return;
      this.#remote?.remove();
      this.#remote = this.#outputs.play(this.#id, streams[0] ?? new MediaStream([track]));
      this.#remote.setSilent(this.#held);
    });
    return connection;
  }

  /**
   * Whether an offer is of another connection than the one before: by its certificate; or by its ICE, where this one never
   * stood. A caller who heard a tone while waiting offers so after the answer (several ends of a PBX or a hub have one
   * certificate), and to restart ICE is not enough: a DTLS hello has gone to the former already, which answered it or not.
   */
  #isAnother(before: string, offer: string): boolean {
    if (fingerprintOf(before) !== fingerprintOf(offer)) return true;
    return !this.#stood && iceUserOf(before) !== iceUserOf(offer);
  }

  /**
   * The other side's connection is another one (its window died, or another had used up its first offer). Chromium takes the new fingerprint into the old
   * connection, but where that one is the DTLS client it sends its hello too early, and nobody is heard for 6.5 s.
   */
  #startOver(): void {
    const old = this.#connection;
    const track = this.#sender?.track ?? null;
    this.#remote?.remove();
    this.#remote = null;
    this.#sender = null;
    this.#stood = false;
    this.#connection = this.#connect();
    old.close();
    this.#use(track);
  }

  #connectedOrClosed(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenConnected.push(resolve);
      this.#tellWaiting();
    });
  }

  #tellWaiting(): void {
    if (!['connected', 'failed', 'closed'].includes(this.#connection.connectionState)) return;
    for (const waiting of this.#whenConnected.splice(0)) waiting();
  }

  #use(track: MediaStreamTrack | null): void {
    const before = this.muted;
    this.#sender?.track?.stop();
    if (this.#sender) void this.#replace(this.#sender, track, before);
    else if (track) {
      this.#sender = this.#connection.addTrack(track, new MediaStream([track]));
      this.#preferCodecs();
      this.#switchTrack();
    }
  }

  async #replace(sender: RTCRtpSender, track: MediaStreamTrack | null, before: boolean): Promise<void> {
    if (track) track.enabled = !this.#muted && !this.#held;
    await sender.replaceTrack(track);
    if (this.muted !== before) this.#events.muteChanged(this.muted);
  }

  #preferCodecs(): void {
    const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
    const wanted = codecs.filter(({ mimeType }) => !unwantedCodecs.includes(mimeType.toLowerCase()));
    for (const transceiver of this.#connection.getTransceivers()) transceiver.setCodecPreferences(wanted);
  }

  #switchTrack(): void {
    const track = this.#sender?.track;
    if (track) track.enabled = !this.#muted && !this.#held;
  }
}

function plain({ type, sdp }: RTCSessionDescriptionInit | RTCSessionDescription): SessionDescription {
  return { type, sdp: sdp ?? '' };
}

/** RFC 8122 5: which certificate the other side's DTLS has; another one with every connection. */
function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.*)$/m.exec(sdp)?.[1]?.trim().toLowerCase();
}

/** RFC 8839 5.4: another one with every ICE restart, and with every connection. */
function iceUserOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(.*)$/m.exec(sdp)?.[1]?.trim();
}
