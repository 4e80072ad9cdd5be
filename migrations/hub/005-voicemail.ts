// What is known of each recorded message; its sound is a file beside the database.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('voicemail')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', (column) => column.references('project.id').onDelete('set null'))
    .addColumn('user_id', 'text', (column) => column.references('account.user_id').onDelete('set null'))
    .addColumn('caller_number', 'text')
    .addColumn('caller_name', 'text')
    .addColumn('left_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('heard', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('voicemail_by_time').on('voicemail').column('left_at_ms').execute();
}
