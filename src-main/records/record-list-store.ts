// What lists of records are made of: the places of all records of some kinds in an order, the places that a filter
// leaves, and the rows of some places. Read by record-lists.ts, mostly in the reader's thread.
import type { RecordSort } from '#shared/desktop/records-contract.ts';
import type { RecordKind } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import { rowColumns, tagKey } from './record-row.ts';

export type RecordListStore = ReturnType<typeof openRecordListStore>;
export type ListedRow = NonNullable<ReturnType<RecordListStore['row']>>;

export const listedColumns = ['place', ...rowColumns] as const;

const columnOf = {
  name: 'name_key',
  city: 'city_key',
  changedAt: 'changed_at_ms',
  lastCallAt: 'last_call_at_ms',
} as const satisfies Record<RecordSort['by'], string>;

export function openRecordListStore({ sqlite, kysely }: DesktopDatabase) {
  const row = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.selectFrom('records').where('place', '=', given('place')).select(listedColumns),
  );
  const places = (sql: string, ...values: (string | number)[]) =>
    sqlite
      .prepare(sql)
      .pluck()
      .all(...values) as number[];
  const commonOwners = prepare<{ limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('records')
      .where('owner_id', 'is not', null)
      .select(['owner_id'])
      .groupBy('owner_id')
      .orderBy((of) => of.fn.countAll(), 'desc')
      .limit(given('limit')),
  );

  return {
    row: (place: number) => row.get({ place }),
    /**
     * The places of all records of these kinds, the least first; where there is nothing to sort by, last of all.
     * One walk over a covering index.
     * @param kinds empty: all
     */
    inOrder(kinds: readonly RecordKind[], by: RecordSort['by']): number[] {
      const column = columnOf[by];
      const ofKinds = kinds.length === 0 ? '1' : `kind IN (${kinds.map(() => '?').join(', ')})`;
      const walk = (where: string) =>
        places(
          `SELECT place FROM records INDEXED BY records_by_${column} WHERE ${where} ORDER BY ${column}, place`,
          ...kinds,
        );
      if (by !== 'lastCallAt') return walk(ofKinds);
      return walk(`${ofKinds} AND ${column} IS NOT NULL`);
    },
    /** Records of these kinds that nobody has called or been called by, the last changed last. */
    neverCalled(kinds: readonly RecordKind[]): number[] {
      const ofKinds = kinds.length === 0 ? '' : `AND kind IN (${kinds.map(() => '?').join(', ')})`;
      return places(
        `SELECT place FROM records WHERE last_call_at_ms IS NULL ${ofKinds} ORDER BY last_call_at_ms, place`,
        ...kinds,
      );
    },
    ofProject: (projectId: ProjectId) => places('SELECT place FROM records WHERE project_id = ?', projectId),
    ofOwner: (ownerId: UserId) => places('SELECT place FROM records WHERE owner_id = ?', ownerId),
    /** @param tag as tagKey makes it */
    withTag: (tag: string) => places('SELECT place FROM record_tags WHERE tag = ?', tag),
    /** @param match an FTS5 expression of search-text.ts */
    matching: (match: string) => places('SELECT rowid FROM record_search WHERE record_search MATCH ?', match),
    /** A tag as it is written by the last record that has it; the commonest first. */
    commonTags(limit: number): string[] {
      return sqlite
        .prepare<[number], { tags: string; tag: string }>(
          `SELECT tag, (SELECT tags FROM records WHERE records.place = common.place) AS tags
           FROM (SELECT tag, max(place) AS place, count(*) AS n FROM record_tags GROUP BY tag) AS common
           ORDER BY n DESC LIMIT ?`,
        )
        .all(limit)
        .map(({ tags, tag }) => ({ tag, written: JSON.parse(tags) as string[] }))
        .map(({ tag, written }) => written.find((each) => tagKey(each) === tag) ?? tag);
    },
    commonOwners: (limit: number): UserId[] =>
      commonOwners.all({ limit }).flatMap(({ owner_id }) => (owner_id === null ? [] : [owner_id])),
  };
}
