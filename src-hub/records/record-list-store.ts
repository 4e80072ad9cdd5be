// Records as other programs and exports list them: the one changed longest ago first, a page at a time, so that whoever
// reads on while others write meets what changes again rather than missing it. And the history of one record's changes.
import { type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { RecordKind } from '#shared/domain/disposition.ts';
import type { ProjectId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { plainText } from './record-rows.ts';
import { withNumbers } from './record-store.ts';

/** The record after which a page begins. */
export interface RecordPlace {
  readonly changedAtMs: number;
  readonly id: RecordId;
}

export interface RecordFilter {
  readonly kind?: RecordKind | undefined;
  /** Of these, or of no project. */
  readonly seenFrom?: readonly ProjectId[] | undefined;
  /** Null: of no project. */
  readonly projectId?: ProjectId | null | undefined;
  readonly ownerId?: UserId | undefined;
  /** The whole of it. */
  readonly tag?: string | undefined;
  /** As it is kept. */
  readonly number?: string | undefined;
  /** The whole of it, in any case. */
  readonly email?: string | undefined;
  readonly externalId?: string | undefined;
  /** At this moment or after it. */
  readonly changedSinceMs?: number | undefined;
  /** Anywhere in names, e-mails and city. */
  readonly text?: string | undefined;
}

export interface RecordQuestion extends RecordFilter {
  readonly after: RecordPlace | null;
  readonly limit: number;
}

export interface LoggedChange {
  readonly atMs: number;
  readonly actor: Actor;
  readonly what: HubTables['record_change']['what'];
  /** The record's, from then on. */
  readonly version: number;
  readonly changes: { field: string; before: unknown; after: unknown }[];
}

const changesColumn = z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() }));

export class RecordListStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns one record more than `limit` where there are more. */
  async list({ after, limit, ...filter }: RecordQuestion): Promise<WholeRecord[]> {
    let query = this.#db
      .selectFrom('record')
      .selectAll()
      .orderBy('changed_at_ms')
      .orderBy('id')
      .limit(limit + 1);
    if (after !== null) {
      query = query.where((is) =>
        is.or([
          is('changed_at_ms', '>', after.changedAtMs),
          is.and([is('changed_at_ms', '=', after.changedAtMs), is('id', '>', after.id)]),
        ]),
      );
    }
    return await withNumbers(this.#db, await narrowed(query, filter).execute());
  }

  /**
   * The last changed first.
   * @param number as it is kept
   * @param seenFrom these projects' records, and those of none; all where it is left out
   */
  async withNumber(number: string, limit: number, seenFrom?: readonly ProjectId[]): Promise<WholeRecord[]> {
    const query = this.#db.selectFrom('record').selectAll().orderBy('changed_at_ms', 'desc').limit(limit);
    return await withNumbers(this.#db, await narrowed(query, { number, seenFrom }).execute());
  }

  /** As `withNumber`. @param text anywhere in names, e-mails and city */
  async withText(text: string, limit: number, seenFrom?: readonly ProjectId[]): Promise<WholeRecord[]> {
    const query = this.#db.selectFrom('record').selectAll().orderBy('changed_at_ms', 'desc').limit(limit);
    return await withNumbers(this.#db, await narrowed(query, { text, seenFrom }).execute());
  }

  /** Newest first. */
  async changesOf(recordId: RecordId): Promise<LoggedChange[]> {
    const rows = await this.#db
      .selectFrom('record_change')
      .leftJoin('record_change_detail', 'record_change_detail.change_id', 'record_change.id')
      .selectAll()
      .where('record_id', '=', recordId)
      .orderBy('id', 'desc')
      .execute();
    return rows.map((row) => ({
      atMs: row.at_ms,
      actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
      what: row.what,
      version: row.version,
      changes: row.changes === null ? [] : changesColumn.parse(JSON.parse(row.changes)),
    }));
  }
}

function narrowed<O>(
  query: SelectQueryBuilder<HubTables, 'record', O>,
  filter: RecordFilter,
): SelectQueryBuilder<HubTables, 'record', O> {
  const { kind, projectId, ownerId, tag, number, email, externalId, changedSinceMs, text, seenFrom } = filter;
  let narrow = query;
  if (kind !== undefined) narrow = narrow.where('kind', '=', kind);
  if (projectId !== undefined)
    narrow = narrow.where('project_id', projectId === null ? 'is' : '=', projectId);
  if (seenFrom !== undefined) {
    narrow = narrow.where((is) =>
      is.or([
        is('project_id', 'is', null),
        ...(seenFrom.length === 0 ? [] : [is('project_id', 'in', [...seenFrom])]),
      ]),
    );
  }
  if (ownerId !== undefined) narrow = narrow.where('owner_id', '=', ownerId);
  if (externalId !== undefined) narrow = narrow.where('external_id', '=', externalId);
  if (changedSinceMs !== undefined) narrow = narrow.where('changed_at_ms', '>=', changedSinceMs);
  if (number !== undefined) {
    narrow = narrow.where('id', 'in', (is) =>
      is.selectFrom('record_number').select('record_id').where('number', '=', number),
    );
  }
  // As JSON writes it into the list.
  if (tag !== undefined) narrow = narrow.where(contains('tags', JSON.stringify(tag)));
  if (email !== undefined) narrow = narrow.where(contains('emails', JSON.stringify(email)));
  if (text !== undefined && text.trim() !== '') {
    narrow = narrow.where(contains('search_text', plainText(text.trim())));
  }
  return narrow;
}

function contains(column: 'tags' | 'emails' | 'search_text', text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}
