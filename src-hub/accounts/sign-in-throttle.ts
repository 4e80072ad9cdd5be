// Slows down whoever guesses passwords: after some failures each further attempt must wait, twice as long each time,
// up to a limit; never for good. Counted per account and address together, so that a stranger cannot keep the owner
// out, and per each alone, more leniently, against guessing spread over many.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';

interface Rule {
  readonly freeFailures: number;
  readonly longestDelayMs: number;
  keyOf(username: string, address: string): string;
}

const perAccountAndAddress: Rule = {
  freeFailures: 3,
  longestDelayMs: 60_000,
  keyOf: (username, address) => JSON.stringify(['both', username, address]),
};
const perAddress: Rule = {
  freeFailures: 20,
  longestDelayMs: 60_000,
  keyOf: (_, address) => JSON.stringify(['address', address]),
};
const perAccount: Rule = {
  freeFailures: 20,
  longestDelayMs: 15_000,
  keyOf: (username) => JSON.stringify(['account', username]),
};
const rules = [perAccountAndAddress, perAddress, perAccount];
const firstDelayMs = 1_000;
const forgottenAfterMs = 15 * 60_000;
const mostEntries = 10_000;

interface Failures {
  count: number;
  lastAtMs: number;
  openAgainAtMs: number;
}

export class SignInThrottle {
  readonly #clock: HubClock;
  /** Oldest failure first: an entry is put in anew whenever it grows. */
  readonly #failures = new Map<string, Failures>();

  constructor(clock: HubClock) {
    this.#clock = clock;
  }

  /**
   * Before each attempt. It counts as failed until `succeeded` says otherwise: many guesses sent at once would
   * otherwise all pass before the first is known to be wrong.
   * @throws CommandFailed 'slowDown' where it comes too early; that does not count.
   */
  begin(username: string, address: string): void {
    const nowMs = this.#clock.nowMs();
    const openAgainAtMs = Math.max(
      ...rules.map((rule) => this.#failures.get(rule.keyOf(username, address))?.openAgainAtMs ?? 0),
    );
    if (openAgainAtMs > nowMs) {
      const seconds = Math.ceil((openAgainAtMs - nowMs) / 1000);
      throw new CommandFailed(
        'slowDown',
        `Too many attempts that failed. Nothing is locked: try again in ${seconds} s.`,
      );
    }
    for (const rule of rules) this.#count(rule, rule.keyOf(username, address), nowMs);
    this.#forgetOldest(nowMs);
  }

  /** The owner is in: their own count at this address is forgotten, and this attempt was no failure. */
  succeeded(username: string, address: string): void {
    this.#failures.delete(perAccountAndAddress.keyOf(username, address));
    for (const rule of [perAddress, perAccount]) {
      const failures = this.#failures.get(rule.keyOf(username, address));
      if (failures) failures.count -= 1;
    }
  }

  #count(rule: Rule, key: string, nowMs: number): void {
    const before = this.#failures.get(key);
    const count = before && nowMs - before.lastAtMs < forgottenAfterMs ? before.count + 1 : 1;
    const doublings = Math.min(count - rule.freeFailures, 20);
    const delayMs = doublings <= 0 ? 0 : Math.min(firstDelayMs * 2 ** (doublings - 1), rule.longestDelayMs);
    this.#failures.delete(key);
    this.#failures.set(key, { count, lastAtMs: nowMs, openAgainAtMs: nowMs + delayMs });
  }

  #forgetOldest(nowMs: number): void {
    for (const [key, { lastAtMs }] of this.#failures) {
      if (nowMs - lastAtMs < forgottenAfterMs && this.#failures.size <= mostEntries) return;
      this.#failures.delete(key);
    }
  }
}
