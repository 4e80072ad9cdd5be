// One call of a media end: JsSIP's session, its media connection, its player, and what is heard on it, as plain
// events. Made by media-user-agent.ts; voicemail, echo and scripted callers decide what is said and when it ends.
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

/**
 * Neither sound nor a report (RTCP) for this long: the other side is gone, for a crash tells nobody, and ICE takes half
 * a minute. Chromium reports every 2.5 to 7.5 s, also without a microphone.
 */
const nothingHeardMs = 12_000;
/** From the answer until DTLS stands. */
const connectWithinMs = 15_000;
const watchEveryMs = 1_000;

export class MediaCall {
  readonly player: Player;
  readonly #connection: MediaConnection;
  readonly #log: MediaLog;
  readonly #endListeners: (() => void)[] = [];
  #session: RTCSession | null = null;
  #listener: MediaCallListener = {};
  #watch: NodeJS.Timeout | undefined;
  #answered = false;
  #ended = false;

  constructor(log: MediaLog, mediaAddresses?: readonly string[]) {
    this.#log = log;
    const events = new TelephoneEvents((digit) => this.#listener.digit?.(digit));
    this.#connection = new MediaConnection(
      {
        audio: (audio) => this.#listener.audio?.(audio),
        telephoneEvent: (event) => events.receive(event),
      },
      log,
      mediaAddresses,
    );
    this.player = new Player(this.#connection, mediaClock);
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

  /** What makes JsSIP take this call's connection (src-sip/peer-connection-globals.ts). */
  get pcConfig(): object {
    return { createPeerConnection: () => this.#connection };
  }

  /** CANCEL, a final refusal or BYE, whichever the call's state asks for. Does nothing where it has ended. */
  hangUp(): void {
    if (this.#ended) return;
    if (!this.#session) {
      this.#end(null);
      return;
    }
    try {
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

  /** Follows the session that JsSIP made for this call. Once, before any event of it. */
  attach(session: RTCSession): void {
    this.#session = session;
    session.on('sending', () => this.#listener.sending?.());
    session.on('progress', ({ originator }: { readonly originator: string }) => {
      if (originator === 'remote') this.#listener.ringing?.();
    });
    session.on('accepted', (event: IncomingEvent | OutgoingEvent) => {
      if (this.#answered) return;
      this.#answered = true;
      const response = 'response' in event ? event.response : null;
      this.#beginWatch();
      this.#listener.answered?.((name) => response?.getHeader(name) || null);
    });
    session.on('newDTMF', ({ originator, dtmf }: IncomingDTMFEvent | OutgoingDTMFEvent) => {
      if (originator === 'remote') this.#listener.digit?.(dtmf.tone);
    });
    session.on('failed', ({ message }) => {
      this.#end(message && 'status_code' in message ? (message.status_code as number) : null);
    });
    session.on('ended', () => this.#end(null));
  }

  #beginWatch(): void {
    let packets = -1;
    let quietMs = 0;
    let connectingMs = 0;
    this.#watch = setInterval(() => {
      const { mayHear, packetsReceived, iceConnectionState } = this.#connection;
      connectingMs = iceConnectionState === 'connected' ? 0 : connectingMs + watchEveryMs;
      quietMs = mayHear && packetsReceived === packets ? quietMs + watchEveryMs : 0;
      packets = packetsReceived;
      if (connectingMs < connectWithinMs && quietMs < nothingHeardMs) return;
      this.#log.warn('media: the other end of a call is gone', { connectingMs, quietMs });
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
