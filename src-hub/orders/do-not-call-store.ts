// Numbers that nobody may call (DIAL-10), at rest, with what their coming and going does to the line, in one transaction.
import type { DoNotCallEntry } from '#shared/admin/dial-up-contract.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

const mostListed = 500;
const atOnce = 500;

export class DoNotCallStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Whose number contains these digits, the last added first. */
  async list(digits: string): Promise<{ entries: DoNotCallEntry[]; total: number }> {
    const matching = this.#db.selectFrom('do_not_call').where('number', 'like', `%${digits}%`);
    const [rows, { count }] = await Promise.all([
      matching.selectAll().orderBy('added_at_ms', 'desc').orderBy('number').limit(mostListed).execute(),
      matching.select((is) => is.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    ]);
    return {
      entries: rows.map((row) => ({
        number: row.number,
        reason: row.reason,
        addedAtMs: row.added_at_ms,
        addedBy: row.added_by,
      })),
      total: count,
    };
  }

  /**
   * Those that stand there already stay as they are.
   * @param within done in the transaction with those that are new.
   * @returns those.
   */
  async add(
    entries: readonly DoNotCallEntry[],
    change: (added: readonly string[]) => AuditedChange,
    atMs: number,
    within: (db: HubDatabase, added: readonly string[]) => Promise<unknown>,
  ): Promise<string[]> {
    return await this.#db.transaction().execute(async (db) => {
      const added: string[] = [];
      for (let from = 0; from < entries.length; from += atOnce) {
        const rows = entries.slice(from, from + atOnce).map(rowOf);
        const written = await db
          .insertInto('do_not_call')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .returning('number')
          .execute();
        const some = written.map(({ number }) => number);
        if (some.length > 0) await within(db, some);
        added.push(...some);
      }
      if (added.length > 0) await appendAudit(db, change(added), atMs);
      return added;
    });
  }

  /** @returns false where it was not there. */
  async remove(
    number: string,
    change: AuditedChange,
    atMs: number,
    within: (db: HubDatabase) => Promise<unknown>,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const gone = await db
        .deleteFrom('do_not_call')
        .where('number', '=', number)
        .returning('number')
        .executeTakeFirst();
      if (!gone) return false;
      await within(db);
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}

function rowOf({ number, reason, addedAtMs, addedBy }: DoNotCallEntry): HubTables['do_not_call'] {
  return { number, reason, added_at_ms: addedAtMs, added_by: addedBy };
}
