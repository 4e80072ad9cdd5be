// The settings of the whole hub at rest: one row, with the version that counts their changes.
import { z } from 'zod';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';

const rowName = 'hub';

export class SettingsStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Null where they were never set. */
  async read(): Promise<unknown> {
    const row = await this.#db
      .selectFrom('hub_setting')
      .select('value')
      .where('name', '=', rowName)
      .executeTakeFirst();
    return row ? z.json().parse(JSON.parse(row.value)) : null;
  }

  /**
   * @param before as read; null where they were never set.
   * @returns false where they have changed since.
   */
  async write(before: unknown, after: object, change: AuditedChange, atMs: number): Promise<boolean> {
    const value = JSON.stringify(after);
    return await this.#db.transaction().execute(async (db) => {
      const written =
        before === null
          ? await db
              .insertInto('hub_setting')
              .values({ name: rowName, value })
              .onConflict((conflict) => conflict.doNothing())
              .returning('name')
              .executeTakeFirst()
          : await db
              .updateTable('hub_setting')
              .set({ value })
              .where('name', '=', rowName)
              .where('value', '=', JSON.stringify(before))
              .returning('name')
              .executeTakeFirst();
      if (written) await appendAudit(db, change, atMs);
      return written !== undefined;
    });
  }
}
