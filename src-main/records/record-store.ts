// The records on this desktop: written by sync, by Save and by people, read by id and by number. Synchronous throughout,
// so that a write can be part of the caller's own transaction; a worker thread opens one on a connection of its own.
// Lists are record-list-store's, searches record-search-store's.
import { sql } from 'kysely';
import type { CountryCode } from 'libphonenumber-js';
import type { SyncState } from '#shared/desktop/records-contract.ts';
import type { ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { asText, prepare } from '../database/prepared.ts';
import type { RecordNumbersTable, RecordsTable, RecordTagsTable } from '../database/tables.ts';
import { asOne } from '../database/way.ts';
import { columnsOf, comparableNumbersOf, rowColumns, searchedTexts, tagKey } from './record-row.ts';

export type KnownRecord = ReturnType<RecordStore['byNumber']>[number];
export type RecordStore = ReturnType<typeof openRecordStore>;

/** Of a number that very many have (a switchboard), those changed last. */
const mostOfOneNumber = 100;
const asShown = '=';
type Written = Omit<RecordsTable, 'place' | 'last_call_at_ms'>;

/** @param country how national numbers are read, asked at each use since it follows the projects */
export function openRecordStore({ sqlite, kysely }: DesktopDatabase, country: () => CountryCode) {
  const find = prepare<{ id: RecordId }>(sqlite).as((given) =>
    kysely
      .selectFrom('records')
      .where('id', '=', given('id'))
      .select(['place', 'last_call_at_ms', 'state', 'shown', 'base']),
  );
  const placeOf = prepare<{ id: RecordId }>(sqlite).as((given) =>
    kysely.selectFrom('records').where('id', '=', given('id')).select(['place', 'last_call_at_ms']),
  );
  // Nearly every number has one record, and its place is had in half the time of a list of places. Joined and sorted in
  // one statement they take twice as long.
  const solePlace = prepare<{ number: string }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_numbers')
      .where('number', '=', given('number'))
      .select(sql<number>`CASE count(*) WHEN 1 THEN max(place) ELSE -count(*) END`.as('place')),
  );
  const placesWithNumber = prepare<{ number: string }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_numbers')
      .where('number', '=', given('number'))
      .select('place')
      .orderBy('place', 'desc')
      .limit(sql.lit(mostOfOneNumber)),
  );
  const rowAt = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.selectFrom('records').where('place', '=', given('place')).select(rowColumns),
  );
  const columns = (given: <N extends keyof Written>(name: N) => Written[N]) => ({
    // SQLite takes the greatest and one more where an integer key is given as null.
    place: null as never,
    id: given('id'),
    kind: given('kind'),
    name: given('name'),
    name_key: given('name_key'),
    project_id: given('project_id'),
    owner_id: given('owner_id'),
    number: given('number'),
    email: given('email'),
    city: given('city'),
    city_key: given('city_key'),
    tags: given('tags'),
    changed_at_ms: given('changed_at_ms'),
    state: given('state'),
    shown: given('shown'),
    base: given('base'),
  });
  // Nearly all that come are new: whether one is there already is found out by the index into which it goes.
  const insertNew = prepare<Written>(sqlite).as((given) =>
    kysely
      .insertInto('records')
      .values((row) => ({
        ...columns(given),
        last_call_at_ms: row
          .selectFrom('synced_calls')
          .where('record_id', '=', asText(given('id')))
          .select((call) => call.fn.max('started_at_ms').as('last')),
      }))
      .onConflict((conflict) => conflict.column('id').doNothing()),
  );
  const insertAgain = prepare<Written & Pick<RecordsTable, 'last_call_at_ms'>>(sqlite).as((given) =>
    kysely.insertInto('records').values({ ...columns(given), last_call_at_ms: given('last_call_at_ms') }),
  );
  const addNumber = prepare<RecordNumbersTable & Record<string, string | number>>(sqlite).as((given) =>
    kysely.insertInto('record_numbers').values({ number: given('number'), place: given('place') }),
  );
  const addTag = prepare<RecordTagsTable & Record<string, string | number>>(sqlite).as((given) =>
    kysely
      .insertInto('record_tags')
      .values({ tag: given('tag'), place: given('place') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const addSearched = prepare<{
    place: number;
    name: string;
    number: string;
    whereabouts: string;
    rest: string;
  }>(sqlite).as((given) =>
    kysely.insertInto('record_search').values({
      rowid: given('place'),
      name: given('name'),
      number: given('number'),
      whereabouts: given('whereabouts'),
      rest: given('rest'),
    } as never),
  );
  const addName = prepare<{ place: number; name: string }>(sqlite).as((given) =>
    kysely.insertInto('record_name_search').values({ rowid: given('place'), name: given('name') } as never),
  );
  const forget = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('records').where('place', '=', given('place')),
  );
  const forgetNumbers = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('record_numbers').where('place', '=', given('place')),
  );
  const forgetTags = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('record_tags').where('place', '=', given('place')),
  );
  const forgetSearched = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('record_search').where('rowid', '=', given('place')),
  );
  const forgetName = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('record_name_search').where('rowid', '=', given('place')),
  );
  const changeState = prepare<{ id: RecordId; state: SyncState }>(sqlite).as((given) =>
    kysely
      .updateTable('records')
      .set({ state: given('state') })
      .where('id', '=', given('id')),
  );
  const called = prepare<{ id: RecordId; atMs: number }>(sqlite).as((given) =>
    kysely
      .updateTable('records')
      .set({ last_call_at_ms: given('atMs') })
      .where('id', '=', given('id'))
      .where((where) =>
        where.or([where('last_call_at_ms', 'is', null), where('last_call_at_ms', '<', given('atMs'))]),
      ),
  );
  const sentOfProject = prepare<{ projectId: ProjectId; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('records')
      .where('project_id', '=', asText(given('projectId')))
      .where('state', '=', 'sent')
      .select('id')
      .limit(given('limit')),
  );
  const sentOfNone = prepare<{ limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('records')
      .where('project_id', 'is', null)
      .where('state', '=', 'sent')
      .select('id')
      .limit(given('limit')),
  );

  const byNumber = (number: string) => {
    const place = solePlace.get({ number })?.place ?? 0;
    const sole = place > 0 ? rowAt.get({ place }) : undefined;
    if (sole) return [sole];
    if (place === 0) return [];
    const rows = placesWithNumber.all({ number }).flatMap(({ place }) => rowAt.get({ place }) ?? []);
    return rows.sort(byRecency);
  };
  const removePlace = (place: number) => {
    forgetSearched.run({ place });
    forgetName.run({ place });
    forgetNumbers.run({ place });
    forgetTags.run({ place });
    forget.run({ place });
  };
  const write = (shown: WholeRecord, base: WholeRecord | null, state: SyncState) => {
    const shownJson = JSON.stringify(shown);
    const baseJson = base === null ? null : base === shown ? shownJson : JSON.stringify(base);
    const row = {
      ...columnsOf(shown),
      state,
      shown: shownJson,
      base: baseJson === shownJson ? asShown : baseJson,
    };
    let written = insertNew.run(row);
    if (written.changes === 0) {
      const before = placeOf.get({ id: shown.id });
      if (before) removePlace(before.place);
      written = insertAgain.run({ ...row, last_call_at_ms: before?.last_call_at_ms ?? null });
    }
    const place = Number(written.lastInsertRowid);
    for (const number of comparableNumbersOf(shown, country())) addNumber.run({ number, place });
    for (const tag of shown.tags) addTag.run({ tag: tagKey(tag), place });
    const searched = searchedTexts(shown);
    addSearched.run({ place, ...searched });
    if (searched.name !== '') addName.run({ place, name: searched.name });
  };
  const whole = (work: () => void) => asOne(sqlite, work);

  return {
    /** What is shown: the hub's word with this desktop's unsent changes laid over it. Null where there is no such record. */
    shown(id: RecordId): WholeRecord | null {
      const row = find.get({ id });
      return row ? parsed(row.shown) : null;
    },
    /** What the hub last told; null where it has none of it. */
    base(id: RecordId): WholeRecord | null {
      const row = find.get({ id });
      if (!row || row.base === null) return null;
      return parsed(row.base === asShown ? row.shown : row.base);
    },
    stateOf: (id: RecordId): SyncState | null => find.get({ id })?.state ?? null,
    lastCallAtMs: (id: RecordId): number | null => placeOf.get({ id })?.last_call_at_ms ?? null,
    /**
     * Those who have this number, the last called first, then the last changed.
     * @param number as comparableNumber makes it
     */
    byNumber,
    /**
     * Adds the record or takes the place of the one with its id; in the caller's transaction, or in one of its own.
     * @throws SqliteError; nothing is then written, unless the caller commits all the same
     */
    write: (shown: WholeRecord, base: WholeRecord | null, state: SyncState): void =>
      whole(() => write(shown, base, state)),
    /** Runs `work` as one transaction, or as part of the caller's. @throws SqliteError */
    transaction: whole,
    /** Its state alone. @throws SqliteError */
    setState(id: RecordId, state: SyncState): void {
      changeState.run({ id, state });
    },
    /** Takes it out; its notes and calls are their stores'. @throws SqliteError */
    remove(id: RecordId): void {
      const row = placeOf.get({ id });
      if (row) whole(() => removePlace(row.place));
    },
    /** A call with this record began then. Nothing where there is no such record. @throws SqliteError */
    noteCall(id: RecordId, atMs: number): void {
      called.run({ id, atMs: Math.trunc(atMs) });
    },
    /** Of a scope (null: of no project), what the hub has; so that a scope can be taken out in pieces. */
    sentInScope: (projectId: ProjectId | null, limit: number): RecordId[] =>
      (projectId === null ? sentOfNone.all({ limit }) : sentOfProject.all({ projectId, limit })).map(
        ({ id }) => id,
      ),
    /** The statements behind the lookup, for their plans and for the benchmark. */
    statements: { solePlace: solePlace.sql, rowAt: rowAt.sql },
  };
}

interface Recent {
  readonly last_call_at_ms: number | null;
  readonly changed_at_ms: number;
}

function byRecency(one: Recent, other: Recent): number {
  const called = (other.last_call_at_ms ?? 0) - (one.last_call_at_ms ?? 0);
  return called === 0 ? other.changed_at_ms - one.changed_at_ms : called;
}

/** It was checked when it was written, and nobody else writes here; a schema would cost more than the read. */
function parsed(json: string): WholeRecord {
  return JSON.parse(json) as WholeRecord;
}
