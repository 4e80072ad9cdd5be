// The RTCPeerConnection that JsSIP is given in main: it stands in for the real one in the phone window.
// It offers exactly what JsSIP touches (telephony.md). State that JsSIP reads without awaiting is mirrored from the
// snapshots, which are applied before a promise resolves or an event fires. It also ends ICE gathering in time.
// When the page dies under it, it answers nothing more (an answer from the far end it takes, and drops): JsSIP ends a
// call whose connection fails, and call-media.ts is about to put another connection in this one's place.
import type {
  IceCandidate,
  IceServer,
  MediaContract,
  PeerSample,
  PeerSnapshot,
  SessionDescription,
} from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { gatheringCapMs, isSufficient, relayGatheringCapMs, settleMs } from './ice-gathering.ts';
import type { MediaLink } from './media-link.ts';

export interface PeerConnectionOptions {
  readonly link: MediaLink;
  readonly log: WireLog;
  readonly connectionId: string;
  readonly iceServers: readonly IceServer[];
  /** Through the TURN servers and no other way. */
  readonly relayOnly?: boolean;
  readonly muted: boolean;
  /** The page died with the real connection in it. */
  readonly onGone: () => void;
  readonly onMuted: (muted: boolean) => void;
  readonly onConnectionState: (state: PeerSnapshot['connectionState']) => void;
}

type PeerEvent = { readonly type: string; readonly candidate?: IceCandidate | null };
type PeerListener = (event: PeerEvent) => void;

/** What a JsSIP session needs of a sender: its track's switch (JsSIP turns it for hold) and its DTMF. */
interface StandInSender {
  readonly track: { readonly kind: 'audio'; enabled: boolean };
  readonly dtmf: {
    readonly toneBuffer: '';
    insertDTMF(tones: string, durationMs: number, gapMs: number): void;
  };
}

export class StandInPeerConnection {
  /** Resolves when the window has the connection and its microphone track; rejects with the refusal. */
  readonly created: Promise<void>;
  iceConnectionState: PeerSnapshot['iceConnectionState'] = 'new';
  iceGatheringState: PeerSnapshot['iceGatheringState'] = 'new';
  signalingState: PeerSnapshot['signalingState'] = 'stable';
  connectionState: PeerSnapshot['connectionState'] = 'new';
  localDescription: SessionDescription | null = null;

