// Records, their notes and others' calls on this desktop, fit for a million records: what lists sort and filter by stands
// in columns with an index each, everything else in one JSON text that no list reads. Replaces the small cache of before,
// which the hub fills anew. Run by src-main/database/migrate.ts, inside a transaction made there. Never changed once
// released.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('record_numbers').execute();
  await database.schema.dropTable('records').execute();

  await database.schema
    .createTable('records')
    // Counted up at each write, so that the greatest was changed last; also the row of the search index.
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    // Folded, so that case and accents do not count.
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('project_id', 'text')
    .addColumn('owner_id', 'text')
    .addColumn('number', 'text')
    .addColumn('email', 'text')
    .addColumn('city', 'text', (column) => column.notNull())
    .addColumn('city_key', 'text', (column) => column.notNull())
    // A JSON array of strings.
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('changed_at_ms', 'integer', (column) => column.notNull())
    .addColumn('last_call_at_ms', 'integer')
    .addColumn('state', 'text', (column) => column.notNull())
    // A WholeRecord as JSON; `base` is null where no hub has it, and '=' where it is what is shown.
    .addColumn('shown', 'text', (column) => column.notNull())
    .addColumn('base', 'text')
    .execute();
  // Each covers the walk through one order of a list of some kinds; the other filters are found by indexes of their own.
  for (const key of ['name_key', 'city_key', 'changed_at_ms', 'last_call_at_ms']) {
    await database.schema
      .createIndex(`records_by_${key}`)
      .on('records')
      .columns([key, 'place', 'kind'])
      .execute();
  }
  await sql`CREATE INDEX records_by_project ON records (project_id) WHERE project_id IS NOT NULL`.execute(
    database,
  );
  await sql`CREATE INDEX records_by_owner ON records (owner_id) WHERE owner_id IS NOT NULL`.execute(database);
  await sql`CREATE INDEX records_unsent ON records (state, place) WHERE state <> 'sent'`.execute(database);

  // Keyed by number, without a rowid: the lookup while the phone rings reads one leaf.
  await sql`CREATE TABLE record_numbers (
    number TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (number, place)) WITHOUT ROWID`.execute(
    database,
  );
  await database.schema.createIndex('record_numbers_by_place').on('record_numbers').column('place').execute();
  await sql`CREATE TABLE record_tags (
    tag TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (tag, place)) WITHOUT ROWID`.execute(database);
  await database.schema.createIndex('record_tags_by_place').on('record_tags').column('place').execute();

  await database.schema
    .createTable('notes')
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('author_name', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('written_at_ms', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('notes_by_record')
    .on('notes')
    .columns(['record_id', 'written_at_ms'])
    .execute();

  await database.schema
    .createTable('synced_calls')
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .addColumn('call_id', 'text', (column) => column.notNull().unique())
    .addColumn('record_id', 'text')
    .addColumn('customer_id', 'text')
    .addColumn('project_id', 'text')
    .addColumn('started_at_ms', 'integer', (column) => column.notNull())
    // A SyncedCall as JSON.
    .addColumn('call', 'text', (column) => column.notNull())
    .execute();
  await sql`CREATE INDEX synced_calls_by_record ON synced_calls (record_id, started_at_ms)
    WHERE record_id IS NOT NULL`.execute(database);
  await sql`CREATE INDEX synced_calls_by_customer ON synced_calls (customer_id, started_at_ms)
    WHERE customer_id IS NOT NULL`.execute(database);
  await sql`CREATE INDEX synced_calls_by_project ON synced_calls (project_id)
    WHERE project_id IS NOT NULL`.execute(database);
  // This desktop's own calls with a record: who it was stands in the party's JSON.
  await sql`CREATE INDEX calls_by_record ON calls (json_extract(remote, '$.recordId'), place)`.execute(
    database,
  );

  // How each user likes each list, on this computer.
  await database.schema
    .createTable('list_settings')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    // A ListSettings as JSON.
    .addColumn('settings', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('list_settings_primary', ['user_id', 'list'])
    .execute();

  // The texts are folded and spelled out before they are indexed (records/search-text.ts). They are kept, since erasing
  // for good (secure-delete) needs to know what is to be taken out.
  await sql`
    CREATE VIRTUAL TABLE record_search USING fts5 (
      name, number, whereabouts, rest, detail = 'column', columnsize = 0, prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 0'
    )`.execute(database);
  // The names once more, alone: looked for among all words, a name that is also a city's is found by walking through
  // everybody in that city.
  await sql`
    CREATE VIRTUAL TABLE record_name_search USING fts5 (
      name, detail = 'none', columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
    )`.execute(database);
  // Row 2n is the note of place n, 2n + 1 the call of place n.
  await sql`
    CREATE VIRTUAL TABLE note_search USING fts5 (
      text, detail = 'none', columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
    )`.execute(database);
  await sql`INSERT INTO record_search (record_search, rank) VALUES ('secure-delete', 1)`.execute(database);
  await sql`INSERT INTO record_name_search (record_name_search, rank) VALUES ('secure-delete', 1)`.execute(
    database,
  );
  await sql`INSERT INTO note_search (note_search, rank) VALUES ('secure-delete', 1)`.execute(database);
}
