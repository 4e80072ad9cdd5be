// What this desktop is still to tell the hub, and what it told lately; how far it has pulled each scope.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('outbox')
    .addColumn('mutation_id', 'text', (column) => column.primaryKey())
    .addColumn('sequence', 'integer', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull())
    // The hub that it is for: a practice hub is told nothing that was written for a team's.
    .addColumn('hub', 'text', (column) => column.notNull())
    .addColumn('made_at_ms', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mutation', 'text', (column) => column.notNull())
    .addColumn('record_id', 'text')
    .addColumn('call_id', 'text')
    .addColumn('undo_until_ms', 'integer')
    // 'waiting', 'applied', 'conflict', 'refused'
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'text')
    // Of a conflict, as JSON: the clashes, and the record as the hub has it.
    .addColumn('conflict', 'text')
    .addColumn('answered_at_ms', 'integer')
    .execute();
  await sql`CREATE INDEX outbox_open ON outbox (sequence) WHERE state <> 'applied'`.execute(database);
  await sql`CREATE INDEX outbox_answered ON outbox (answered_at_ms) WHERE state = 'applied'`.execute(
    database,
  );
  await sql`CREATE INDEX outbox_by_record ON outbox (record_id, sequence)
    WHERE record_id IS NOT NULL AND state <> 'applied'`.execute(database);
  await sql`CREATE INDEX outbox_by_call ON outbox (call_id) WHERE call_id IS NOT NULL`.execute(database);
  // Counts this device's mutations for ever: a number that was taken back is not given again.
  await database.schema
    .createTable('outbox_counter')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    // Who was at work here last, and with which hub: what ends after the sign-out is theirs.
    .addColumn('user_id', 'text')
    .addColumn('hub', 'text')
    .execute();
  await sql`INSERT INTO outbox_counter (id, sequence) VALUES (1, 0)`.execute(database);

  await database.schema
    .createTable('sync_cursor')
    // A project's id; '' for what belongs to none.
    .addColumn('scope', 'text', (column) => column.primaryKey())
    .addColumn('hub', 'text', (column) => column.notNull())
    // Null until the first page is here.
    .addColumn('cursor', 'text')
    // Null until it was once pulled to the end.
    .addColumn('same_at_ms', 'integer')
    .execute();
}
