// The agent's phone: TelephonyPort over JsSIP and the phone window. Built once by compose.ts; started at sign-in with
// the account that the hub made, stopped at sign-out and when the phone is turned off.
import { randomUUID } from 'node:crypto';
import type { LinkView } from '#shared/desktop/session-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import type { IceServer } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { endLeftOver } from '../../src-sip/left-over-dialogs.ts';
import { installPeerConnectionGlobals } from '../../src-sip/peer-connection-globals.ts';
import type { SipSocketLimits } from '../../src-sip/sip-socket.ts';
import type { SipDialog } from '../calls/sip-dialog.ts';
import type { TelephonyFact, TelephonyPort } from '../calls/telephony-port.ts';
import { type CallQualityMeter, createCallQualityMeter } from './call-quality.ts';
import { createGoodbyes } from './goodbyes.ts';
import type { MediaLink } from './media-link.ts';
import { defaultLostAfterMs } from './media-watch.ts';
import { readCallerFacts } from './offer-headers.ts';
import { reasonForLog } from './reason-for-log.ts';
import { type SipRegistration, startRegistration } from './sip-registration.ts';
import { type Refer, SipSession, sipCallIdOf } from './sip-session.ts';
import { createTones } from './tones.ts';

export interface SipPhone extends TelephonyPort {
  /** Registers; returns at once. A phone that runs is stopped first. `instanceId` is a UUID kept across starts. */
  start(account: SipAccount, identity: { readonly instanceId: string }): void;
  /** The hub has given this device another password: registers with it, while calls and connection go on. */
  renew(account: SipAccount): void;
  /** Ends every call, unregisters, closes. Resolves when that is done, after three seconds at the latest. */
  stop(): Promise<void>;
  registration(): LinkView;
  onRegistrationChanged(listener: (state: LinkView) => void): () => void;
  /** The exchange may be there again: looks whether the link still stands, and tries at once where it does not. */
  reconnectNow(): void;
  /** The computer woke, or its address is another one: as above, and calls look for their path anew. */
  networkChanged(): void;
}

export interface SipPhoneOptions {
  readonly link: MediaLink;
  readonly log: WireLog;
  readonly dtmfTransport: () => 'rfc4733' | 'info';
  readonly iceServers?: readonly IceServer[];
  /** Sound goes through the TURN servers among them and no other way. */
  readonly relayOnly?: boolean;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly sampleEveryMs?: number;
  readonly pingEveryMs?: number;
  /** How much the exchange may send; far above real use unless set. */
  readonly limits?: SipSocketLimits;
  /** How long a hold or resume may stay unanswered. */
  readonly changeWithinMs?: number;
  /** How long a call may be without its sound after the phone window died. */
  readonly renewWithinMs?: number;
  /** How long a call whose ICE has failed, and in which nothing is heard, is kept. */
  readonly lostAfterMs?: number;
}

/** How long stopping waits for the answers to BYE and CANCEL. */
const goodbyeWithinMs = 1_000;
const defaultChangeWithinMs = 10_000;
/** Sound is back within three seconds where nothing else is wrong; nobody listens to silence for longer than this. */
const defaultRenewWithinMs = 20_000;

