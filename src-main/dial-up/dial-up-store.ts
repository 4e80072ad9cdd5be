// The order on the desk, on disk: a crash takes neither the order nor what was typed for its outcome. Every write is on disk
// when the method returns. Used by dial-up-desk.ts.
import type { OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import type { CallId, LeaseId, RecordId, UserId } from '#shared/domain/ids.ts';
import { type LeasedOrder, leasedOrder } from '#shared/hub/dial-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { Flag, HubKind } from '../database/tables.ts';
import { asOne } from '../database/way.ts';

export interface OrderOnDesk {
  readonly leased: LeasedOrder;
  readonly sinceMs: number;
  readonly callId: CallId | null;
  readonly draft: OutcomeDraft;
}

interface Whose {
  readonly userId: UserId;
  readonly hub: HubKind;
}

export type DialUpStore = ReturnType<typeof openDialUpStore>;

export function openDialUpStore({ sqlite, kysely }: DesktopDatabase) {
  const put = prepare<{
    leaseId: LeaseId;
    userId: UserId;
    hub: HubKind;
    recordId: RecordId;
    leased: string;
    sinceMs: number;
    callId: CallId | null;
    note: string;
    callBackAtMs: number | null;
    own: Flag;
    savedAtMs: number | null;
  }>(sqlite).as((given) => {
    const changing = {
      call_id: given('callId'),
      note: given('note'),
      call_back_at_ms: given('callBackAtMs'),
      own: given('own'),
      saved_at_ms: given('savedAtMs'),
    };
    return kysely
      .insertInto('orders_on_desk')
      .values({
        lease_id: given('leaseId'),
        user_id: given('userId'),
        hub: given('hub'),
        record_id: given('recordId'),
        leased: given('leased'),
        since_ms: given('sinceMs'),
        ...changing,
      })
      .onConflict((conflict) => conflict.column('lease_id').doUpdateSet(changing));
  });
  const remove = prepare<{ leaseId: LeaseId }>(sqlite).as((given) =>
    kysely.deleteFrom('orders_on_desk').where('lease_id', '=', given('leaseId')),
  );
  const ofUser = prepare<{ userId: UserId; hub: HubKind }>(sqlite).as((given) =>
    kysely
      .selectFrom('orders_on_desk')
      .selectAll()
      .where('user_id', '=', given('userId'))
      .where('hub', '=', given('hub'))
      .orderBy('since_ms', 'desc'),
  );
  return {
    /** @throws SqliteError */
    keep({ userId, hub }: Whose, { leased, sinceMs, callId, draft }: OrderOnDesk): void {
      put.run({
        leaseId: leased.leaseId,
        userId,
        hub,
        recordId: leased.order.recordId,
        leased: JSON.stringify(leased),
        sinceMs: Math.trunc(sinceMs),
        callId,
        note: draft.note,
        callBackAtMs: draft.callBackAtMs === null ? null : Math.trunc(draft.callBackAtMs),
        own: draft.own ? 1 : 0,
        savedAtMs: draft.savedAtMs,
      });
    },
    /** @throws SqliteError */
    forget(leaseId: LeaseId): void {
      remove.run({ leaseId });
    },
    /** The last one first; one of a version that knew other fields is left out. */
    of({ userId, hub }: Whose): OrderOnDesk[] {
      return ofUser.all({ userId, hub }).flatMap((row) => {
        const read = leasedOrder.safeParse(JSON.parse(row.leased));
        if (!read.success) return [];
        const draft = {
          note: row.note,
          callBackAtMs: row.call_back_at_ms,
          own: row.own === 1,
          savedAtMs: row.saved_at_ms,
        };
        return [{ leased: read.data, sinceMs: row.since_ms, callId: row.call_id, draft }];
      });
    },
    /** All of `work` or nothing. @throws SqliteError */
    transaction: <T>(work: () => T): T => asOne(sqlite, work),
  };
}
