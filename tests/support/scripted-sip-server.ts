// A SIP end over WebSocket that does only what a test tells it: it keeps what arrives and sends what it is given.
// No transactions, no routing, no timers; so that a test shows each message that JsSIP must live with.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from './eventually.ts';

export interface SipMessage {
  readonly startLine: string;
  /** Method of a request, '' of a response. */
  readonly method: string;
  /** Of a response, 0 of a request. */
  readonly status: number;
  readonly body: string;
  readonly text: string;
  header(name: string): string;
  headers(name: string): string[];
}

export interface ScriptedSipServer {
  readonly url: string;
  /** Every message that arrived, in order; `take` removes. */
  readonly received: SipMessage[];
  /** When each WebSocket was accepted. */
  readonly acceptedAtMs: number[];
  /** Waits for the first message not yet taken that fits, and takes it. */
  take(what: string, fits: (message: SipMessage) => boolean, withinMs?: number): Promise<SipMessage>;
  takeRequest(method: string, withinMs?: number): Promise<SipMessage>;
  takeResponse(status: number, method: string, withinMs?: number): Promise<SipMessage>;
  send(message: string | Buffer): void;
  reply(request: SipMessage, status: number, reason: string, more?: ReplyParts): void;
  /** Answers each REGISTER with 200 as it comes. On from the start. */
  answerRegisters: boolean;
  /** Answers each BYE and CANCEL with 200 as it comes; for the end of a test. */
  answerGoodbyes: boolean;
  /** Cuts every connection without a close handshake. */
  cut(): void;
  /** While true, new connections are cut at once. */
  refusing: boolean;
  /** While true, pings are not answered. */
  deaf: boolean;
  close(): Promise<void>;
}

export interface ReplyParts {
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly toTag?: string;
}

export async function startScriptedSipServer(): Promise<ScriptedSipServer> {
  const http: Server = createServer();
  const sockets = new WebSocketServer({
    server: http,
    autoPong: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  let current: WebSocket | null = null;

  const server: ScriptedSipServer = {
    url: '',
    received: [],
    acceptedAtMs: [],
    answerRegisters: true,
    answerGoodbyes: false,
    refusing: false,
    deaf: false,
    take: (what, fits, withinMs = 5_000) =>
      eventually(
        what,
        () => {
          const index = server.received.findIndex(fits);
          return index < 0 ? null : server.received.splice(index, 1)[0];
        },
        withinMs,
      ),
    takeRequest: (method, withinMs) => server.take(method, (message) => message.method === method, withinMs),
    takeResponse: (status, method, withinMs) =>
      server.take(
        `${status} to ${method}`,
        (message) => message.status === status && message.header('CSeq').endsWith(method),
        withinMs,
      ),
    send: (message) => current?.send(message),
    reply(request, status, reason, { headers = [], body = '', toTag = 'scripted' } = {}) {
      const to = request.header('To');
      server.send(
        [
          `SIP/2.0 ${status} ${reason}`,
          ...request.headers('Via').map((via) => `Via: ${via}`),
          `From: ${request.header('From')}`,
          `To: ${to.includes('tag=') || status === 100 ? to : `${to};tag=${toTag}`}`,
          `Call-ID: ${request.header('Call-ID')}`,
          `CSeq: ${request.header('CSeq')}`,
          ...headers,
          ...(body ? ['Content-Type: application/sdp'] : []),
          `Content-Length: ${Buffer.byteLength(body)}`,
          '',
          body,
        ].join('\r\n'),
      );
    },
    cut() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      server.cut();
      sockets.close();
      http.close();
      await once(http, 'close');
    },
  };

  sockets.on('connection', (socket) => {
    server.acceptedAtMs.push(Date.now());
    if (server.refusing) {
      socket.terminate();
      return;
    }
    current = socket;
    socket.on('ping', (data) => {
      if (!server.deaf) socket.pong(data);
    });
    socket.on('message', (data) => {
      const message = parseSip(String(data));
      if (message.method === 'REGISTER' && server.answerRegisters) acceptRegister(server, message);
      else if (server.answerGoodbyes && ['BYE', 'CANCEL'].includes(message.method))
        server.reply(message, 200, 'OK');
      else server.received.push(message);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return Object.assign(server, { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sip` });
}

function acceptRegister(server: ScriptedSipServer, register: SipMessage): void {
  server.reply(register, 200, 'OK', { headers: [`Contact: ${register.header('Contact')}`] });
}

export function parseSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = (name: string) =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(line.indexOf(':') + 1).trim());
  const isResponse = startLine.startsWith('SIP/');
  return {
    startLine,
    method: isResponse ? '' : (startLine.split(' ')[0] ?? ''),
    status: isResponse ? Number(startLine.split(' ')[1]) : 0,
    body: end < 0 ? '' : text.slice(end + 4),
    text,
    header: (name) => headers(name)[0] ?? '',
    headers,
  };
}
