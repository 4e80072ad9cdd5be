// Leases on places in line (DIAL-7): given, prolonged, given back, ended by time. Each statement looks at what it changes, so
// that two hubs on one database never give the same order twice.
import type { WhyNow } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, UserId } from '#shared/domain/ids.ts';
import { runKept } from '../database/kept-statements.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface Lease {
  readonly leaseId: LeaseId;
  readonly orderId: OrderId;
  readonly queueId: number;
  readonly userId: UserId;
  readonly deviceId: string;
  readonly why: WhyNow;
  readonly untilMs: number;
}

interface LeaseRow {
  order_id: OrderId;
  queue_id: number;
  lease_id: LeaseId | null;
  leased_by: UserId | null;
  leased_device: string | null;
  lease_why: WhyNow | null;
  lease_until_ms: number | null;
}

const columns = [
  'order_id',
  'queue_id',
  'lease_id',
  'leased_by',
  'leased_device',
  'lease_why',
  'lease_until_ms',
] as const;

/** For SQLite; on PostgreSQL leases are given by one-statement-store.ts. */
const giving = `update dial_place set lease_id = ?, leased_by = ?, leased_device = ?, leased_at_ms = ?, lease_why = ?,
  lease_until_ms = ? where order_id = ?`;

export class LeaseStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  inTransaction<T>(work: (db: HubDatabase) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(work);
  }

  /** Of all of these agents, or of everybody. */
  async held(db: HubDatabase | null, agentIds: readonly UserId[] | null): Promise<Lease[]> {
    const rows = await (db ?? this.#db)
      .selectFrom('dial_place')
      .select(columns)
      .where('lease_until_ms', 'is not', null)
      .$if(agentIds !== null, (query) => query.where('leased_by', 'in', [...(agentIds ?? [])]))
      .execute();
    return leasesOf(rows);
  }

  /** Of places that nobody holds, in a transaction beside which nobody writes. */
  async give(db: HubDatabase, leases: readonly Lease[], nowMs: number): Promise<void> {
    for (const { orderId, leaseId, userId, deviceId, why, untilMs } of leases) {
      await runKept(db, giving, [leaseId, userId, deviceId, nowMs, why, untilMs, orderId]);
    }
  }

  /** @returns those that this user holds still, until then. */
  async prolong(userId: UserId, leaseIds: readonly LeaseId[], untilMs: number): Promise<LeaseId[]> {
    const rows = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: untilMs })
      .where('leased_by', '=', userId)
      .where('lease_id', 'in', [...leaseIds])
      .where('lease_until_ms', 'is not', null)
      .returning('lease_id')
      .execute();
    return rows.flatMap(({ lease_id }) => lease_id ?? []);
  }

  /** The order is in line again, where it was. @returns whether this user held it. */
  async giveBack(userId: UserId, leaseId: LeaseId): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: null })
      .where('leased_by', '=', userId)
      .where('lease_id', '=', leaseId)
      .where('lease_until_ms', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Ends those whose time is over. @returns them as they were. */
  async endOverdue(nowMs: number): Promise<Lease[]> {
    const rows = await this.#db
      .updateTable('dial_place')
      .set({ lease_until_ms: null })
      .where('lease_until_ms', '<', nowMs)
      .returning(columns)
      .execute();
    return leasesOf(rows.map((row) => ({ ...row, lease_until_ms: nowMs })));
  }
}

function leasesOf(rows: readonly LeaseRow[]): Lease[] {
  return rows.flatMap((row) =>
    row.lease_id !== null && row.leased_by !== null && row.lease_why !== null && row.lease_until_ms !== null
      ? [
          {
            leaseId: row.lease_id,
            orderId: row.order_id,
            queueId: row.queue_id,
            userId: row.leased_by,
            deviceId: row.leased_device ?? '',
            why: row.lease_why,
            untilMs: Number(row.lease_until_ms),
          },
        ]
      : [],
  );
}
