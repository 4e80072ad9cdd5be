// What the hub remembers of people who were erased, so that what arrives later about them brings nothing of them back:
// marks of their numbers (keyed hashes; the key is no part of this database), which calls were theirs, and which sound is
// to go. That a record was erased stands in its history.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('erased_number')
    .addColumn('mark', 'text', (column) => column.primaryKey())
    .addColumn('erased_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  // 1: it has lost number, name and notes, whatever is still told of it.
  await db.schema
    .alterTable('synced_call')
    .addColumn('emptied', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('erased_voicemail')
    .addColumn('voicemail_id', 'text', (column) => column.primaryKey())
    .execute();
}
