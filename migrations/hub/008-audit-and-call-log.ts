// What stands in the audit log stays as it was written: the database itself refuses to change or remove it. Only the side
// table, which names people, may lose rows (erasure), and none of its rows may be rewritten. And an index by which calls
// are listed, newest first.
import { type Kysely, PostgresAdapter, sql } from 'kysely';

const refusal = 'The audit log is append-only';

export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) await onPostgres(db);
  else await onSqlite(db);
  await db.schema
    .createIndex('routed_call_by_time')
    .on('routed_call')
    .columns(['at_ms', 'sip_call_id'])
    .execute();
}

async function onSqlite(db: Kysely<unknown>): Promise<void> {
  for (const [table, change] of [
    ['audit_entry', 'update'],
    ['audit_entry', 'delete'],
    ['audit_detail', 'update'],
  ] as const) {
    await sql`create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
      begin select raise(abort, ${sql.lit(refusal)}); end`.execute(db);
  }
}

async function onPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create function refuse_audit_change() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception '${refusal}'; end`)}`.execute(db);
  for (const [table, changes] of [
    ['audit_entry', 'update or delete or truncate'],
    ['audit_detail', 'update'],
  ] as const) {
    await sql`create trigger ${sql.ref(`${table}_append_only`)} before ${sql.raw(changes)} on ${sql.table(table)}
      for each statement execute function refuse_audit_change()`.execute(db);
  }
}
