// The statuses that supervisors add, at rest, in their order, with the version that counts changes of the list.
import type { StatusLabel } from '#shared/domain/presence.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';

/** The list has no row of its own that could hold it. */
const versionRow = 'statuses.version';

export interface StatusList {
  readonly version: number;
  readonly statuses: readonly StatusLabel[];
}

export class StatusStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<StatusList> {
    const [rows, version] = await Promise.all([
      this.#db.selectFrom('status_label').selectAll().orderBy('position').execute(),
      this.#db.selectFrom('hub_setting').select('value').where('name', '=', versionRow).executeTakeFirst(),
    ]);
    return {
      version: version ? Number(version.value) : 0,
      statuses: rows.map(({ id, label, acts_as, color }) => ({ id, label, actsAs: acts_as, color })),
    };
  }

  /**
   * @param next with the version that it is to have.
   * @returns false where the list has another version than the one before; then nothing was changed.
   */
  async replace({ version, statuses }: StatusList, change: AuditedChange, atMs: number): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const written =
        version === 1
          ? await db
              .insertInto('hub_setting')
              .values({ name: versionRow, value: '1' })
              .onConflict((conflict) => conflict.doNothing())
              .returning('name')
              .executeTakeFirst()
          : await db
              .updateTable('hub_setting')
              .set({ value: String(version) })
              .where('name', '=', versionRow)
              .where('value', '=', String(version - 1))
              .returning('name')
              .executeTakeFirst();
      if (!written) return false;
      await db.deleteFrom('status_label').execute();
      const rows = statuses.map(({ id, label, actsAs, color }, position) => ({
        id,
        position,
        label,
        acts_as: actsAs,
        color,
      }));
      if (rows.length > 0) await db.insertInto('status_label').values(rows).execute();
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}
