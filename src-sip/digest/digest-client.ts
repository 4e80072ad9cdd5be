// Answers challenges for one account: makes the Authorization values and counts how often each nonce was used.
// Used by request-sender-internals.ts. Sends nothing itself.
import { randomBytes } from 'node:crypto';
import type { Challenge } from './challenge.ts';
import { digestResponse } from './digest-response.ts';

export interface ChallengedRequest {
  readonly method: string;
  readonly uri: string;
  readonly body: string;
}

/** Servers hand out few at a time; the oldest is forgotten. */
const maxNonces = 64;

export class DigestClient {
  readonly #newCnonce: () => string;
  /** In the order of first use. */
  readonly #uses = new Map<string, number>();

  /** @param newCnonce for test vectors */
  constructor(newCnonce: () => string = () => randomBytes(12).toString('base64url')) {
    this.#newCnonce = newCnonce;
  }

  /** @returns the value of an Authorization or Proxy-Authorization header (RFC 7616 3.4) */
  credentials(
    challenge: Challenge,
    account: { readonly username: string; readonly password: string },
    request: ChallengedRequest,
  ): string {
    const { realm, nonce, algorithm, sessionKey, algorithmText, opaque, qop } = challenge;
    const nc = this.#count(nonce).toString(16).padStart(8, '0');
    const cnonce = this.#newCnonce();
    const response = digestResponse({
      ...account,
      ...request,
      realm,
      nonce,
      algorithm,
      sessionKey,
      nc,
      cnonce,
      qop,
    });
    const fields = [
      `username=${quoted(account.username)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(request.uri)}`,
      `response="${response}"`,
    ];
    if (algorithmText !== null) fields.push(`algorithm=${algorithmText}`);
    if (opaque !== null) fields.push(`opaque=${quoted(opaque)}`);
    if (qop !== null) fields.push(`qop=${qop}`, `cnonce="${cnonce}"`, `nc=${nc}`);
    return `Digest ${fields.join(', ')}`;
  }

  /** RFC 7616 3.4: the count of requests sent with this nonce, this one included. A server may refuse a repeat. */
  #count(nonce: string): number {
    const count = (this.#uses.get(nonce) ?? 0) + 1;
    this.#uses.set(nonce, count);
    const oldest = this.#uses.keys().next();
    if (this.#uses.size > maxNonces && !oldest.done) this.#uses.delete(oldest.value);
    return count;
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
