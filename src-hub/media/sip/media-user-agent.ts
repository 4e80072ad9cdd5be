// One SIP user of the hub's media ends, over JsSIP: stays registered, hands over calls that come in, makes calls.
// Registration that fails, and a lost link, are tried again with jitter for as long as it is open.
import { EventEmitter, once } from 'node:events';
import { UA } from 'jssip';
import type { Socket } from 'jssip/lib/Socket.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';
import { containFaults } from '../../../src-sip/agent-faults.ts';
import { endSurplusAnswers } from '../../../src-sip/answer-internals.ts';
import { installPeerConnectionGlobals } from '../../../src-sip/peer-connection-globals.ts';
import { answerPendingRequests } from '../../../src-sip/pending-requests.ts';
import { answerChallenges } from '../../../src-sip/request-sender-internals.ts';
import { SipSocket } from '../../../src-sip/sip-socket.ts';
import type { MediaEndAccount } from '../media-ports.ts';
import type { MediaLog } from '../rtp/media-connection.ts';
import { type EarlyInvite, MediaCall } from './media-call.ts';

/** What an INVITE tells of its sender. */
export interface IncomingCall {
  readonly call: MediaCall;
  /** User part of From; null where withheld (RFC 3323). */
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  /** User part of To: who was called, whoever takes the call for them. */
  readonly calledNumber: string;
  header(name: string): string | null;
  /** Sounds while it rings on, with what the call's player says. */
  soundEarly(): Promise<void>;
}

export interface MediaUserAgentOptions {
  readonly account: MediaEndAccount;
  readonly log: MediaLog;
  /** Calls may be given on by whoever is at their other end (a trunk's line, not a machine). */
  readonly mayBeTransferred?: boolean;
  /** Its calls outlive a network that is away at their other end, as a telephone's do; a machine has nobody to wait for. */
  readonly waits?: boolean;
  /** It makes calls and takes none: it is not registered, and `registered` means that the link stands. */
  readonly callsOnly?: boolean;
  /** A call came in; it rings until `answer` or `hangUp`. Without this, calls get 480. */
  readonly onCall?: (incoming: IncomingCall) => void;
}

export interface OutgoingCallOptions {
  /** User part of From: the caller's number. 'withheld' hides it (RFC 3323). */
  readonly from: string | 'withheld';
  readonly extraHeaders: readonly string[];
}

export interface MediaUserAgent {
  /** Resolves once registered; at once where it is. Rejects when it is closed first. */
  registered(): Promise<void>;
  /** @param user extension or number within the account's own domain. Throws where that is no SIP user part. */
  call(user: string, options: OutgoingCallOptions): MediaCall;
  /** Calls that it has now. */
  callCount(): number;
  /** Ends its calls with BYE, unregisters, and leaves nothing running. */
  close(): Promise<void>;
}

const firstRetryMs = 500;
const longestRetryMs = 20_000;
const reconnectSeconds = { shortest: 1, longest: 10 };
/** Whole offices may reach voicemail or the echo at once. */
const limits = {
  messages: { perSecond: 5_000, burst: 20_000 },
  newCalls: { perSecond: 200, burst: 1_000 },
};
/** JsSIP would refuse a call after a minute; whoever calls knows how long they wait. */
const longestRingingSeconds = 3_700;
/** How long `close` waits for the answers to BYE and un-REGISTER. */
const goodbyeMs = 1_000;

