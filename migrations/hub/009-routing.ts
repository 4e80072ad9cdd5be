// A user may be offered one call more than once; and what became of each routed call: since when it waited, who answered,
// when it was over.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, type] of [
    // 'answered', 'voicemail', 'echo', 'abandoned', 'refused', 'cutOff'; null while it is being routed.
    ['outcome', 'text'],
    ['queued_at_ms', 'bigint'],
    ['answered_by', 'text'],
    ['answered_at_ms', 'bigint'],
    // Null while it goes on, and where nobody knows (the hub was started anew under it).
    ['ended_at_ms', 'bigint'],
  ] as const) {
    await db.schema.alterTable('routed_call').addColumn(name, type).execute();
  }
  // SQLite cannot give a table another primary key.
  await db.schema.alterTable('offer').renameTo('offer_before').execute();
  await db.schema.dropIndex('offer_to_tell').execute();
  await db.schema
    .createTable('offer')
    .addColumn('sip_call_id', 'text', (column) =>
      column.notNull().references('routed_call.sip_call_id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('account.user_id').onDelete('cascade'),
    )
    // Counts a user's offers of the same call from 1.
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('began_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('missed_reason', 'text')
    .addColumn('ended_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('to_tell', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('offer_attempt_once', ['sip_call_id', 'user_id', 'attempt'])
    .execute();
  // How long an earlier one rang is not known.
  await sql`insert into offer
    (sip_call_id, user_id, attempt, began_at_ms, outcome, missed_reason, ended_at_ms, to_tell)
    select sip_call_id, user_id, 1, ended_at_ms, outcome, missed_reason, ended_at_ms, to_tell from offer_before`.execute(
    db,
  );
  await db.schema.dropTable('offer_before').execute();
  await db.schema.createIndex('offer_to_tell').on('offer').columns(['user_id', 'to_tell']).execute();
}
