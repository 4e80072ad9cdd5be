// One call of a media end: JsSIP's session, its media connection, its player, and what is heard on it, as plain
// events. Made by media-user-agent.ts; voicemail, echo and scripted callers decide what is said and when it ends.
// A call that is transferred (RFC 3515) stays one call: it is talked on with whoever answers, from then on.
import type {
  IncomingDTMFEvent,
  IncomingEvent,
  OutgoingDTMFEvent,
  OutgoingEvent,
  RTCSession,
} from 'jssip/lib/RTCSession.js';
import { mediaClock } from '../media-clock.ts';
import { Player } from '../player.ts';
import { MediaConnection, type MediaLog, type ReceivedAudio } from '../rtp/media-connection.ts';
import { TelephoneEvents } from '../rtp/telephone-events.ts';
import { askForDevice } from './device-question.ts';
import { createFarEndWatch } from './far-end-watch.ts';

export interface CallEnded {
  /** The final status of a call that was never answered; null where there is none (given up, link lost). */
  readonly status: number | null;
  readonly answered: boolean;
}

/** What a media end wants to know of a call. All are told on the event loop, never before `listen` returns. */
export interface MediaCallListener {
  /** The INVITE goes out (outgoing calls). */
  sending?(): void;
  ringing?(): void;
  /** @param header a header of the 200 that answered (outgoing calls), null where absent. */
  answered?(header: (name: string) => string | null): void;
  audio?(audio: ReceivedAudio): void;
  digit?(digit: string): void;
  ended?(ended: CallEnded): void;
}

/** What JsSIP's INVITE has, and its types leave out. */
export interface EarlyInvite {
  readonly body: string;
  reply(status: number, reason: null, headers: readonly string[], body: string): void;
}

interface ProgressEvent {
  readonly originator: string;
  readonly response?: { readonly body: string } | null;
}

interface ReferredCall {
  readonly session: RTCSession;
  readonly connection: MediaConnection;
}

interface Refer {
  accept(begun: (session: RTCSession) => void, options: object): void;
  reject(): void;
}

/** What makes JsSIP take a connection that is there (src-sip/peer-connection-globals.ts). */
function takes(connection: MediaConnection): object {
  return { createPeerConnection: () => connection };
}

const watchEveryMs = 1_000;

export class MediaCall {
  readonly player: Player;
  #connection: MediaConnection;
  readonly #mediaAddresses: readonly string[] | undefined;
  readonly #events: TelephoneEvents;
  readonly #log: MediaLog;
  readonly #waits: boolean;
  readonly #endListeners: (() => void)[] = [];
  #session: RTCSession | null = null;
  #listener: MediaCallListener = {};
  #watch: NodeJS.Timeout | undefined;
  /** What the other side's REFER asked for, while it rings. */
  #referred: ReferredCall | null = null;
  #answered = false;
  #ended = false;

