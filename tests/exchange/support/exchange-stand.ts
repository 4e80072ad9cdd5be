// A real exchange behind a real WebSocket server on loopback, with accounts, a scripted route and an ear for its events.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Exchange } from '../../../src-hub/exchange/exchange.ts';
import { createExchange } from '../../../src-hub/exchange/exchange.ts';
import type { ExchangeLimits } from '../../../src-hub/exchange/exchange-limits.ts';
import type {
  CallEnded,
  CallInHand,
  CallRequest,
  ForkOutcome,
  OfferEnded,
  RingStep,
  RouteNews,
  RouteStep,
} from '../../../src-hub/exchange/exchange-ports.ts';
import { FakeClock } from './fake-clock.ts';

export const domain = 'practice.offhook.invalid';

/** Whom to ring, given what was asked for and how the last step ended. */
export type TestRoute = (request: CallRequest, previous: ForkOutcome | null) => RouteStep;

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ExchangeStand {
  readonly exchange: Exchange;
  readonly clock: FakeClock;
  readonly url: string;
  readonly offersEnded: OfferEnded[];
  readonly callsEnded: CallEnded[];
  readonly bindingChanges: { readonly user: string; readonly count: number }[];
  readonly requests: CallRequest[];
  readonly outcomes: (ForkOutcome | null)[];
  readonly news: RouteNews[];
  /** The latest call, to be acted on as a route does. */
  readonly inHand: CallInHand | null;
  readonly log: LogLine[];
  route: TestRoute;
  passwordOf(user: string): string;
  /** Cuts every connection, as a lost network does. */
  cutAll(): void;
  close(): Promise<void>;
}

export const ring = (
  users: readonly string[],
  ringTimeoutMs = 20_000,
  headers: Readonly<Record<string, string>> = {},
): RingStep => ({ kind: 'ring', users, ringTimeoutMs, headers });

export const refuse = (status: number, reason = ''): RouteStep => ({ kind: 'refuse', status, reason });

/** Rings the extension that was dialled once; then refuses with what it said, else with 480. */
const ringDialled: TestRoute = ({ requestUser }, previous) => {
  if (previous === null) return ring([requestUser]);
  if (previous.kind === 'declined') return refuse(previous.status);
  if (previous.kind === 'allRefused') return refuse(previous.statuses[0] ?? 480);
  return refuse(480);
};

const users = ['201', '202', '203', 'trunk', 'voicemail', 'echo', 'queue'];

export interface StandOptions {
  readonly routeSecret?: Uint8Array;
  readonly limits?: Partial<ExchangeLimits>;
  /** Hardly ever by default: no pong arrives while a test lets time pass. */
  readonly pingEveryMs?: number;
}

export async function startExchange(options: StandOptions = {}): Promise<ExchangeStand> {
  const clock = new FakeClock();
  const passwordOf = (user: string) => `secret of ${user}`;
  const offersEnded: OfferEnded[] = [];
  const bindingChanges: { user: string; count: number }[] = [];
  const callsEnded: CallEnded[] = [];
  const requests: CallRequest[] = [];
  const outcomes: (ForkOutcome | null)[] = [];
  const news: RouteNews[] = [];
  let inHand: CallInHand | null = null;
  const log: LogLine[] = [];
  const write = (level: LogLine['level']) => (message: string, facts: LogLine['facts']) => {
    log.push({ level, message, facts });
  };
  const exchange = createExchange({
    domain,
    clock,
    times: { pingEveryMs: options.pingEveryMs ?? 1e9 },
    router: {
      route: (request, call) => {
        requests.push(request);
        inHand = call;
        return {
          told: (each) => void news.push(each),
          next: (previous) => {
            outcomes.push(previous);
            return stand.route(request, previous);
          },
        };
      },
    },
    accounts: {
      findSecret: (user) => (users.includes(user) ? { user, password: passwordOf(user) } : null),
    },
    events: {
      offerEnded: (ended) => offersEnded.push(ended),
      callEnded: (ended) => void callsEnded.push(ended),
      bindingsChanged: (user, count) => bindingChanges.push({ user, count }),
    },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    trunkUser: 'trunk',
    internalUsers: ['voicemail', 'echo', 'queue'],
    ...options,
  });
  const http = createServer();
  const server = new WebSocketServer({ server: http, handleProtocols: () => 'sip', maxPayload: 1_048_576 });
  server.on('connection', (ws, request) =>
    exchange.handleConnection(ws, { address: request.socket.remoteAddress ?? '' }),
  );
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const stand: ExchangeStand = {
    exchange,
    clock,
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sip`,
    offersEnded,
    callsEnded,
    bindingChanges,
    requests,
    outcomes,
    news,
    get inHand() {
      return inHand;
    },
    log,
    route: ringDialled,
    passwordOf,
    cutAll() {
      for (const ws of server.clients) ws.terminate();
    },
    async close() {
      exchange.close();
      for (const ws of server.clients) ws.terminate();
      server.close();
      await new Promise((closed) => http.close(closed));
    },
  };
  return stand;
}
