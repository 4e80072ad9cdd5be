// Who may knock at the hub. Pages in a browser can reach any address that the computer reaches: they are known by the
// Origin header, which they cannot leave out of a WebSocket handshake (RFC 6455 10.2), and, where the hub listens on
// this computer only, by the Host header, which names the attacker's domain where DNS was rebound to 127.0.0.1.
import type { Visitor } from './visitor.ts';

export interface DoorRules {
  /** Nobody but this computer: practice hubs, whose sample accounts have known passwords. */
  readonly thisComputerOnly: boolean;
  /** The Host header must name this computer. */
  readonly loopbackHost: boolean;
  /** Passwords may cross a network unencrypted. */
  readonly plainAllowed: boolean;
}

export type KnockRefusal = 'notLoopback' | 'foreignHost' | 'foreignOrigin' | 'notEncrypted';

/** @returns why the request is refused, or null. The desktop and the command line send no Origin: any is foreign. */
export function refusalOf(visitor: Visitor, rules: DoorRules): KnockRefusal | null {
  const fromHere = isLoopbackAddress(visitor.address) && !visitor.forwardedByStranger;
  if (rules.thisComputerOnly && !fromHere) return 'notLoopback';
  if (visitor.origin !== undefined) return 'foreignOrigin';
  if (rules.loopbackHost && !isLoopbackHost(visitor.host)) return 'foreignHost';
  if (!visitor.encrypted && !fromHere && !rules.plainAllowed) return 'notEncrypted';
  return null;
}

/** A form that the hub itself served comes back with the hub's own origin. */
export function withoutOwnOrigin(visitor: Visitor): Visitor {
  const own = `${visitor.encrypted ? 'https' : 'http'}://${visitor.host ?? ''}`;
  return visitor.origin === own ? { ...visitor, origin: undefined } : visitor;
}

export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) || address === '::1';
}

function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}
