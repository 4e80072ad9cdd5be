// What a sign-in may ask for beyond the password, and what may stand in for it: second factors with their recovery codes,
// passwords that must be changed, and devices that are remembered.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('account')
    .addColumn('must_change_password', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('second_factor')
    .addColumn('user_id', 'text', (column) =>
      column.primaryKey().references('account.user_id').onDelete('cascade'),
    )
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('confirmed_at_ms', 'bigint')
    .addColumn('used_step', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('recovery_code')
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('account.user_id').onDelete('cascade'),
    )
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('recovery_code_of_user', ['user_id', 'code_hash'])
    .execute();
  await db.schema
    .createTable('remembered_device')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('account.user_id').onDelete('cascade'),
    )
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('used_at_ms', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('remembered_device_of_user', ['user_id', 'device_id'])
    .execute();
}
