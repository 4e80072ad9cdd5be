// Since when each agent has had nothing to do: by it the one idle longest is found (TEAM-7). Told by routing whenever
// something about a user may have changed. In memory; a start takes the ends of calls from disk (offer-store.ts), and
// since when somebody is available is on disk as well.
import type { UserId } from '#shared/domain/ids.ts';

export class IdleTimes {
  readonly #busy = new Set<UserId>();
  readonly #freedAtMs = new Map<UserId, number>();

  /** @param endedAtMs when the last call of each user ended, as far as it is known. */
  load(endedAtMs: ReadonlyMap<UserId, number>): void {
    for (const [userId, atMs] of endedAtMs) this.#freedAtMs.set(userId, atMs);
  }

  /** @param isBusy on a call or in wrap-up now. */
  seen(userId: UserId, isBusy: boolean, nowMs: number): void {
    if (isBusy) this.#busy.add(userId);
    else if (this.#busy.delete(userId)) this.#freedAtMs.set(userId, nowMs);
  }

  /** @param availableSinceMs since when the status takes calls. */
  since(userId: UserId, availableSinceMs: number): number {
    return Math.max(availableSinceMs, this.#freedAtMs.get(userId) ?? 0);
  }
}
