// Where webhooks may go: to public addresses, and to private ones that a super admin has listed. A name is resolved once, and
// what is connected to is the address that was looked at here, so that no later answer of a name server counts.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** IANA's special-purpose registries (RFC 6890 and its successors), multicast, and what clouds keep for themselves. */
const notPublic4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Azure's own services, which answer to every machine in it.
  ['168.63.129.16', 32],
] as const;
/** Within 2000::/3; all the rest (loopback, mapped and NAT64 forms, unique local, link-local, multicast) is not public. */
const notPublic6 = [
  // Protocol assignments with Teredo and ORCHID, documentation, 6to4, segment routing.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const blocked = new BlockList();
for (const [network, bits] of notPublic4) blocked.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of notPublic6) blocked.addSubnet(network, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** @param address IPv4 or IPv6, without brackets. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  // A zone names an interface of this computer.
  if (isIP(address) === 0 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** What a super admin has allowed: `host:port` by name or address, or a network such as 10.1.0.0/16. */
export class AllowedTargets {
  readonly #hosts = new Set<string>();
  readonly #networks = new BlockList();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const network = networkOf(entry);
      if (network) this.#networks.addSubnet(network.address, network.bits, network.family);
      else this.#hosts.add(entry.toLowerCase());
    }
  }

  has(host: string, port: number, address: string): boolean {
    if (this.#hosts.has(`${host.toLowerCase()}:${port}`)) return true;
    return this.#networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

/** Whether somebody may write this into the list. */
export function isTargetEntry(entry: string): boolean {
  return networkOf(entry) !== null || /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):\d{1,5}$/i.test(entry);
}

function networkOf(entry: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [, address = '', bits = ''] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) return null;
  return { address, bits: Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' };
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** Of a URL, without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** What can be said without asking a name server: whoever saves a rule hears of it at once. */
export function mayBeAllowed(url: URL, allowed: AllowedTargets): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const host = hostOf(url);
  if (isIP(host) !== 0) return isPublicAddress(host) || allowed.has(url.hostname, portOf(url), host);
  const isLocal = /^(localhost|.+\.(localhost|local|internal))\.?$/i.test(host);
  return !isLocal || allowed.has(host, portOf(url), '0.0.0.0');
}

export type Resolved = { readonly address: string } | { readonly refused: true };

/**
 * The one address that is to be connected to. Refused where any address of the name is neither public nor allowed: a name
 * that leads inside as well as outside is no public one.
 * @throws where the name cannot be resolved.
 */
export async function resolvedOnce(url: URL, allowed: AllowedTargets): Promise<Resolved> {
  const host = hostOf(url);
  const found = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host }];
  const may = ({ address }: { address: string }) =>
    isPublicAddress(address) || allowed.has(url.hostname, portOf(url), address);
  const [first] = found;
  return first && found.every(may) ? { address: first.address } : { refused: true };
}
