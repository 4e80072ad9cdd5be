// Records whole: names, address, e-mails, tags, a project's own fields, who owns them, and a version; the history of
// their changes; notes; what desktops report of calls; each project's call form; imports of records.
// What names people in the history stands in a side table that erasure empties, as the audit log's does.
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
type Columns = readonly (readonly [string, 'text' | 'integer' | 'bigint', Column?])[];

const asIs: Column = (column) => column;
const required: Column = (column) => column.notNull();
const empty: Column = (column) => column.notNull().defaultTo('');
const list: Column = (column) => column.notNull().defaultTo('[]');
const zero: Column = (column) => column.notNull().defaultTo(0);
const ofRecord: Column = (column) => column.notNull().references('record.id').onDelete('cascade');

export async function up(db: Kysely<unknown>): Promise<void> {
  await records(db);
  await history(db);
  await notesAndCalls(db);
  await forms(db);
  await imports(db);
}

async function records(db: Kysely<unknown>): Promise<void> {
  const columns: Columns = [
    ['project_id', 'text', (column) => column.references('project.id').onDelete('set null')],
    ['owner_id', 'text', (column) => column.references('account.user_id').onDelete('set null')],
    ['external_id', 'text'],
    ['first_name', 'text', empty],
    ['last_name', 'text', empty],
    ['company_name', 'text', empty],
    // JSON, as `tags` and `fields` are.
    ['emails', 'text', list],
    ['street', 'text', empty],
    ['house_number', 'text', empty],
    ['city', 'text', empty],
    ['zip_code', 'text', empty],
    ['country', 'text', empty],
    ['description', 'text', empty],
    ['tags', 'text', list],
    ['fields', 'text', (column) => column.notNull().defaultTo('{}')],
    // What a text filter looks in: names, e-mails and city in small letters.
    ['search_text', 'text', empty],
    ['version', 'integer', (column) => column.notNull().defaultTo(1)],
    ['created_at_ms', 'bigint', zero],
    ['changed_at_ms', 'bigint', zero],
  ];
  for (const [name, type, build = asIs] of columns) {
    await db.schema.alterTable('record').addColumn(name, type, build).execute();
  }
  await db.schema
    .createIndex('record_external_id')
    .on('record')
    .column('external_id')
    .unique()
    .where(sql.ref('external_id'), 'is not', null)
    .execute();
  await db.schema.createIndex('record_by_change').on('record').columns(['changed_at_ms', 'id']).execute();
  await splitNames(db);
  for (const [name, value] of [
    ['extension', ''],
    ['label', 'main'],
  ] as const) {
    await db.schema
      .alterTable('record_number')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute();
  }
}

/** A firm's name is its name; of a person's, what stands behind the last space is the last name, as far as anyone can tell. */
async function splitNames(db: Kysely<unknown>): Promise<void> {
  const nowMs = Date.now();
  await sql`update record set created_at_ms = ${nowMs}, changed_at_ms = ${nowMs}, search_text = lower(name)`.execute(
    db,
  );
  await sql`update record set company_name = name where kind = 'company'`.execute(db);
  const people = await sql<{ id: string; name: string }>`
    select id, name from record where kind <> 'company'`.execute(db);
  for (const { id, name } of people.rows) {
    const words = name.trim().split(/\s+/);
    const first = words.slice(0, -1).join(' ');
    await sql`update record set first_name = ${first}, last_name = ${words.at(-1) ?? ''} where id = ${id}`.execute(
      db,
    );
  }
}