export function createMediaUserAgent({
  account,
  log,
  onCall,
  mayBeTransferred = false,
  callsOnly = false,
  waits = false,
}: MediaUserAgentOptions): MediaUserAgent {
  installPeerConnectionGlobals();
  const socket = new SipSocket(account.webSocketUrl, log, { limits });
  const domain = account.uri.replace(/^sips?:[^@]*@/, '');
  const calls = new Set<MediaCall>();
  const changes = new EventEmitter();
  let closed = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;

  const userAgent = new UA({
    // JsSIP's types ask for its own class; what it calls is what SipSocket has.
    sockets: [socket as unknown as Socket],
    uri: account.uri,
    authorization_user: account.authorizationUser,
    password: account.password,
    user_agent: 'Offhook',
    session_timers: false,
    register: !callsOnly,
    register_expires: 300,
    no_answer_timeout: longestRingingSeconds,
    connection_recovery_min_interval: reconnectSeconds.shortest,
    connection_recovery_max_interval: reconnectSeconds.longest,
  });

  answerChallenges(userAgent);
  containFaults(userAgent, log);
  endSurplusAnswers(userAgent);
  answerPendingRequests(userAgent);
  userAgent.on('registered', () => {
    failures = 0;
    changes.emit('registered');
  });
  if (callsOnly) userAgent.on('connected', () => changes.emit('registered'));
  userAgent.on('unregistered', () => changes.emit('unregistered'));
  userAgent.on('registrationFailed', ({ cause, response }) => {
    if (closed) return;
    failures += 1;
    log.warn('media: registration failed', { account: account.uri, cause, status: response?.status_code });
    // With the link down JsSIP registers by itself once it is up again.
    if (socket.isConnected()) retryRegistration();
  });
  userAgent.on('newRTCSession', ({ originator, session, request }: RTCSessionEvent) => {
    if (originator !== 'remote') return;
    if (!onCall || closed) {
      session.terminate({ status_code: 480 });
      return;
    }
    const { uri, display_name: name } = session.remote_identity;
    const withheld = uri.host === 'anonymous.invalid' || uri.user === 'anonymous' || !uri.user;
    const call = follow(new MediaCall(log, account.mediaAddresses, waits));
    call.attach(session, mayBeTransferred ? { fromUserName: request.ruri.user ?? '' } : null);
    onCall({
      call,
      callerNumber: withheld ? null : uri.user,
      callerName: withheld ? null : name || null,
      calledNumber: request.to.uri.user ?? '',
      header: (header) => request.getHeader(header) ?? null,
      soundEarly: () => call.soundEarly(request as unknown as EarlyInvite),
    });
  });
  userAgent.start();

  const isThere = () => (callsOnly ? userAgent.isConnected() : userAgent.isRegistered());

  function retryRegistration(): void {
    const longest = Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
    clearTimeout(retry);
    retry = setTimeout(() => userAgent.register(), longest * (0.5 + Math.random() / 2));
  }

  function follow(call: MediaCall): MediaCall {
    calls.add(call);
    call.onEnd(() => calls.delete(call));
    return call;
  }

  return {
    async registered() {
      if (closed) throw new Error('the media end is closed');
      if (isThere()) return;
      await Promise.race([once(changes, 'registered'), once(changes, 'closed')]);
      if (!isThere()) throw new Error('the media end was closed before it was registered');
    },
    call(user, { from, extraHeaders }) {
      const call = follow(new MediaCall(log, account.mediaAddresses, waits));
      try {
        const asCaller = {
          ...(from === 'withheld' ? { anonymous: true } : { fromUserName: from }),
          extraHeaders: [...extraHeaders],
        };
        const session = userAgent.call(`sip:${user}@${domain}`, {
          mediaConstraints: { audio: false, video: false },
          ...asCaller,
          pcConfig: call.pcConfig,
        });
        call.attach(session, mayBeTransferred ? asCaller : null);
      } catch (error) {
        call.hangUp();
        throw error;
      }
      return call;
    },
    callCount: () => calls.size,
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(retry);
      changes.emit('closed');
      // JsSIP tells of an end of ours at once; the BYE is on its way before the link is closed.
      for (const call of [...calls]) call.hangUp();
      if (userAgent.isRegistered()) {
        const unregistered = once(changes, 'unregistered', { signal: AbortSignal.timeout(goodbyeMs) });
        userAgent.unregister();
        // Where the registrar does not answer, its binding runs out by itself.
        await unregistered.catch(() => undefined);
      }
      userAgent.stop();
      socket.disconnect();
    },
  };
}
