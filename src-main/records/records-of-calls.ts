// The calls' door to the records and to what is sent of them (calls/call-desk-ports.ts): each write is a row here and a
// mutation in the outbox, in the transaction of the call's Save. Built by compose.ts and by tests.
import type { CountryCode } from 'libphonenumber-js';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { recordContent, type WholeRecord } from '#shared/domain/record.ts';
import { mergeChange } from '#shared/domain/record-merge.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import type { CallRecords, NumberFormat } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import { comparableNumber, formatNumber } from '../directory/phone-number.ts';
import type { RecordChanges } from './record-changes.ts';
import type { RecordStore } from './record-store.ts';

/** As sync keeps it. */
export interface CallsOutbox {
  add(mutation: Mutation, options: { undoUntilMs?: number; callId?: CallId }): void;
  /** What was added for the call and not sent, with the rows that it changed. @returns whose they are */
  takeBack(callId: CallId): readonly RecordId[];
}

export function recordsOfCalls(parts: {
  readonly store: RecordStore;
  readonly outbox: CallsOutbox;
  readonly clock: Clock;
  readonly country: () => CountryCode;
  readonly changes: Pick<RecordChanges, 'news' | 'tell'>;
}): CallRecords {
  const { store, outbox, clock, country, changes } = parts;
  const contentOf = ({ id: _id, version: _v, createdAtMs: _c, changedAtMs: _d, ...content }: WholeRecord) =>
    content;
  const optionsOf = (sending: { callId: CallId; undoUntilMs: number | null }) =>
    sending.undoUntilMs === null
      ? { callId: sending.callId }
      : { callId: sending.callId, undoUntilMs: sending.undoUntilMs };
  return {
    byNumber: (number) =>
      store.byNumber(comparableNumber(number, country())).map((row) => ({
        id: row.id,
        kind: row.kind,
        name: row.name,
        number: row.number,
        city: row.city,
        projectId: row.project_id,
      })),
    find: (recordId) => store.shown(recordId),
    create(recordId, content, sending) {
      const nowMs = clock.nowMs();
      const whole = { ...recordContent.parse(content), id: recordId, version: 0 };
      store.write({ ...whole, createdAtMs: nowMs, changedAtMs: nowMs }, null, 'here');
      outbox.add({ kind: 'record.create', recordId, content }, optionsOf(sending));
      changes.tell([recordId]);
    },
    change(recordId, change, sending) {
      const shown = store.shown(recordId);
      if (!shown) return;
      const { content } = mergeChange(contentOf(shown), change);
      store.write({ ...shown, ...content, changedAtMs: clock.nowMs() }, store.base(recordId), 'here');
      outbox.add({ kind: 'record.change', recordId, ...change }, optionsOf(sending));
      changes.tell([recordId]);
    },
    report(call, sending) {
      const about = [call.recordId, call.customerId].filter((id) => id !== null);
      for (const recordId of about) store.noteCall(recordId, call.startedAtMs);
      outbox.add({ kind: 'call.report', call }, optionsOf(sending));
      if (about.length > 0) changes.tell(about);
    },
    takeBack(callId) {
      changes.tell(outbox.takeBack(callId));
    },
    onChanged: (listener) => changes.news.on(listener),
  };
}

export function numberFormat(country: () => CountryCode): NumberFormat {
  return {
    comparable: (number) => comparableNumber(number, country()),
    written: (number) => formatNumber(number, country()),
  };
}