async function history(db: Kysely<unknown>): Promise<void> {
  const onPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('record_change')
    .addColumn('id', 'integer', (column) =>
      onPostgres ? column.generatedByDefaultAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    // Of one that was erased, too.
    .addColumn('record_id', 'text', required)
    .addColumn('at_ms', 'bigint', required)
    .addColumn('actor_kind', 'text', required)
    .addColumn('actor_id', 'text', required)
    .addColumn('actor_name', 'text', required)
    // 'create', 'change', 'erase'.
    .addColumn('what', 'text', required)
    // The record's, from then on.
    .addColumn('version', 'integer', required)
    .execute();
  await db.schema
    .createIndex('record_change_by_record')
    .on('record_change')
    .columns(['record_id', 'id'])
    .execute();
  await db.schema
    .createTable('record_change_detail')
    .addColumn('change_id', 'integer', (column) =>
      column.primaryKey().references('record_change.id').onDelete('cascade'),
    )
    // JSON: what differs, by field.
    .addColumn('changes', 'text', required)
    .execute();
}

async function notesAndCalls(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('note')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('record_id', 'text', ofRecord)
    .addColumn('call_id', 'text')
    .addColumn('author_id', 'text', required)
    .addColumn('author_name', 'text', required)
    .addColumn('text', 'text', required)
    .addColumn('written_at_ms', 'bigint', required)
    .execute();
  await db.schema.createIndex('note_by_record').on('note').columns(['record_id', 'written_at_ms']).execute();
  await db.schema
    .createTable('synced_call')
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('sip_call_id', 'text')
    .addColumn('user_id', 'text', required)
    .addColumn('user_name', 'text', required)
    .addColumn('direction', 'text', required)
    .addColumn('number', 'text')
    .addColumn('redirected_from', 'text')
    .addColumn('project_id', 'text')
    .addColumn('record_id', 'text')
    .addColumn('customer_id', 'text')
    .addColumn('subject', 'text', required)
    .addColumn('started_at_ms', 'bigint', required)
    .addColumn('answered_at_ms', 'bigint')
    .addColumn('ended_at_ms', 'bigint', required)
    .addColumn('outcome', 'text', required)
    .addColumn('missed_reason', 'text')
    .addColumn('note', 'text', required)
    .addColumn('disposition_id', 'text')
    .addColumn('disposition_label', 'text')
    .addColumn('finished', 'integer', required)
    // JSON.
    .addColumn('corrections', 'text', list)
    .execute();
  for (const column of ['record_id', 'customer_id', 'number', 'sip_call_id'] as const) {
    await db.schema.createIndex(`synced_call_by_${column}`).on('synced_call').column(column).execute();
  }
}

async function forms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_form')
    .addColumn('project_id', 'text', (column) =>
      column.primaryKey().references('project.id').onDelete('cascade'),
    )
    .addColumn('version', 'integer', required)
    // JSON.
    .addColumn('form', 'text', required)
    .execute();
}

async function imports(db: Kysely<unknown>): Promise<void> {
  // The file itself stands in the data directory until its rows are in, or a day has passed.
  await db.schema
    .createTable('record_import')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('file_name', 'text', required)
    .addColumn('made_at_ms', 'bigint', required)
    .addColumn('actor_kind', 'text', required)
    .addColumn('actor_id', 'text', required)
    .addColumn('actor_name', 'text', required)
    // 'uploaded', 'running', 'done', 'failed'.
    .addColumn('state', 'text', required)
    // JSON: encoding and separator, and once it is started, what each column is.
    .addColumn('reading', 'text', required)
    .addColumn('settings', 'text')
    .addColumn('rows', 'integer', required)
    // Rows that are in, or told as bad: written in the same transaction as they are.
    .addColumn('rows_done', 'integer', required)
    .addColumn('created', 'integer', required)
    .addColumn('updated', 'integer', required)
    .addColumn('bad', 'integer', required)
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('reason', 'text')
    .execute();
  await db.schema
    .createTable('record_import_problem')
    .addColumn('import_id', 'text', (column) =>
      column.notNull().references('record_import.id').onDelete('cascade'),
    )
    .addColumn('row', 'integer', required)
    .addColumn('position', 'integer', required)
    .addColumn('column_name', 'text')
    .addColumn('reason', 'text', required)
    .addColumn('message', 'text', required)
    .addPrimaryKeyConstraint('record_import_problem_place', ['import_id', 'row', 'position'])
    .execute();
}
