// Keeps the search index up with the calls: takes up what was marked stale since, the newest first, in small batches.
// Used by history-service.ts before each search. A note is not indexed as it is typed: that would hold up main.
import { sql } from 'kysely';
import type { CallId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallState } from '../database/tables.ts';
import { sayWrite } from '../database/way.ts';
import { storedRemote } from './history-entry.ts';
import { type SearchRow, searchRow } from './history-search.ts';

export type SearchIndexStore = ReturnType<typeof openSearchIndexStore>;

/** More than a batch adds, so that segments do not pile up; few enough to take a few milliseconds. */
const mergedPages = 100;

export function openSearchIndexStore({ sqlite, kysely }: DesktopDatabase) {
  const over = () =>
    kysely
      .selectFrom('calls')
      .leftJoin('drafts', 'drafts.call_id', 'calls.call_id')
      .where('calls.state', '<>', sql.lit<CallState>('alive'))
      .select([
        'calls.place',
        'calls.call_id',
        'calls.remote',
        'calls.redirected_from',
        'calls.final_note',
        'calls.subject',
        'drafts.note as draft_note',
      ]);
  const staleCalls = prepare<{ limit: number }>(sqlite).as((given) =>
    over().where('calls.search_stale', '=', sql.lit(1)).orderBy('calls.place', 'desc').limit(given('limit')),
  );
  const staleDrafts = prepare<{ limit: number }>(sqlite).as((given) =>
    over()
      .where('drafts.search_stale', '=', sql.lit(1))
      // A call that is stale itself is taken with its draft.
      .where('calls.search_stale', '=', sql.lit(0))
      .limit(given('limit')),
  );
  const notes = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.selectFrom('corrections').where('call_id', '=', given('callId')).select('note'),
  );
  const remove = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('call_search').where('rowid', '=', given('place')),
  );
  const add = prepare<{ place: number; text: string; digits: string; starts: string }>(sqlite).as(
    (given) => ({
      compile: () =>
        sql`INSERT INTO call_search (rowid, text, digits, starts)
        VALUES (${given('place')}, ${given('text')}, ${given('digits')}, ${given('starts')})`.compile(kysely),
    }),
  );
  const callTaken = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.updateTable('calls').set({ search_stale: 0 }).where('call_id', '=', given('callId')),
  );
  const draftTaken = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.updateTable('drafts').set({ search_stale: 0 }).where('call_id', '=', given('callId')),
  );

  const mergeSome = prepare<{ pages: number }>(sqlite).as((given) => ({
    compile: () =>
      sql`INSERT INTO call_search (call_search, rank) VALUES ('merge', ${given('pages')})`.compile(kysely),
  }));

  const rowOf = (call: ReturnType<typeof staleCalls.all>[number]): SearchRow => {
    const remote = storedRemote(call.remote);
    const corrections = notes.all({ callId: call.call_id }).map((correction) => correction.note);
    const numbers = [remote.number, remote.display, call.redirected_from].filter((number) => number !== null);
    return searchRow(
      [remote.name ?? '', ...numbers, call.subject, call.final_note ?? call.draft_note ?? '', ...corrections],
      numbers,
    );
  };

  return {
    /**
     * Takes up to `limit` stale calls into the index, in one transaction.
     * @returns how many were taken; fewer than `limit` means that the index is up to date
     * @throws SqliteError
     */
    takeStale(limit: number): number {
      const stale = staleCalls.all({ limit });
      if (stale.length < limit) stale.push(...staleDrafts.all({ limit: limit - stale.length }));
      if (stale.length === 0) return 0;
      // FTS5 writes a segment of its own each time that a rowid is smaller than the one before.
      stale.sort((a, b) => a.place - b.place);
      sayWrite(sqlite);
      sqlite
        .transaction(() => {
          for (const call of stale) {
            remove.run({ place: call.place });
            add.run({ place: call.place, ...rowOf(call) });
            callTaken.run({ callId: call.call_id });
            draftTaken.run({ callId: call.call_id });
          }
        })
        .immediate();
      mergeSome.run({ pages: mergedPages });
      return stale.length;
    },
    /** The statements that look for stale calls, so that a test can look at their plans. */
    statements: { staleCalls: staleCalls.sql, staleDrafts: staleDrafts.sql },
  };
}
