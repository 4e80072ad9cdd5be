// The company's directory as the hub last told it, for when the hub is away (OFF-1). Presence is not in it: what nobody
// confirms any more is not shown. Run by src-main/database/migrate.ts, inside a transaction made there. Never changed
// once released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('people')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('extension', 'text', (column) => column.notNull())
    // A JSON array of strings.
    .addColumn('teams', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('callable_projects')
    .addColumn('project_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .execute();
}
