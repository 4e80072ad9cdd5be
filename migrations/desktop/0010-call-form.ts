// What the call form keeps: its draft beside the note, and with the call what Save made of it.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  // A FormDraft as JSON; null where nothing was put into the form.
  await database.schema.alterTable('drafts').addColumn('form', 'text').execute();
  await database.schema
    .alterTable('calls')
    .addColumn('internal', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema.alterTable('calls').addColumn('called_number', 'text').execute();
  await database.schema
    .alterTable('calls')
    .addColumn('subject', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await database.schema.alterTable('calls').addColumn('contact_id', 'text').execute();
  await database.schema.alterTable('calls').addColumn('customer_id', 'text').execute();
  // The RemoteParty of before a save, as JSON.
  await database.schema.alterTable('calls').addColumn('remote_before', 'text').execute();
  // 1 while the hub is still to be told of it, because its agent was not signed in when it was closed.
  await database.schema
    .alterTable('calls')
    .addColumn('report_due', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`CREATE INDEX calls_to_report ON calls (user_id) WHERE report_due = 1`.execute(database);
  await sql`CREATE INDEX calls_by_contact ON calls (contact_id) WHERE contact_id IS NOT NULL`.execute(
    database,
  );
  await sql`CREATE INDEX calls_by_customer ON calls (customer_id) WHERE customer_id IS NOT NULL`.execute(
    database,
  );
}
