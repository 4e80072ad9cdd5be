// Credentials for a TURN server that shares a secret with the hub (coturn's use-auth-secret; draft-uberti-behave-turn-rest):
// good for some hours, made here, checked there, stored nowhere. Asked by desktops once they are signed in.
import { createHmac } from 'node:crypto';
import type { IceServer } from '#shared/media/media-contract.ts';

export interface IceSettings {
  /** `stun:host:port` */
  readonly stunUrls: readonly string[];
  /** `turn:host:port?transport=udp`, `turns:host:port` */
  readonly turnUrls: readonly string[];
  /** coturn's static-auth-secret; null where there is no TURN server. */
  readonly turnSecret: string | null;
  /** Desktops send and take sound through the TURN servers only, and tell nobody an address of their own. */
  readonly relayOnly?: boolean;
}

export interface IceServersFor {
  readonly servers: IceServer[];
  /** When the credentials end; null where there are none. Allocations made before go on. */
  readonly untilMs: number | null;
  readonly relayOnly: boolean;
}

export const noIceServers: IceSettings = { stunUrls: [], turnUrls: [], turnSecret: null };
/** A day's work, so that a call that is answered in the evening still finds its way. */
const lifetimeMs = 12 * 3_600_000;

/** @param name who asks, for the TURN server's own log: an id, never a name of somebody. */
export function iceServersFor(settings: IceSettings, name: string, nowMs: number): IceServersFor {
  const { stunUrls, turnUrls, turnSecret, relayOnly = false } = settings;
  const stun: IceServer[] = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turnSecret === null || turnUrls.length === 0) return { servers: stun, untilMs: null, relayOnly: false };
  const untilSeconds = Math.floor((nowMs + lifetimeMs) / 1000);
  const username = `${untilSeconds}:${name}`;
  const credential = turnPassword(turnSecret, username);
  const servers = [...stun, { urls: [...turnUrls], username, credential }];
  return { servers, untilMs: untilSeconds * 1000, relayOnly };
}

/** @returns base64(HMAC-SHA1(secret, username)), as coturn computes it. */
export function turnPassword(secret: string, username: string): string {
  return createHmac('sha1', secret).update(username).digest('base64');
}
