// What came of the order that a call was made for: the word that stands for the call's disposition in the history.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  // An OrderCallOutcome as JSON; null for any other call, and before its order has an outcome.
  await database.schema.alterTable('calls').addColumn('order_outcome', 'text').execute();
}
