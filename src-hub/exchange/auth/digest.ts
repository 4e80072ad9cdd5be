// Digest access authentication as SIP uses it (RFC 3261 22, RFC 7616, RFC 8760): reading credentials, computing responses.
// Pure. Which nonces are good is nonce-book.ts's affair.
import { createHash, timingSafeEqual } from 'node:crypto';
import { splitOutside, unquote } from '../message/parameters.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly cnonce: string;
  /** Nonce count; the text is part of the hash, the number guards against replay. */
  readonly nc: string;
}

/**
 * @param value of an Authorization or Proxy-Authorization header
 * @returns null where it is not Digest with qop=auth and an algorithm that was offered
 */
export function parseCredentials(value: string): DigestCredentials | null {
  const scheme = /^Digest\s+/i.exec(value);
  const parts = scheme && splitOutside(value.slice(scheme[0].length), ',');
  if (!parts) return null;
  const fields = new Map<string, string>();
  for (const part of parts) {
    const match = /^([\w-]+)\s*=\s*(.*)$/.exec(part);
    if (match) fields.set((match[1] ?? '').toLowerCase(), unquote(match[2] ?? ''));
  }
  const field = (name: string) => fields.get(name) ?? '';
  const algorithm = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return null;
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

/** The response that who knows the password would have given (RFC 7616 3.4.1, qop=auth); hexadecimal. */
export function digestResponse(credentials: DigestCredentials, method: string, password: string): string {
  const hash = (text: string) =>
    createHash(credentials.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const ha1 = hash(`${credentials.username}:${credentials.realm}:${password}`);
  const ha2 = hash(`${method}:${credentials.uri}`);
  return hash(`${ha1}:${credentials.nonce}:${credentials.nc}:${credentials.cnonce}:auth:${ha2}`);
}

/** Compares in a time that does not tell how much was right. */
export function sameDigest(one: string, other: string): boolean {
  const key = (text: string) => createHash('sha256').update(text.toLowerCase()).digest();
  return timingSafeEqual(key(one), key(other));
}

/** One WWW-Authenticate or Proxy-Authenticate value. */
export function challengeValue(
  realm: string,
  nonce: string,
  algorithm: DigestAlgorithm,
  stale: boolean,
): string {
  const parts = [`realm="${realm}"`, `nonce="${nonce}"`, 'qop="auth"', `algorithm=${algorithm}`];
  if (stale) parts.push('stale=true');
  return `Digest ${parts.join(', ')}`;
}
