// One JsSIP user agent for one account: the socket, the REGISTER and their coming back after a loss, told as LinkView.
// Used by sip-phone.ts, one per sign-in. Calls are not its business; it hands over each incoming one.
import { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { Socket } from 'jssip/lib/Socket.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';
import type { LinkView } from '#shared/desktop/session-contract.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { containFaults } from '../../src-sip/agent-faults.ts';
import { endSurplusAnswers } from '../../src-sip/answer-internals.ts';
import { answerPendingRequests } from '../../src-sip/pending-requests.ts';
import { answerChallenges } from '../../src-sip/request-sender-internals.ts';
import { SipSocket, type SipSocketLimits } from '../../src-sip/sip-socket.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';

export interface SipRegistration {
  readonly agent: UA;
  /** Nobody answers where the exchange was, not even to refuse. */
  isUnanswered(): boolean;
  /** Looks whether the link still stands, registers anew where it does, and connects at once where it does not. */
  reconnectNow(): void;
  /** Registers with another password from now on; calls in progress and the connection stay. */
  renew(account: Pick<SipAccount, 'authorizationUser' | 'password' | 'displayName'>): void;
  /** Unregisters, then closes the socket; resolves when both are done, after two seconds at the latest. */
  stop(): Promise<void>;
}

export interface SipRegistrationOptions {
  readonly account: SipAccount;
  /** A UUID that stays the same across starts, so that the registrar replaces the old binding (RFC 5626 4.1). */
  readonly instanceId: string;
  /** Another one with each start of the program: it says that calls of before are not known any more. */
  readonly bootId: string;
  readonly log: WireLog;
  readonly random: () => number;
  readonly now: () => number;
  readonly pingEveryMs: number | undefined;
  readonly limits: SipSocketLimits | undefined;
  readonly onState: (state: LinkView) => void;
  readonly onIncoming: (session: RTCSession, request: IncomingRequest) => void;
  readonly onTransportLost: () => void;
  /** The exchange answered: registered, or still there when it was looked for. */
  readonly onLinkProven: () => void;
}

const registerExpiresSeconds = 300;
/** JsSIP answers 408 by itself after this long; ring times are the exchange's to decide. */
const noAnswerSeconds = 3_600;
const stopWithinMs = 2_000;

/** JsSIP's Transport as it is at run time; its types leave it out. */
interface Recovering {
  _transport: { connect(): void; _reconnect: () => void };
}

export function startRegistration(options: SipRegistrationOptions): SipRegistration {
  const { account, log, now } = options;
  const socket = new SipSocket(account.webSocketUrl, log, {
    ...(options.pingEveryMs === undefined ? {} : { pingEveryMs: options.pingEveryMs }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const agent = new UA({
    // JsSIP declares a class of its own; what it calls is what SipSocket has.
    sockets: socket as unknown as Socket,
    uri: account.uri,
    authorization_user: account.authorizationUser,
    password: account.password,
    display_name: account.displayName,
    instance_id: options.instanceId,
    user_agent: 'Offhook',
    register: true,
    register_expires: registerExpiresSeconds,
    session_timers: false,
    no_answer_timeout: noAnswerSeconds,
    use_preloaded_route: false,
  });
  answerChallenges(agent);
  containFaults(agent, log);
  endSurplusAnswers(agent);
  answerPendingRequests(agent);
  const transport = (agent as unknown as Recovering)._transport;
  let attempt = 0;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  let known: Pick<SipAccount, 'authorizationUser' | 'password'> = account;

  let shown: LinkView = { state: 'off', sinceMs: now(), retryAtMs: null, reason: null };
  const tell = (state: LinkView['state'], reason: string | null, retryAtMs: number | null = null) => {
    if (stopped) return;
    // Since when it has been so: tries that fail do not begin it anew.
    const sinceMs = shown.state === state ? shown.sinceMs : now();
    shown = { state, sinceMs, retryAtMs, reason };
    options.onState(shown);
  };

  const again = (reason: string, act: () => void) => {
    if (stopped) return;
    clearTimeout(retry);
    const delayMs = reconnectDelayMs(attempt++, options.random());
    tell('offline', reason, now() + delayMs);
    retry = setTimeout(act, delayMs);
  };
  const connect = () => {
    clearTimeout(retry);
    if (!stopped) transport.connect();
  };
  // JsSIP's own recovery waits whole seconds by the same rule everywhere: hundreds would come back together.
  transport._reconnect = () => again('the connection to the exchange was lost', connect);

  agent.on('connecting', () => {
    // A link that was lost is away until it is back, however often it is tried.
    if (shown.state === 'offline') tell('offline', shown.reason);
    else tell('connecting', null);
  });
  agent.on('disconnected', () => {
    // JsSIP closes once more some time after it was stopped; another account's calls may be running by then.
    if (!stopped) options.onTransportLost();
  });
  agent.on('registered', () => {
    attempt = 0;
    clearTimeout(retry);
    tell('online', null);
    options.onLinkProven();
  });
  agent.on('registrationFailed', ({ response, cause }) => {
    // Without a socket, its own recovery registers again.
    if (!agent.isConnected()) return;
    again(`registration refused: ${response?.status_code ?? cause}`, () => agent.register());
  });
  agent.on('newRTCSession', ({ originator, session, request }: RTCSessionEvent) => {
    if ((originator as string) !== 'remote') return;
    options.onIncoming(session, request as IncomingRequest);
  });
  agent.registrator().setExtraHeaders([`X-Offhook-Boot: ${options.bootId}`]);
  agent.start();

  return {
    agent,
    isUnanswered: () => socket.isUnanswered(),
    reconnectNow() {
      attempt = 0;
      if (!agent.isConnected()) {
        socket.abandonOldTry();
        connect();
        return;
      }
      void socket.probe().then((alive) => {
        if (stopped || !alive) return;
        // While the computer slept the registrar may have forgotten it.
        agent.register();
        if (agent.isRegistered()) options.onLinkProven();
      });
    },
    renew({ authorizationUser, password, displayName }) {
      agent.set('display_name', displayName);
      if (stopped || (known.authorizationUser === authorizationUser && known.password === password)) return;
      known = { authorizationUser, password };
      agent.set('authorization_user', authorizationUser);
      agent.set('password', password);
      attempt = 0;
      clearTimeout(retry);
      // Without a connection it registers by itself as soon as there is one.
      if (agent.isConnected()) agent.register();
      else connect();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(retry);
      const unregistered = agent.isRegistered()
        ? new Promise<void>((resolve) => agent.on('unregistered', () => resolve()))
        : Promise.resolve();
      agent.stop();
      let limit: NodeJS.Timeout | undefined;
      const timedOut = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, stopWithinMs);
      });
      await Promise.race([unregistered, timedOut]);
      clearTimeout(limit);
      socket.disconnect();
    },
  };
}
