// Lets one transaction after the other do what no single row can guard, such as "the last super admin stays", on
// SQLite and on PostgreSQL, also where several hubs share the database. Called by stores first thing in a transaction.
import { PostgresAdapter, sql } from 'kysely';
import { keptAhead, runKept } from './kept-statements.ts';
import type { HubDatabase } from './open-database.ts';

/** Numbers of PostgreSQL's advisory locks; any, as long as they differ. */
const locks = {
  accounts: 4_601,
  teams: 4_602,
  erasures: 4_603,
  orderStatuses: 4_604,
  placingAnew: 4_605,
} as const;

/**
 * Waits until no other transaction works on the same thing, and keeps others out until this one ends.
 * On SQLite there is one connection, and transactions run one after the other anyway.
 * @param db a transaction, in which nothing has been read yet.
 */
export async function oneAtATime(db: HubDatabase, what: keyof typeof locks): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`select pg_advisory_xact_lock(${locks[what]})`.execute(db);
}

const lockShared = keptAhead('select pg_advisory_xact_lock_shared($1)');

/**
 * As `oneAtATime`, beside others that ask for the same: only whoever asked for it alone is kept out, and waited for.
 * @param db a transaction, in which nothing has been read yet.
 */
export async function beside(db: HubDatabase, what: keyof typeof locks): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await runKept(db, lockShared, [locks[what]]);
}
