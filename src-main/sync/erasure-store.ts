// Takes what names an erased person out of what this desktop keeps of its own: calls stay, without number, name or notes;
// what was still to be sent about the person is dropped, and says so. Records and notes are their stores'.
import { type RawBuilder, sql } from 'kysely';
import { erasedParty } from '#shared/domain/call-view.ts';
import { formDraft, formDraftWithout } from '#shared/domain/form-draft.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import type { OutboxTable } from '../database/tables.ts';

export type ErasureStore = ReturnType<typeof openErasureStore>;

export function openErasureStore({ sqlite, kysely }: DesktopDatabase) {
  const run = (query: RawBuilder<unknown>) => {
    const { sql: text, parameters } = query.compile(kysely);
    return sqlite.prepare(text).run(...parameters);
  };
  const numbersOf = (recordId: RecordId): string[] => {
    const rows = sqlite
      .prepare<[string], { number: string }>(
        `SELECT number FROM record_numbers AS own
         WHERE place = (SELECT place FROM records WHERE id = ?) AND length(number) > 6 AND NOT EXISTS (
           SELECT 1 FROM record_numbers AS other WHERE other.number = own.number AND other.place <> own.place)`,
      )
      .all(recordId);
    return rows.map(({ number }) => number);
  };
  const callsOf = (recordId: RecordId, numbers: readonly string[]) => {
    const { sql: text, parameters } = sql`
      SELECT calls.place, calls.call_id FROM calls LEFT JOIN drafts ON drafts.call_id = calls.call_id
      WHERE json_extract(remote, '$.recordId') = ${recordId} OR contact_id = ${recordId}
        OR customer_id = ${recordId} OR json_extract(remote_before, '$.recordId') = ${recordId}
        OR json_extract(drafts.form, '$.contact.recordId') = ${recordId}
        OR json_extract(drafts.form, '$.customerId') = ${recordId}
        OR json_extract(remote, '$.number') IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))
        OR redirected_from IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`.compile(kysely);
    return sqlite.prepare<unknown[], { place: number; call_id: CallId }>(text).all(...parameters);
  };
  const emptyCall = (place: number, callId: CallId) => {
    const party = JSON.stringify(erasedParty);
    run(sql`UPDATE calls SET remote = ${party}, redirected_from = NULL, transferred_to = NULL, final_note = NULL,
      subject = '', contact_id = NULL, customer_id = NULL, remote_before = NULL, search_stale = 1
      WHERE place = ${place}`);
    run(sql`UPDATE drafts SET note = '', form = NULL, search_stale = 1 WHERE call_id = ${callId}`);
    run(sql`UPDATE corrections SET note = '' WHERE call_id = ${callId}`);
    run(sql`DELETE FROM call_search WHERE rowid = ${place}`);
  };
  /** What was typed about the person and put away again, in calls with others. */
  const emptyDrafts = (recordId: RecordId) => {
    const naming = sqlite
      .prepare<[RecordId], { call_id: CallId; form: string }>(
        'SELECT call_id, form FROM drafts WHERE instr(form, ?) > 0',
      )
      .all(recordId);
    for (const { call_id, form } of naming) {
      const read = formDraft.safeParse(JSON.parse(form));
      const left = read.success ? JSON.stringify(formDraftWithout(read.data, new Set([recordId]))) : null;
      run(sql`UPDATE drafts SET form = ${left}, search_stale = 1 WHERE call_id = ${call_id}`);
    }
  };
  const emptyReport = ({ mutation_id, mutation }: OutboxTable) => {
    const report = JSON.parse(mutation) as Mutation;
    if (report.kind !== 'call.report') return;
    const emptied = JSON.stringify(withoutPerson(report));
    run(sql`UPDATE outbox SET mutation = ${emptied}, record_id = NULL WHERE mutation_id = ${mutation_id}`);
  };
  const emptyMutations = (recordId: RecordId, callIds: readonly CallId[]) => {
    const calls = JSON.stringify(callIds);
    const about = sqlite
      .prepare<[string, string], OutboxTable>(
        `SELECT * FROM outbox WHERE record_id = ? OR call_id IN (SELECT value FROM json_each(?))`,
      )
      .all(recordId, calls);
    for (const row of about) {
      const mutation = JSON.parse(row.mutation) as Mutation;
      if (mutation.kind === 'call.report') emptyReport(row);
      else if (row.record_id !== recordId || row.state === 'applied') {
        // Of another record, or told long ago.
        if (row.record_id === recordId) run(sql`DELETE FROM outbox WHERE mutation_id = ${row.mutation_id}`);
      } else {
        run(sql`UPDATE outbox SET state = 'refused', reason = 'erased', conflict = NULL, attempts = 0,
          mutation = ${JSON.stringify(emptied(mutation))} WHERE mutation_id = ${row.mutation_id}`);
      }
    }
  };
  return {
    /**
     * To be called while the record is still there, inside the transaction that removes it.
     * @returns whether calls were about it: their search index is then to be merged.
     * @throws SqliteError
     */
    erase(recordId: RecordId): boolean {
      const calls = callsOf(recordId, numbersOf(recordId));
      for (const { place, call_id } of calls) emptyCall(place, call_id);
      emptyDrafts(recordId);
      run(sql`DELETE FROM unsaved_texts WHERE record_id = ${recordId}`);
      run(sql`DELETE FROM orders_on_desk WHERE record_id = ${recordId}`);
      emptyMutations(
        recordId,
        calls.map(({ call_id }) => call_id),
      );
      return calls.length > 0;
    },
    /**
     * A call of this desktop whose person the hub has erased; inside the transaction that takes it in. What it told of the
     * call, or is still to tell, is emptied, too. @returns as `erase`. @throws SqliteError
     */
    emptyCall(callId: CallId): boolean {
      const told = sqlite
        .prepare<[CallId], OutboxTable>("SELECT * FROM outbox WHERE call_id = ? AND kind = 'call.report'")
        .all(callId);
      for (const row of told) emptyReport(row);
      const own = sqlite
        .prepare<[CallId], { place: number }>('SELECT place FROM calls WHERE call_id = ?')
        .get(callId);
      if (own) emptyCall(own.place, callId);
      return own !== undefined;
    },
    /** One small step of merging the calls' index, which leaves out what was deleted. @returns whether more is to come. */
    mergeCallSearch(pages: number): boolean {
      const changes = () => sqlite.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
      const before = changes();
      run(sql`INSERT INTO call_search (call_search, rank) VALUES ('merge', ${pages})`);
      // As SQLite's documentation of FTS5 says: fewer than two changes, and there was nothing to do.
      return changes() - before >= 2;
    },
    /**
     * Freed pages are emptied as they are freed; here, what is left in the write-ahead log. Waits for nobody, since nobody
     * could write meanwhile. @returns whether it is empty: not where somebody reads or writes at this moment.
     */
    emptyLog(): boolean {
      const usualMs = sqlite.pragma('busy_timeout', { simple: true });
      sqlite.pragma('busy_timeout = 0');
      try {
        const [row] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        return row?.busy === 0;
      } finally {
        sqlite.pragma(`busy_timeout = ${usualMs}`);
      }
    },
  };
}

type Report = Extract<Mutation, { kind: 'call.report' }>;

function withoutPerson({ kind, call }: Report): Report {
  const gone = { number: null, redirectedFrom: null, recordId: null, customerId: null };
  return { kind, call: { ...call, ...gone, subject: '', note: '', corrections: [] } };
}

/** What kind it was stays, so that it can be listed. */
function emptied(mutation: Exclude<Mutation, Report>): Mutation {
  if (mutation.kind === 'note.add') return { kind: mutation.kind, note: { ...mutation.note, text: '' } };
  return mutation.kind === 'order.outcome'
    ? { ...mutation, outcome: { ...mutation.outcome, note: '' } }
    : { kind: 'record.change', recordId: mutation.recordId, before: {}, changes: {} };
}
