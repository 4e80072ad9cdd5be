// What desktops pull by: one entry for each record, note and call in each scope, numbered in the order of commits; the
// stretches of that order (eras), by which a desktop finds out that the hub was restored from a backup; and what became
// of each mutation that a desktop pushed, so that none counts twice.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // One row. Whoever numbers a change holds it until the commit.
  await db.schema
    .createTable('sync_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sync_era')
    // Counts the eras of this database.
    .addColumn('place', 'bigint', (column) => column.primaryKey())
    .addColumn('era_id', 'text', (column) => column.notNull().unique())
    // It ends where the next one starts.
    .addColumn('start_seq', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sync_entry')
    // A project's id; '' for what belongs to none.
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('entity_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    // 'moved', 'erased'; null for what is there.
    .addColumn('gone', 'text')
    .addPrimaryKeyConstraint('sync_entry_once', ['scope', 'entity', 'entity_id'])
    .execute();
  await db.schema.createIndex('sync_entry_by_scope').on('sync_entry').columns(['scope', 'seq']).execute();
  await db.schema.createIndex('sync_entry_by_seq').on('sync_entry').columns(['seq']).execute();
  // An erased one is looked for in every scope.
  await db.schema
    .createIndex('sync_entry_by_entity')
    .on('sync_entry')
    .columns(['entity_id', 'entity'])
    .execute();
  await db.schema
    .createTable('applied_mutation')
    .addColumn('mutation_id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    // JSON; null only inside the transaction that applies it. It holds nothing that names a person.
    .addColumn('outcome', 'text')
    .addColumn('era_id', 'text')
    .addColumn('seq', 'bigint')
    .execute();
  await numberWhatIsThere(db);
}

async function numberWhatIsThere(db: Kysely<unknown>): Promise<void> {
  await sql`insert into sync_entry (scope, entity, entity_id, seq)
    select coalesce(project_id, ''), 'record', id, row_number() over (order by id) from record`.execute(db);
  await sql`insert into sync_head (id, seq) select 1, count(*) from sync_entry`.execute(db);
}
