// The statuses that orders stand in, at rest, in their order, with the version that counts changes of the list.
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import { raiseVersion, versionOf } from '../database/list-version.ts';
import { oneAtATime } from '../database/one-at-a-time.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { firstLedTo, type LedTo } from './dial-up-settings-store.ts';

/** The list has no row of its own that could hold it. */
const versionRow = 'orderStatuses.version';

export interface OrderStatusList {
  readonly version: number;
  readonly statuses: readonly OrderStatus[];
}

export class OrderStatusStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<OrderStatusList> {
    const [rows, version] = await Promise.all([
      this.#db.selectFrom('order_status').selectAll().orderBy('position').execute(),
      versionOf(this.#db, versionRow),
    ]);
    return {
      version,
      statuses: rows.map(({ id, label, color, mode, add_to_dial_up }) => ({
        id,
        label,
        color,
        mode,
        addToDialUp: add_to_dial_up === 1,
      })),
    };
  }

  /** What a hub begins with; where another hub on the same database was first, or there is a list, it stays. */
  async begin(statuses: readonly OrderStatus[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      if (!(await raiseVersion(db, versionRow, 1))) return;
      await put(db, statuses);
    });
  }

  /**
   * @param next with the version that it is to have.
   * @param gone those that are taken away.
   * @param within also done in the transaction, with what was taken away gone and what is new there.
   * @returns 'changed' where the list has another version than the one before, or where a project's button leads to one
   * that is taken away; then nothing was changed.
   * @throws a violation of the foreign key where orders stand in one that is taken away.
   */
  async replace(
    { version, statuses }: OrderStatusList,
    gone: readonly OrderStatusId[],
    change: AuditedChange,
    atMs: number,
    within: (db: HubDatabase) => Promise<void>,
  ): Promise<'done' | 'changed' | LedTo> {
    return await this.#db.transaction().execute(async (db) => {
      await oneAtATime(db, 'orderStatuses');
      const ledTo = await firstLedTo(db, gone);
      if (ledTo) return ledTo;
      if (!(await raiseVersion(db, versionRow, version))) return 'changed';
      await put(db, statuses);
      const kept = statuses.map(({ id }) => id);
      const others = db.deleteFrom('order_status');
      await (kept.length > 0 ? others.where('id', 'not in', kept) : others).execute();
      await within(db);
      await appendAudit(db, change, atMs);
      return 'done';
    });
  }
}

async function put(db: HubDatabase, statuses: readonly OrderStatus[]): Promise<void> {
  for (const [position, { id, label, color, mode, addToDialUp }] of statuses.entries()) {
    const columns = {
      position,
      label,
      color,
      mode,
      add_to_dial_up: addToDialUp ? (1 as const) : (0 as const),
    };
    await db
      .insertInto('order_status')
      .values({ id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
  }
}
