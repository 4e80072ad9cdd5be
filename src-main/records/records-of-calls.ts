// The calls' door to the records and to what is sent of them (calls/call-desk-ports.ts): each write is a row here and a
// mutation in the outbox, in the transaction of the call's Save. Built by compose.ts and by tests.
import type { CountryCode } from 'libphonenumber-js';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { recordContent, recordName } from '#shared/domain/record.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import type { CallRecords, NumberFormat } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import { comparableNumber, formatNumber } from '../directory/phone-number.ts';
import type { HubLookup } from './hub-lookup.ts';
import { recordsWithNumber } from './number-lookup.ts';
import type { RecordChanges } from './record-changes.ts';
import type { RecordStore } from './record-store.ts';
import { createRecordWriting } from './record-writing.ts';

/** As sync keeps it. */
export interface CallsOutbox {
  add(mutation: Mutation, options: { undoUntilMs?: number; callId?: CallId }): void;
  /** What was added for the call and not sent, with the rows that it changed. @returns whose they are */
  takeBack(callId: CallId): readonly RecordId[];
  takeBackReports(callId: CallId): void;
}

export function recordsOfCalls(parts: {
  readonly store: RecordStore;
  readonly outbox: CallsOutbox;
  readonly lookup: Pick<HubLookup, 'known' | 'find'>;
  readonly clock: Clock;
  readonly country: () => CountryCode;
  readonly changes: Pick<RecordChanges, 'news' | 'tell'>;
}): CallRecords {
  const { store, outbox, lookup, country, changes } = parts;
  const writing = createRecordWriting(parts);
  const optionsOf = (sending: { callId: CallId; undoUntilMs: number | null }) =>
    sending.undoUntilMs === null
      ? { callId: sending.callId }
      : { callId: sending.callId, undoUntilMs: sending.undoUntilMs };
  return {
    byNumber(written) {
      const here = recordsWithNumber(store, written, country()).map((row) => ({
        id: row.id,
        kind: row.kind,
        name: row.name,
        number: row.number,
        city: row.city,
        projectId: row.project_id,
      }));
      if (here.length > 0) return here;
      return lookup.known(comparableNumber(written, country())).map((record) => ({
        id: record.id,
        kind: record.kind,
        name: recordName(record),
        number: record.numbers[0]?.number ?? null,
        city: record.city,
        projectId: record.projectId,
      }));
    },
    find: writing.find,
    create: (recordId, content, sending) =>
      writing.create(recordId, recordContent.parse(content), optionsOf(sending)),
    change: (recordId, change, sending) => writing.change(recordId, change, optionsOf(sending)),
    report(call, sending) {
      const about = [call.recordId, call.customerId].filter((id) => id !== null);
      for (const recordId of about) store.noteCall(recordId, call.startedAtMs);
      outbox.add({ kind: 'call.report', call }, optionsOf(sending));
      if (about.length > 0) changes.tell(about);
    },
    takeBack(callId) {
      changes.tell(outbox.takeBack(callId));
    },
    takeBackReports: (callId) => outbox.takeBackReports(callId),
    onChanged: (listener) => changes.news.on(listener),
  };
}

export function numberFormat(country: () => CountryCode): NumberFormat {
  return {
    comparable: (number) => comparableNumber(number, country()),
    written: (number) => formatNumber(number, country()),
  };
}
