// Reads and writes projects' call forms, each change with its audit entry in one transaction.

import type { VersionedCallForm } from '#shared/admin/records-contract.ts';
import { callForm } from '#shared/domain/call-form.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';

export class CallFormStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Those that somebody has set. */
  async all(): Promise<Map<ProjectId, VersionedCallForm>> {
    const rows = await this.#db.selectFrom('call_form').selectAll().execute();
    return new Map(
      rows.map(({ project_id, version, form }) => [
        project_id,
        { version, form: callForm.parse(JSON.parse(form)) },
      ]),
    );
  }

  async add(projectId: ProjectId, { version, form }: VersionedCallForm): Promise<void> {
    const row = { project_id: projectId, version, form: JSON.stringify(form) };
    await this.#db.insertInto('call_form').values(row).execute();
  }

  /**
   * @param wanted with the version that it is to have.
   * @returns false where it has another version than the one before; then nothing was changed.
   */
  async set(
    projectId: ProjectId,
    { version, form }: VersionedCallForm,
    change: AuditedChange,
    atMs: number,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const columns = { version, form: JSON.stringify(form) };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('call_form')
        .values({ project_id: projectId, ...columns })
        .onConflict((conflict) =>
          conflict
            .column('project_id')
            .doUpdateSet(columns)
            .where('call_form.version', '=', version - 1),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}
