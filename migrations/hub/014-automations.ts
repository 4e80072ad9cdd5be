// A company's own automations: rules, what happened that they may want (written in the transaction of what happened), their
// runs, and what is delivered to other programs and people.
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const required: Column = (column) => column.notNull();
const ofProject: Column = (column) => column.notNull().references('project.id').onDelete('cascade');

export async function up(db: Kysely<unknown>): Promise<void> {
  const onPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('automation_rule')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', ofProject)
    .addColumn('name', 'text', required)
    .addColumn('is_on', 'integer', required)
    // JSON: trigger, conditions, actions.
    .addColumn('content', 'text', required)
    .addColumn('version', 'integer', required)
    .addColumn('made_at_ms', 'bigint', required)
    // whsec_ and Base64; null where the rule has no webhook.
    .addColumn('webhook_secret', 'text')
    .addColumn('former_secret', 'text')
    .addColumn('former_until_ms', 'bigint')
    // Its runs and deliveries refer to it still.
    .addColumn('removed_at_ms', 'bigint')
    .execute();
  await db.schema
    .createIndex('automation_rule_name')
    .on('automation_rule')
    .columns(['project_id', 'name'])
    .unique()
    .where(sql<boolean>`removed_at_ms is null`)
    .execute();
  await db.schema
    .createTable('automation_event')
    .addColumn('id', 'integer', (column) =>
      onPostgres ? column.generatedByDefaultAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('project_id', 'text', ofProject)
    .addColumn('at_ms', 'bigint', required)
    .addColumn('record_id', 'text')
    .addColumn('call_id', 'text')
    .addColumn('order_id', 'text')
    // JSON; what it was at that moment. Erasure empties it.
    .addColumn('facts', 'text', required)
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
    // Null: nothing is left to do.
    .addColumn('due_at_ms', 'bigint')
    .execute();
  await db.schema
    .createIndex('automation_event_due')
    .on('automation_event')
    .columns(['due_at_ms', 'id'])
    .where(sql<boolean>`due_at_ms is not null`)
    .execute();
  await db.schema
    .createIndex('automation_event_by_record')
    .on('automation_event')
    .column('record_id')
    .execute();
  await db.schema.createIndex('automation_event_by_call').on('automation_event').column('call_id').execute();
  await db.schema
    .createTable('automation_run')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event_id', 'integer', required)
    .addColumn('rule_id', 'text', (column) =>
      column.notNull().references('automation_rule.id').onDelete('cascade'),
    )
    .addColumn('rule_name', 'text', required)
    .addColumn('project_id', 'text', ofProject)
    .addColumn('triggered_at_ms', 'bigint', required)
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('call_id', 'text')
    .addColumn('order_id', 'text')
    .addColumn('record_id', 'text')
    .addColumn('about_name', 'text', required)
    .addColumn('state', 'text', required)
    // JSON, by place in the rule.
    .addColumn('results', 'text', required)
    // A rule answers what happened once.
    .addUniqueConstraint('automation_run_once', ['event_id', 'rule_id'])
    .execute();
  await db.schema
    .createIndex('automation_run_by_project')
    .on('automation_run')
    .columns(['project_id', 'triggered_at_ms', 'id'])
    .execute();
  await db.schema
    .createIndex('automation_run_by_rule')
    .on('automation_run')
    .columns(['rule_id', 'triggered_at_ms', 'id'])
    .execute();
  await db.schema.createIndex('automation_run_by_record').on('automation_run').column('record_id').execute();
  await db.schema.createIndex('automation_run_by_call').on('automation_run').column('call_id').execute();
  await db.schema
    .createTable('automation_delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) =>
      column.notNull().references('automation_run.id').onDelete('cascade'),
    )
    .addColumn('rule_id', 'text', required)
    .addColumn('rule_name', 'text', required)
    .addColumn('project_id', 'text', ofProject)
    // Of the action, in the rule.
    .addColumn('place', 'integer', required)
    .addColumn('kind', 'text', required)
    .addColumn('made_at_ms', 'bigint', required)
    // Where it goes, as lists say it, and by which deliveries to one place are kept apart from others.
    .addColumn('told_to', 'text', required)
    .addColumn('target', 'text', required)
    // JSON; null once the person was erased.
    .addColumn('content', 'text')
    .addColumn('state', 'text', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('next_at_ms', 'bigint')
    .addColumn('last_at_ms', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('repeat_possible', 'integer', required)
    // Who is sending it at this moment; null: nobody.
    .addColumn('lease_id', 'text')
    .addColumn('lease_until_ms', 'bigint')
    .execute();
  await db.schema
    .createIndex('automation_delivery_due')
    .on('automation_delivery')
    .columns(['next_at_ms', 'id'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await db.schema
    .createIndex('automation_delivery_by_project')
    .on('automation_delivery')
    .columns(['project_id', 'made_at_ms', 'id'])
    .execute();
  await db.schema
    .createIndex('automation_delivery_by_run')
    .on('automation_delivery')
    .column('run_id')
    .execute();
}
