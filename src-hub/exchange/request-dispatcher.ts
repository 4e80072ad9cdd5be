// Every new request goes through here: the checks that hold for all (RFC 3261 16.3), then to its handler by method.
// Called by the transaction table.
import type { Authenticator } from './auth/authenticator.ts';
import type { SipUser } from './exchange-ports.ts';
import type { Flow } from './flow.ts';
import { tagOf } from './message/name-address.ts';
import { createResponse } from './message/responses.ts';
import type { SipHeader, SipRequest } from './message/sip-message.ts';
import { headerValues } from './message/sip-message.ts';
import { parseSipUri, uriScheme } from './message/sip-uri.ts';
import type { DialogRelay } from './proxy/dialog-relay.ts';
import { isLoop, maxForwards } from './proxy/hop.ts';
import type { InviteHandler } from './proxy/invite-handler.ts';
import type { ProxyParts } from './proxy/proxy-parts.ts';
import { handleRegister } from './registrar/register-handler.ts';
import type { ServerTransaction } from './transactions/server-transaction.ts';
import type { TransactionUser } from './transactions/transaction-table.ts';

const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, REFER, NOTIFY, UPDATE';
/** What the registrar understands in Require. */
const knownExtensions = ['gruu', 'outbound', 'path'];

export interface DispatcherParts {
  readonly proxy: ProxyParts;
  readonly authenticator: Authenticator;
  readonly invites: InviteHandler;
  readonly dialogs: DialogRelay;
  /** A connection proved to belong to an account. */
  readonly authenticated: (flow: Flow, user: SipUser) => void;
}

interface Refusal {
  readonly status: number;
  readonly headers?: readonly SipHeader[];
}

export class RequestDispatcher implements TransactionUser {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  requested(server: ServerTransaction): void {
    try {
      this.#dispatch(server);
    } catch (error) {
      this.#parts.proxy.log.error('exchange: a request failed', { method: server.request.method, error });
      server.respond(createResponse(server.request, 500));
    }
  }

  acknowledged(request: SipRequest): void {
    if (tagOf(request.to) !== null && !this.#refusal(request)) this.#parts.dialogs.acknowledge(request);
  }

  #dispatch(server: ServerTransaction): void {
    const { request } = server;
    if (request.method === 'CANCEL') {
      this.#cancel(server);
      return;
    }
    const refusal = this.#refusal(request);
    if (refusal) {
      server.respond(createResponse(request, refusal.status, { headers: refusal.headers ?? [] }));
    } else if (request.method === 'REGISTER') this.#register(server);
    else if (tagOf(request.to) !== null) this.#parts.dialogs.handle(server);
    else if (request.method === 'INVITE') {
      this.#authenticate(server, 407, (user, authorizationUser) =>
        this.#parts.invites.handle(server, user, authorizationUser),
      );
    } else if (request.method === 'OPTIONS') {
      const headers = [
        { name: 'Allow', value: allowedMethods },
        { name: 'Accept', value: 'application/sdp' },
        { name: 'Supported', value: knownExtensions.join(', ') },
      ];
      server.respond(createResponse(request, 200, { headers }));
    } else if (request.method === 'BYE') server.respond(createResponse(request, 481));
    else
      server.respond(createResponse(request, 405, { headers: [{ name: 'Allow', value: allowedMethods }] }));
  }

  /** What no request may be (RFC 3261 16.3). */
  #refusal(request: SipRequest): Refusal | null {
    const scheme = uriScheme(request.uri);
    // A gateway may name the called number by tel:. There is no TLS between us and a device behind a plain ws: URL.
    if (scheme !== 'sip' && !(scheme === 'tel' && request.method === 'INVITE')) return { status: 416 };
    const uri = parseSipUri(request.uri);
    if (scheme === 'sip' && (!uri || uri.hasHeaders)) return { status: 400 };
    const hops = maxForwards(request);
    if (hops === null) return { status: 400 };
    const forUs = request.method === 'REGISTER';
    if (hops === 0 && !forUs) return { status: 483 };
    const unsupported = [
      ...options(request, 'Proxy-Require'),
      ...(forUs ? options(request, 'Require').filter((option) => !knownExtensions.includes(option)) : []),
    ];
    if (unsupported.length > 0) {
      return { status: 420, headers: [{ name: 'Unsupported', value: unsupported.join(', ') }] };
    }
    return !forUs && isLoop(request, this.#parts.proxy.domain) ? { status: 482 } : null;
  }

  #register(server: ServerTransaction): void {
    const { proxy } = this.#parts;
    if (parseSipUri(server.request.uri)?.host !== proxy.domain) {
      server.respond(createResponse(server.request, 404));
      return;
    }
    this.#authenticate(server, 401, (user, authorizationUser) => {
      server.respond(handleRegister(proxy, server.request, server.flow, { user, authorizationUser }));
    });
  }

  #authenticate(
    server: ServerTransaction,
    status: 401 | 407,
    then: (user: SipUser, authorizationUser: string) => void,
  ): void {
    const { authenticator, proxy, authenticated } = this.#parts;
    const { request, flow } = server;
    const result = authenticator.authenticate(request, flow.remoteAddress, status);
    switch (result.kind) {
      case 'account':
        authenticated(flow, result.user);
        then(result.user, result.authorizationUser);
        return;
      case 'slowDown': {
        proxy.log.warn('exchange: too many wrong digests', { connection: flow.id });
        const headers = [{ name: 'Retry-After', value: String(result.retryAfterSeconds) }];
        server.respond(createResponse(request, 503, { headers }));
        return;
      }
      case 'challenge': {
        if (result.failed) proxy.log.warn('exchange: a digest was wrong', { connection: flow.id });
        const challenge = createResponse(request, result.status, { headers: result.headers });
        if (result.delayMs === 0) server.respond(challenge);
        else proxy.clock.startTimer(result.delayMs, () => server.respond(challenge));
        return;
      }
    }
  }

  /** RFC 3261 9.2 and 16.10. */
  #cancel(server: ServerTransaction): void {
    const invite = this.#parts.proxy.table.cancelledBy(server.request);
    server.respond(createResponse(server.request, invite ? 200 : 481));
    invite?.onAbandoned?.();
  }
}

function options(request: SipRequest, name: 'Require' | 'Proxy-Require'): string[] {
  return headerValues(request, name)
    .flatMap((value) => value.split(','))
    .map((option) => option.trim().toLowerCase())
    .filter((option) => option !== '');
}
