// The statements of the search over records and notes. Each stops at its limit and goes from the last changed backwards,
// so that what very many have costs no more than what a few have. Used by record-search.ts.
import { sql } from 'kysely';
import type { NoteId, RecordId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';

export type RecordSearchStore = ReturnType<typeof openRecordSearchStore>;
export type FoundRow = ReturnType<RecordSearchStore['records']>[number];

/** So many are soon found from either end. */
const fewEnough = 100;
const foundColumns = [
  'records.place',
  'records.id',
  'records.kind',
  'records.name',
  'records.number',
  'records.last_call_at_ms',
  'records.shown',
] as const;

export type FoundNote =
  | {
      readonly of: 'note';
      readonly id: NoteId;
      readonly record_id: RecordId;
      readonly text: string;
      readonly written_at_ms: number;
      /** Of the record. */
      readonly name: string;
    }
  /** A colleague's call; its text is in the JSON. */
  | {
      readonly of: 'call';
      readonly call: string;
      readonly record_id: RecordId | null;
      readonly name: string | null;
    };

export function openRecordSearchStore({ sqlite, kysely }: DesktopDatabase) {
  // The words of both indexes as tables, which hold nothing themselves; of this connection alone.
  for (const [words, index] of [
    ['record_words', 'record_search'],
    ['record_name_words', 'record_name_search'],
  ] as const) {
    sqlite.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${words} USING fts5vocab('main', '${index}', 'instance')`,
    );
  }
  const wordFrom = (words: string) =>
    sqlite.prepare<[string], string>(`SELECT term FROM temp.${words} WHERE term >= ? LIMIT 1`).pluck();
  const recordWordFrom = wordFrom('record_words');
  const nameWordFrom = wordFrom('record_name_words');
  const records = prepare<{ match: string; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_search')
      .where(sql<boolean>`record_search MATCH ${given('match')}`)
      // CROSS keeps SQLite from walking the records and asking the index of each.
      .crossJoin('records')
      .whereRef('records.place', '=', 'record_search.rowid')
      .select(foundColumns)
      .orderBy('record_search.rowid', 'desc')
      .limit(given('limit')),
  );
  const oldest = prepare<{ match: string; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_search')
      .where(sql<boolean>`record_search MATCH ${given('match')}`)
      .select('rowid as place')
      .orderBy('record_search.rowid')
      .limit(given('limit')),
  );
  const recordAt = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.selectFrom('records').where('place', '=', given('place')).select(foundColumns),
  );
  const named = prepare<{ match: string; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_name_search')
      .where(sql<boolean>`record_name_search MATCH ${given('match')}`)
      .crossJoin('records')
      .whereRef('records.place', '=', 'record_name_search.rowid')
      .select(foundColumns)
      .orderBy('record_name_search.rowid', 'desc')
      .limit(given('limit')),
  );
  const noteRows = prepare<{ match: string; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('note_search')
      .where(sql<boolean>`note_search MATCH ${given('match')}`)
      .select('rowid as row')
      .orderBy('rowid', 'desc')
      .limit(given('limit')),
  );
  const note = prepare<{ place: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('notes')
      .innerJoin('records', 'records.id', 'notes.record_id')
      .where('notes.place', '=', given('place'))
      .select(['notes.id', 'notes.record_id', 'notes.text', 'notes.written_at_ms', 'records.name']),
  );
  const call = prepare<{ place: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('synced_calls')
      .leftJoin('records', 'records.id', 'synced_calls.record_id')
      .where('synced_calls.place', '=', given('place'))
      .select(['synced_calls.call', 'synced_calls.record_id', 'records.name']),
  );

  return {
    /** @param match an FTS5 expression of search-text.ts */
    records: (match: string, limit: number) => records.all({ match, limit }),
    /**
     * As `records`, in three quarters of the time where many have each word and few all of them: FTS5 walks faster from the
     * oldest on, and there is no need to stop at the last changed.
     */
    recordsWithAll(match: string, limit: number) {
      const places = oldest.all({ match, limit: fewEnough });
      if (places.length === fewEnough) return records.all({ match, limit });
      return places
        .toReversed()
        .slice(0, limit)
        .flatMap(({ place }) => recordAt.get({ place }) ?? []);
    },
    /** By their names alone. @param match as above */
    named: (match: string, limit: number) => named.all({ match, limit }),
    /** The first word of what `records` searches from there on. */
    nextWord: (from: string): string | undefined => recordWordFrom.get(from),
    /** As `nextWord`, of what `named` searches. */
    nextNameWord: (from: string): string | undefined => nameWordFrom.get(from),
    notes(match: string, limit: number): FoundNote[] {
      return noteRows.all({ match, limit }).flatMap(({ row }): FoundNote[] => {
        const place = Math.floor(row / 2);
        if (row % 2 === 0) {
          const found = note.get({ place });
          return found ? [{ of: 'note', ...found }] : [];
        }
        const found = call.get({ place });
        return found ? [{ of: 'call', ...found }] : [];
      });
    },
  };
}
