// Slows down whoever guesses passwords, by address: answers to wrong digests come later and later,
// and after a number of them in a minute none is looked at any more. Used by the authenticator.
import type { ExchangeClock } from '../exchange-clock.ts';

const windowMs = 60_000;
/** A desktop with an old password fails once or twice. */
const freeFailures = 3;
const firstDelayMs = 250;
const longestDelayMs = 4_000;
const failuresPerWindow = 20;
/** Beyond this the longest unused address is forgotten, so that memory stays bounded. */
const maxAddresses = 10_000;

export class FailedDigests {
  readonly #clock: ExchangeClock;
  readonly #failures = new Map<string, { count: number; readonly sinceMs: number }>();

  constructor(clock: ExchangeClock) {
    this.#clock = clock;
  }

  /** Milliseconds until credentials from this address are looked at again; 0 where they are now. */
  blockedForMs(address: string): number {
    const seen = this.#current(address);
    if (!seen || seen.count < failuresPerWindow) return 0;
    return seen.sinceMs + windowMs - this.#clock.nowMs();
  }

  /** @returns how many milliseconds the refusal is to be held back */
  failed(address: string): number {
    const seen = this.#current(address) ?? { count: 0, sinceMs: this.#clock.nowMs() };
    seen.count += 1;
    this.#failures.delete(address);
    this.#failures.set(address, seen);
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > maxAddresses && !oldest.done) this.#failures.delete(oldest.value);
    const beyond = seen.count - freeFailures;
    return beyond <= 0 ? 0 : Math.min(firstDelayMs * 2 ** (beyond - 1), longestDelayMs);
  }

  #current(address: string): { count: number; readonly sinceMs: number } | null {
    const seen = this.#failures.get(address);
    if (!seen) return null;
    if (this.#clock.nowMs() < seen.sinceMs + windowMs) return seen;
    this.#failures.delete(address);
    return null;
  }
}
