// The hub's own exchange on a loopback port, with a router as short as a test needs it. For tests of the media ends.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createExchange } from '../../src-hub/exchange/exchange.ts';
import type { CallRequest, RouteStep, SipUser } from '../../src-hub/exchange/exchange-ports.ts';
import { recordingLog } from './recording-log.ts';

export interface ExchangeServer {
  readonly webSocketUrl: string;
  bindingCount(user: SipUser): number;
  lostAtMs(user: SipUser): number | null;
  /** The next so many passwords are taken for wrong. */
  refusePasswords(count: number): void;
  close(): Promise<void>;
}

export interface ExchangeServerOptions {
  readonly port?: number;
  /** The steps that a call goes through, each after the one before has ended without an answer. */
  readonly route?: (request: CallRequest) => readonly RouteStep[];
  /** Users that may send X-Offhook headers, as the hub's own ends may. */
  readonly internalUsers?: readonly SipUser[];
}

/** Rings the users for as long as a test may take. */
export const ring = (users: readonly SipUser[], headers: Record<string, string> = {}): RouteStep => ({
  kind: 'ring',
  users,
  ringTimeoutMs: 30_000,
  headers,
});

/** Any user exists; the password is `secret of <user>`. Without `route`, a call rings the user that was dialled. */
export async function startExchangeServer(options: ExchangeServerOptions = {}): Promise<ExchangeServer> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    handleProtocols: () => 'sip',
  });
  await once(server, 'listening');
  let refusals = 0;
  const exchange = createExchange({
    domain: 'practice.offhook.invalid',
    router: {
      route(request) {
        const steps = [...(options.route?.(request) ?? [ring([request.requestUser])])];
        return { next: () => steps.shift() ?? { kind: 'refuse', status: 480, reason: 'Nobody is left' } };
      },
    },
    accounts: {
      findSecret(user) {
        refusals -= 1;
        return { user, password: refusals >= 0 ? 'another one' : `secret of ${user}` };
      },
    },
    events: { bindingsChanged() {}, offerEnded() {} },
    log: recordingLog(),
    trunkUser: 'trunk',
    internalUsers: options.internalUsers ?? ['voicemail', 'echo'],
  });
  server.on('connection', (ws) => exchange.handleConnection(ws, { address: '127.0.0.1' }));
  return {
    webSocketUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`,
    bindingCount: (user) => exchange.bindingCount(user),
    lostAtMs: (user) => exchange.lostAtMs(user),
    refusePasswords(count) {
      refusals = count;
    },
    async close() {
      exchange.close();
      for (const link of server.clients) link.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
