// Turns upgrade requests into WebSockets: /hub for desktops and the command line, /sip for the exchange.
// Everything that can be refused is refused here, before a WebSocket exists.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HubLog } from '../hub-log.ts';
import { knockOf, refusalOf } from './loopback-guard.ts';

/** Nothing that a desktop sends comes near this: its longest is a note. */
const maxFrameBytes = 1_000_000;
/** telephony.md: larger SIP messages are refused before anything parses them. */
const maxSipMessageBytes = 262_144;

export interface UpgradeParts {
  readonly log: HubLog;
  /** Shown as `Authorization: Bearer` by the command line; null where there is none (no practice mode). */
  readonly operatorToken: string | null;
  hubConnected(ws: WebSocket, from: { address: string; practiceOperator: boolean }): void;
  sipConnected(ws: WebSocket, from: { address: string }): void;
}

export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
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

  const refuse = (socket: Duplex, status: number, why: string) => {
    log.warn('upgrade: refused', { status, why });
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
  };

  return {
    handle(request, socket, head) {
      socket.on('error', (error: NodeJS.ErrnoException) =>
        log.warn('upgrade: socket error', { code: error.code }),
      );
      const refusal = refusalOf(knockOf(request));
      const address = request.socket.remoteAddress ?? '';
      const path = request.url?.split('?')[0];
      const shown = bearerOf(request);
      const practiceOperator = shown !== null && sameToken(shown, parts.operatorToken);
      if (refusal) {
        refuse(socket, 403, refusal);
      } else if (path === '/sip' && offersSip(request)) {
        sipSockets.handleUpgrade(request, socket, head, (ws) => parts.sipConnected(ws, { address }));
      } else if (path === '/sip') {
        refuse(socket, 400, 'subprotocol sip missing');
      } else if (path === '/hub' && (shown === null || practiceOperator)) {
        hubSockets.handleUpgrade(request, socket, head, (ws) =>
          parts.hubConnected(ws, { address, practiceOperator }),
        );
      } else if (path === '/hub') {
        refuse(socket, 401, 'token not good');
      } else {
        refuse(socket, 404, 'no such path');
      }
    },
  };
}

function offersSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((protocol) => protocol.trim().toLowerCase() === 'sip');
}

function bearerOf(request: IncomingMessage): string | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
}

function sameToken(shown: string, expected: string | null): boolean {
  if (expected === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(expected));
}
