// Projects with numbers, members and dispositions; records with numbers.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('project')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('queue_name', 'text', (column) => column.notNull())
    .addColumn('wrap_up_ms', 'bigint', (column) => column.notNull())
    .addColumn('disposition_required', 'integer', (column) => column.notNull())
    .addColumn('ring_timeout_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('project_number')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', (column) =>
      column.notNull().references('project.id').onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createTable('project_member')
    .addColumn('project_id', 'text', (column) =>
      column.notNull().references('project.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('account.user_id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('project_member_once', ['project_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('disposition')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', (column) =>
      column.notNull().references('project.id').onDelete('cascade'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('group_name', 'text')
    .addColumn('color', 'text', (column) => column.notNull())
    .addColumn('key', 'text')
    .addColumn('note_required', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('record')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('record_number')
    .addColumn('record_id', 'text', (column) => column.notNull().references('record.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('record_number_place', ['record_id', 'position'])
    .execute();
  await db.schema.createIndex('record_number_by_number').on('record_number').column('number').execute();
}
