// Requests within a call: re-INVITE, BYE, INFO, REFER, UPDATE, ACK (RFC 3261 16.4 to 16.6).
// Let through by the signed token in our Record-Route, sent to the device's connection of now: a device that lost its
// WebSocket gets them after it has registered again. Called by the request dispatcher.
import { parseNameAddress, tagOf } from '../message/name-address.ts';
import { createResponse } from '../message/responses.ts';
import type { OutgoingRequest, SipHeader, SipRequest } from '../message/sip-message.ts';
import { headerValues } from '../message/sip-message.ts';
import { parseSipUri } from '../message/sip-uri.ts';
import type { ClientTransaction } from '../transactions/client-transaction.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { passableHeaders, passableResponse, withOwnHeaders, withoutTelUris } from './header-policy.ts';
import { hopHeaders, newVia } from './hop.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { locate, tokenParameter } from './proxy-parts.ts';
import type { Party } from './route-token.ts';
import { wantsTakeBack } from './transfer-book.ts';

interface Way {
  readonly from: Party;
  readonly to: Party;
  /** Where the caller's own proxies come after us. */
  readonly routesLeft: readonly string[];
  readonly requestUri: string;
  /** What the exchange itself says in it, in place of headers of the same name. */
  readonly own: Readonly<Record<string, string>>;
}

type Place = NonNullable<ReturnType<typeof locate>>;

export class DialogRelay {
  readonly #parts: ProxyParts;

  constructor(parts: ProxyParts) {
    this.#parts = parts;
  }

  /** Answers 481 where the request belongs to no call that went through here. */
  handle(server: ServerTransaction): void {
    const way = this.#wayOf(server.request);
    if (!way) {
      server.respond(createResponse(server.request, 481));
      return;
    }
    const { request } = server;
    if (request.method === 'BYE') this.#parts.dialogs.byeCame(request);
    if (wantsTakeBack(request)) {
      const taken = this.#parts.transfers.takeBack(request.callId, way.from.user);
      server.respond(createResponse(request, taken ? 200 : 404));
    } else if (request.method === 'REFER') this.#transfer(server, way);
    else this.#relay(server, way, true);
  }

  /** The ACK to a 2xx travels like any request of the dialog, but nobody answers it (RFC 3261 13.2.2.4). */
  acknowledge(request: SipRequest): void {
    const way = this.#wayOf(request);
    if (!way) return;
    this.#parts.registrar.waitFor(
      () => locate(this.#parts, way.to),
      (place) => place?.flow.send(this.#forwarded(request, way, place)),
    );
  }

  #transfer(server: ServerTransaction, way: Way): void {
    const verdict = this.#parts.transfers.refer(server.request, way.from, way.to);
    if (verdict.kind === 'passes') this.#relay(server, { ...way, own: verdict.headers }, true);
    else server.respond(createResponse(server.request, verdict.status, { reason: verdict.reason }));
  }

  #relay(server: ServerTransaction, way: Way, mayTryAgain: boolean): void {
    const { request } = server;
    let client: ClientTransaction | null = null;
    const refuse = (status: 408 | 480 | 487) => {
      if (request.method === 'BYE') {
        if (status === 408) this.#parts.dialogs.byeHeard(request);
        else this.#parts.dialogs.byeNotHeard(request);
      }
      // RFC 5626 11.5: who waits may go on waiting; a device that said goodbye to its connection is another matter.
      const silent = status === 480 && this.#parts.dialogs.isSilent(request);
      server.respond(createResponse(request, silent ? 430 : status));
    };
    const stopWaiting = this.#parts.registrar.waitFor(
      () => locate(this.#parts, way.to),
      (place) => {
        if (!place) return refuse(480);
        client = this.#send(server, way, place, (kind) => {
          // The device may be back in a moment: a BYE that gets lost leaves it in a call with nobody.
          if (kind === 'flowClosed' && mayTryAgain) this.#relay(server, way, false);
          else refuse(kind === 'timeout' ? 408 : 480);
        });
        if (!client) refuse(480);
      },
    );
    if (request.method !== 'INVITE') return;
    server.onAbandoned = () => {
      stopWaiting();
      if (client) client.cancel(null);
      else refuse(487);
    };
  }

  #send(
    server: ServerTransaction,
    way: Way,
    place: Place,
    failed: (kind: 'timeout' | 'flowClosed') => void,
  ): ClientTransaction | null {
    const trust = this.#parts.trustOf(way.to.user);
    return this.#parts.table.send(this.#forwarded(server.request, way, place), place.flow, {
      responded: (response) => {
        if (server.request.method === 'BYE' && response.status >= 200)
          this.#parts.dialogs.byeHeard(server.request);
        if (response.status > 100) server.respond(passableResponse(server.request, response, trust));
      },
      failed,
    });
  }

  #forwarded(request: SipRequest, way: Way, { contactUri }: Place): OutgoingRequest {
    const { domain } = this.#parts;
    this.#parts.dialogs.passed(request);
    // A GRUU or an address of record is ours to resolve; any other contact is the device's own.
    const ours = parseSipUri(way.requestUri)?.host === domain;
    const routes: SipHeader[] = way.routesLeft.map((value) => ({ name: 'Route', value }));
    const passed = withoutTelUris(
      passableHeaders(request.headers, this.#parts.trustOf(way.from.user)),
      domain,
    );
    return {
      kind: 'request',
      method: request.method,
      uri: ours && contactUri !== null ? contactUri : way.requestUri,
      headers: hopHeaders(request, [...routes, ...withOwnHeaders(passed, way.own)], newVia(domain, request)),
      body: request.body,
    };
  }

  #wayOf(request: SipRequest): Way | null {
    const routes = headerValues(request, 'Route');
    const fromRoute = this.#routeOf(parseNameAddress(routes[0] ?? '')?.uri ?? '', request.callId);
    // 16.4: a strict router puts our Record-Route into the Request-URI, and the target into the last Route.
    const fromUri = fromRoute ? null : this.#routeOf(request.uri, request.callId);
    const route = fromRoute ?? fromUri;
    if (!route) return null;
    const requestUri = fromUri ? parseNameAddress(routes.at(-1) ?? '')?.uri : request.uri;
    if (requestUri === undefined) return null;
    const routesLeft = fromUri ? routes.slice(0, -1) : routes.slice(1);
    const { callerTag, caller, callee } = route;
    const rest = { routesLeft, requestUri, own: {} };
    if (tagOf(request.from) === callerTag) return { from: caller, to: callee, ...rest };
    if (tagOf(request.to) === callerTag) return { from: callee, to: caller, ...rest };
    return null;
  }

  #routeOf(uri: string, callId: string) {
    const parsed = parseSipUri(uri);
    const token = parsed?.host === this.#parts.domain ? parsed.parameters.get(tokenParameter) : null;
    return token ? this.#parts.tokens.read(token, callId) : null;
  }
}
