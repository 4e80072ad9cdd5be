// Imports as they are kept, of records and of orders in the same tables: what file, how far, what was bad.
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ImportProblem } from '#shared/admin/import-contract.ts';
import { recordImport } from '#shared/admin/records-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { ImportBatch } from './import-jobs.ts';
import type { ImportView } from './import-view.ts';

export interface StoredImport<Settings> {
  readonly view: ImportView<Settings>;
  readonly actor: Actor;
}

export type LookedUpBy = {
  readonly [Table in keyof HubTables]?: readonly (keyof HubTables[Table] & string)[];
};

/** What a store keeps apart. */
export interface KindOfImport<Settings> {
  readonly what: HubTables['record_import']['what'];
  readonly settings: z.ZodType<Settings>;
  /** Of its entry in the audit log. */
  readonly subject: 'record' | 'order';
  projectOf(settings: Settings): ProjectId | null;
  /** Where its rows come to, and by what they are looked up there. */
  readonly lookedUpBy: LookedUpBy;
}

export interface BatchResult {
  readonly created: number;
  readonly updated: number;
  readonly bad: number;
}

const addProblems = new BulkInsert('record_import_problem', {
  import_id: 'text',
  row: 'bigint',
  position: 'bigint',
  column_name: 'text',
  reason: 'text',
  message: 'text',
});

/** Three hundred rows are looked at for each; PostgreSQL's own is 100. */
const statisticsTarget = 20;

const reading = recordImport.pick({ encoding: true, separator: true, header: true });

export class ImportStore<Settings> {
  readonly #db: HubDatabase;
  readonly #kind: KindOfImport<Settings>;

  constructor(db: HubDatabase, kind: KindOfImport<Settings>) {
    this.#db = db;
    this.#kind = kind;
  }

  async add({ view, actor }: StoredImport<Settings>): Promise<void> {
    const { encoding, separator, header } = view;
    await this.#db
      .insertInto('record_import')
      .values({
        id: view.id,
        what: this.#kind.what,
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

  /**
   * To be called when there are many times more rows than before: PostgreSQL plans by what it last counted, and counts by
   * itself only minutes later. Until then a lookup of a thousand numbers would read all of them. Fewer rows are looked at than
   * PostgreSQL would by itself: of what is looked up by its key, how many there are is enough.
   */
  async countAnew(): Promise<void> {
    if (!onPostgres(this.#db)) return;
    const counted = Object.entries(this.#kind.lookedUpBy).map(
      ([table, columns]) => sql`${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})`,
    );
    await this.#db.transaction().execute(async (db) => {
      await sql`set local default_statistics_target = ${sql.raw(String(statisticsTarget))}`.execute(db);
      await sql`analyze ${sql.join(counted)}`.execute(db);
    });
  }

  /** Newest first. */
  async all(): Promise<StoredImport<Settings>[]> {
    const rows = await this.#db
      .selectFrom('record_import')
      .selectAll()
      .where('what', '=', this.#kind.what)
      .orderBy('made_at_ms', 'desc')
      .execute();
    return rows.map((row) => this.#importOf(row));
  }

  async find(id: string): Promise<StoredImport<Settings> | null> {
    const row = await this.#db
      .selectFrom('record_import')
      .selectAll()
      .where('id', '=', id)
      .where('what', '=', this.#kind.what)
      .executeTakeFirst();
    return row ? this.#importOf(row) : null;
  }

  async begin(id: string, settings: Settings): Promise<void> {
    await this.#db
      .updateTable('record_import')
      .set({ state: 'running', settings: JSON.stringify(settings), ended_at_ms: null, reason: null })
      .where('id', '=', id)
      .execute();
  }

  /** With its entry in the audit log. */
  async end({ view, actor }: StoredImport<Settings>, atMs: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .updateTable('record_import')
        .set({ state: 'done', ended_at_ms: atMs })
        .where('id', '=', view.id)
        .execute();
      const { fileName, rows, created, updated, bad, settings } = view;
      const change = {
        actor,
        action: `${this.#kind.subject}.import`,
        subject: { kind: this.#kind.subject, id: view.id, name: fileName },
        projectId: settings === null ? null : this.#kind.projectOf(settings),
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

  #importOf(row: HubTables['record_import']): StoredImport<Settings> {
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
        settings: row.settings === null ? null : this.#kind.settings.parse(JSON.parse(row.settings)),
        endedAtMs: row.ended_at_ms,
        reason: row.reason,
      },
    };
  }
}

/** The rows before these are not in yet, or no more; or the import is removed. Nothing of these may stay. */
export class NotTheirTurn extends Error {
  override readonly name = 'NotTheirTurn';
}

/**
 * How far an import has come.
 * @param db the transaction that writes what its rows say. @throws NotTheirTurn
 */
export async function countRows(
  db: HubDatabase,
  { importId, rows, rowsBefore }: Pick<ImportBatch<unknown, unknown>, 'importId' | 'rows' | 'rowsBefore'>,
  { created, updated, bad }: BatchResult,
  problems: readonly ImportProblem[],
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('record_import')
    .set((row) => ({
      rows_done: row('rows_done', '+', rows.length),
      created: row('created', '+', created),
      updated: row('updated', '+', updated),
      bad: row('bad', '+', bad),
    }))
    .where('id', '=', importId)
    .where('rows_done', '=', rowsBefore)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new NotTheirTurn();
  await addProblems.run(db, problemRows(importId, problems));
}

function problemRows(importId: string, problems: readonly ImportProblem[]) {
  const counts = new Map<number, number>();
  return problems.map(({ row, column, reason, message }) => {
    const position = counts.get(row) ?? 0;
    counts.set(row, position + 1);
    return { import_id: importId, row, position, column_name: column, reason, message };
  });
}
