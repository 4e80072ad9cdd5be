// What the hub told at sign-in, kept so that it is there without the hub: projects, dispositions, records.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('projects')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rank', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('numbers', 'text', (column) => column.notNull())
    .addColumn('wrap_up_ms', 'integer', (column) => column.notNull())
    .addColumn('disposition_required', 'integer', (column) => column.notNull())
    .execute();

  await database.schema
    .createTable('dispositions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rank', 'integer', (column) => column.notNull())
    .addColumn('project_id', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('group_label', 'text')
    .addColumn('color', 'text', (column) => column.notNull())
    .addColumn('key', 'text')
    .addColumn('note_required', 'integer', (column) => column.notNull())
    .execute();

  await database.schema
    .createTable('records')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('record_numbers')
    .addColumn('record_id', 'text', (column) => column.notNull().references('records.id').onDelete('cascade'))
    // E.164 where it could be parsed, else as written.
    .addColumn('number', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('record_numbers_primary', ['record_id', 'number'])
    .execute();
  await database.schema
    .createIndex('record_numbers_by_number')
    .on('record_numbers')
    .column('number')
    .execute();
}
