// Who may knock at a hub that listens on this computer only. Pages in a browser can reach loopback too: they are
// known by the Origin header, which they cannot leave out of a WebSocket handshake (RFC 6455 10.2), and by the Host
// header, which names the attacker's domain where DNS was rebound to 127.0.0.1.
import type { IncomingMessage } from 'node:http';

export interface Knock {
  readonly remoteAddress: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

export type KnockRefusal = 'notLoopback' | 'foreignHost' | 'foreignOrigin';

export function knockOf(request: IncomingMessage): Knock {
  const { host, origin } = request.headers;
  return { remoteAddress: request.socket.remoteAddress, host, origin };
}

/** @returns why the request is refused, or null. The desktop and the command line send no Origin: any is foreign. */
export function refusalOf({ remoteAddress, host, origin }: Knock): KnockRefusal | null {
  if (!remoteAddress || !isLoopbackAddress(remoteAddress)) return 'notLoopback';
  if (origin !== undefined) return 'foreignOrigin';
  if (!host || !isLoopbackHost(host)) return 'foreignHost';
  return null;
}

export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) || address === '::1';
}

function isLoopbackHost(host: string): boolean {
  return /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
}
