// What happened that rules may want, written in the transaction of what happened and taken by one hub at a time: the row
// stays locked while the rules run, so that a hub that dies leaves it to the next one, and nothing of it done.
import type { CallId, OrderId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import { type Facts, facts } from './facts.ts';

export interface Happening {
  readonly projectId: ProjectId;
  readonly atMs: number;
  readonly recordId: RecordId | null;
  readonly callId: CallId | null;
  readonly orderId: OrderId | null;
  readonly facts: Facts;
}

export interface StoredHappening extends Happening {
  readonly id: number;
  /** How often its rules could not be run. */
  readonly failures: number;
}

/** Parameters of one statement are limited. */
const atOnce = 500;

export class AutomationEventStore {
  /** @param db the transaction of what happened. */
  async add(db: HubDatabase, happenings: readonly Happening[]): Promise<void> {
    for (let from = 0; from < happenings.length; from += atOnce) {
      const rows = happenings.slice(from, from + atOnce).map((each) => ({
        project_id: each.projectId,
        at_ms: each.atMs,
        record_id: each.recordId,
        call_id: each.callId,
        order_id: each.orderId,
        facts: JSON.stringify(each.facts),
        due_at_ms: each.atMs,
      }));
      await db.insertInto('automation_event').values(rows).execute();
    }
  }

  /** The first that is due, no other hub's until this transaction ends. @returns null where there is none. */
  async take(db: HubDatabase, nowMs: number): Promise<StoredHappening | null> {
    const first = db
      .selectFrom('automation_event')
      .selectAll()
      .where('due_at_ms', '<=', nowMs)
      .orderBy('due_at_ms')
      .orderBy('id')
      .limit(1);
    const row = await (onPostgres(db) ? first.forUpdate().skipLocked() : first).executeTakeFirst();
    if (!row) return null;
    return {
      id: row.id,
      projectId: row.project_id,
      atMs: row.at_ms,
      recordId: row.record_id,
      callId: row.call_id,
      orderId: row.order_id,
      facts: facts.parse(JSON.parse(row.facts)),
      failures: row.failures,
    };
  }

  async done(db: HubDatabase, id: number): Promise<void> {
    await db.updateTable('automation_event').set({ due_at_ms: null }).where('id', '=', id).execute();
  }

  async failed(db: HubDatabase, id: number, againAtMs: number): Promise<void> {
    await db
      .updateTable('automation_event')
      .set((is) => ({ failures: is('failures', '+', 1), due_at_ms: againAtMs }))
      .where('id', '=', id)
      .execute();
  }

  /** When the next one is due; null where nothing waits. */
  async nextAtMs(db: HubDatabase): Promise<number | null> {
    const row = await db
      .selectFrom('automation_event')
      .select('due_at_ms')
      .where('due_at_ms', 'is not', null)
      .orderBy('due_at_ms')
      .limit(1)
      .executeTakeFirst();
    return row?.due_at_ms ?? null;
  }

  /** What is done with is of no use any more. */
  async tidy(db: HubDatabase, beforeMs: number): Promise<void> {
    await db
      .deleteFrom('automation_event')
      .where('due_at_ms', 'is', null)
      .where('at_ms', '<', beforeMs)
      .execute();
  }
}
