// The exchange: SIP over WebSocket registrar and forking proxy for one domain (RFC 3261, RFC 7118). Its public door.
// Made by the hub's composition; the hub's WebSocket server hands it connections. Knows no project and no agent:
// whom to ring is asked of the CallRouter.
import { randomBytes, randomInt } from 'node:crypto';
import type { WebSocket } from 'ws';
import { sparingWarn } from '../../src-sip/guard/sparing-log.ts';
import { Authenticator } from './auth/authenticator.ts';
import { DialogBook } from './dialogs/dialog-book.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { systemClock } from './exchange-clock.ts';
import type { ExchangeLimits } from './exchange-limits.ts';
import { defaultLimits, tellEveryMs } from './exchange-limits.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { AccountFinder, CallRouter, ExchangeEvents, SipUser } from './exchange-ports.ts';
import type { ExchangeTimes } from './exchange-times.ts';
import { defaultTimes } from './exchange-times.ts';
import type { Flow } from './flow.ts';
import { WebSocketFlow } from './flow.ts';
import { parseMessage } from './message/message-parser.ts';
import { DialogRelay } from './proxy/dialog-relay.ts';
import { InviteHandler } from './proxy/invite-handler.ts';
import type { ProxyParts } from './proxy/proxy-parts.ts';
import { locate } from './proxy/proxy-parts.ts';
import { RouteTokens } from './proxy/route-token.ts';
import { TransferBook } from './proxy/transfer-book.ts';
import { Registrar } from './registrar/registrar.ts';
import { RequestDispatcher } from './request-dispatcher.ts';
import { TransactionTable } from './transactions/transaction-table.ts';

export interface ExchangeOptions {
  /** The one domain that it serves; also the realm of the digests. */
  readonly domain: string;
  readonly router: CallRouter;
  readonly accounts: AccountFinder;
  readonly events: ExchangeEvents;
  readonly log: ExchangeLog;
  readonly clock?: ExchangeClock;
  readonly times?: Partial<ExchangeTimes>;
  readonly limits?: Partial<ExchangeLimits>;
  /** The account whose word on who calls is believed; null where there is none. */
  readonly trunkUser: SipUser | null;
  /** The hub's own ends (voicemail, echo): they may send X-Offhook-* headers. */
  readonly internalUsers: readonly SipUser[];
  /** Signs what lets requests within a call through. With the same one, calls outlive a restart of the hub. */
  readonly routeSecret?: Uint8Array;
}

export interface ExchangeLoad {
  readonly connections: number;
  readonly bindings: number;
  readonly transactions: number;
  /** That ring. */
  readonly calls: number;
  /** Calls that are established, and those of which a device has still to be told that they are over. */
  readonly dialogs: number;
}

export interface Exchange {
  /** @param ws open, with the subprotocol `sip`; others are closed */
  handleConnection(ws: WebSocket, remote: { readonly address: string }): void;
  /** Devices of a user that are registered, those in the grace after a lost connection included. */
  bindingCount(user: SipUser): number;
  /** When the user's connection broke though none of their devices said it goes; null where one is there again. */
  lostAtMs(user: SipUser): number | null;
  /** Established calls that a user has, as caller or called. */
  callCount(user: SipUser): number;
  /**
   * Ignore on one device: the user's others stop ringing for this call, the call rings on for everybody else.
   * @param exceptInstances `urn:uuid:...` of devices that silence themselves and may still answer
   * @returns how many devices were cancelled
   */
  cancelBranches(sipCallId: string, user: SipUser, exceptInstances?: readonly string[]): number;
  /**
   * A device was signed out, or (null) the account was closed: its devices stop ringing, their calls are ended towards
   * both sides, and they are forgotten and disconnected.
   * @param instance `urn:uuid:...`
   */
  revoke(user: SipUser, instance: string | null): void;
  /** Whether a device that registered with this credential is connected now. */
  isRegistered(user: SipUser, authorizationUser: string): boolean;
  /**
   * A credential has another password: whoever registered with the one before is rung no more. Calls go on.
   * @param exceptInstance `urn:uuid:...` of the device that is told the new one
   */
  endRegistrations(user: SipUser, authorizationUser: string, exceptInstance: string | null): void;
  /** As `revoke`, for the device with this credential, which may name no instance. */
  revokeCredential(user: SipUser, authorizationUser: string): void;
  load(): ExchangeLoad;
  /** Ends every connection and timer. */
  close(): void;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { log, events, router, accounts, clock = systemClock } = options;
  const domain = options.domain.toLowerCase();
  const times = { ...defaultTimes, ...options.times };
  const limits = { ...defaultLimits, ...options.limits };
  const flows = new Map<number, WebSocketFlow>();
  const usersOfFlow = new Map<Flow, Set<SipUser>>();
  const slowedAtMs = new WeakMap<Flow, number>();
  const warnOfMalformed = sparingWarn(
    (message, facts) => log.warn(message, facts),
    () => clock.nowMs(),
  );
  // Not from zero: a call that outlives a restart of the hub must not be taken to a stranger's connection.
  let lastFlowId = randomInt(2 ** 47);

