// The built practice hub with a stopwatch: started by bench-hub.ts as a child process. Stamps each INVITE that leaves
// towards a phone and each that arrives, and each REGISTER that is granted, and lets the peer's page in, whose Origin the hub would refuse. Nothing else
// about the hub is changed.
import type { IncomingMessage } from 'node:http';
import { Server } from 'node:http';
import { WebSocket } from 'ws';

export interface HubStamp {
  /** An INVITE sent to a phone, an INVITE received, a REGISTER granted with a binding. */
  readonly happened: 'sent' | 'received' | 'registered';
  /** User part of To. */
  readonly user: string;
  readonly callId: string;
  /** Wall clock, with fractions. */
  readonly atMs: number;
}

const now = () => performance.timeOrigin + performance.now();

function stamp(happened: HubStamp['happened'], data: unknown, atMs: number): void {
  const text = typeof data === 'string' ? data : Buffer.isBuffer(data) ? data.toString('utf8') : '';
  const isGrant =
    happened === 'sent' &&
    text.startsWith('SIP/2.0 200') &&
    /^CSeq:.*REGISTER/im.test(text) &&
    /^Contact:/im.test(text);
  if (isGrant) tell('registered', text, atMs);
  if (!text.startsWith('INVITE ')) return;
  // A re-INVITE has a tag in To.
  if (/^To:.*;tag=/im.test(text)) return;
  tell(happened, text, atMs);
}

function tell(happened: HubStamp['happened'], text: string, atMs: number): void {
  const user = /^To:.*sips?:([^@]*)@/im.exec(text)?.[1] ?? '';
  const callId = /^(?:Call-ID|i):\s*(\S+)/im.exec(text)?.[1] ?? '';
  const told: HubStamp = { happened, user, callId, atMs };
  process.send?.(told);
}

const send = WebSocket.prototype.send as (this: WebSocket, ...given: unknown[]) => void;
WebSocket.prototype.send = function (this: WebSocket, ...given: unknown[]) {
  const atMs = now();
  send.apply(this, given);
  stamp('sent', given[0], atMs);
} as typeof WebSocket.prototype.send;

const emit = WebSocket.prototype.emit as (
  this: WebSocket,
  name: string | symbol,
  ...given: unknown[]
) => boolean;
WebSocket.prototype.emit = function (this: WebSocket, name: string | symbol, ...given: unknown[]) {
  if (name === 'message') stamp('received', given[0], now());
  return emit.call(this, name, ...given);
} as typeof WebSocket.prototype.emit;

const emitOfServer = Server.prototype.emit as (
  this: Server,
  name: string | symbol,
  ...given: unknown[]
) => boolean;
Server.prototype.emit = function (this: Server, name: string | symbol, ...given: unknown[]) {
  if (name === 'upgrade') delete (given[0] as IncomingMessage).headers.origin;
  return emitOfServer.call(this, name, ...given);
} as typeof Server.prototype.emit;

await import(new URL('../../out/hub/practice-hub.js', import.meta.url).href);
