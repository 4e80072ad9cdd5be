// Nonces: made without being stored, signed so that only ours count, each with a lifetime (RFC 7616 5.4),
// and a nonce count that must rise (5.12). What is stored is the count of those that were used rightly.
import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ExchangeClock } from '../exchange-clock.ts';

export type NonceVerdict = 'good' | 'stale' | 'foreign' | 'replayed';

const randomLength = 8;
const timeLength = 6;
const signatureLength = 16;

export class NonceBook {
  readonly #clock: ExchangeClock;
  readonly #lifetimeMs: number;
  /** As a key: made of bytes anew for every signature, it would take ten times as long. */
  readonly #secret = createSecretKey(randomBytes(32));
  /** In the order of first use, so that the oldest can be swept. */
  readonly #used = new Map<string, { count: number; readonly expiresAtMs: number }>();

  constructor(clock: ExchangeClock, lifetimeMs: number) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  create(): string {
    const body = Buffer.alloc(timeLength + randomLength);
    body.writeUIntBE(this.#clock.nowMs(), 0, timeLength);
    randomBytes(randomLength).copy(body, timeLength);
    return Buffer.concat([body, this.#signature(body)]).toString('base64url');
  }

  /**
   * Looks only; `use` must follow once the digest was found right.
   * @param nc nonce count of the credentials, eight hexadecimal digits
   */
  judge(nonce: string, nc: string): NonceVerdict {
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== timeLength + randomLength + signatureLength) return 'foreign';
    if (bytes.toString('base64url') !== nonce) return 'foreign';
    const body = bytes.subarray(0, timeLength + randomLength);
    if (!timingSafeEqual(bytes.subarray(body.length), this.#signature(body))) return 'foreign';
    if (this.#clock.nowMs() >= body.readUIntBE(0, timeLength) + this.#lifetimeMs) return 'stale';
    const count = this.#used.get(nonce)?.count ?? 0;
    return Number.parseInt(nc, 16) > count ? 'good' : 'replayed';
  }

  /** From now on this count and all below it are refused. */
  use(nonce: string, nc: string): void {
    this.#sweep();
    const count = Number.parseInt(nc, 16);
    const known = this.#used.get(nonce);
    if (known) known.count = count;
    else this.#used.set(copyOf(nonce), { count, expiresAtMs: this.#clock.nowMs() + this.#lifetimeMs });
  }

  #sweep(): void {
    const now = this.#clock.nowMs();
    for (const [nonce, { expiresAtMs }] of this.#used) {
      if (expiresAtMs > now) return;
      this.#used.delete(nonce);
    }
  }

  #signature(body: Buffer): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest().subarray(0, signatureLength);
  }
}

/** The nonce was cut out of a message, and V8 would keep the whole message for as long as what was cut out of it. */
function copyOf(nonce: string): string {
  return Buffer.from(nonce, 'base64url').toString('base64url');
}
