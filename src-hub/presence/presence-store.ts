// Statuses at rest, so that they outlive a restart of the hub.
import type { UserId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Presence } from './presence-machine.ts';

export class PresenceStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<Map<UserId, Presence>> {
    const rows = await this.#db.selectFrom('presence').selectAll().execute();
    return new Map(
      rows.map((row) => [
        row.user_id,
        { status: row.status, sinceMs: row.since_ms, untilMs: row.until_ms, labelId: row.label_id },
      ]),
    );
  }

  /** @param audited where somebody else set it: kept in the same transaction. */
  async save(
    userId: UserId,
    { status, sinceMs, untilMs, labelId }: Presence,
    audited: { readonly change: AuditedChange; readonly atMs: number } | null = null,
  ): Promise<void> {
    const row = { status, since_ms: sinceMs, until_ms: untilMs, label_id: labelId };
    const write = async (db: HubDatabase) => {
      await db
        .insertInto('presence')
        .values({ user_id: userId, ...row })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
        .execute();
      if (audited) await appendAudit(db, audited.change, audited.atMs);
    };
    if (audited) await this.#db.transaction().execute(write);
    else await write(this.#db);
  }
}
