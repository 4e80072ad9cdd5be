// What a company sets: more about users, teams, how projects route, wait and open, statuses of its own, settings of the
// hub, API keys, and the audit log. Versions count changes, so that whoever changes something has seen the latest.
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const ofUser: Column = (column) => column.notNull().references('account.user_id').onDelete('cascade');
const ofProject: Column = (column) => column.notNull().references('project.id').onDelete('cascade');
const asIs: Column = (column) => column;
const count: Column = (column) => column.notNull().defaultTo(0);

export async function up(db: Kysely<unknown>): Promise<void> {
  await people(db);
  await teams(db);
  await projects(db);
  await statuses(db);
  await system(db);
}

async function people(db: Kysely<unknown>): Promise<void> {
  const text: Column = (column) => column.notNull().defaultTo('');
  const columns: readonly (readonly [string, 'text' | 'integer' | 'bigint', Column?])[] = [
    ['first_name', 'text', text],
    ['last_name', 'text', text],
    ['email', 'text'],
    ['disabled_at_ms', 'bigint'],
    ['second_factor_due', 'integer', count],
    ['may_call_outside', 'integer', count],
    ['last_signed_in_at_ms', 'bigint'],
    ['version', 'integer', count],
  ];
  for (const [name, type, build = asIs] of columns) {
    await db.schema.alterTable('account').addColumn(name, type, build).execute();
  }
  await db.schema.createIndex('account_email').on('account').column('email').unique().execute();
  // Of a name that was one field: what stands behind the last space is the last name, as far as anyone can tell.
  const accounts = await sql<{ user_id: string; display_name: string }>`
    select user_id, display_name from account`.execute(db);
  for (const { user_id, display_name } of accounts.rows) {
    const words = display_name.trim().split(/\s+/);
    const last = words.length > 1 ? (words.at(-1) ?? '') : '';
    const first = words.length > 1 ? words.slice(0, -1).join(' ') : display_name.trim();
    await sql`update account set first_name = ${first}, last_name = ${last} where user_id = ${user_id}`.execute(
      db,
    );
  }
  // Nobody was restricted before there was a restriction.
  await sql`update account set may_call_outside = 1`.execute(db);
  const credential: readonly (readonly [string, 'text' | 'bigint', Column?])[] = [
    ['make', 'text', (column) => column.notNull().defaultTo('offhook')],
    ['label', 'text'],
    ['made_at_ms', 'bigint'],
  ];
  for (const [name, type, build = asIs] of credential) {
    await db.schema.alterTable('sip_credential').addColumn(name, type, build).execute();
  }
}

async function teams(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('team')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('version', 'integer', count)
    .execute();
  await db.schema
    .createTable('team_member')
    .addColumn('team_id', 'text', (column) => column.notNull().references('team.id').onDelete('cascade'))
    .addColumn('user_id', 'text', ofUser)
    .addPrimaryKeyConstraint('team_member_once', ['team_id', 'user_id'])
    .execute();
}

async function projects(db: Kysely<unknown>): Promise<void> {
  const columns: readonly (readonly [string, 'text' | 'integer' | 'bigint', Column?])[] = [
    ['distribution', 'text', (column) => column.notNull().defaultTo('longestIdle')],
    ['on_decline', 'text', (column) => column.notNull().defaultTo('voicemail')],
    ['most_waiting', 'integer', (column) => column.notNull().defaultTo(20)],
    ['longest_wait_ms', 'bigint', (column) => column.notNull().defaultTo(300_000)],
    // Null: to voicemail.
    ['overflow_project_id', 'text'],
    ['time_zone', 'text', (column) => column.notNull().defaultTo('Etc/UTC')],
    ['version', 'integer', count],
    ['dispositions_version', 'integer', count],
  ];
  for (const [name, type, build = asIs] of columns) {
    await db.schema.alterTable('project').addColumn(name, type, build).execute();
  }
  // Those that were there rang all of their agents at once.
  await sql`update project set distribution = 'allAtOnce'`.execute(db);
  // One that calls and messages refer to is kept, out of sight.
  await db.schema.alterTable('project').addColumn('removed_at_ms', 'bigint').execute();
  await db.schema.alterTable('disposition').addColumn('removed_at_ms', 'bigint').execute();
  // A removed one leaves its name to others.
  await sql`create unique index project_name on project (lower(name)) where removed_at_ms is null`.execute(
    db,
  );
  await db.schema
    .createTable('project_opening')
    .addColumn('project_id', 'text', ofProject)
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('weekday', 'integer', (column) => column.notNull())
    .addColumn('opens_at_minute', 'integer', (column) => column.notNull())
    .addColumn('closes_at_minute', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('project_opening_place', ['project_id', 'position'])
    .execute();
  await db.schema
    .createTable('project_holiday')
    .addColumn('project_id', 'text', ofProject)
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('project_holiday_once', ['project_id', 'date'])
    .execute();
  await db.schema
    .createTable('open_project')
    .addColumn('user_id', 'text', ofUser)
    .addColumn('project_id', 'text', ofProject)
    .addColumn('is_primary', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('open_project_once', ['user_id', 'project_id'])
    .execute();
}

async function statuses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('status_label')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('acts_as', 'text', (column) => column.notNull())
    .addColumn('color', 'text', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('presence').addColumn('label_id', 'text').execute();
}

async function system(db: Kysely<unknown>): Promise<void> {
  // One row per name; the value is JSON, parsed where it is read.
  await db.schema
    .createTable('hub_setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('api_key')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('key_hash', 'text', (column) => column.notNull().unique())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('made_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at_ms', 'bigint')
    .execute();
  const onPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  // Names are not in the entry but in its side table, which erasure empties; ids stay.
  await db.schema
    .createTable('audit_entry')
    .addColumn('id', 'integer', (column) =>
      onPostgres ? column.generatedByDefaultAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject_kind', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('project_id', 'text')
    .addColumn('team_id', 'text')
    .execute();
  await db.schema
    .createIndex('audit_entry_by_project')
    .on('audit_entry')
    .columns(['project_id', 'id'])
    .execute();
  await db.schema
    .createTable('audit_detail')
    .addColumn('entry_id', 'integer', (column) =>
      column.primaryKey().references('audit_entry.id').onDelete('cascade'),
    )
    .addColumn('actor_name', 'text', (column) => column.notNull())
    .addColumn('subject_name', 'text', (column) => column.notNull())
    // JSON: what differs, by field.
    .addColumn('changes', 'text', (column) => column.notNull())
    .execute();
}
