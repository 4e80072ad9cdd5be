// Whom a call was given to (CALL-9), as the agent knew them then. Run by src-main/database/migrate.ts, inside a
// transaction made there. Never changed once released.
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('calls').addColumn('transferred_to', 'text').execute();
}
