// One call as JsSIP's RTCSession, told to the call desk as TelephonyFacts. Made by sip-phone.ts for each INVITE in
// or out. It ends exactly once: with one closing fact, or silently where the desk itself declined.
// Ringing and tones are sip-phone's; what a fact leads to is the call machine's business.
import type { UA } from 'jssip';
import type { RTCSession, RTCSessionEventMap } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { CallQuality } from '#shared/domain/call-view.ts';
import type { CallId, SipCallId } from '#shared/domain/ids.ts';
import type { IceServer, PeerSample } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { dialogOf } from '../../src-sip/left-over-dialogs.ts';
import {
  endCrossingAnswer,
  putOff,
  surviveLostRequests,
  watchEnding,
} from '../../src-sip/session-internals.ts';
import type { FailureCause, TelephonyFact } from '../calls/telephony-port.ts';
import { type ChangeSurroundings, HoldChanges, takeTransferBack, transferBlind } from './call-changes.ts';
import { CallMedia } from './call-media.ts';
import { type Ending, type EndOfSession, endingOfEnded, endingOfFailed } from './failure-causes.ts';
import type { MediaLink } from './media-link.ts';
import { reasonForLog } from './reason-for-log.ts';

export interface SessionSurroundings {
  readonly link: MediaLink;
  readonly log: WireLog;
  readonly iceServers: readonly IceServer[];
  readonly relayOnly?: boolean;
  readonly tell: (fact: TelephonyFact) => void;
  /** The session is over; nothing more comes from it. */
  readonly onOver: (callId: CallId) => void;
  readonly dtmfTransport: () => 'rfc4733' | 'info';
  readonly changeWithinMs: number;
  readonly random: () => number;
  readonly now: () => number;
  readonly renewWithinMs: number;
  readonly lostAfterMs: number;
  /** The exchange can be reached now. */
  readonly isLinked: () => boolean;
  /** This computer has no network, as far as can be told; not merely no exchange. */
  readonly networkAway: () => boolean;
  /** The other side gives the call to somebody else, and the exchange lets it. */
  readonly onReferred: (callId: CallId, refer: Refer) => void;
  /** A hang-up that did not reach the other side. */
  readonly keepGoodbye: (again: () => void) => void;
}

/** JsSIP's `refer`, as it emits it. */
export interface Refer {
  readonly request: IncomingRequest & { readonly refer_to: { readonly uri: { readonly user: string } } };
  /** Makes the call that was asked for, and tells the other side what becomes of it. */
  accept(begun: (session: RTCSession) => void, options: object): void;
  reject(): void;
}

/** RFC 3261 gives an unanswered BYE 32 s; for us the call is over sooner. */
const endWithinMs = 4_000;
/** The loser of a photo finish gets ACK and BYE at once: this long an ACK without audio is not yet a call. */
const establishedWithinMs = 250;

/** The windows show a call first; nobody says yes sooner than this. */
const prepareAfterMs = 80;

const digitDurationMs = 120;
const digitGapMs = 70;

export class SipSession {
  readonly callId: CallId;
  readonly #around: SessionSurroundings;
  #session: RTCSession | null = null;
  readonly #media: CallMedia;
  #established = false;
  #over = false;
  /** Set by our own hang-up, decline or reject: what JsSIP then calls a failure is none. */
  #leaving: 'no' | 'hangingUp' | 'silently' = 'no';
  /** Known before JsSIP ends the session with less to say. */
  #cause: FailureCause | null = null;
  /** ACK sent or received: the dialog stands, whatever the socket does. */
  #confirmed = false;
  /** The last re-INVITE that JsSIP was left to answer. */
  #underWay: IncomingRequest | null = null;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #changing: ChangeSurroundings;
  readonly #holdChanges: HoldChanges;

