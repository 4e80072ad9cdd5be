// Who stands at the hub's door: the real address behind a proxy, and whether the way here is encrypted. What a request
// says of that (X-Forwarded-*) counts only where a proxy that the operator trusts has handed it on.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SettingWrong } from '../setting-wrong.ts';

export interface Visitor {
  /** IP address of whoever began the request; '' where it is gone already. */
  readonly address: string;
  readonly encrypted: boolean;
  /** As the visitor wrote it: host and port. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Says that it was handed on, by a proxy that nobody named as trusted. */
  readonly forwardedByStranger: boolean;
}

export interface TrustedProxies {
  includes(address: string): boolean;
  readonly none: boolean;
}

/**
 * @param list addresses, networks (10.0.0.0/8), or the word `loopback`.
 * @throws SettingWrong where an entry is none of these.
 */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const blocks = new BlockList();
  for (const entry of list.flatMap((each) => (each === 'loopback' ? ['127.0.0.0/8', '::1'] : [each]))) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const length = bits === undefined ? null : Number(bits);
    const fits =
      length === null || (Number.isInteger(length) && length >= 0 && length <= (version === 4 ? 32 : 128));
    if (version === 0 || !fits) {
      throw new SettingWrong(
        `"${entry}" is no address or network of a proxy. Give addresses, networks such as 10.0.0.0/8, or loopback.`,
      );
    }
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (length === null) blocks.addAddress(address, family);
    else blocks.addSubnet(address, length, family);
  }
  return {
    none: list.length === 0,
    includes(address) {
      const version = isIP(address);
      return version !== 0 && blocks.check(address, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

export function visitorOf(request: IncomingMessage, proxies: TrustedProxies): Visitor {
  const nearest = plainAddress(request.socket.remoteAddress ?? '');
  const { headers } = request;
  const encryptedHere = (request.socket as Partial<TLSSocket>).encrypted === true;
  const direct = {
    address: nearest,
    encrypted: encryptedHere,
    host: headers.host,
    origin: headers.origin,
    forwardedByStranger: false,
  };
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  if (!isForwarded) return direct;
  if (!proxies.includes(nearest)) return { ...direct, forwardedByStranger: true };
  const scheme = last(headers['x-forwarded-proto']);
  return {
    ...direct,
    address: firstStranger(headers['x-forwarded-for'], nearest, proxies),
    encrypted: scheme === null ? encryptedHere : scheme === 'https' || scheme === 'wss',
    host: last(headers['x-forwarded-host']) ?? headers.host,
  };
}

/** Each proxy adds whom it heard at the right end: the first from there that is no trusted proxy began the request. */
function firstStranger(
  forwardedFor: string | string[] | undefined,
  nearest: string,
  proxies: TrustedProxies,
): string {
  const chain = entriesOf(forwardedFor).map(plainAddress);
  for (const address of chain.reverse()) {
    if (isIP(address) === 0) return nearest;
    if (!proxies.includes(address)) return address;
  }
  return nearest;
}

function entriesOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function last(header: string | string[] | undefined): string | null {
  return entriesOf(header).at(-1)?.toLowerCase() ?? null;
}

/** IPv4 that arrived at an IPv6 socket is shown as ::ffff:192.0.2.1. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
