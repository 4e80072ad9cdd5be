// Calls that others had with records of this desktop, and this user on other devices, as sync pulled them. This desktop's
// own calls are in the history. Synchronous, usable in the caller's transaction.
import type { CallId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { asText, prepare } from '../database/prepared.ts';
import type { SyncedCallsTable } from '../database/tables.ts';
import { asOne } from '../database/way.ts';
import type { RecordStore } from './record-store.ts';
import { indexedWords } from './search-text.ts';

export type SyncedCallStore = ReturnType<typeof openSyncedCallStore>;

export function openSyncedCallStore(
  { sqlite, kysely }: DesktopDatabase,
  records: Pick<RecordStore, 'noteCall'>,
) {
  const find = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.selectFrom('synced_calls').where('call_id', '=', given('callId')).selectAll(),
  );
  const ofRecord = prepare<{ recordId: RecordId; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('synced_calls')
      .where((where) =>
        where.or([
          where('record_id', '=', asText(given('recordId'))),
          where('customer_id', '=', asText(given('recordId'))),
        ]),
      )
      .selectAll()
      .orderBy('started_at_ms', 'desc')
      .limit(given('limit')),
  );
  const insert = prepare<Omit<SyncedCallsTable, 'place'>>(sqlite).as((given) =>
    kysely.insertInto('synced_calls').values({
      place: null as never,
      call_id: given('call_id'),
      record_id: given('record_id'),
      customer_id: given('customer_id'),
      project_id: given('project_id'),
      started_at_ms: given('started_at_ms'),
      call: given('call'),
    }),
  );
  const forget = prepare<{ place: number }>(sqlite).as((given) =>
    kysely.deleteFrom('synced_calls').where('place', '=', given('place')),
  );
  const addSearched = prepare<{ row: number; text: string }>(sqlite).as((given) =>
    kysely.insertInto('note_search').values({ rowid: given('row'), text: given('text') } as never),
  );
  const forgetSearched = prepare<{ row: number }>(sqlite).as((given) =>
    kysely.deleteFrom('note_search').where('rowid', '=', given('row')),
  );
  const inProject = prepare<{ projectId: ProjectId; limit: number }>(sqlite).as((given) =>
    kysely
      .selectFrom('synced_calls')
      .where('project_id', '=', given('projectId'))
      .select('call_id')
      .limit(given('limit')),
  );
  const inNone = prepare<{ limit: number }>(sqlite).as((given) =>
    kysely.selectFrom('synced_calls').where('project_id', 'is', null).select('call_id').limit(given('limit')),
  );

  const removePlace = (place: number) => {
    forgetSearched.run({ row: place * 2 + 1 });
    forget.run({ place });
  };
  const whole = (work: () => void) => asOne(sqlite, work);

  return {
    find(callId: CallId): SyncedCall | null {
      const row = find.get({ callId });
      return row ? parsed(row.call) : null;
    },
    /** With this record, as caller or as the firm called for; newest first. */
    ofRecord: (recordId: RecordId, limit: number): SyncedCall[] =>
      ofRecord.all({ recordId, limit }).map((row) => parsed(row.call)),
    /** Adds the call or takes the place of the one with its id. @throws SqliteError */
    write(call: SyncedCall): void {
      whole(() => {
        const before = find.get({ callId: call.callId });
        if (before) removePlace(before.place);
        const atMs = Math.trunc(call.startedAtMs);
        const { lastInsertRowid } = insert.run({
          call_id: call.callId,
          record_id: call.recordId,
          customer_id: call.customerId,
          project_id: call.projectId,
          started_at_ms: atMs,
          call: JSON.stringify(call),
        });
        const text = indexedWords([call.subject, call.note, ...call.corrections.map(({ note }) => note)]);
        if (text !== '') addSearched.run({ row: Number(lastInsertRowid) * 2 + 1, text });
        if (call.recordId !== null) records.noteCall(call.recordId, atMs);
        if (call.customerId !== null) records.noteCall(call.customerId, atMs);
      });
    },
    /** @throws SqliteError */
    remove(callId: CallId): void {
      const row = find.get({ callId });
      if (row) whole(() => removePlace(row.place));
    },
    /** Of a scope (null: of no project), so that it can be taken out in pieces. */
    inScope: (projectId: ProjectId | null, limit: number): CallId[] =>
      (projectId === null ? inNone.all({ limit }) : inProject.all({ projectId, limit })).map(
        ({ call_id }) => call_id,
      ),
  };
}

/** It was checked when it was written, and nobody else writes here. */
function parsed(json: string): SyncedCall {
  return JSON.parse(json) as SyncedCall;
}
