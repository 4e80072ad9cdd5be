// Versions of lists that have no row of their own which could hold one, such as the statuses of orders: kept beside the hub's
// settings. Called by stores, within the transaction that replaces the list.
import type { HubDatabase } from './open-database.ts';

/** 0 where the list was never written. */
export async function versionOf(db: HubDatabase, name: string): Promise<number> {
  const row = await db.selectFrom('hub_setting').select('value').where('name', '=', name).executeTakeFirst();
  return row ? Number(row.value) : 0;
}

/** @param version the one that the list is to have. @returns false where it has another than the one before. */
export async function raiseVersion(db: HubDatabase, name: string, version: number): Promise<boolean> {
  const written =
    version === 1
      ? await db
          .insertInto('hub_setting')
          .values({ name, value: '1' })
          .onConflict((conflict) => conflict.doNothing())
          .returning('name')
          .executeTakeFirst()
      : await db
          .updateTable('hub_setting')
          .set({ value: String(version) })
          .where('name', '=', name)
          .where('value', '=', String(version - 1))
          .returning('name')
          .executeTakeFirst();
  return written !== undefined;
}
