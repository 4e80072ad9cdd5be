// Makes the history searchable: a trigram index of names, numbers and notes. It is filled by history-store,
// which takes up whatever is marked stale; so every call that is already there is marked.
// Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('calls')
    .addColumn('search_stale', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await database.schema
    .alterTable('drafts')
    .addColumn('search_stale', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await sql`CREATE INDEX calls_search_stale ON calls (place) WHERE search_stale = 1`.execute(database);
  await sql`CREATE INDEX drafts_search_stale ON drafts (call_id) WHERE search_stale = 1`.execute(database);
  // Without content of its own: the rows are in `calls`, and what is indexed is folded (history-search.ts).
  await sql`
    CREATE VIRTUAL TABLE call_search USING fts5 (
      text, digits, starts, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
    )`.execute(database);
  // Merging its segments by itself holds up main for as long as it likes; search-index-store asks for it in small steps.
  await sql`INSERT INTO call_search (call_search, rank) VALUES ('automerge', 0)`.execute(database);
  await sql`INSERT INTO call_search (call_search, rank) VALUES ('crisismerge', 64)`.execute(database);
}
