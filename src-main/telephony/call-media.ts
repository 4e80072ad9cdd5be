// One call's media as main holds it: its connection in the phone window, mute, keys and samples, and what is done when
// the window dies, the path breaks or nobody is heard any more. Made by sip-session.ts, which owns the SIP side.
import { randomUUID } from 'node:crypto';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { CallQuality } from '#shared/domain/call-view.ts';
import type { IceServer, PeerSample } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { offerAnew, unanswer } from '../../src-sip/session-internals.ts';
import type { MediaLink } from './media-link.ts';
import { MediaRenewal } from './media-renewal.ts';
import { createMediaWatch, type MediaSight, type MediaWatch } from './media-watch.ts';
import { StandInPeerConnection } from './peer-connection.ts';
import { reasonForLog } from './reason-for-log.ts';

export interface CallMediaSurroundings {
  readonly link: MediaLink;
  readonly log: WireLog;
  readonly iceServers: readonly IceServer[];
  readonly relayOnly?: boolean;
  readonly random: () => number;
  readonly now: () => number;
  /** From the death of the page until the call is given up. */
  readonly renewWithinMs: number;
  /** From the failing of ICE until the call is given up. */
  readonly lostAfterMs: number;
  /** A timer that ends with the call. */
  readonly later: (ms: number, act: () => void) => void;
  readonly session: () => RTCSession | null;
  /** ACK was sent or has come: a dialog that may be offered in. */
  readonly confirmed: () => boolean;
  /** The call is over, or on its way there. */
  readonly leaving: () => boolean;
  readonly isLinked: () => boolean;
  /** This computer has no network, as far as can be told; not merely no exchange. */
  readonly networkAway: () => boolean;
  readonly onMuted: (muted: boolean) => void;
  readonly onConnected: () => void;
  /** The phone window died with the connection, and another is being made. */
  readonly pageGone: () => void;
  /** The other side has taken it. */
  readonly renewed: () => void;
  /** There is no connection, or none any more: the call cannot begin, or go on. */
  readonly failed: (cause: 'microphone' | 'media' | 'network') => void;
}

export class CallMedia {
  readonly #around: CallMediaSurroundings;
  readonly #renewal: MediaRenewal;
  #watch: MediaWatch | null = null;
  #connection: StandInPeerConnection | null = null;
  /** Made while the call rings, for the answer that may come; nothing depends on it. */
  #ahead: StandInPeerConnection | null = null;
  /** Tells JsSIP to go on with a connection that has been made. */
  #proceed: () => void = () => {};
  /** Connections that died, and may have been given keys since. */
  readonly #replaced: StandInPeerConnection[] = [];
  #muted = false;
  #sampling = false;
  #silence: CallQuality['silence'] = null;

