// The exchange: SIP over WebSocket registrar and forking proxy for one domain (RFC 3261, RFC 7118). Its public door.
// Made by the hub's composition; the hub's WebSocket server hands it connections. Knows no project and no agent:
// whom to ring is asked of the CallRouter.
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { Authenticator } from './auth/authenticator.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { systemClock } from './exchange-clock.ts';
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
import { RouteTokens } from './proxy/route-token.ts';
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
  readonly calls: number;
}

export interface Exchange {
  /** @param ws open, with the subprotocol `sip`; others are closed */
  handleConnection(ws: WebSocket, remote: { readonly address: string }): void;
  /** Devices of a user that are registered, those in the grace after a lost connection included. */
  bindingCount(user: SipUser): number;
  /**
   * Ignore on one device: the user's others stop ringing for this call, the call rings on for everybody else.
   * @param exceptInstances `urn:uuid:...` of devices that silence themselves and may still answer
   * @returns how many devices were cancelled
   */
  cancelBranches(sipCallId: string, user: SipUser, exceptInstances?: readonly string[]): number;
  /** The account was closed: its devices stop ringing, are forgotten and disconnected. */
  revoke(user: SipUser): void;
  load(): ExchangeLoad;
  /** Ends every connection and timer. */
  close(): void;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { log, events, router, accounts, clock = systemClock } = options;
  const domain = options.domain.toLowerCase();
  const times = { ...defaultTimes, ...options.times };
  const flows = new Map<number, WebSocketFlow>();
  const usersOfFlow = new Map<Flow, Set<SipUser>>();
  let lastFlowId = 0;

  const guardedEvents: ExchangeEvents = {
    bindingsChanged: (user, count) => guarded('bindingsChanged', () => events.bindingsChanged(user, count)),
    offerEnded: (ended) => guarded('offerEnded', () => events.offerEnded(ended)),
  };
  const registrar = new Registrar(clock, times.reconnectGraceMs, guardedEvents.bindingsChanged);
  const table: TransactionTable = new TransactionTable(clock, times, {
    requested: (transaction) => dispatcher.requested(transaction),
    acknowledged: (request) => dispatcher.acknowledged(request),
  });
  const proxy: ProxyParts = {
    domain,
    clock,
    times,
    log,
    router,
    events: guardedEvents,
    registrar,
    table,
    tokens: new RouteTokens(options.routeSecret ?? randomBytes(32)),
    trustOf: (user) => {
      if (user === options.trunkUser) return 'trunk';
      return options.internalUsers.includes(user) ? 'internal' : 'account';
    },
    openFlow: (flowId) => flows.get(flowId) ?? null,
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
        log.warn('exchange: malformed message', {
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

  function closed(flow: Flow): void {
    if (!flows.delete(flow.id)) return;
    usersOfFlow.delete(flow);
    registrar.flowClosed(flow);
    table.flowClosed(flow);
  }

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
        listener: {
          received: (_, bytes) => guarded('message', () => received(flow, bytes)),
          closed: (each) => guarded('close', () => closed(each)),
        },
      });
      flows.set(flow.id, flow);
      usersOfFlow.set(flow, new Set());
    },
    bindingCount: (user) => registrar.bindings(user).length,
    cancelBranches: (sipCallId, user, exceptInstances = []) =>
      invites.silence(sipCallId, user, exceptInstances),
    revoke(user) {
      invites.silence(null, user, []);
      registrar.removeAll(user);
      for (const flow of flows.values()) if (usersOfFlow.get(flow)?.has(user)) flow.close(4403);
    },
    load: () => ({
      connections: flows.size,
      bindings: registrar.count(),
      transactions: table.count(),
      calls: invites.count(),
    }),
    close() {
      invites.close();
      table.close();
      registrar.close();
      for (const flow of [...flows.values()]) flow.close(1001);
      flows.clear();
    },
  };
}
