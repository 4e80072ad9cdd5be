// Imports as they are kept: what file, how far, what was bad.
import { z } from 'zod';
import {
  type ImportProblem,
  type ImportSettings,
  importSettings,
  type RecordImport,
  recordImport,
} from '#shared/admin/records-contract.ts';
import { type Actor, appendAudit } from '../../audit/audit-store.ts';
import type { HubDatabase } from '../../database/open-database.ts';
import type { HubTables } from '../../database/tables.ts';

export interface StoredImport {
  readonly view: RecordImport;
  readonly actor: Actor;
}

const reading = recordImport.pick({ encoding: true, separator: true, header: true });

export class ImportStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add({ view, actor }: StoredImport): Promise<void> {
    const { encoding, separator, header } = view;
    await this.#db
      .insertInto('record_import')
      .values({
        id: view.id,
        file_name: view.fileName,
        made_at_ms: view.madeAtMs,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.name,
        state: view.state,
        reading: JSON.stringify({ encoding, separator, header }),
        settings: null,
        rows: view.rows,
        rows_done: 0,
        created: 0,
        updated: 0,
        bad: 0,
        ended_at_ms: null,
        reason: null,
      })
      .execute();
  }

  /** Newest first. */
  async all(): Promise<StoredImport[]> {
    const rows = await this.#db
      .selectFrom('record_import')
      .selectAll()
      .orderBy('made_at_ms', 'desc')
      .execute();
    return rows.map(importOf);
  }

  async find(id: string): Promise<StoredImport | null> {
    const row = await this.#db
      .selectFrom('record_import')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? importOf(row) : null;
  }

  async begin(id: string, settings: ImportSettings): Promise<void> {
    await this.#db
      .updateTable('record_import')
      .set({ state: 'running', settings: JSON.stringify(settings), ended_at_ms: null, reason: null })
      .where('id', '=', id)
      .execute();
  }

  /** With its entry in the audit log. */
  async end({ view, actor }: StoredImport, atMs: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .updateTable('record_import')
        .set({ state: 'done', ended_at_ms: atMs })
        .where('id', '=', view.id)
        .execute();
      const { fileName, rows, created, updated, bad, settings } = view;
      const change = {
        actor,
        action: 'record.import',
        subject: { kind: 'record', id: view.id, name: fileName },
        projectId: settings?.projectId ?? null,
        before: {},
        after: { rows, created, updated, bad },
      };
      await appendAudit(db, change, atMs);
    });
  }

  async fail(id: string, reason: string, atMs: number): Promise<void> {
    await this.#db
      .updateTable('record_import')
      .set({ state: 'failed', reason, ended_at_ms: atMs })
      .where('id', '=', id)
      .execute();
  }

  async remove(id: string): Promise<void> {
    await this.#db.deleteFrom('record_import').where('id', '=', id).execute();
  }

  /** In the order of the file. */
  async problems(id: string): Promise<ImportProblem[]> {
    const rows = await this.#db
      .selectFrom('record_import_problem')
      .selectAll()
      .where('import_id', '=', id)
      .orderBy('row')
      .orderBy('position')
      .execute();
    return rows.map(({ row, column_name, reason, message }) => ({
      row,
      column: column_name,
      reason,
      message,
    }));
  }
}

function importOf(row: HubTables['record_import']): StoredImport {
  const read = reading.parse(JSON.parse(row.reading));
  return {
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    view: {
      ...read,
      id: row.id,
      fileName: row.file_name,
      madeAtMs: row.made_at_ms,
      madeBy: row.actor_name,
      state: row.state,
      rows: row.rows,
      rowsDone: row.rows_done,
      created: row.created,
      updated: row.updated,
      bad: row.bad,
      settings: z.nullable(importSettings).parse(row.settings === null ? null : JSON.parse(row.settings)),
      endedAtMs: row.ended_at_ms,
      reason: row.reason,
    },
  };
}