export function createSipPhone(options: SipPhoneOptions): SipPhone {
  const { link, log } = options;
  const now = options.now ?? Date.now;
  const bootId = randomUUID();
  installPeerConnectionGlobals();
  const tones = createTones({ link, log });
  const sessions = new Map<CallId, { session: SipSession; quality: CallQualityMeter }>();
  const factListeners = new Set<(fact: TelephonyFact) => void>();
  const stateListeners = new Set<(state: LinkView) => void>();
  const off = (): LinkView => ({ state: 'off', sinceMs: now(), retryAtMs: null, reason: null });
  let running: SipRegistration | null = null;
  let registration = off();
  const random = options.random ?? Math.random;
  const isLinked = () => running?.agent.isConnected() ?? false;
  const goodbyes = createGoodbyes({ log, isConnected: isLinked });

  let microphoneReady = false;
  link.on('microphone.changed', ({ state }) => {
    microphoneReady = state === 'ready';
  });
  link.onGone(() => {
    microphoneReady = false;
  });

  const tellAll = <T>(listeners: ReadonlySet<(told: T) => void>, told: T) => {
    for (const listener of [...listeners]) {
      try {
        listener(told);
      } catch (error) {
        log.error('telephony: a listener failed', { error });
      }
    }
  };
  const tell = (fact: TelephonyFact) => {
    if (fact.type === 'failed' && fact.cause === 'busy') tones.busy();
    tellAll(factListeners, fact);
  };
  const changeRegistration = (state: LinkView) => {
    registration = state;
    tellAll(stateListeners, state);
    if (state.state === 'online') sayLeftOverGoodbyes();
  };

  /** Of calls that an earlier run left behind; those that could not be sent wait for the next registration. */
  const leftOver = new Map<SipDialog, (dialog: SipDialog) => void>();
  const sayLeftOverGoodbyes = () => {
    const agent = running?.agent;
    if (!agent?.isRegistered()) return;
    for (const [dialog, ended] of [...leftOver]) {
      leftOver.delete(dialog);
      try {
        endLeftOver(agent, dialog, {
          ended: () => ended(dialog),
          unsent: () => void leftOver.set(dialog, ended),
        });
      } catch (error) {
        log.error('telephony: a call of an earlier run cannot be ended', { error });
        ended(dialog);
      }
    }
  };

  const open = (callId: CallId): SipSession => {
    const session = new SipSession(callId, {
      link,
      log,
      iceServers: options.iceServers ?? [],
      relayOnly: options.relayOnly ?? false,
      tell,
      onOver: (id) => {
        tones.forget(id);
        sessions.delete(id);
        if (sessions.size > 0) return;
        stopSampling();
        for (const idle of idleListeners.splice(0)) idle();
      },
      dtmfTransport: options.dtmfTransport,
      changeWithinMs: options.changeWithinMs ?? defaultChangeWithinMs,
      random,
      renewWithinMs: options.renewWithinMs ?? defaultRenewWithinMs,
      lostAfterMs: options.lostAfterMs ?? defaultLostAfterMs,
      isLinked,
      networkAway: () => running?.isUnanswered() ?? false,
      now,
      onReferred: followRefer,
      keepGoodbye: goodbyes.keep,
    });
    sessions.set(callId, { session, quality: createCallQualityMeter() });
    startSampling();
    return session;
  };

  const followRefer = (callId: CallId, refer: Refer) => {
    const newCallId = randomUUID() as string as CallId;
    const session = open(newCallId);
    tell({ type: 'referred', callId, newCallId, target: refer.request.refer_to.uri.user });
    if (sessions.has(newCallId)) session.follow(refer);
    else refer.reject();
  };

  const onCall = (callId: CallId, act: (session: SipSession) => void) => {
    const found = sessions.get(callId);
    if (found) act(found.session);
    else log.warn('telephony: asked about a call that is over', { callId });
  };

  const idleListeners: (() => void)[] = [];
  /** Resolves when the far ends have answered our goodbyes, or when they have had their time. */
  const callsOver = () =>
    new Promise<void>((resolve) => {
      if (sessions.size === 0) return resolve();
      const timer = setTimeout(resolve, goodbyeWithinMs);
      idleListeners.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  const sampleEveryMs = options.sampleEveryMs ?? 1_000;
  let sampling: NodeJS.Timeout | undefined;
  const startSampling = () => {
    sampling ??= setInterval(sampleAll, sampleEveryMs);
  };
  const stopSampling = () => {
    clearInterval(sampling);
    sampling = undefined;
  };
  const sampleAll = () => {
    for (const [callId, { session, quality }] of sessions) {
      if (!session.established) continue;
      session.look(sampleEveryMs).then(
        (sample) => {
          if (!sample || !session.established) return;
          const { muted, held } = session;
          const heard = quality.add(sample, { muted, held });
          tell({ type: 'qualitySampled', callId, quality: { ...heard, silence: session.silence } });
        },
        (error: unknown) =>
          log.warn('telephony: no statistics', {
            reason: reasonForLog(error),
          }),
      );
    }
  };

  /** The calls' paths are looked for anew as soon as the exchange can be told. */
  let pathMayBeAnother = false;

  const begin = (account: SipAccount, instanceId: string) => {
    running = startRegistration({
      account,
      instanceId,
      bootId,
      log,
      now,
      random,
      pingEveryMs: options.pingEveryMs,
      limits: options.limits,
      onState: changeRegistration,
      onIncoming: (rtcSession, request) => {
        const callId = randomUUID() as string as CallId;
        const session = open(callId);
        session.receive(rtcSession);
        const offer = { callId, sipCallId: sipCallIdOf(request), ...readCallerFacts(request) };
        tell({ type: 'offerReceived', offer });
        // Only where the microphone is open already: nobody is asked for it because a call rings.
        if (microphoneReady && sessions.has(callId)) session.prepare(request.body ?? '');
      },
      onLinkProven: () => {
        goodbyes.linkIsBack();
        if (!pathMayBeAnother) return;
        pathMayBeAnother = false;
        for (const { session } of sessions.values()) session.networkChanged();
      },
      onTransportLost: () => {
        for (const { session } of [...sessions.values()]) session.transportLost();
      },
    });
  };

  const halt = async () => {
    const stopping = running;
    running = null;
    for (const { session } of [...sessions.values()]) session.hangUp();
    if (registration.state !== 'off') changeRegistration(off());
    if (!stopping) return;
    await callsOver();
    goodbyes.close();
    await stopping.stop();
  };

  /** As it is by now: it may be renewed while a start waits. */
  let wanted: SipAccount | null = null;
  /** Counts starts and stops: a start that waits for the one before is dropped by whatever is asked after it. */
  let asked = 0;
  let halted: Promise<void> = Promise.resolve();

  return {
    start(account, { instanceId }) {
      wanted = account;
      asked += 1;
      const mine = asked;
      // Both name the same instance: the old binding's end must not overtake the new binding's beginning.
      halted = Promise.all([halted, halt()])
        .then(() => {
          if (mine === asked) begin(wanted ?? account, instanceId);
        })
        .catch((error: unknown) => log.error('telephony: the phone did not start', { error }));
    },
    renew(account) {
      wanted = account;
      running?.renew(account);
    },
    stop() {
      asked += 1;
      halted = Promise.all([halted, halt()]).then(() => undefined);
      return halted;
    },
    registration: () => registration,
    onRegistrationChanged: (listener) => add(stateListeners, listener),
    reconnectNow: () => running?.reconnectNow(),
    networkChanged() {
      pathMayBeAnother = sessions.size > 0;
      running?.reconnectNow();
    },
    onFact: (listener) => add(factListeners, listener),
    dial(callId, target) {
      const agent = running?.agent;
      if (agent?.isConnected()) return open(callId).dial(agent, target);
      // Every method answers with a fact later, never within the call.
      queueMicrotask(() => tell({ type: 'failed', callId, cause: 'network' }));
    },
    answer: (callId) => onCall(callId, (session) => session.answer()),
    decline: (callId) => onCall(callId, (session) => session.refuse(603)),
    reject: (callId) => onCall(callId, (session) => session.refuse(486)),
    hangUp: (callId) => onCall(callId, (session) => session.hangUp()),
    hold: (callId) => onCall(callId, (session) => session.hold()),
    resume: (callId) => onCall(callId, (session) => session.resume()),
    transfer: (callId, target) => onCall(callId, (session) => session.transfer(target)),
    takeBack: (callId) => onCall(callId, (session) => session.takeBack()),
    endLeftOver(dialogs, ended) {
      for (const dialog of dialogs) leftOver.set(dialog, ended);
      sayLeftOverGoodbyes();
    },
    setMuted: (callId, muted) => onCall(callId, (session) => session.setMuted(muted)),
    sendDtmf: (callId, digits) =>
      onCall(callId, (session) => {
        tones.dtmf(digits);
        session.sendDtmf(digits);
      }),
    startRinging: (callId) => tones.start('ringing', callId),
    stopRinging: (callId) => tones.stop('ringing', callId),
    startRingback: (callId) => tones.start('ringback', callId),
    stopRingback: (callId) => tones.stop('ringback', callId),
  };
}

function add<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
