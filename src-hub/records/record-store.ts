// The persons and firms known to the hub, with their numbers.
import type { RecordId } from '#shared/domain/ids.ts';
import type { DirectoryRecord } from '#shared/hub/hub-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';

export class RecordStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<DirectoryRecord[]> {
    const [records, numbers] = await Promise.all([
      this.#db.selectFrom('record').selectAll().orderBy('name').execute(),
      this.#db.selectFrom('record_number').selectAll().orderBy('position').execute(),
    ]);
    const numbersOf = new Map<RecordId, string[]>();
    for (const { record_id, number } of numbers) {
      numbersOf.set(record_id, [...(numbersOf.get(record_id) ?? []), number]);
    }
    return records.map((row) => ({ ...row, numbers: numbersOf.get(row.id) ?? [] }));
  }

  async addAll(records: readonly DirectoryRecord[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      for (const { id, kind, name, numbers } of records) {
        await db.insertInto('record').values({ id, kind, name }).execute();
        for (const [position, number] of numbers.entries()) {
          await db.insertInto('record_number').values({ record_id: id, position, number }).execute();
        }
      }
    });
  }
}
