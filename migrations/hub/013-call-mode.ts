// Call mode: orders and the statuses they stand in, settings per project, attempts, whom nobody may call, and the line: one
// narrow row for each order in it, which is all that handing out reads and writes.
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const required: Column = (column) => column.notNull();
const ofProject: Column = (column) => column.notNull().references('project.id').onDelete('cascade');
const ofOrder: Column = (column) => column.references('dial_order.id').onDelete('cascade');

export async function up(db: Kysely<unknown>): Promise<void> {
  await settings(db);
  await orders(db);
  await changes(db);
  await line(db);
  await attempts(db);
  await imports(db);
}

async function settings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('order_status')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', required)
    .addColumn('label', 'text', required)
    .addColumn('color', 'text', required)
    // Null: in no mode.
    .addColumn('mode', 'text')
    .addColumn('add_to_dial_up', 'integer', required)
    .execute();
  await db.schema
    .createTable('dial_up_settings')
    .addColumn('project_id', 'text', (column) =>
      column.primaryKey().references('project.id').onDelete('cascade'),
    )
    .addColumn('version', 'integer', required)
    // JSON.
    .addColumn('settings', 'text', required)
    .execute();
  await db.schema
    .createTable('free_mode')
    .addColumn('mode', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', required)
    .addColumn('hands_out', 'text', required)
    .addColumn('seed', 'integer', required)
    .execute();
  await db.schema
    .createTable('do_not_call')
    // E.164.
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('reason', 'text', required)
    .addColumn('added_at_ms', 'bigint', required)
    .addColumn('added_by', 'text', required)
    .execute();
}

async function orders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dial_order')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('external_id', 'text')
    .addColumn('record_id', 'text', (column) => column.notNull().references('record.id').onDelete('cascade'))
    .addColumn('project_id', 'text', ofProject)
    .addColumn('status_id', 'text', (column) => column.notNull().references('order_status.id'))
    .addColumn('goods', 'text', required)
    .addColumn('sum_minor', 'bigint')
    .addColumn('currency', 'text', required)
    .addColumn('delivery', 'text', required)
    // JSON.
    .addColumn('fields', 'text', required)
    .addColumn('time_zone', 'text')
    .addColumn('source', 'text', required)
    .addColumn('version', 'integer', required)
    .addColumn('created_at_ms', 'bigint', required)
    .addColumn('changed_at_ms', 'bigint', required)
    .addColumn('status_since_ms', 'bigint', required)
    // In this status.
    .addColumn('attempts', 'integer', required)
    .execute();
  await db.schema
    .createIndex('dial_order_external_id')
    .on('dial_order')
    .column('external_id')
    .unique()
    .where(sql<boolean>`external_id is not null`)
    .execute();
  await db.schema
    .createIndex('dial_order_by_record')
    .on('dial_order')
    .columns(['record_id', 'changed_at_ms'])
    .execute();
  await db.schema
    .createIndex('dial_order_by_status')
    .on('dial_order')
    .columns(['status_id', 'project_id'])
    .execute();
  await db.schema
    .createIndex('dial_order_by_project')
    .on('dial_order')
    .columns(['project_id', 'id'])
    .execute();
}

async function changes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('dial_order_by_change')
    .on('dial_order')
    .columns(['changed_at_ms', 'id'])
    .execute();
}

