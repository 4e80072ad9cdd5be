// The search indexes put their pieces together when there are eight of a size, and not when there are four: a first pull
// of a hundred thousand records writes each word fewer times over, for a fifth less. Run by src-main/database/migrate.ts,
// inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`INSERT INTO record_search (record_search, rank) VALUES ('automerge', 8)`.execute(database);
  await sql`INSERT INTO record_name_search (record_name_search, rank) VALUES ('automerge', 8)`.execute(
    database,
  );
  await sql`INSERT INTO note_search (note_search, rank) VALUES ('automerge', 8)`.execute(database);
}
