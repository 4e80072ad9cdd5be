// What there is to pull: the entries of a scope, in their order, with what they stand for. An entity has one entry in a
// scope however often it changed, so that a first pull is everything once.
import type { CallId, ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Pulled, SyncScope } from '#shared/hub/sync-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { NoteStore } from '../records/note-store.ts';
import { wholeColumns, wholeRecords } from '../records/record-rows.ts';
import { SyncedCallStore } from '../records/synced-call-store.ts';

type Entry = Pick<HubTables['sync_entry'], 'entity' | 'entity_id' | 'seq' | 'gone'>;

/** What a service hands from one store to another: a transaction. */
export type PullDatabase = HubDatabase;

export interface PulledPage {
  readonly changes: Pulled[];
  /** The number of the last, or of where it was asked from. */
  readonly seq: number;
  readonly left: number;
}

/** Of so many pages, by where they end; a few for each desktop that pulls at the same time. */
const pagesRemembered = 1_000;

export class PullStore {
  readonly #db: HubDatabase;
  /** What was left after a page, so that not every page of a first pull counts all that are still to come. */
  readonly #leftAfter = new Map<string, number>();
  readonly #notes: NoteStore;
  readonly #calls: SyncedCallStore;

  constructor(db: HubDatabase) {
    this.#db = db;
    this.#notes = new NoteStore(db);
    this.#calls = new SyncedCallStore(db);
  }

  /** Projects that are there, and that the user is a member of. */
  async projectsOf(userId: UserId, db: HubDatabase = this.#db): Promise<Set<ProjectId>> {
    const rows = await db
      .selectFrom('project_member')
      .innerJoin('project', 'project.id', 'project_member.project_id')
      .select('project_id')
      .where('user_id', '=', userId)
      .where('removed_at_ms', 'is', null)
      .execute();
    return new Set(rows.map(({ project_id }) => project_id));
  }

  /** What changed while it is read comes again later, under its new number. */
  async page(scope: SyncScope, afterSeq: number, limit: number): Promise<PulledPage> {
    const named = scope ?? '';
    const entries: Entry[] = await this.#db
      .selectFrom('sync_entry')
      .select(['entity', 'entity_id', 'seq', 'gone'])
      .where('scope', '=', named)
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    const last = entries.at(-1)?.seq;
    if (last === undefined) return { changes: [], seq: afterSeq, left: 0 };
    const there = entries.filter(({ gone }) => gone === null);
    const idsOf = <Id extends string>(entity: Entry['entity']) =>
      there.filter((each) => each.entity === entity).map((each) => each.entity_id as Id);
    const callIds = idsOf<CallId>('call');
    const [records, notes, calls, emptied, left] = await Promise.all([
      idsOf('record').length > 0 ? this.#records(named, afterSeq, last) : [],
      this.#notes.find(idsOf('note')),
      this.#calls.find(callIds),
      this.#calls.emptiedOf(callIds),
      entries.length < limit ? 0 : this.#left(named, afterSeq, { count: entries.length, last }),
    ]);
    const found = new Map<string, Pulled>([
      ...records.map((record): [string, Pulled] => [`record ${record.id}`, { entity: 'record', record }]),
      ...notes.map((note): [string, Pulled] => [`note ${note.id}`, { entity: 'note', note }]),
      ...calls.map((call): [string, Pulled] => [`call ${call.callId}`, { entity: 'call', call }]),
    ]);
    const changes = entries.flatMap(({ entity, entity_id: id, gone }): Pulled[] => {
      if (gone !== null) return [{ entity: 'gone', of: entity, id, erased: gone !== 'moved' }];
      const change = found.get(`${entity} ${id}`);
      if (!change) return [];
      // Whose call it is takes the person out of it before it comes again as it stays.
      const isEmptied = change.entity === 'call' && emptied.has(change.call.callId);
      return isEmptied ? [{ entity: 'gone', of: 'call', id, erased: true }, change] : [change];
    });
    return { changes, seq: last, left };
  }

  /** In which scopes something has changed after that, and up to where that is known. */
  async changedSince(seq: number): Promise<{ scopes: SyncScope[]; seq: number }> {
    const rows = await this.#db
      .selectFrom('sync_entry')
      .select((row) => ['scope', row.fn.max('seq').as('last')])
      .where('seq', '>', seq)
      .groupBy('scope')
      .execute();
    return {
      scopes: rows.map(({ scope }) => (scope === '' ? null : scope)),
      seq: Math.max(seq, ...rows.map(({ last }) => last)),
    };
  }

  /** Joined to their entries, so that the statement is the same for every page. */
  async #records(scope: ProjectId | '', afterSeq: number, lastSeq: number) {
    const [rows, numbers] = await Promise.all([
      this.#db
        .selectFrom('sync_entry')
        .innerJoin('record', (on) => on.onRef('record.id', '=', 'sync_entry.entity_id' as never))
        .select(wholeColumns.map((column) => `record.${column}` as const))
        .where('scope', '=', scope)
        .where('seq', '>', afterSeq)
        .where('seq', '<=', lastSeq)
        .where('entity', '=', 'record')
        .where('gone', 'is', null)
        .execute(),
      this.#db
        .selectFrom('sync_entry')
        .innerJoin('record_number', (on) =>
          on.onRef('record_number.record_id', '=', 'sync_entry.entity_id' as never),
        )
        .selectAll('record_number')
        .where('scope', '=', scope)
        .where('seq', '>', afterSeq)
        .where('seq', '<=', lastSeq)
        .where('entity', '=', 'record')
        .where('gone', 'is', null)
        .orderBy('position')
        .execute(),
    ]);
    return wholeRecords(rows, numbers);
  }

  /**
   * Counted for the first page, reckoned from there on: what comes and goes meanwhile is left out, which only shows in how
   * far a pull seems to be. Never 0 unless it was counted: that ends a pull.
   */
  async #left(
    scope: ProjectId | '',
    afterSeq: number,
    page: { readonly count: number; readonly last: number },
  ): Promise<number> {
    const before = this.#leftAfter.get(`${scope} ${afterSeq}`) ?? 0;
    const left = before > page.count ? before - page.count : await this.#counted(scope, page.last);
    this.#leftAfter.set(`${scope} ${page.last}`, left);
    if (this.#leftAfter.size > pagesRemembered) {
      const [oldest] = this.#leftAfter.keys();
      if (oldest !== undefined) this.#leftAfter.delete(oldest);
    }
    return left;
  }

  async #counted(scope: ProjectId | '', afterSeq: number): Promise<number> {
    const { left } = await this.#db
      .selectFrom('sync_entry')
      .select((row) => row.fn.countAll<number>().as('left'))
      .where('scope', '=', scope)
      .where('seq', '>', afterSeq)
      .executeTakeFirstOrThrow();
    return left;
  }
}
