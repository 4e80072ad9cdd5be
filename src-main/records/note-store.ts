// Notes of records on this desktop, and their part of the search index. Synchronous, usable in the caller's transaction;
// written by sync, by Save and by the record's page.
import type { SyncState } from '#shared/desktop/records-contract.ts';
import type { NoteId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { RecordNote } from '#shared/hub/sync-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { NotesTable } from '../database/tables.ts';
import { asOne } from '../database/way.ts';
import { indexedWords } from './search-text.ts';

export interface KeptNote extends RecordNote {
  readonly state: SyncState;
}

export type NoteStore = ReturnType<typeof openNoteStore>;

export function openNoteStore({ sqlite, kysely }: DesktopDatabase) {
  const ofRecord = prepare<{ recordId: RecordId }>(sqlite).as((given) =>
    kysely
      .selectFrom('notes')
      .where('record_id', '=', given('recordId'))
      .selectAll()
      .orderBy('written_at_ms', 'desc')
      .orderBy('place', 'desc'),
  );
  const find = prepare<{ id: NoteId }>(sqlite).as((given) =>
    kysely.selectFrom('notes').where('id', '=', given('id')).selectAll(),
  );
  const insert = prepare<Omit<NotesTable, 'place'>>(sqlite).as((given) =>
    kysely.insertInto('notes').values({
      place: null as never,
      id: given('id'),
      record_id: given('record_id'),
      call_id: given('call_id'),
      author_id: given('author_id'),
      author_name: given('author_name'),
      text: given('text'),
      written_at_ms: given('written_at_ms'),
      state: given('state'),
    }),
  );
  const forget = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('notes').where('place', '=', given('place')),
  );
  const addSearched = prepare<{ row: number; text: string }>(sqlite).as((given) =>
    kysely.insertInto('note_search').values({ rowid: given('row'), text: given('text') } as never),
  );
  const forgetSearched = prepare<{ row: number }>(sqlite).as((given) =>
    kysely.deleteFrom('note_search').where('rowid', '=', given('row')),
  );
  const changeState = prepare<{ id: NoteId; state: SyncState }>(sqlite).as((given) =>
    kysely
      .updateTable('notes')
      .set({ state: given('state') })
      .where('id', '=', given('id')),
  );

  const setAuthor = prepare<{ id: NoteId; userId: UserId; name: string; state: SyncState }>(sqlite).as(
    (given) =>
      kysely
        .updateTable('notes')
        .set({ author_id: given('userId'), author_name: given('name'), state: given('state') })
        .where('id', '=', given('id')),
  );

  const removePlace = (place: number) => {
    forgetSearched.run({ row: place * 2 });
    forget.run({ place });
  };
  const whole = (work: () => void) => asOne(sqlite, work);

  return {
    /** Newest first. */
    ofRecord: (recordId: RecordId): KeptNote[] => ofRecord.all({ recordId }).map(kept),
    find(id: NoteId): KeptNote | null {
      const row = find.get({ id });
      return row ? kept(row) : null;
    },
    /** Adds the note or takes the place of the one with its id. @throws SqliteError */
    write(note: RecordNote, state: SyncState): void {
      whole(() => {
        const before = find.get({ id: note.id });
        // What this desktop wrote comes back from the hub: taking words out of the index and in again takes long.
        if (before && saysTheSame(before, note)) {
          setAuthor.run({ id: note.id, userId: note.authorId, name: note.authorName, state });
          return;
        }
        if (before) removePlace(before.place);
        const { lastInsertRowid } = insert.run({
          id: note.id,
          record_id: note.recordId,
          call_id: note.callId,
          author_id: note.authorId,
          author_name: note.authorName,
          text: note.text,
          written_at_ms: Math.trunc(note.writtenAtMs),
          state,
        });
        addSearched.run({ row: Number(lastInsertRowid) * 2, text: indexedWords([note.text]) });
      });
    },
    /** Its state alone. @throws SqliteError */
    setState(id: NoteId, state: SyncState): void {
      changeState.run({ id, state });
    },
    /** @throws SqliteError */
    remove(id: NoteId): void {
      const row = find.get({ id });
      if (row) whole(() => removePlace(row.place));
    },
    /** All notes of a record, as when it goes. @throws SqliteError */
    removeOfRecord(recordId: RecordId): void {
      whole(() => {
        for (const { place } of ofRecord.all({ recordId })) removePlace(place);
      });
    },
  };
}

function saysTheSame(row: NotesTable, note: RecordNote): boolean {
  return (
    row.text === note.text &&
    row.record_id === note.recordId &&
    row.call_id === note.callId &&
    row.written_at_ms === Math.trunc(note.writtenAtMs)
  );
}

function kept(row: NotesTable): KeptNote {
  return {
    id: row.id,
    recordId: row.record_id,
    callId: row.call_id,
    authorId: row.author_id,
    authorName: row.author_name,
    text: row.text,
    writtenAtMs: row.written_at_ms,
    state: row.state,
  };
}
