// This desktop's own calls with a record, for its page. Others' calls are synced-call-store's. Used by record-page.ts.
import { sql } from 'kysely';
import type { RecordId, UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallState } from '../database/tables.ts';

export type RecordPageStore = ReturnType<typeof openRecordPageStore>;
export type OwnCallRow = ReturnType<RecordPageStore['ownCalls']>[number];

export function openRecordPageStore({ sqlite, kysely }: DesktopDatabase) {
  const placesOf = (recordId: RecordId) =>
    kysely
      .selectFrom('calls')
      // Written as the index calls_by_record is.
      .where(sql<boolean>`json_extract(remote, '$.recordId') = ${recordId}`)
      .select('place')
      .union(kysely.selectFrom('calls').where('contact_id', '=', recordId).select('place'))
      .union(kysely.selectFrom('calls').where('customer_id', '=', recordId).select('place'));
  const ownCalls = prepare<{ recordId: RecordId; userId: UserId; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      // By its three indexes; asked for in one condition, SQLite walks all calls of the user instead.
      .where('calls.place', 'in', () => placesOf(given('recordId')))
      .where('calls.user_id', '=', given('userId'))
      .where('calls.state', '<>', sql.lit<CallState>('alive'))
      .select([
        'calls.call_id',
        'calls.direction',
        'calls.outcome',
        'calls.started_at_ms',
        'calls.answered_at_ms',
        'calls.ended_at_ms',
        'calls.state',
        'calls.seen',
        'calls.final_note',
        'calls.final_disposition',
        'calls.order_outcome',
        'drafts.note as draft_note',
      ])
      .orderBy('calls.place', 'desc')
      .limit(given('limit')),
  );
  return {
    /** Newest first. */
    ownCalls: (recordId: RecordId, userId: UserId, limit: number) =>
      ownCalls.all({ recordId, userId, limit }),
    statements: { ownCalls: ownCalls.sql },
  };
}
