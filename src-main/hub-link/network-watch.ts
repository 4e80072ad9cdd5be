// Notices that this computer's network addresses are others than before: a cable pulled, a network joined, a VPN up or
// down. Nothing in main tells of it, so the list is read now and then. What follows from it is for compose.ts.
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export interface NetworkWatchOptions {
  readonly changed: () => void;
  readonly everyMs?: number;
  readonly read?: () => Interfaces;
}

const defaultEveryMs = 1_000;

/** Returns the way to stop. */
export function watchNetwork({
  changed,
  everyMs = defaultEveryMs,
  read = networkInterfaces,
}: NetworkWatchOptions): () => void {
  let before = addressesIn(read());
  const timer = setInterval(() => {
    const now = addressesIn(read());
    if (now === before) return;
    before = now;
    changed();
  }, everyMs);
  return () => clearInterval(timer);
}

/** Everything by which others reach this computer, as one text. */
function addressesIn(interfaces: Interfaces): string {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
    .map(({ family, address }) => (family === 'IPv6' ? networkOf(address) : address))
    .toSorted()
    .join(' ');
}

/** The first half: the second is drawn anew every day for privacy (RFC 8981), and nothing moves by that. */
function networkOf(address: string): string {
  const [before = '', after] = address.split('::');
  const groups = before.split(':').filter(Boolean);
  const last = after?.split(':').filter(Boolean) ?? [];
  const left = Math.max(0, 8 - groups.length - last.length);
  return [...groups, ...new Array<string>(left).fill('0'), ...last].slice(0, 4).join(':');
}
