// The calls of this desktop, what was written about them, and what was corrected later.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('calls')
    // When it began, made unique: started_at_ms * 1000 + n. History's order, and the keyset that pages through it.
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .addColumn('call_id', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('sip_call_id', 'text')
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('remote', 'text', (column) => column.notNull())
    .addColumn('redirected_from', 'text')
    .addColumn('project_id', 'text')
    .addColumn('project_name', 'text')
    .addColumn('disposition_required', 'integer', (column) => column.notNull())
    .addColumn('started_at_ms', 'integer', (column) => column.notNull())
    .addColumn('answered_at_ms', 'integer')
    .addColumn('ended_at_ms', 'integer')
    .addColumn('outcome', 'text')
    .addColumn('missed_reason', 'text')
    .addColumn('end_cause', 'text')
    // 'alive' until the call is closed; then what is still to be done about it.
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('seen', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('final_note', 'text')
    // The disposition as it was when chosen: the project's list may change later.
    .addColumn('final_disposition', 'text')
    .addColumn('undo_until_ms', 'integer')
    .addColumn('saved_by', 'text')
    .execute();
  await database.schema
    .createIndex('calls_by_user_and_place')
    .on('calls')
    .columns(['user_id', 'place'])
    .execute();
  await database.schema.createIndex('calls_by_sip_call_id').on('calls').column('sip_call_id').execute();
  await sql`CREATE INDEX calls_alive ON calls (call_id) WHERE state = 'alive'`.execute(database);
  await sql`CREATE INDEX calls_to_finish ON calls (user_id, place) WHERE state = 'toFinish'`.execute(
    database,
  );
  await sql`CREATE INDEX calls_unseen ON calls (user_id, place) WHERE seen = 0`.execute(database);

  await database.schema
    .createTable('drafts')
    .addColumn('call_id', 'text', (column) =>
      column.primaryKey().references('calls.call_id').onDelete('cascade'),
    )
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('disposition_id', 'text')
    .addColumn('saved_at_ms', 'integer', (column) => column.notNull())
    .execute();

  await database.schema
    .createTable('corrections')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('call_id', 'text', (column) =>
      column.notNull().references('calls.call_id').onDelete('cascade'),
    )
    .addColumn('at_ms', 'integer', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('disposition', 'text')
    .execute();
  await database.schema.createIndex('corrections_by_call').on('corrections').column('call_id').execute();
}
