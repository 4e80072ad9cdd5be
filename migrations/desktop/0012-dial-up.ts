// Call mode: which order a call was made for, and the order on the agent's desk with what was typed for its outcome.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('calls').addColumn('order_id', 'text').execute();
  await database.schema
    .createTable('orders_on_desk')
    .addColumn('lease_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('hub', 'text', (column) => column.notNull())
    // Whose order it is: it goes with the record where that is erased.
    .addColumn('record_id', 'text', (column) => column.notNull())
    // A LeasedOrder as JSON, as the hub handed it out.
    .addColumn('leased', 'text', (column) => column.notNull())
    .addColumn('since_ms', 'integer', (column) => column.notNull())
    // The call that was made for it last.
    .addColumn('call_id', 'text')
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('call_back_at_ms', 'integer')
    .addColumn('own', 'integer', (column) => column.notNull())
    .addColumn('saved_at_ms', 'integer')
    .execute();
  await sql`CREATE INDEX orders_on_desk_by_record ON orders_on_desk (record_id)`.execute(database);
}
