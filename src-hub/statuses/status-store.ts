// The statuses that supervisors add, at rest, in their order, with the version that counts changes of the list.
import type { StatusLabel } from '#shared/domain/presence.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import { raiseVersion, versionOf } from '../database/list-version.ts';
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
      versionOf(this.#db, versionRow),
    ]);
    return {
      version,
      statuses: rows.map(({ id, label, acts_as, color }) => ({ id, label, actsAs: acts_as, color })),
    };
  }

  /**
   * @param next with the version that it is to have.
   * @returns false where the list has another version than the one before; then nothing was changed.
   */
  async replace({ version, statuses }: StatusList, change: AuditedChange, atMs: number): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      if (!(await raiseVersion(db, versionRow, version))) return false;
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
