// The hub's HTTP servers: made here, listening by here. What they answer is http/hub-http.ts's and upgrades.ts's.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { HubLog } from '../hub-log.ts';

/** Certificate chain and key as PEM texts. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export type HubServer = Server & { setSecureContext?(options: { cert: string; key: string }): void };

/** @param tls null for one that speaks plain HTTP. */
export function createHubServer(listener: RequestListener, tls: TlsFiles | null): HubServer {
  const server: HubServer = tls
    ? createSecureServer({ cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' }, listener)
    : createServer(listener);
  // Nobody uploads anything here; slow headers are an attack or a broken network.
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  return server;
}

/**
 * Listens on `preferredPort`; where it is taken (or may not be used), on any free port, unless it is the only one.
 * @returns the port that it listens on.
 */
export async function listen(
  server: Server,
  at: { host: string; preferredPort: number; onlyThatPort?: boolean | undefined },
  log: HubLog,
): Promise<number> {
  try {
    return await listenOn(server, at.host, at.preferredPort);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const anotherWouldDo = at.preferredPort !== 0 && at.onlyThatPort !== true;
    if (!anotherWouldDo || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
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