async function line(db: Kysely<unknown>): Promise<void> {
  const onPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  // Orders that may be called by the same clocks: a mode of a project, and the zones of the number. Few; kept for ever.
  await db.schema
    .createTable('dial_queue')
    .addColumn('id', 'integer', (column) =>
      onPostgres ? column.generatedByDefaultAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('project_id', 'text', ofProject)
    .addColumn('mode', 'text', required)
    // IANA names with commas between; 'noNumber', 'doNotCall' for what cannot be dialled.
    .addColumn('zones', 'text', required)
    .addUniqueConstraint('dial_queue_once', ['project_id', 'mode', 'zones'])
    .execute();
  await db.schema
    .createTable('dial_place')
    .addColumn('order_id', 'text', (column) => ofOrder(column).primaryKey())
    .addColumn('queue_id', 'integer', (column) => column.notNull().references('dial_queue.id'))
    .addColumn('bucket', 'text', required)
    .addColumn('due_at_ms', 'bigint', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('for_user_id', 'text')
    // The order's place in the draw, in a mode that is drawn at random; else null.
    .addColumn('draw', 'integer')
    // Of the last time that it was handed out, also when that is over: so an outcome that comes late is told from one that
    // comes after somebody else.
    .addColumn('lease_id', 'text')
    .addColumn('leased_by', 'text')
    .addColumn('leased_device', 'text')
    .addColumn('leased_at_ms', 'bigint')
    .addColumn('lease_why', 'text')
    // Null: nobody holds it.
    .addColumn('lease_until_ms', 'bigint')
    .execute();
  if (onPostgres) {
    // Each handing out and each outcome leaves a dead row at the front of the line; they are cleared away early.
    await sql`alter table dial_place set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.02)`.execute(db);
  }
  // What nobody holds, in the orders in which it is handed out.
  const free = sql<boolean>`lease_until_ms is null`;
  await db.schema
    .createIndex('dial_place_by_due')
    .on('dial_place')
    .columns(['queue_id', 'bucket', 'due_at_ms', 'order_id'])
    .where(free)
    .execute();
  await db.schema
    .createIndex('dial_place_by_attempts')
    .on('dial_place')
    .columns(['queue_id', 'attempts', 'due_at_ms', 'order_id'])
    .where(sql<boolean>`lease_until_ms is null and bucket = 'noAnswer'`)
    .execute();
  await db.schema
    .createIndex('dial_place_by_draw')
    .on('dial_place')
    .columns(['queue_id', 'bucket', 'draw', 'order_id'])
    .where(sql<boolean>`lease_until_ms is null and draw is not null`)
    .execute();
  await db.schema
    .createIndex('dial_place_own')
    .on('dial_place')
    .columns(['for_user_id', 'due_at_ms'])
    .where(sql<boolean>`for_user_id is not null`)
    .execute();
  await db.schema
    .createIndex('dial_place_by_lease')
    .on('dial_place')
    .column('lease_until_ms')
    .where(sql<boolean>`lease_until_ms is not null`)
    .execute();
  await db.schema
    .createIndex('dial_place_by_holder')
    .on('dial_place')
    .column('leased_by')
    .where(sql<boolean>`lease_until_ms is not null`)
    .execute();
}

async function attempts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dial_attempt')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('order_id', 'text', (column) => ofOrder(column).notNull())
    .addColumn('lease_id', 'text')
    .addColumn('user_id', 'text', required)
    .addColumn('user_name', 'text', required)
    .addColumn('mode', 'text', required)
    .addColumn('button', 'text', required)
    .addColumn('button_label', 'text', required)
    .addColumn('call_back_at_ms', 'bigint')
    .addColumn('call_back_own', 'integer', required)
    .addColumn('note', 'text', required)
    .addColumn('call_id', 'text')
    .addColumn('started_at_ms', 'bigint', required)
    .addColumn('ended_at_ms', 'bigint', required)
    // 'moved', 'conflict', 'conflictApplied', 'conflictDismissed'.
    .addColumn('effect', 'text', required)
    // The order's, after it.
    .addColumn('status_id', 'text', required)
    // By the hub's clock.
    .addColumn('arrived_at_ms', 'bigint', required)
    .execute();
  await db.schema
    .createIndex('dial_attempt_by_order')
    .on('dial_attempt')
    .columns(['order_id', 'arrived_at_ms'])
    .execute();
  await db.schema
    .createIndex('dial_attempt_by_user')
    .on('dial_attempt')
    .columns(['user_id', 'ended_at_ms'])
    .execute();
  await db.schema
    .createIndex('dial_attempt_late')
    .on('dial_attempt')
    .column('arrived_at_ms')
    .where(sql<boolean>`effect = 'conflict'`)
    .execute();
}

/** Of orders they are kept as those of records are, in the same tables. */
async function imports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('record_import')
    .addColumn('what', 'text', (column) => column.notNull().defaultTo('records'))
    .execute();
}
