// One challenge of a registrar or proxy, and the choice among several (RFC 8760 2.4). Pure. Used by digest-client.ts.
import { type DigestAlgorithm, digestAlgorithm, digestFields } from './digest-response.ts';

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  /** Null where the server sent none; otherwise it is sent back as it came. */
  readonly opaque: string | null;
  readonly algorithm: DigestAlgorithm;
  readonly sessionKey: boolean;
  /** As the challenge names it, null where it names none. It is repeated in the credentials. */
  readonly algorithmText: string | null;
  readonly qop: 'auth' | 'auth-int' | null;
  /** The nonce was too old, the password may well be right. */
  readonly stale: boolean;
}

const strength: Readonly<Record<DigestAlgorithm, number>> = { MD5: 1, 'SHA-256': 2, 'SHA-512-256': 3 };

/** @returns null where it is not Digest, or wants an algorithm or a protection that we do not have */
export function readChallenge(value: string): Challenge | null {
  const fields = digestFields(value);
  const realm = fields?.get('realm');
  const nonce = fields?.get('nonce');
  if (!fields || realm === undefined || !nonce) return null;
  const algorithmText = fields.get('algorithm') ?? null;
  const sessionKey = /-sess$/i.test(algorithmText ?? '');
  const algorithm = digestAlgorithm((algorithmText ?? 'MD5').replace(/-sess$/i, ''));
  const qop = readQop(fields.get('qop'));
  if (algorithm === null || qop === undefined) return null;
  return {
    realm,
    nonce,
    opaque: fields.get('opaque') ?? null,
    algorithm,
    sessionKey,
    algorithmText,
    qop,
    stale: fields.get('stale')?.toLowerCase() === 'true',
  };
}

/** The strongest challenge of each realm, in the order in which the realms first stand; of two alike the first. */
export function strongestOfEachRealm(values: readonly string[]): Challenge[] {
  const chosen = new Map<string, Challenge>();
  for (const value of values) {
    const challenge = readChallenge(value);
    if (!challenge) continue;
    const known = chosen.get(challenge.realm);
    if (!known || strength[challenge.algorithm] > strength[known.algorithm])
      chosen.set(challenge.realm, challenge);
  }
  return [...chosen.values()];
}

/** `undefined` where only what we do not know is offered. Proxies change bodies, so that auth is the safer one. */
function readQop(offered: string | undefined): 'auth' | 'auth-int' | null | undefined {
  if (offered === undefined || offered.trim() === '') return null;
  const options = offered.toLowerCase().split(/[\s,]+/);
  return options.includes('auth') ? 'auth' : options.includes('auth-int') ? 'auth-int' : undefined;
}
