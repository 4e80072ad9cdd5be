// Calls that are over, as rows: the newest, those that match a search, those that are to be done, one by its id.
// Used by history-service.ts. Every page is read in the order of `place`, so none is sorted or counted through.
import { sql } from 'kysely';
import type { CallId, UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallState, CorrectionsTable } from '../database/tables.ts';
import { asOne } from '../database/way.ts';

export type HistoryRow = NonNullable<ReturnType<HistoryStore['find']>>;
export type HistoryStore = ReturnType<typeof openHistoryStore>;

const columns = [
  'calls.place',
  'calls.call_id',
  'calls.user_id',
  'calls.direction',
  'calls.remote',
  'calls.redirected_from',
  'calls.project_id',
  'calls.project_name',
  'calls.started_at_ms',
  'calls.answered_at_ms',
  'calls.ended_at_ms',
  'calls.outcome',
  'calls.missed_reason',
  'calls.end_cause',
  'calls.transferred_to',
  'calls.state',
  'calls.seen',
  'calls.disposition_required',
  'calls.final_note',
  'calls.final_disposition',
  'calls.subject',
  'calls.contact_id',
  'calls.customer_id',
  'calls.undo_until_ms',
  'calls.order_id',
  'calls.order_outcome',
  'drafts.note as draft_note',
  'drafts.disposition_id as draft_disposition_id',
  'drafts.form as draft_form',
] as const;

/** A stretch of the history, newest first; both ends are left out. */
type Stretch = { userId: UserId; after: number; before: number; limit: number };

export function openHistoryStore({ sqlite, kysely }: DesktopDatabase) {
  // Written into the SQL itself: a partial index serves only a query that says its condition.
  const state = (name: CallState) => sql.lit(name);
  const rows = () =>
    kysely
      .selectFrom('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      .where('calls.state', '<>', state('alive'))
      .select(columns);

  const newest = prepare<Stretch>(sqlite).as((given) =>
    rows()
      .where('calls.user_id', '=', given('userId'))
      .where('calls.place', '>', given('after'))
      .where('calls.place', '<', given('before'))
      .orderBy('calls.place', 'desc')
      .limit(given('limit')),
  );
  const matching = prepare<Stretch & { match: string }>(sqlite).as((given) =>
    kysely
      .selectFrom('call_search')
      // CROSS keeps SQLite from walking all calls and asking the index of each: that is the slow way round.
      .crossJoin('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      .whereRef('calls.place', '=', 'call_search.rowid')
      .where(sql<boolean>`call_search MATCH ${given('match')}`)
      .where('call_search.rowid', '>', given('after'))
      .where('call_search.rowid', '<', given('before'))
      .where('calls.user_id', '=', given('userId'))
      .where('calls.state', '<>', state('alive'))
      .select(columns)
      .orderBy('call_search.rowid', 'desc')
      .limit(given('limit')),
  );
  const find = prepare<{ callId: CallId }>(sqlite).as((given) =>
    rows().where('calls.call_id', '=', given('callId')),
  );
  const toFinish = prepare<{ userId: UserId; limit: number }>(sqlite).as((given) =>
    rows()
      .where('calls.user_id', '=', given('userId'))
      .where('calls.state', '=', state('toFinish'))
      .orderBy('calls.place', 'desc')
      .limit(given('limit')),
  );
  const unseen = prepare<{ userId: UserId; limit: number }>(sqlite).as((given) =>
    rows()
      .where('calls.user_id', '=', given('userId'))
      .where('calls.seen', '=', sql.lit(0))
      .orderBy('calls.place', 'desc')
      .limit(given('limit')),
  );
  const markSeen = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.updateTable('calls').set({ seen: 1 }).where('call_id', '=', given('callId')),
  );
  const corrections = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .selectFrom('corrections')
      .where('call_id', '=', given('callId'))
      .select(['at_ms', 'author', 'note', 'disposition'])
      .orderBy('id'),
  );
  const addCorrection = prepare<Omit<CorrectionsTable, 'id'>>(sqlite).as((given) =>
    kysely.insertInto('corrections').values({
      // SQLite counts up an integer key that is given as null.
      id: sql<number>`NULL`,
      call_id: given('call_id'),
      at_ms: given('at_ms'),
      author: given('author'),
      note: given('note'),
      disposition: given('disposition'),
    }),
  );
  const searchAgain = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.updateTable('calls').set({ search_stale: 1 }).where('call_id', '=', given('callId')),
  );

  return {
    newest: (stretch: Stretch) => newest.all(stretch),
    /** @param match an FTS5 expression of history-search.ts */
    matching: (match: string, stretch: Stretch) => matching.all({ ...stretch, match }),
    find: (callId: CallId) => find.get({ callId }),
    toFinish: (userId: UserId, limit: number) => toFinish.all({ userId, limit }),
    unseen: (userId: UserId, limit: number) => unseen.all({ userId, limit }),
    correctionsOf: (callId: CallId) => corrections.all({ callId }),
    markSeen(callId: CallId): void {
      markSeen.run({ callId });
    },
    addCorrection(correction: Omit<CorrectionsTable, 'id'>): void {
      asOne(sqlite, () => {
        addCorrection.run(correction);
        searchAgain.run({ callId: correction.call_id });
      });
    },
    /** The statements behind the pages, so that a test can look at their plans. */
    statements: {
      newest: newest.sql,
      matching: matching.sql,
      toFinish: toFinish.sql,
      unseen: unseen.sql,
    },
  };
}
