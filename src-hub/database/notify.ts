// Says something to the other hubs on the same PostgreSQL (postgres-listener.ts hears it). Within a transaction it is said
// with the commit, and not at all without one.
import { sql } from 'kysely';
import type { HubDatabase } from './open-database.ts';

/** @param channel as the listener's; @param payload shorter than 8,000 bytes (PostgreSQL's NOTIFY). */
export async function notifyOthers(db: HubDatabase, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}
