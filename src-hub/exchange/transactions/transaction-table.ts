// Finds the transaction that a message belongs to (RFC 3261 17.1.3 and 17.2.3) and makes new ones.
// Between the connections and the request dispatcher. Responses that match nothing are dropped (RFC 6026 7.3).
import type { ExchangeClock } from '../exchange-clock.ts';
import type { ExchangeTimes } from '../exchange-times.ts';
import type { Flow } from '../flow.ts';
import { tagOf } from '../message/name-address.ts';
import { createResponse } from '../message/responses.ts';
import type { OutgoingRequest, SipRequest, SipResponse } from '../message/sip-message.ts';
import { headerValue } from '../message/sip-message.ts';
import { branchCookie, parseVia } from '../message/via.ts';
import type {
  ClientTransaction,
  ClientTransactionListener,
  ClientTransactionParts,
} from './client-transaction.ts';
import { InviteClientTransaction, OtherClientTransaction } from './client-transaction.ts';
import type { ServerTransaction } from './server-transaction.ts';
import { InviteServerTransaction, OtherServerTransaction } from './server-transaction.ts';

/** A connection with more unfinished requests than this is told to slow down. */
const maxServerTransactionsPerFlow = 1_000;

export interface TransactionUser {
  requested(transaction: ServerTransaction): void;
  /** An ACK that belongs to no transaction here: the one to a 2xx, which travels end to end. */
  acknowledged(request: SipRequest, flow: Flow): void;
}

const nobody: ClientTransactionListener = { responded: () => {}, failed: () => {} };

export class TransactionTable {
  readonly #clock: ExchangeClock;
  readonly #times: ExchangeTimes;
  readonly #user: TransactionUser;
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #serversPerFlow = new Map<Flow, number>();

  constructor(clock: ExchangeClock, times: ExchangeTimes, user: TransactionUser) {
    this.#clock = clock;
    this.#times = times;
    this.#user = user;
  }

  count(): number {
    return this.#servers.size + this.#clients.size;
  }

  receivedRequest(request: SipRequest, flow: Flow): void {
    const known = this.#servers.get(serverKey(request, request.method === 'ACK' ? 'INVITE' : request.method));
    if (request.method === 'ACK') {
      if (known) known.acknowledged();
      else this.#user.acknowledged(request, flow);
      return;
    }
    if (known) {
      known.retransmitted();
      return;
    }
    if ((this.#serversPerFlow.get(flow) ?? 0) >= maxServerTransactionsPerFlow) {
      flow.send(createResponse(request, 503, { headers: [{ name: 'Retry-After', value: '5' }] }));
      return;
    }
    this.#user.requested(this.#createServer(request, flow));
  }

  receivedResponse(response: SipResponse): void {
    const { branch } = response.topVia;
    if (branch !== null) this.#clients.get(`${response.cseq.method} ${branch}`)?.received(response);
  }

  /** The INVITE that a CANCEL means (RFC 3261 9.2); null where there is none. */
  cancelledBy(cancel: SipRequest): ServerTransaction | null {
    const transaction = this.#servers.get(serverKey(cancel, 'INVITE'));
    return transaction?.request.callId === cancel.callId ? transaction : null;
  }

  /**
   * Sends a request whose top Via holds a branch of its own.
   * @returns null where the connection is gone
   */
  send(
    request: OutgoingRequest,
    flow: Flow,
    listener: ClientTransactionListener,
    timerCMs: number | null = this.#times.timerCMs,
  ): ClientTransaction | null {
    const key = `${request.method} ${parseVia(headerValue(request, 'Via') ?? '')?.branch ?? ''}`;
    if (!flow.send(request)) return null;
    const parts: ClientTransactionParts = {
      request,
      flow,
      clock: this.#clock,
      timeoutMs: this.#times.transactionTimeoutMs,
      timerCMs,
      listener,
      ended: () => this.#clients.delete(key),
      sendCancel: (cancel) => this.send(cancel, flow, nobody),
    };
    const transaction =
      request.method === 'INVITE' ? new InviteClientTransaction(parts) : new OtherClientTransaction(parts);
    this.#clients.set(key, transaction);
    return transaction;
  }

  /** Those who wait for an answer over this connection, or wanted one, are told. */
  flowClosed(flow: Flow): void {
    for (const client of [...this.#clients.values()]) if (client.flow === flow) client.flowClosed();
    for (const server of [...this.#servers.values()]) if (server.flow === flow) server.onAbandoned?.();
  }

  close(): void {
    for (const transaction of [...this.#servers.values(), ...this.#clients.values()]) transaction.end();
    this.#servers.clear();
    this.#clients.clear();
    this.#serversPerFlow.clear();
  }

  #createServer(request: SipRequest, flow: Flow): ServerTransaction {
    const key = serverKey(request, request.method);
    this.#serversPerFlow.set(flow, (this.#serversPerFlow.get(flow) ?? 0) + 1);
    const parts = {
      request,
      flow,
      clock: this.#clock,
      timeoutMs: this.#times.transactionTimeoutMs,
      ended: () => {
        this.#servers.delete(key);
        const left = (this.#serversPerFlow.get(flow) ?? 1) - 1;
        if (left > 0) this.#serversPerFlow.set(flow, left);
        else this.#serversPerFlow.delete(flow);
      },
    };
    const transaction =
      request.method === 'INVITE' ? new InviteServerTransaction(parts) : new OtherServerTransaction(parts);
    this.#servers.set(key, transaction);
    return transaction;
  }
}

/** RFC 3261 17.2.3; senders from the time before it have no branch that could be relied on. */
function serverKey(request: SipRequest, method: string): string {
  const { branch, sentBy } = request.topVia;
  if (branch?.startsWith(branchCookie)) return `${method} ${sentBy} ${branch}`;
  return [
    method,
    request.uri,
    request.callId,
    tagOf(request.from),
    request.cseq.number,
    headerValue(request, 'Via'),
  ].join(' ');
}
