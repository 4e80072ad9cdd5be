// The SIP dialogs of calls that are running, so that the next run can end those that a crash left behind, and how long
// each was last known to run. Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once
// released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('open_dialogs')
    // No reference: a dialog may be kept while its call's own row still waits for a disk that was full.
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('dialog', 'text')
    .addColumn('running_at_ms', 'integer', (column) => column.notNull())
    .execute();
}
