// What is remembered of people who were erased, so that a call or message that arrives later brings nothing of them back:
// the ids of their records (in the history), and marks of the numbers that were theirs alone. Used by erasure-store.ts,
// reported-calls and the voicemail, each in a transaction that no erasure runs beside.
import { createHmac } from 'node:crypto';
import type { RecordId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

/** Longer than any desktop is offline that is still brought up to date. */
const rememberedMs = 365 * 24 * 3_600_000;

export class ErasedPeopleStore {
  readonly #key: Uint8Array;

  /** @param key 32 bytes; whoever has the database and not the key cannot try out which numbers are meant. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** @param numbers as they are kept (E.164 where they can be). */
  async remember(db: HubDatabase, numbers: readonly string[], atMs: number): Promise<void> {
    await db
      .deleteFrom('erased_number')
      .where('erased_at_ms', '<', atMs - rememberedMs)
      .execute();
    for (const number of numbers) {
      await db
        .insertInto('erased_number')
        .values({ mark: this.#markOf(number), erased_at_ms: atMs })
        .onConflict((conflict) => conflict.column('mark').doUpdateSet({ erased_at_ms: atMs }))
        .execute();
    }
  }

  /** Whether one of these ids was a record that was erased. */
  async anyErased(db: HubDatabase, ids: readonly RecordId[]): Promise<boolean> {
    if (ids.length === 0) return false;
    const row = await db
      .selectFrom('record_change')
      .select('id')
      .where('record_id', 'in', ids)
      .where('what', '=', 'erase')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Whether one of these numbers was an erased person's, was erased at or after that time, and is nobody else's since.
   * What began later is somebody who calls anew.
   */
  async anyNumberErased(db: HubDatabase, numbers: readonly string[], sinceMs: number): Promise<boolean> {
    const markOf = new Map(numbers.map((number) => [this.#markOf(number), number]));
    if (markOf.size === 0) return false;
    const rows = await db
      .selectFrom('erased_number')
      .select('mark')
      .where('mark', 'in', [...markOf.keys()])
      .where('erased_at_ms', '>=', sinceMs)
      .execute();
    const erased = rows.flatMap(({ mark }) => markOf.get(mark) ?? []);
    if (erased.length === 0) return false;
    const others = await db
      .selectFrom('record_number')
      .select('number')
      .where('number', 'in', erased)
      .execute();
    const taken = new Set(others.map(({ number }) => number));
    return erased.some((number) => !taken.has(number));
  }

  #markOf(number: string): string {
    return createHmac('sha256', this.#key).update(number).digest('base64url');
  }
}
