// What came of the order that a reported call was made for, so that others see it beside the call.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('synced_call')
    // An OrderCallOutcome as JSON; null for any other call.
    .addColumn('order_outcome', 'text')
    .execute();
}
