// Tells that records are other than they were, at most some times a second however many change, and counts it, so that
// what was read of many at once is known to be old. Told by whoever has written: records-service.ts, Save, sync.
import type { RecordId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Clock } from '../calls/clock.ts';
import { News } from '../calls/news.ts';

/** Which; null where they are more than a few. */
export type ChangedRecords = readonly RecordId[] | null;

const pauseMs = 100;
const mostNamed = 50;

export class RecordChanges {
  /** After the change, and after others that came right behind it. */
  readonly news: News<ChangedRecords>;
  readonly #clock: Clock;
  #revision = 0;
  #pending: Set<RecordId> | 'many' | null = null;
  #callOff: (() => void) | null = null;

  constructor(clock: Clock, log: WireLog) {
    this.#clock = clock;
    this.news = new News('records.changed', log);
  }

  /** Grows with each change. */
  revision(): number {
    return this.#revision;
  }

  /** May be called inside the transaction that writes: it is told later. */
  tell(changed: ChangedRecords): void {
    this.#revision += 1;
    this.#pending = merged(this.#pending, changed);
    this.#callOff ??= this.#clock.setTimer(pauseMs, () => {
      const pending = this.#pending;
      this.#callOff = null;
      this.#pending = null;
      // Read between the count and the commit, it may be held under the count of then.
      this.#revision += 1;
      if (pending !== null) this.news.tell(pending === 'many' ? null : [...pending]);
    });
  }

  close(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}

function merged(pending: Set<RecordId> | 'many' | null, changed: ChangedRecords): Set<RecordId> | 'many' {
  if (pending === 'many' || changed === null) return 'many';
  const all = new Set([...(pending ?? []), ...changed]);
  return all.size > mostNamed ? 'many' : all;
}