  /** @param waits for a far end whose network is away (far-end-watch.ts) */
  constructor(log: MediaLog, mediaAddresses?: readonly string[], waits = false) {
    this.#log = log;
    this.#waits = waits;
    this.#mediaAddresses = mediaAddresses;
    this.#events = new TelephoneEvents((digit) => this.#listener.digit?.(digit));
    this.#connection = this.#newConnection();
    const connection = () => this.#connection;
    this.player = new Player(
      {
        get maySend() {
          return connection().maySend;
        },
        sendAudio: (...packet) => connection().sendAudio(...packet),
      },
      mediaClock,
    );
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  listen(listener: MediaCallListener): void {
    this.#listener = listener;
  }

  answer(extraHeaders: string[] = []): void {
    this.#session?.answer({
      mediaConstraints: { audio: false, video: false },
      pcConfig: this.pcConfig,
      extraHeaders,
    });
  }

  /**
   * Sounds before anybody has answered, and never answers: early media of a call that came in (RFC 3261 13.2.1). JsSIP
   * has no word for it.
   * @param request the INVITE
   */
  async soundEarly(request: EarlyInvite): Promise<void> {
    const connection = this.#connection;
    await connection.setRemoteDescription({ type: 'offer', sdp: request.body });
    await connection.setLocalDescription(await connection.createAnswer());
    await connection.gathered();
    const { localDescription } = connection;
    if (this.#ended || localDescription === null) return;
    const contact = `Contact: ${this.#session?.contact ?? ''}`;
    request.reply(183, null, [contact], localDescription.sdp);
  }

  /** What makes JsSIP take this call's connection (src-sip/peer-connection-globals.ts). */
  get pcConfig(): object {
    return takes(this.#connection);
  }

  /** Of a call that came in and rings. @param status RFC 3261 21.4 to 21.6 */
  refuse(status: number): void {
    this.#session?.terminate({ status_code: status });
  }

  /** CANCEL, a final refusal or BYE, whichever the call's state asks for. Does nothing where it has ended. */
  hangUp(): void {
    if (this.#ended) return;
    if (!this.#session) {
      this.#end(null);
      return;
    }
    try {
      this.#dropReferred();
      this.#session.terminate();
    } catch (error) {
      // JsSIP refuses in the moments between its own end of a call and its telling.
      this.#log.warn('media: a call could not be ended', { error });
      this.#end(null);
    }
  }

  /** For the user agent's own books; the media end listens with `listen`. */
  onEnd(listener: () => void): void {
    this.#endListeners.push(listener);
  }

  /**
   * Follows the session that JsSIP made for this call. Once, before any event of it.
   * @param referredCall what a call is made with that the other side's REFER asks for (From, Diversion); null: REFER
   * is answered with a refusal
   */
  attach(session: RTCSession, referredCall: object | null = null): void {
    this.#session = session;
    this.#mayBeReferred(session, referredCall);
    session.on('sending', () => this.#listener.sending?.());
    session.on('progress', ({ originator, response }: ProgressEvent) => {
      if (originator !== 'remote') return;
      if (response?.body) this.#connection.hearEarly();
      this.#listener.ringing?.();
    });
    session.on('accepted', (event: IncomingEvent | OutgoingEvent) => {
      if (this.#answered) return;
      this.#answered = true;
      const response = 'response' in event ? event.response : null;
      this.#beginWatch();
      this.#listener.answered?.((name) => response?.getHeader(name) || null);
    });
    session.on('confirmed', () => {
      if (this.#connection.isOutdated) session.renegotiate({});
    });
    session.on('newDTMF', ({ originator, dtmf }: IncomingDTMFEvent | OutgoingDTMFEvent) => {
      if (originator === 'remote') this.#listener.digit?.(dtmf.tone);
    });
    session.on('failed', ({ message }) => {
      this.#end(message && 'status_code' in message ? (message.status_code as number) : null);
    });
    session.on('ended', () => {
      if (this.#session !== session) return;
      // The transferor hung up before anybody answered: what it started goes on, and is the call now.
      if (this.#referred) this.#becomes(this.#referred);
      else this.#end(null);
    });
  }

  #mayBeReferred(session: RTCSession, options: object | null): void {
    session.on('refer', (refer) => {
      if (options === null || this.#referred !== null) refer.reject();
      // What JsSIP emits; its types have `accept` as any function.
      else this.#follow(refer as unknown as Refer, options);
    });
  }

  #follow(refer: Refer, options: object): void {
    const connection = this.#newConnection();
    const begun = (session: RTCSession) => {
      const referred: ReferredCall = { session, connection };
      this.#referred = referred;
      this.#mayBeReferred(session, options);
      session.on('accepted', () => this.#becomes(referred));
      const over = () => {
        if (this.#referred === referred) this.#referred = null;
        if (this.#session === session) this.#end(null);
        else connection.close();
      };
      session.on('failed', over);
      session.on('ended', over);
    };
    refer.accept(begun, {
      ...options,
      mediaConstraints: { audio: false, video: false },
      pcConfig: takes(connection),
    });
  }

  /** The other side of the call is another one from now on; whoever transferred it hangs up. */
  #becomes({ session, connection }: ReferredCall): void {
    if (this.#session === session) return;
    this.#referred = null;
    const before = this.#connection;
    this.#session = session;
    this.#connection = connection;
    before.close();
  }

  #dropReferred(): void {
    const referred = this.#referred;
    this.#referred = null;
    if (!referred) return;
    if (!referred.session.isEnded()) referred.session.terminate();
    referred.connection.close();
  }

  #newConnection(): MediaConnection {
    const connection: MediaConnection = new MediaConnection(
      {
        audio: (audio) => {
          if (connection === this.#connection) this.#listener.audio?.(audio);
        },
        telephoneEvent: (event) => this.#events.receive(event),
      },
      this.#log,
      this.#mediaAddresses,
    );
    return connection;
  }

  #beginWatch(): void {
    const watch = createFarEndWatch(this.#waits);
    this.#watch = setInterval(() => {
      const { mayHear, packetsReceived, iceConnectionState } = this.#connection;
      // Given on by somebody who left before it was answered: there is nothing to be connected yet.
      const rings = this.#session?.isInProgress() === true;
      const connected = rings || iceConnectionState === 'connected';
      const verdict = watch.look({ connected, mayHear, packetsReceived }, watchEveryMs);
      if (verdict === 'ask' && this.#session) askForDevice(this.#session, watch.told);
      if (verdict !== 'gone') return;
      this.#log.warn('media: the other end of a call is gone', { iceConnectionState });
      this.hangUp();
    }, watchEveryMs);
  }

  #end(status: number | null): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#watch);
    this.player.close();
    this.#connection.close();
    for (const listener of this.#endListeners) listener();
    this.#listener.ended?.({ status: this.#answered ? null : status, answered: this.#answered });
  }
}
