// Which addresses of this computer the hub's own ends (voicemail, echo) offer for their sound.
import { networkInterfaces } from 'node:os';
import { isLoopbackAddress } from './wire/door-guard.ts';

const everywhere = ['0.0.0.0', '::'];

/** @param host that the hub listens on. Loopback is always among them: a desktop may run beside the hub. */
export function mediaAddressesOf(host: string): readonly string[] {
  const loopback = '127.0.0.1';
  if (isLoopbackAddress(host) || host === 'localhost') return [loopback];
  if (!everywhere.includes(host)) return [host, loopback];
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    // A link-local address of IPv6 means nothing without its interface.
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
  return [...own, loopback];
}