  const guardedEvents: Required<ExchangeEvents> = {
    bindingsChanged: (user, count) => guarded('bindingsChanged', () => events.bindingsChanged(user, count)),
    registered: (user) => guarded('registered', () => events.registered?.(user)),
    offerEnded: (ended) => guarded('offerEnded', () => events.offerEnded(ended)),
    callEnded: (ended) => guarded('callEnded', () => events.callEnded?.(ended)),
  };
  const registrar: Registrar = new Registrar(clock, times.reconnectGraceMs, {
    changed: guardedEvents.bindingsChanged,
    moved(from) {
      // What was sent over it and not answered is sent again, over the new one.
      if (registrar.isUnused(from)) flows.get(from.id)?.terminate();
    },
    registered(binding) {
      dialogs.registered(binding);
      invites.registered(binding);
      guardedEvents.registered(binding.user);
    },
  });
  const table: TransactionTable = new TransactionTable(clock, times, {
    requested: (transaction) => dispatcher.requested(transaction),
    acknowledged: (request) => dispatcher.acknowledged(request),
  });
  const openFlow = (flowId: number) => flows.get(flowId) ?? null;
  const dialogs = new DialogBook({
    domain,
    clock,
    times,
    log,
    registrar,
    table,
    locate: (party) => locate({ registrar, openFlow }, party),
    ended: guardedEvents.callEnded,
  });
  const trustOf: ProxyParts['trustOf'] = (user) => {
    if (user === options.trunkUser) return 'trunk';
    return options.internalUsers.includes(user) ? 'internal' : 'account';
  };
  const transfers = new TransferBook({
    domain,
    clock,
    trustOf,
    partiesOf: (callId, oneTag, otherTag) => dialogs.partiesOf(callId, oneTag, otherTag),
  });
  const proxy: ProxyParts = {
    domain,
    clock,
    times,
    limits,
    log,
    router,
    events: guardedEvents,
    registrar,
    table,
    tokens: new RouteTokens(options.routeSecret ?? randomBytes(32)),
    dialogs,
    transfers,
    trustOf,
    openFlow,
  };
  const invites = new InviteHandler(proxy);
  const dispatcher = new RequestDispatcher({
    proxy,
    authenticator: new Authenticator(domain, accounts, clock, times.nonceLifetimeMs),
    invites,
    dialogs: new DialogRelay(proxy),
    authenticated: (flow, user) => usersOfFlow.get(flow)?.add(user),
  });

