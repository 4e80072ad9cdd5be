// What the two sides of a digest compute and read alike (RFC 7616, RFC 8760, RFC 3261 22): the response, and the fields
// of a challenge or of credentials. Pure. Used by digest-client.ts here and by the exchange's auth.
// Which nonces are good, and which algorithm is wanted, is decided elsewhere.
import { createHash } from 'node:crypto';

export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'SHA-512-256';

const hashNames: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

/** @returns null where it is none of ours; names are compared without case (RFC 7616 3.3) */
export function digestAlgorithm(name: string): DigestAlgorithm | null {
  const wanted = name.toUpperCase();
  return wanted in hashNames ? (wanted as DigestAlgorithm) : null;
}

export interface DigestInputs {
  readonly algorithm: DigestAlgorithm;
  /** A key for this session only, the algorithm's name ending in `-sess` (RFC 7616 3.4.2). */
  readonly sessionKey?: boolean;
  readonly username: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** Nonce count as it is written: eight hexadecimal digits. */
  readonly nc: string;
  readonly cnonce: string;
  /** Null as in the time before RFC 2617. */
  readonly qop: 'auth' | 'auth-int' | null;
  /** Counts for auth-int only. */
  readonly body?: string;
}

/** The `response` that whoever knows the password gives (RFC 7616 3.4.1); hexadecimal. */
export function digestResponse(inputs: DigestInputs): string {
  const { username, realm, password, method, uri, nonce, nc, cnonce, qop, body = '' } = inputs;
  const hash = (text: string) => createHash(hashNames[inputs.algorithm]).update(text).digest('hex');
  const key = hash(`${username}:${realm}:${password}`);
  const ha1 = inputs.sessionKey ? hash(`${key}:${nonce}:${cnonce}`) : key;
  const ha2 = hash(qop === 'auth-int' ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`);
  return hash(qop === null ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`);
}

const fieldForm = /\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))\s*(?:,|$)/y;

/**
 * @param value of a WWW-Authenticate, Authorization or Proxy- header
 * @returns fields by their names in lower case, quotes taken off; null where it is not Digest or cannot be read. Of two
 *   with the same name the first counts.
 */
export function digestFields(value: string): ReadonlyMap<string, string> | null {
  const scheme = /^\s*Digest\s+/i.exec(value);
  if (!scheme) return null;
  const fields = new Map<string, string>();
  const form = new RegExp(fieldForm);
  form.lastIndex = scheme[0].length;
  while (form.lastIndex < value.length) {
    const field = form.exec(value);
    if (!field) return null;
    const name = (field[1] ?? '').toLowerCase();
    if (!fields.has(name)) fields.set(name, field[2]?.replaceAll(/\\(.)/g, '$1') ?? field[3] ?? '');
  }
  return fields;
}
