// Digest access authentication from the exchange's side (RFC 3261 22, RFC 7616, RFC 8760): reading credentials, checking
// responses, writing challenges. Pure. Which nonces are good is nonce-book.ts's affair.
import { createHash, timingSafeEqual } from 'node:crypto';
import { digestFields, digestResponse } from '../../../src-sip/digest/digest-response.ts';

/** What is offered, strongest first (RFC 8760 2.4). */
export const offeredAlgorithms = ['SHA-256', 'MD5'] as const;

export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: (typeof offeredAlgorithms)[number];
  readonly cnonce: string;
  /** Nonce count; the text is part of the hash, the number guards against replay. */
  readonly nc: string;
}

/**
 * @param value of an Authorization or Proxy-Authorization header
 * @returns null where it is not Digest with qop=auth and an algorithm that was offered
 */
export function parseCredentials(value: string): DigestCredentials | null {
  const fields = digestFields(value);
  if (!fields) return null;
  const field = (name: string) => fields.get(name) ?? '';
  const named = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = offeredAlgorithms.find((offered) => offered === named);
  if (algorithm === undefined) return null;
  if (field('qop').toLowerCase() !== 'auth' || !/^[0-9a-f]{8}$/i.test(field('nc'))) return null;
  return {
    username: field('username'),
    realm: field('realm'),
    nonce: field('nonce'),
    uri: field('uri'),
    response: field('response'),
    algorithm,
    cnonce: field('cnonce'),
    nc: field('nc'),
  };
}

/** Whether whoever made these credentials for a request of this method knew the password. */
export function provesPassword(credentials: DigestCredentials, method: string, password: string): boolean {
  const expected = digestResponse({ ...credentials, method, password, qop: 'auth' });
  return sameDigest(expected, credentials.response);
}

/** Compares in a time that does not tell how much was right. */
function sameDigest(one: string, other: string): boolean {
  const key = (text: string) => createHash('sha256').update(text.toLowerCase()).digest();
  return timingSafeEqual(key(one), key(other));
}

/** One WWW-Authenticate or Proxy-Authenticate value. */
export function challengeValue(
  realm: string,
  nonce: string,
  algorithm: DigestCredentials['algorithm'],
  stale: boolean,
): string {
  const parts = [`realm="${realm}"`, `nonce="${nonce}"`, 'qop="auth"', `algorithm=${algorithm}`];
  if (stale) parts.push('stale=true');
  return `Digest ${parts.join(', ')}`;
}
