// The RTCPeerConnection that JsSIP is given in main: it stands in for the real one in the phone window.
// It offers exactly what JsSIP touches (telephony.md). State that JsSIP reads without awaiting is mirrored from the
// snapshots, which are applied before a promise resolves or an event fires. It also ends ICE gathering in time.
import type {
  IceCandidate,
  IceServer,
  PeerSample,
  PeerSnapshot,
  SessionDescription,
} from '#shared/media/media-contract.ts';
import type { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { gatheringCapMs, isSufficient, settleMs } from './ice-gathering.ts';
import type { MediaLink } from './media-link.ts';

export interface PeerConnectionOptions {
  readonly link: MediaLink;
  readonly log: WireLog;
  readonly connectionId: string;
  readonly iceServers: readonly IceServer[];
  readonly muted: boolean;
  /** The real connection is gone with its page; it is not coming back. */
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
  #cap: NodeJS.Timeout | undefined;
  #settle: NodeJS.Timeout | undefined;

  constructor(options: PeerConnectionOptions) {
    this.#options = options;
    this.#id = options.connectionId;
    this.#link = options.link;
    this.#sender = this.#makeSender();
    this.#stop = [
      this.#link.on('peer.changed', ({ connectionId, event, snapshot }) => {
        if (connectionId !== this.#id || !this.#apply(snapshot)) return;
        if (event === 'connectionstatechange') options.onConnectionState(this.connectionState);
        this.#fire({ type: event });
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
        this.#shut();
        options.onGone();
      }),
    ];
    this.created = this.#link
      .call('peer.create', {
        connectionId: this.#id,
        iceServers: [...options.iceServers],
        muted: options.muted,
      })
      .then(({ snapshot }) => {
        this.#apply(snapshot);
      });
    // Whoever made this awaits `created`; without an awaiter a refusal must not end the process.
    this.created.catch(() => {});
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
    const reply = await this.#link.call('peer.createOffer', {
      connectionId: this.#id,
      iceRestart: constraints?.iceRestart === true,
    });
    this.#apply(reply.snapshot);
    return reply.description;
  }

  async createAnswer(): Promise<SessionDescription> {
    await this.created;
    const reply = await this.#link.call('peer.createAnswer', { connectionId: this.#id });
    this.#apply(reply.snapshot);
    return reply.description;
  }

  async setLocalDescription({ type, sdp }: SessionDescription): Promise<void> {
    await this.created;
    const { snapshot } = await this.#link.call('peer.setLocalDescription', {
      connectionId: this.#id,
      description: { type, sdp },
    });
    this.#apply(snapshot);
    if (this.iceGatheringState === 'gathering') this.#capGathering();
  }

  async setRemoteDescription({ type, sdp }: SessionDescription): Promise<void> {
    await this.created;
    const { snapshot } = await this.#link.call('peer.setRemoteDescription', {
      connectionId: this.#id,
      description: { type, sdp },
    });
    this.#apply(snapshot);
  }

  /** Takes back an offer that the other side refused (RFC 8829 4.1.10.2). */
  async rollBack(): Promise<void> {
    if (this.signalingState === 'have-local-offer')
      await this.setLocalDescription({ type: 'rollback', sdp: '' });
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.created;
    const reply = await this.#link.call('peer.setMuted', { connectionId: this.#id, muted });
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

  #makeSender(): StandInSender {
    let enabled = true;
    const send = (held: boolean) => {
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
    this.#fire({ type: 'icecandidate', candidate });
  }

  #capGathering(): void {
    clearTimeout(this.#cap);
    this.#cap = setTimeout(() => this.#endGathering(), gatheringCapMs);
  }

  /** JsSIP takes the null candidate as the end of gathering and sends what it has. */
  #endGathering(): void {
    clearTimeout(this.#cap);
    clearTimeout(this.#settle);
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
