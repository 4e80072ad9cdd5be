// How many WebSockets one address may open: a whole floor behind one router comes back at once after a restart, so the
// first many are free, and further ones come in at a steady rate. Counted before anything of the handshake is done.

const burst = 1_500;
const perSecond = 25;
const mostAddresses = 20_000;

interface Bucket {
  left: number;
  atMs: number;
}

export class UpgradeLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** @returns whether the address may open one more now. */
  admits(address: string): boolean {
    const nowMs = this.#nowMs();
    const before = this.#buckets.get(address);
    const refilled = before ? before.left + ((nowMs - before.atMs) / 1000) * perSecond : burst;
    const left = Math.min(burst, refilled);
    this.#buckets.delete(address);
    const admitted = left >= 1;
    this.#buckets.set(address, { left: admitted ? left - 1 : left, atMs: nowMs });
    this.#forgetOldest();
    return admitted;
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= mostAddresses) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