  constructor(callId: CallId, around: SessionSurroundings) {
    this.callId = callId;
    this.#around = around;
    this.#changing = {
      callId,
      log: around.log,
      changeWithinMs: around.changeWithinMs,
      tell: (fact) => this.#tell(fact),
      later: (ms, act) => this.#later(ms, act),
      mayOffer: () => !this.#media.isChanging,
      rollBack: () => this.#media.rollBack(),
    };
    this.#media = new CallMedia({
      ...around,
      later: (ms, act) => this.#later(ms, act),
      session: () => this.#session,
      confirmed: () => this.#confirmed,
      leaving: () => this.#over || this.#leaving !== 'no',
      onMuted: (muted) => this.#tell({ type: 'mutedChanged', callId, muted }),
      onConnected: () => {
        if (this.#confirmed) this.#tellEstablished();
      },
      pageGone: () => {
        this.#holdChanges.pageGone();
        this.#refuseUnderWay();
      },
      renewed: () => this.#holdChanges.renewed(),
      failed: (cause) => this.#refuseWith(cause),
    });
    this.#holdChanges = new HoldChanges(this.#changing);
  }

  get established(): boolean {
    return this.#established && !this.#over;
  }

  /** Follows an INVITE that arrived. */
  receive(session: RTCSession): void {
    this.#follow(session);
  }

  /** The call rings, and may be answered soon. @param offer SDP of its INVITE, empty where it had none */
  prepare(offer: string): void {
    if (offer !== '') this.#later(prepareAfterMs, () => this.#media.prepare(offer));
  }

  /** Sends an INVITE once the phone window has a connection for it. */
  dial(ua: UA, target: string): void {
    this.#media.open(() => {
      try {
        this.#follow(ua.call(target, this.#media.sessionOptions()));
      } catch (error) {
        // JsSIP reads a target's user part as percent-encoded; a lone % throws there.
        this.#note('dial', error);
        this.#refuseWith('notFound');
      }
    });
  }

  /** Makes the call that a REFER asked for. */
  follow(refer: Refer): void {
    this.#media.open(() => {
      refer.accept((session) => this.#follow(session), this.#media.sessionOptions());
      // JsSIP makes none where the call that it came in is over.
      if (!this.#session) this.#refuseWith('network');
    });
  }

  answer(): void {
    this.#media.open(() => this.#session?.answer(this.#media.sessionOptions()));
  }

  /** @param status 603 ends the whole fork, 486 this branch only (RFC 3261 16.7) */
  refuse(status: 603 | 486): void {
    this.#leaving = 'silently';
    this.#terminate({ status_code: status });
  }

  hangUp(): void {
    if (this.#over || this.#leaving === 'hangingUp') return;
    this.#leaving = 'hangingUp';
    const session = this.#session;
    // Nothing was sent yet: the INVITE still waited for the phone window or for ICE.
    const unsent = session === null || session.status === session.C.STATUS_NULL;
    this.#later(endWithinMs, () => this.#end({ type: 'byeConfirmed' }));
    this.#terminate({});
    if (session && isOutgoing(session) && !this.#established) endCrossingAnswer(session);
    if (unsent) this.#end({ type: 'byeConfirmed' });
  }

  hold(): void {
    this.#holdChanges.change(this.#session, true);
  }

  resume(): void {
    this.#holdChanges.change(this.#session, false);
  }

  transfer(target: string): void {
    transferBlind(this.#session, target, this.#changing);
  }

  takeBack(): void {
    this.#guard('takeBack', () => takeTransferBack(this.#session));
  }

  setMuted(muted: boolean): void {
    this.#media.setMuted(muted);
  }

  sendDtmf(tones: string): void {
    this.#guard('sendDtmf', () => {
      const transport = this.#around.dtmfTransport() === 'info' ? 'INFO' : 'RFC2833';
      this.#session?.sendDTMF(tones, {
        duration: digitDurationMs,
        interToneGap: digitGapMs,
        // JsSIP's declared enum has no values at run time; these are its two (JsSIP Constants).
        transportType: transport as never,
      });
    });
  }

  /** Statistics of now; null where there are none. @throws CommandFailed as `CallMedia.look` */
  look(passedMs: number): Promise<PeerSample | null> {
    return this.#media.look(passedMs);
  }

  /** The computer's address is another one: the call's media looks for its path anew. */
  networkChanged(): void {
    if (this.established) this.#media.restartIce();
  }

  /** Since when there is no path for the sound, and whose network is away. */
  get silence(): CallQuality['silence'] {
    return this.#media.silence;
  }

  get muted(): boolean {
    return this.#media.muted;
  }

  get held(): boolean {
    const held = this.#session?.isOnHold();
    return held ? held.local || held.remote : false;
  }

  /** The SIP socket is lost: an offer cannot be answered any more; a call that runs goes on. */
  transportLost(): void {
    if (this.#confirmed || this.#over) return;
    this.#cause ??= 'network';
    this.#terminate({});
    this.#fail('network');
  }

  /** Ends it for a fault on this side: an offer is refused for this device only, a call gets its BYE. */
  #refuseWith(cause: FailureCause): void {
    if (this.#over) return;
    this.#cause = cause;
    this.#terminate(this.#confirmed ? {} : { status_code: 480 });
    this.#fail(cause);
  }

  #follow(session: RTCSession): void {
    this.#session = session;
    surviveLostRequests(session, (cause) => {
      this.#cause ??= cause;
    });
    watchEnding(session, {
      confirmed: () => {
        if (this.#leaving === 'hangingUp') this.#end({ type: 'byeConfirmed' });
      },
      undelivered: this.#around.keepGoodbye,
    });
    // JsSIP's declared listeners are unions that nothing can be given to; what is said here is what it emits.
    const on = <E>(event: keyof RTCSessionEventMap, listener: (event: E) => void) =>
      session.on(event, ((told: E) => this.#guard(event, () => listener(told))) as never);

    on<{ response: { status_code: number; body: string } | null }>('progress', ({ response }) => {
      // Null where it is our own 180. A 183 without sound is not ringing. Whoever waits (182) hears that they do.
      if (response && ([180, 182].includes(response.status_code) || response.body))
        this.#tell({ type: 'ringingRemotely', callId: this.callId, earlyMedia: Boolean(response.body) });
    });
    on('confirmed', () => {
      this.#confirmed = true;
      if (this.#media.isConnected || isOutgoing(session)) this.#tellEstablished();
      else this.#later(establishedWithinMs, () => this.#tellEstablished());
    });
    for (const [event, remoteHold] of [['hold', true] as const, ['unhold', false] as const])
      on<{ originator: string }>(event, ({ originator }) => {
        if (originator === 'remote')
          this.#tell({ type: 'remoteHoldChanged', callId: this.callId, remoteHold });
      });
    on<{ request: IncomingRequest; reject(options: { status_code: number }): void }>('reinvite', (told) => {
      // RFC 3261 14.2: glare. JsSIP answers 491 and then handles the offer all the same.
      if (this.#holdChanges.pending || !this.#media.takeOffer(told.request.body ?? ''))
        told.reject({ status_code: 491 });
      else this.#underWay = told.request;
    });
    // A stranger's REFER or Replaces would have this phone dial, or swap its call: only what the exchange let through
    // is followed, which takes this mark off whatever others send.
    on<Refer>('refer', (refer) => {
      if (this.established && refer.request.hasHeader('X-Offhook-Transfer'))
        this.#around.onReferred(this.callId, refer);
      else refer.reject();
    });
    on<{ reject(): void }>('replaces', (request) => request.reject());
    on<EndOfSession>('failed', (end) => this.#failedEarly(end));
    on<EndOfSession>('ended', (end) => this.#endedLate(end));
  }

  /** JsSIP's 'failed': it ended before it was established. */
  #failedEarly(end: EndOfSession): void {
    // Our CANCEL was sent: the far end's answer to it closes the call (watchEnding).
    if (this.#leaving === 'hangingUp' && this.#session && isOutgoing(this.#session)) return;
    if (this.#leaving === 'hangingUp') this.#end({ type: 'byeConfirmed' });
    else if (this.#leaving === 'silently') this.#close();
    else this.#end(this.#cause ? { type: 'failed', cause: this.#cause } : endingOfFailed(end));
  }

  /** JsSIP's 'ended': it ended after it was established, or after our 200. */
  #endedLate(end: EndOfSession): void {
    if (this.#leaving === 'hangingUp' && end.originator === 'local') return;
    const ending = this.#cause
      ? ({ type: 'failed', cause: this.#cause } as const)
      : endingOfEnded(end, this.#established);
    if (ending.type === 'remoteHungUp') this.#tellEstablished();
    this.#end(ending);
  }

  #tellEstablished(): void {
    if (this.#established || this.#over) return;
    this.#established = true;
    const dialog = this.#session ? dialogOf(this.#session) : null;
    this.#tell({ type: 'established', callId: this.callId, ...(dialog && { dialog }) });
  }

  #fail(cause: FailureCause): void {
    this.#end({ type: 'failed', cause });
  }

  #end(ending: Ending | { readonly type: 'byeConfirmed' }): void {
    if (this.#over) return;
    this.#tell({ ...ending, callId: this.callId });
    this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#media.close();
    this.#around.onOver(this.callId);
  }

  #tell(fact: TelephonyFact): void {
    if (!this.#over) this.#around.tell(fact);
  }

  /** A re-INVITE whose answer was being made when the page died gets none of it; the other side tries again. */
  #refuseUnderWay(): void {
    const request = this.#underWay;
    this.#underWay = null;
    if (request) this.#guard('put off', () => putOff(request));
  }

  #terminate(options: { status_code?: number }): void {
    const session = this.#session;
    if (!session || session.isEnded()) {
      if (this.#leaving === 'silently') this.#close();
      return;
    }
    this.#guard('terminate', () => session.terminate(options));
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  /** Our own faults end here: they are logged as ours and never look like a fault in a SIP message. */
  #guard(doing: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#around.log.error('sip: our handler failed', { doing, error });
    }
  }

  #note(doing: string, error: unknown): void {
    this.#around.log.warn('sip: a step failed', {
      doing,
      reason: reasonForLog(error),
    });
  }
}

function isOutgoing(session: RTCSession): boolean {
  return (session.direction as string) === 'outgoing';
}

export function sipCallIdOf(request: { getHeader(name: string): string }): SipCallId {
  return request.getHeader('Call-ID') as SipCallId;
}
