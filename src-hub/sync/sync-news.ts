// Tells devices that there is something to pull in what they have open: soon, and at most four times a second. A change is
// heard of as a mere sign; what has changed is read then, so that nothing is missed where a sign was.
import type { UserId } from '#shared/domain/ids.ts';
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import type { HubLog } from '../hub-log.ts';
import type { LiveConnections } from '../wire/live-connections.ts';

export interface SyncNewsParts {
  /** Resolves with what is committed; on SQLite after the transaction that gave the sign. */
  changedSince(seq: number): Promise<{ readonly scopes: readonly SyncScope[]; readonly seq: number }>;
  hasOpen(userId: UserId, scope: SyncScope): boolean;
  readonly live: LiveConnections;
  readonly log: HubLog;
}

const gatherMs = 15;
const apartMs = 250;

export class SyncNews {
  readonly #parts: SyncNewsParts;
  #knownSeq: number;
  #timer: NodeJS.Timeout | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #lastMs = 0;
  #closed = false;

  constructor(knownSeq: number, parts: SyncNewsParts) {
    this.#knownSeq = knownSeq;
    this.#parts = parts;
  }

  /** Something may have changed. */
  readonly sign = (): void => {
    if (this.#closed) return;
    this.#again = true;
    if (this.#timer !== null || this.#reading !== null) return;
    const waitMs = Math.max(gatherMs, this.#lastMs + apartMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#reading = this.#read().finally(() => {
        this.#reading = null;
        if (this.#again) this.sign();
      });
    }, waitMs);
    this.#timer.unref();
  };

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#reading;
  }

  async #read(): Promise<void> {
    this.#again = false;
    this.#lastMs = performance.now();
    try {
      const { scopes, seq } = await this.#parts.changedSince(this.#knownSeq);
      this.#knownSeq = seq;
      if (scopes.length > 0 && !this.#closed) this.#tell(scopes);
    } catch (error) {
      this.#again = true;
      this.#parts.log.warn('sync: what has changed could not be read, it is tried again', { error });
    }
  }

  #tell(scopes: readonly SyncScope[]): void {
    for (const connection of this.#parts.live.all()) {
      const userId = connection.signedIn?.user.userId;
      if (userId === undefined) continue;
      const own = scopes.filter((scope) => scope === null || this.#parts.hasOpen(userId, scope));
      if (own.length > 0) connection.tell('sync.changed', { scopes: own });
    }
  }
}
