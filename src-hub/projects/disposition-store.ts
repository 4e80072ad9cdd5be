// Writes a project's dispositions as one list, with its audit entry in one transaction. One that is taken away is kept
// out of sight: calls refer to it.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { dispositionRow } from './project-rows.ts';

export class DispositionStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /**
   * @param dispositions all that can be chosen from now on, in their order.
   * @param version the list's, from now on.
   * @returns false where the list has another version than the one before; then nothing was changed.
   */
  async replace(
    projectId: ProjectId,
    dispositions: readonly Disposition[],
    version: number,
    change: AuditedChange,
    atMs: number,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('project')
        .set({ dispositions_version: version })
        .where('id', '=', projectId)
        .where('dispositions_version', '=', version - 1)
        .where('removed_at_ms', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await db
        .updateTable('disposition')
        .set({ removed_at_ms: atMs })
        .where('project_id', '=', projectId)
        .where('removed_at_ms', 'is', null)
        .execute();
      for (const [position, disposition] of dispositions.entries()) {
        const { id, ...row } = dispositionRow(disposition, position);
        await db
          .insertInto('disposition')
          .values({ id, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
      }
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}
