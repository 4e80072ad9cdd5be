// The hub's one HTTP server: /health, and the upgrades to WebSocket. Which paths there are is upgrades.ts's.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HubLog } from '../hub-log.ts';
import { knockOf, refusalOf } from './loopback-guard.ts';

export function createHubServer(): Server {
  const server = createServer((request, response) => answer(request, response));
  // Nobody uploads anything here; slow headers are an attack or a broken network.
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  return server;
}

/**
 * Listens on `preferredPort`; where it is taken (or may not be used), on any free port.
 * @returns the port that it listens on.
 */
export async function listen(
  server: Server,
  at: { host: string; preferredPort: number },
  log: HubLog,
): Promise<number> {
  try {
    return await listenOn(server, at.host, at.preferredPort);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (at.preferredPort === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    log.warn('http: the preferred port cannot be had, another is used', { port: at.preferredPort, code });
    return await listenOn(server, at.host, 0);
  }
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      server.off('listening', listening);
      reject(error);
    };
    const listening = () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen({ host, port, exclusive: true });
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const refused = refusalOf(knockOf(request));
  if (refused) {
    reply(response, 403, { refused });
  } else if (request.url !== '/health') {
    reply(response, 404, { refused: 'noSuchPath' });
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    reply(response, 405, { refused: 'noSuchMethod' });
  } else {
    reply(response, 200, { status: 'ok' });
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
