// Each project's call form as the hub last told it, for when the hub is away. Run by src-main/database/migrate.ts, inside
// a transaction made there. Never changed once released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('call_forms')
    .addColumn('project_id', 'text', (column) => column.primaryKey())
    // JSON.
    .addColumn('form', 'text', (column) => column.notNull())
    .execute();
}
