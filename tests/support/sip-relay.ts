// The least of a SIP exchange that two media ends need to reach each other: takes any REGISTER, and relays everything
// else by the Request-URI's user, statelessly (RFC 3261 16.11). Tests of the media ends only; the product's exchange
// is src-hub/exchange.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export interface SipRelay {
  readonly webSocketUrl: string;
  /** Every request relayed, first line and headers, in order. */
  readonly requests: readonly string[];
  /** Users that are registered now. */
  readonly registrations: readonly string[];
  /** So many REGISTERs are refused with 503 from now on. */
  refuseRegistrations(count: number): void;
  /** Cuts every link, as a crash would. */
  dropLinks(): void;
  close(): Promise<void>;
}

const userOf = (uri: string) => /sips?:([^@;>]+)@/.exec(uri)?.[1] ?? '';

export async function startSipRelay(port = 0): Promise<SipRelay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => 'sip' });
  await once(server, 'listening');
  /** By user of the address of record, and by user of the contact. */
  const links = new Map<string, WebSocket>();
  const requests: string[] = [];
  const pending = new Map<string, WebSocket>();
  const registered = new Set<string>();
  let refusals = 0;

  function receive(link: WebSocket, message: string): void {
    const [start = '', ...rest] = message.split('\r\n');
    const header = (name: string) =>
      rest
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim() ?? '';
    if (start.startsWith('SIP/2.0')) {
      const ownVia = rest.findIndex((line) => /^via:/i.test(line));
      const branch = /branch=([^;]+)/.exec(rest[ownVia] ?? '')?.[1] ?? '';
      rest.splice(ownVia, 1);
      pending.get(branch)?.send([start, ...rest].join('\r\n'));
      return;
    }
    const contactUser = userOf(header('contact'));
    if (contactUser) links.set(contactUser, link);
    if (start.startsWith('REGISTER')) {
      const user = userOf(header('to'));
      registered.delete(user);
      if (refusals === 0 && header('expires') !== '0') {
        links.set(user, link);
        registered.add(user);
      }
      link.send(answer(rest, refusals > 0 ? '503 Service Unavailable' : '200 OK'));
      refusals = Math.max(0, refusals - 1);
      return;
    }
    requests.push(message);
    const target = links.get(userOf(start));
    if (!target || target.readyState !== WebSocket.OPEN) {
      if (!start.startsWith('ACK')) link.send(answer(rest, '480 Temporarily Unavailable'));
      return;
    }
    const branch = `z9hG4bK${createHash('sha1').update(header('via')).digest('hex').slice(0, 16)}`;
    pending.set(branch, link);
    target.send([start, `Via: SIP/2.0/WS relay.invalid;branch=${branch}`, ...rest].join('\r\n'));
  }

  server.on('connection', (link) => link.on('message', (data) => receive(link, String(data))));
  return {
    webSocketUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`,
    requests,
    get registrations() {
      return [...registered];
    },
    refuseRegistrations(count) {
      refusals = count;
    },
    dropLinks() {
      for (const link of server.clients) link.terminate();
    },
    async close() {
      for (const link of server.clients) link.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(headers: readonly string[], status: string): string {
  const copied = headers.filter((line) => /^(via|from|to|call-id|cseq|contact):/i.test(line));
  const tagged = copied.map((line) =>
    /^to:/i.test(line) && !line.includes(';tag=') ? `${line};tag=relay` : line,
  );
  return [`SIP/2.0 ${status}`, ...tagged, 'Content-Length: 0', '', ''].join('\r\n');
}