  readonly #options: PeerConnectionOptions;
  readonly #id: string;
  readonly #link: MediaLink;
  readonly #listeners = new Map<string, Set<PeerListener>>();
  readonly #stop: (() => void)[];
  readonly #sender: StandInSender;
  #revision = -1;
  #closed = false;
  #gone = false;
  readonly #death = Promise.withResolvers<void>();
  #keysKept: Parameters<StandInSender['dtmf']['insertDTMF']>[] = [];
  /** An answer that was made while the call still rings; JsSIP's own asking for it then costs no way to the page. */
  #ahead: {
    readonly offer: string;
    readonly applied: Promise<void>;
    readonly answer: Promise<SessionDescription>;
  } | null = null;
  #cap: NodeJS.Timeout | undefined;
  #settle: NodeJS.Timeout | undefined;
  /** ICE was begun anew: resolves when its addresses are in the local description, as far as they will be. */
  #gathered = Promise.withResolvers<void>();
  #remoteIceUser: string | null = null;

  constructor(options: PeerConnectionOptions) {
    this.#options = options;
    this.#id = options.connectionId;
    this.#link = options.link;
    this.#sender = this.#makeSender();
    this.#stop = [
      this.#link.on('peer.changed', ({ connectionId, event, snapshot }) => {
        if (connectionId !== this.#id || !this.#apply(snapshot)) return;
        if (event === 'connectionstatechange') options.onConnectionState(this.connectionState);
        // JsSIP listens to this one only to end the call the moment ICE fails; that is for media-watch.ts to judge.
        if (event !== 'iceconnectionstatechange') this.#fire({ type: event });
      }),
      this.#link.on('peer.candidate', ({ connectionId, candidate, snapshot }) => {
        if (connectionId !== this.#id) return;
        this.#apply(snapshot);
        this.#candidate(candidate);
      }),
      this.#link.on('peer.muteChanged', ({ connectionId, muted }) => {
        if (connectionId === this.#id) options.onMuted(muted);
      }),
      this.#link.onGone(() => {
        if (this.#closed) return;
        this.#gone = true;
        this.#shut();
        this.#death.resolve();
        options.onGone();
      }),
    ];
    this.created = this.#create();
    // Whoever made this awaits `created`; without an awaiter a refusal must not end the process.
    this.created.catch(() => {});
  }

  /** The page died under it. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Whether this offer of the other side begins ICE anew (RFC 8445 9). */
  beginsIceAnew(offer: string): boolean {
    return this.#remoteIceUser !== null && this.#remoteIceUser !== iceUserOf(offer);
  }

  /** Keys that were pressed after the page had died, for the connection that takes this one's place. */
  takeKeysKept(): Parameters<StandInSender['dtmf']['insertDTMF']>[] {
    return this.#keysKept.splice(0);
  }

  addEventListener(type: string, listener: PeerListener): void {
    const heard = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, heard);
    heard.add(listener);
  }

  removeEventListener(type: string, listener: PeerListener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  getSenders(): readonly StandInSender[] {
    return [this.#sender];
  }

  /** The window adds the microphone's track itself. */
  addTrack(): void {}

  async createOffer(constraints?: { iceRestart?: boolean } | null): Promise<SessionDescription> {
    await this.created;
    const reply = await this.#ask('peer.createOffer', {
      connectionId: this.#id,
      iceRestart: constraints?.iceRestart === true,
    });
    this.#apply(reply.snapshot);
    return reply.description;
  }

  /**
   * Takes an offer and makes the answer to it, before anybody has said yes: nothing is sent, no path is tried. Used once.
   * @param offer the offer's SDP, exactly as JsSIP will give it
   * @throws CommandFailed where the page refused; the connection is then of no use
   */
  async answerAhead(offer: string): Promise<void> {
    const applied = this.#applyRemote({ type: 'offer', sdp: offer });
    this.#ahead = { offer, applied, answer: applied.then(() => this.#askForAnswer()) };
    await this.#ahead.answer;
  }

  createAnswer(): Promise<SessionDescription> {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead?.answer ?? this.#askForAnswer();
  }

  /**
   * Where it begins ICE anew it resolves when the addresses are in. JsSIP waits for them only in a first description, and
   * in an offer of new ICE: the answer to one it would send with none, and an offer too where gathering began at once.
   */
  async setLocalDescription({ type, sdp }: SessionDescription): Promise<void> {
    await this.created;
    const before = iceUserOf(this.localDescription?.sdp);
    const gathered = Promise.withResolvers<void>();
    if (type !== 'rollback') {
      this.#gathered.resolve();
      this.#gathered = gathered;
    }
    const { snapshot } = await this.#ask('peer.setLocalDescription', {
      connectionId: this.#id,
      description: { type, sdp },
    });
    this.#apply(snapshot);
    if (type === 'rollback') return;
    // Gathering may begin a moment later, and for an ICE restart it begins from 'complete'.
    this.#capGathering();
    if (before === null || iceUserOf(this.localDescription?.sdp) === before) return;
    await gathered.promise;
    // JsSIP begins to wait after this, for an end that was told already.
    setImmediate(() => this.#fire({ type: 'icecandidate', candidate: null }));
  }

  async setRemoteDescription(description: SessionDescription): Promise<void> {
    const isAhead = description.type === 'offer' && this.#ahead?.offer === description.sdp;
    if (!isAhead) this.#ahead = null;
    const applied = this.#ahead?.applied ?? this.#applyRemote(description);
    // JsSIP acknowledges an answer only when it was taken: without the page it is taken, and means nothing.
    await Promise.race([applied, this.#death.promise]);
    this.#remoteIceUser = iceUserOf(description.sdp);
  }

  /** Takes back an offer that the other side refused (RFC 8829 4.1.10.2). */
  async rollBack(): Promise<void> {
    if (!this.#gone && this.signalingState === 'have-local-offer')
      await this.setLocalDescription({ type: 'rollback', sdp: '' });
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.created;
    const reply = await this.#ask('peer.setMuted', { connectionId: this.#id, muted });
    this.#options.onMuted(reply.muted);
  }

  sample(): Promise<PeerSample> {
    return this.#link.call('peer.sample', { connectionId: this.#id });
  }

  close(): void {
    if (this.#closed) return;
    this.#shut();
    if (this.#link.ready)
      this.#link
        .call('peer.close', { connectionId: this.#id })
        .catch((error: CommandFailed) => this.#note('close', error));
  }

  async #create(): Promise<void> {
    await this.#link.untilReady();
    if (this.#closed && !this.#gone)
      throw new CommandFailed('disconnected', 'It was closed before it was made.');
    const { muted, iceServers, relayOnly = false } = this.#options;
    const { snapshot } = await this.#ask('peer.create', {
      connectionId: this.#id,
      iceServers: [...iceServers],
      relayOnly,
      muted,
    });
    this.#apply(snapshot);
  }

  async #applyRemote({ type, sdp }: SessionDescription): Promise<void> {
    await this.created;
    const { snapshot } = await this.#ask('peer.setRemoteDescription', {
      connectionId: this.#id,
      description: { type, sdp },
    });
    this.#apply(snapshot);
  }

  async #askForAnswer(): Promise<SessionDescription> {
    await this.created;
    const reply = await this.#ask('peer.createAnswer', { connectionId: this.#id });
    this.#apply(reply.snapshot);
    return reply.description;
  }

  /** Never answers once the page has died under this connection. */
  async #ask<N extends CommandName<MediaContract>>(
    name: N,
    request: RequestOf<MediaContract, N>,
  ): Promise<ReplyOf<MediaContract, N>> {
    if (this.#gone) return noAnswer();
    try {
      return await this.#link.call(name, request);
    } catch (error) {
      if (this.#gone) return noAnswer();
      throw error;
    }
  }

  #makeSender(): StandInSender {
    let enabled = true;
    const send = (held: boolean) => {
      if (this.#gone) return;
      this.#link
        .call('peer.setHeld', { connectionId: this.#id, held })
        .catch((error: CommandFailed) => this.#note('setHeld', error));
    };
    return {
      track: {
        kind: 'audio',
        get enabled() {
          return enabled;
        },
        // JsSIP turns the track off for hold only: muting goes past it, so that the two never undo each other.
        set enabled(value: boolean) {
          if (value === enabled) return;
          enabled = value;
          send(!value);
        },
      },
      dtmf: {
        toneBuffer: '',
        insertDTMF: (tones, durationMs, gapMs) => {
          if (this.#gone) {
            this.#keysKept.push([tones, durationMs, gapMs]);
            return;
          }
          this.#link
            .call('peer.sendDtmf', { connectionId: this.#id, tones, durationMs, gapMs })
            .catch((error: CommandFailed) => this.#note('sendDtmf', error));
        },
      },
    };
  }

  /** False where a newer snapshot was applied before. */
  #apply(snapshot: PeerSnapshot): boolean {
    if (this.#closed || snapshot.revision < this.#revision) return false;
    const { revision, ...states } = snapshot;
    this.#revision = revision;
    Object.assign(this, states);
    return true;
  }

  #candidate(candidate: IceCandidate | null): void {
    if (candidate && isSufficient(candidate.candidate, this.#options.iceServers.length > 0)) {
      clearTimeout(this.#settle);
      this.#settle = setTimeout(() => this.#endGathering(), settleMs);
    }
    // The end of the generation before may be told late: it ends nothing as long as this one has no address.
    if (candidate === null && this.localDescription?.sdp.includes('a=candidate:')) this.#gathered.resolve();
    this.#fire({ type: 'icecandidate', candidate });
  }

  #capGathering(): void {
    clearTimeout(this.#cap);
    const capMs = this.#options.relayOnly ? relayGatheringCapMs : gatheringCapMs;
    this.#cap = setTimeout(() => this.#endGathering(), capMs);
  }

  /** JsSIP takes the null candidate as the end of gathering and sends what it has. */
  #endGathering(): void {
    clearTimeout(this.#cap);
    clearTimeout(this.#settle);
    this.#gathered.resolve();
    this.#fire({ type: 'icecandidate', candidate: null });
  }

  #fire(event: PeerEvent): void {
    for (const listener of [...(this.#listeners.get(event.type) ?? [])]) {
      try {
        listener(event);
      } catch (error) {
        this.#options.log.error('media: JsSIP failed on a connection event', { event: event.type, error });
      }
    }
  }

  #shut(): void {
    this.#closed = true;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    clearTimeout(this.#cap);
    clearTimeout(this.#settle);
    for (const stop of this.#stop) stop();
    this.#listeners.clear();
  }

  #note(asked: string, error: CommandFailed): void {
    this.#options.log.warn('media: the phone window refused', { asked, reason: error.reason });
  }
}

function noAnswer(): Promise<never> {
  return new Promise<never>(() => {});
}

/** RFC 8839 5.4: another one with each beginning of ICE. */
function iceUserOf(sdp: string | undefined): string | null {
  return /^a=ice-ufrag:(.*)$/m.exec(sdp ?? '')?.[1]?.trim() ?? null;
}
