// Turns upgrade requests into WebSockets: /hub for desktops and the command line, /sip for the exchange.
// Everything that can be refused is refused here, before a WebSocket exists.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { contractHeader, contractVersion, otherVersionStatus, versionIn } from '#shared/hub/hub-handshake.ts';
import type { HubLog } from '../hub-log.ts';
import { type DoorRules, refusalOf } from './door-guard.ts';
import { limitFirstFrames } from './first-frames.ts';
import type { HubConnection } from './hub-connection.ts';
import { type TrustedProxies, type Visitor, visitorOf } from './visitor.ts';

/** The longest that a desktop sends is an import of users: 20,000 rows, as JSON, are about 3 MB. */
const maxFrameBytes = 6_000_000;
/** Before signing in: far more than any name, password or token. */
const maxStrangersFrameBytes = 65_536;
/** telephony.md: larger SIP messages are refused before anything parses them. */
const maxSipMessageBytes = 262_144;

/** Where a connection of /hub comes from, decided before its first frame. */
export interface ConnectionOrigin {
  readonly address: string;
  readonly practiceOperator: boolean;
  /** ws: or wss: address by which the desktop reached this hub, without path. */
  readonly reachedAt: string;
}

const versionLine = `${contractHeader}: ${contractVersion}`;

export interface UpgradeParts {
  readonly log: HubLog;
  readonly rules: DoorRules;
  readonly proxies: TrustedProxies;
  /** Shown as `Authorization: Bearer` by the command line; null where there is none (no practice mode). */
  readonly operatorToken: string | null;
  /** The address told to desktops where it is set; else the one by which each came. */
  readonly publicUrl: string | null;
  /** False while the hub stops. */
  open(): boolean;
  /** Whether this address may open one more connection now. */
  admits(address: string): boolean;
  refused(status: number): void;
  /** @returns what tells whether somebody has signed in. */
  hubConnected(ws: WebSocket, from: ConnectionOrigin): Pick<HubConnection, 'signedIn'>;
  sipConnected(ws: WebSocket, from: { address: string }): void;
}

export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** For the hub's own ends, which come over a listener of their own: /sip and nothing else. */
  handleInner(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function createUpgrades(parts: UpgradeParts): Upgrades {
  const { log } = parts;
  const hubSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  });
  const sipSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxSipMessageBytes,
    handleProtocols: () => 'sip',
  });

  hubSockets.on('headers', (headers) => headers.push(versionLine));

  const refuse = (socket: Duplex, status: number, why: string) => {
    log.warn('upgrade: refused', { status, why });
    parts.refused(status);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${versionLine}\r\nContent-Length: 0\r\n\r\n`,
    );
  };
  const mind = (socket: Duplex) =>
    socket.on('error', (error: NodeJS.ErrnoException) =>
      log.warn('upgrade: socket error', { code: error.code }),
    );

  const takeSip = (request: IncomingMessage, socket: Duplex, head: Buffer, address: string) => {
    if (!offersSip(request)) return refuse(socket, 400, 'subprotocol sip missing');
    sipSockets.handleUpgrade(request, socket, head, (ws) => parts.sipConnected(ws, { address }));
  };

  const takeHub = (request: IncomingMessage, socket: Duplex, head: Buffer, visitor: Visitor) => {
    const shown = bearerOf(request);
    const practiceOperator = shown !== null && sameToken(shown, parts.operatorToken);
    if (shown !== null && !practiceOperator) return refuse(socket, 401, 'token not good');
    if (versionIn(request.headers[contractHeader]) !== contractVersion) {
      return refuse(socket, otherVersionStatus, 'another version of the contract');
    }
    const reachedAt = parts.publicUrl ?? `${visitor.encrypted ? 'wss' : 'ws'}://${visitor.host ?? ''}`;
    hubSockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = parts.hubConnected(ws, { address: visitor.address, practiceOperator, reachedAt });
      limitFirstFrames(ws, socket, {
        mostBytes: maxStrangersFrameBytes,
        isStranger: () => connection.signedIn === null,
        tooLong: () => log.warn('hub wire: a frame that is too long before signing in', {}),
      });
    });
  };

  return {
    handle(request, socket, head) {
      mind(socket);
      const visitor = visitorOf(request, parts.proxies);
      const refusal = refusalOf(visitor, parts.rules);
      const path = pathOf(request);
      if (refusal) refuse(socket, 403, refusal);
      else if (!parts.open()) refuse(socket, 503, 'the hub stops');
      else if (!parts.admits(visitor.address)) refuse(socket, 429, 'too many from one address');
      else if (path === '/sip') takeSip(request, socket, head, visitor.address);
      else if (path === '/hub') takeHub(request, socket, head, visitor);
      else refuse(socket, 404, 'no such path');
    },
    handleInner(request, socket, head) {
      mind(socket);
      if (pathOf(request) === '/sip') takeSip(request, socket, head, request.socket.remoteAddress ?? '');
      else refuse(socket, 404, 'no such path');
    },
  };
}

function pathOf(request: IncomingMessage): string | undefined {
  return request.url?.split('?')[0];
}

function offersSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((protocol) => protocol.trim().toLowerCase() === 'sip');
}

/** @returns the token of `Authorization: Bearer`, '' where the header is something else, null where there is none. */
export function bearerOf(request: IncomingMessage): string | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
}

/** Compares in a time that says nothing of where they differ. */
export function sameToken(shown: string, expected: string | null): boolean {
  if (expected === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(expected));
}
