// What was typed into a record's form or a new note and is not saved yet, so that a window that dies takes none of it away.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('unsaved_texts')
    .addColumn('user_id', 'text', (column) => column.notNull())
    // What it is of, such as `note:<record id>`; the window's own.
    .addColumn('key', 'text', (column) => column.notNull())
    // Erased with it; null for a record that is only being written.
    .addColumn('record_id', 'text')
    // JSON, as the window has it.
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('unsaved_texts_key', ['user_id', 'key'])
    .execute();
  await sql`CREATE INDEX unsaved_texts_by_record ON unsaved_texts (record_id) WHERE record_id IS NOT NULL`.execute(
    database,
  );
}