  function guarded(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      log.error('exchange: a listener failed', { what, error });
    }
  }

  function received(flow: WebSocketFlow, bytes: Uint8Array): void {
    const result = parseMessage(bytes);
    switch (result.kind) {
      case 'keepAlive':
        if (result.answered) flow.sendPong();
        return;
      case 'malformed':
        warnOfMalformed('exchange: malformed message', {
          connection: flow.id,
          fault: result.fault,
          bytes: bytes.length,
          answered: result.answer?.status ?? null,
        });
        if (result.answer) flow.send(result.answer);
        return;
      case 'message':
        if (result.message.kind === 'request') table.receivedRequest(result.message, flow);
        else table.receivedResponse(result.message);
    }
  }

  function slowedDown(flow: Flow): void {
    if (clock.nowMs() < (slowedAtMs.get(flow) ?? Number.NEGATIVE_INFINITY) + tellEveryMs) return;
    slowedAtMs.set(flow, clock.nowMs());
    log.warn('exchange: a connection sends too much and is read more slowly', { connection: flow.id });
  }

  function closed(flow: Flow, silent: boolean): void {
    if (!flows.delete(flow.id)) return;
    usersOfFlow.delete(flow);
    registrar.flowClosed(flow);
    table.flowClosed(flow);
    dialogs.flowClosed(silent);
  }

  const registeredWith = (user: SipUser, authorizationUser: string) =>
    registrar.bindings(user).filter((each) => each.authorizationUser === authorizationUser);

  return {
    handleConnection(ws, remote) {
      if (ws.protocol !== 'sip') {
        ws.close(1002, 'subprotocol sip is needed');
        return;
      }
      lastFlowId += 1;
      const flow: WebSocketFlow = new WebSocketFlow({
        id: lastFlowId,
        ws,
        remoteAddress: remote.address,
        clock,
        pingEveryMs: times.pingEveryMs,
        rate: limits.messages,
        listener: {
          slowedDown: (each) => guarded('slowedDown', () => slowedDown(each)),
          received: (_, bytes) => guarded('message', () => received(flow, bytes)),
          closed: (each, silent) => guarded('close', () => closed(each, silent)),
        },
      });
      flows.set(flow.id, flow);
      usersOfFlow.set(flow, new Set());
    },
    bindingCount: (user) => registrar.bindings(user).length,
    lostAtMs: (user) => registrar.lostAtMs(user),
    callCount: (user) => dialogs.callCount(user),
    cancelBranches: (sipCallId, user, exceptInstances = []) =>
      invites.silence(sipCallId, user, exceptInstances),
    revoke(user, instance) {
      const bindings = registrar.bindings(user).filter((each) => !instance || each.instance === instance);
      dialogs.revoke(user, (party) => instance === null || party.instance === instance);
      registrar.removeAll(user, instance);
      // Without it, what rings there would wait for a device that may not come back.
      if (registrar.bindings(user).length === 0) invites.withdrawFrom(user);
      for (const flow of flows.values()) {
        const theirs = instance
          ? bindings.some((binding) => binding.flow === flow)
          : usersOfFlow.get(flow)?.has(user);
        if (theirs) flow.close(4403);
      }
    },
    isRegistered: (user, authorizationUser) =>
      registeredWith(user, authorizationUser).some(({ flow }) => flow.isOpen()),
    endRegistrations(user, authorizationUser, exceptInstance) {
      for (const binding of registeredWith(user, authorizationUser)) {
        if (exceptInstance === null || binding.instance !== exceptInstance) registrar.remove(binding);
      }
    },
    revokeCredential(user, authorizationUser) {
      const bindings = registeredWith(user, authorizationUser);
      dialogs.revoke(user, ({ instance, flowId }) =>
        bindings.some((each) => each.flow.id === flowId || (instance !== null && each.instance === instance)),
      );
      for (const binding of bindings) registrar.remove(binding);
      if (registrar.bindings(user).length === 0) invites.withdrawFrom(user);
      for (const { flow } of bindings) flows.get(flow.id)?.close(4403);
    },
    load: () => ({
      connections: flows.size,
      bindings: registrar.count(),
      transactions: table.count(),
      calls: invites.count(),
      dialogs: dialogs.count(),
    }),
    close() {
      invites.close();
      dialogs.close();
      transfers.close();
      table.close();
      registrar.close();
      for (const flow of [...flows.values()]) flow.close(1001);
      flows.clear();
    },
  };
}
