// Calls that were routed, how each user's offer of them ended, and whether a missed one was told.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('routed_call')
    .addColumn('sip_call_id', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('caller_number', 'text')
    .addColumn('caller_name', 'text')
    .addColumn('redirected_from', 'text')
    .addColumn('project_id', 'text', (column) => column.references('project.id').onDelete('set null'))
    .execute();
  await db.schema
    .createTable('offer')
    .addColumn('sip_call_id', 'text', (column) =>
      column.notNull().references('routed_call.sip_call_id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('account.user_id').onDelete('cascade'),
    )
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('missed_reason', 'text')
    .addColumn('ended_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('to_tell', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('offer_once', ['sip_call_id', 'user_id'])
    .execute();
  await db.schema.createIndex('offer_to_tell').on('offer').columns(['user_id', 'to_tell']).execute();
}
