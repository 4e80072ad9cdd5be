// Notes on records. They are only ever added; they go with their record.
import type { NoteId, RecordId } from '#shared/domain/ids.ts';
import type { RecordNote } from '#shared/hub/sync-contract.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

const putNotes = new BulkInsert(
  'note',
  {
    id: 'text',
    record_id: 'text',
    call_id: 'text',
    author_id: 'text',
    author_name: 'text',
    text: 'text',
    written_at_ms: 'bigint',
  },
  'on conflict (id) do nothing returning id',
);

export class NoteStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns false where one of this id is there already. */
  async add(db: HubDatabase, note: RecordNote): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('note')
      .values(rowOf(note))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** @returns which of them were not there yet. */
  async addAll(db: HubDatabase, notes: readonly RecordNote[]): Promise<Set<NoteId>> {
    const added = await putNotes.run(db, notes.map(rowOf));
    return new Set((added as Pick<HubTables['note'], 'id'>[]).map(({ id }) => id));
  }

  /** Those of these ids that are there, in no order. */
  async find(ids: readonly NoteId[], db: HubDatabase = this.#db): Promise<RecordNote[]> {
    if (ids.length === 0) return [];
    return (await db.selectFrom('note').selectAll().where('id', 'in', ids).execute()).map(noteOf);
  }

  /** Newest first. */
  async ofRecord(recordId: RecordId): Promise<RecordNote[]> {
    const rows = await this.#db
      .selectFrom('note')
      .selectAll()
      .where('record_id', '=', recordId)
      .orderBy('written_at_ms', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.map(noteOf);
  }
}

function rowOf(note: RecordNote): HubTables['note'] {
  return {
    id: note.id,
    record_id: note.recordId,
    call_id: note.callId,
    author_id: note.authorId,
    author_name: note.authorName,
    text: note.text,
    written_at_ms: note.writtenAtMs,
  };
}

function noteOf(row: HubTables['note']): RecordNote {
  return {
    id: row.id,
    recordId: row.record_id,
    callId: row.call_id,
    authorId: row.author_id,
    authorName: row.author_name,
    text: row.text,
    writtenAtMs: row.written_at_ms,
  };
}