  constructor(around: CallMediaSurroundings) {
    this.#around = around;
    this.#renewal = new MediaRenewal({
      ...around,
      dialog: () => (around.confirmed() && !around.leaving() ? around.session() : null),
      isConnected: around.isLinked,
      rollBack: () => this.rollBack(),
      renewed: () => {
        this.#watch?.beginAnew();
        this.#sendKeysKept();
        this.#replaced.length = 0;
        around.renewed();
      },
      failed: () => around.failed('media'),
    });
  }

  get isConnected(): boolean {
    return this.#connection?.connectionState === 'connected';
  }

  /** Null while there is a path. */
  get silence(): CallQuality['silence'] {
    return this.#silence;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The call's connection is made or offered anew. */
  get isChanging(): boolean {
    return this.#renewal.busy;
  }

  /** @returns false where an offer of the other side cannot be taken now (491) */
  takeOffer(offer: string): boolean {
    return this.#renewal.takeOffer(this.#connection?.beginsIceAnew(offer) ?? false);
  }

  /**
   * Has a connection made while the call rings, with the answer to this offer in it, so that an agent who says yes is
   * heard at once. Where that fails, `open` makes one as if this had never been tried.
   */
  prepare(offer: string): void {
    if (this.#connection || this.#ahead || this.#around.leaving()) return;
    const ahead = this.#newConnection();
    this.#ahead = ahead;
    ahead.answerAhead(offer).catch((error: unknown) => {
      this.#note('prepare', error);
      if (this.#ahead === ahead) this.#dropAhead();
    });
  }

  /** Has a connection made in the phone window, then goes on with it; a refusal ends the call. */
  open(proceed: () => void): void {
    if (this.#connection) return;
    this.#proceed = proceed;
    const ahead = this.#ahead;
    this.#ahead = null;
    this.#make(proceed, ahead ?? this.#newConnection());
  }

  /** What JsSIP is given for a call or an answer. */
  sessionOptions() {
    return {
      // The phone window adds the microphone itself; JsSIP must not look for getUserMedia.
      mediaConstraints: { audio: false, video: false },
      pcConfig: { createPeerConnection: () => this.#connection },
    };
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#connection?.setMuted(muted).catch((error: unknown) => this.#note('setMuted', error));
  }

  /** Another path is to be found: the computer's address is another one. */
  restartIce(): void {
    if (this.#connection && !this.#connection.gone) this.#renewal.restartIce();
  }

  rollBack(): void {
    this.#connection?.rollBack().catch((error: unknown) => this.#note('rollBack', error));
  }

  /**
   * Statistics of now, and whether the media lives; once a second while the call is established.
   * @param passedMs since the look before
   * @returns null while there is nothing to read: the window is being made again, or still answers the look before
   * @throws CommandFailed where the phone window has no such connection any more
   */
  async look(passedMs: number): Promise<PeerSample | null> {
    const connection = this.#connection;
    if (!connection || connection.gone || this.#sampling) return null;
    this.#sampling = true;
    let sample: PeerSample | null = null;
    try {
      sample = await connection.sample();
    } finally {
      this.#sampling = false;
      if (connection === this.#connection) this.#judge(connection, sample, passedMs);
    }
    return sample;
  }

  close(): void {
    this.#dropAhead();
    this.#connection?.close();
  }

  #dropAhead(): void {
    this.#ahead?.close();
    this.#ahead = null;
  }

  #judge(connection: StandInPeerConnection, sample: PeerSample | null, passedMs: number): void {
    if (connection.gone || this.#around.leaving()) return;
    // Who was called waits a little longer: both ends offering at once would cost each a second.
    const isCaller = (this.#around.session()?.direction as string | undefined) === 'outgoing';
    this.#watch ??= createMediaWatch(isCaller ? 0 : 2_000, this.#around.lostAfterMs);
    const { connectionState } = connection;
    const away = this.#around.networkAway() ? 'here' : this.#renewal.otherSideAway ? 'there' : null;
    const sight = { connectionState, packetsReceived: sample?.packetsReceived ?? null, away } as const;
    this.#noteSilence(sight, passedMs);
    switch (this.#watch.look(sight, passedMs)) {
      case 'restartIce':
        this.#renewal.restartIce();
        break;
      case 'lost':
        this.#around.failed('network');
        break;
      case 'lives':
        break;
    }
  }

  /** Since when nobody is heard for want of a path, and whose network is to blame where that is known. */
  #noteSilence({ connectionState, away }: MediaSight, passedMs: number): void {
    if (connectionState === 'connected') this.#silence = null;
    else if (this.#silence) this.#silence = { ...this.#silence, side: away ?? this.#silence.side };
    else if (connectionState === 'disconnected' || connectionState === 'failed')
      this.#silence = { side: away ?? 'unknown', sinceMs: this.#around.now() - passedMs };
  }

  #newConnection(): StandInPeerConnection {
    const { link, log, iceServers, relayOnly = false, onConnected } = this.#around;
    const connection: StandInPeerConnection = new StandInPeerConnection({
      link,
      log,
      connectionId: randomUUID(),
      iceServers,
      relayOnly,
      muted: this.#muted,
      onGone: () => {
        if (connection === this.#ahead) this.#ahead = null;
        else this.#pageGone();
      },
      onMuted: (muted) => {
        this.#muted = muted;
        this.#around.onMuted(muted);
      },
      onConnectionState: (state) => {
        if (state === 'connected') onConnected();
      },
    });
    return connection;
  }

  #make(
    ready: (connection: StandInPeerConnection) => void,
    connection: StandInPeerConnection = this.#newConnection(),
  ): void {
    if (this.#connection) this.#replaced.push(this.#connection);
    this.#connection = connection;
    connection.created.then(
      () => {
        if (this.#around.leaving()) return;
        try {
          ready(connection);
        } catch (error) {
          this.#note('proceed', error);
          this.#around.failed('media');
          return;
        }
        this.#sendKeysKept();
      },
      (error: unknown) => {
        this.#note('connect', error);
        const noMicrophone = error instanceof CommandFailed && error.reason === 'microphone';
        this.#around.failed(noMicrophone ? 'microphone' : 'media');
      },
    );
  }

  /** What is still to be done depends on how far JsSIP had come with the connection that is gone. */
  #pageGone(): void {
    if (this.#around.leaving()) return;
    this.#around.pageGone();
    const session = this.#around.session();
    switch (session?.status) {
      case undefined:
      case session?.C.STATUS_WAITING_FOR_ANSWER:
        this.#make(this.#proceed);
        return;
      case session?.C.STATUS_NULL:
        this.#make((connection) => offerAnew(session as RTCSession, connection));
        return;
      case session?.C.STATUS_ANSWERED:
        this.#make(() => {
          unanswer(session as RTCSession);
          this.#proceed();
        });
        return;
      default:
        this.#renewal.pageGone();
        this.#make((connection) => this.#renewal.replaceWith(connection));
    }
  }

  #sendKeysKept(): void {
    const keys = this.#connection?.getSenders()[0]?.dtmf;
    for (const dead of this.#replaced) for (const kept of dead.takeKeysKept()) keys?.insertDTMF(...kept);
  }

  #note(doing: string, error: unknown): void {
    this.#around.log.warn('media: a step failed', {
      doing,
      reason: reasonForLog(error),
    });
  }
}
