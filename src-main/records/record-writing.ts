// How a record is made and changed on this desktop: the row, and beside it in the outbox what the hub is to be told, inside
// the caller's transaction. Used by records-service.ts, and by records-of-calls.ts within Save.
import type { RecordId } from '#shared/domain/ids.ts';
import type { RecordContent, WholeRecord } from '#shared/domain/record.ts';
import { type MadeChange, mergeChange } from '#shared/domain/record-merge.ts';
import type { Clock } from '../calls/clock.ts';
import type { HubLookup } from './hub-lookup.ts';
import type { RecordChanges } from './record-changes.ts';
import type { RecordStore } from './record-store.ts';
import type { RecordOutbox } from './records-ports.ts';

export interface RecordWritingParts {
  readonly store: RecordStore;
  readonly outbox: Pick<RecordOutbox, 'add'>;
  readonly lookup: Pick<HubLookup, 'find'>;
  readonly changes: Pick<RecordChanges, 'tell'>;
  readonly clock: Pick<Clock, 'nowMs'>;
}

type Sending = Parameters<RecordOutbox['add']>[1];

export interface RecordWriting {
  /** As it is shown here, else as the hub has told of it when its number was looked up. */
  find(id: RecordId): WholeRecord | null;
  /** A record that no hub has yet. @throws SqliteError */
  create(id: RecordId, content: RecordContent, sending: Sending): void;
  /** Lays the change over what is shown. Nothing where there is no such record. @throws SqliteError */
  change(id: RecordId, made: MadeChange, sending: Sending): void;
}

export function createRecordWriting(parts: RecordWritingParts): RecordWriting {
  const { store, outbox, lookup, changes, clock } = parts;
  return {
    find: (id) => store.shown(id) ?? lookup.find(id),
    create(id, content, sending) {
      const nowMs = clock.nowMs();
      store.write({ ...content, id, version: 0, createdAtMs: nowMs, changedAtMs: nowMs }, null, 'here');
      outbox.add({ kind: 'record.create', recordId: id, content }, sending);
      changes.tell([id]);
    },
    change(id, made, sending) {
      const base = store.shown(id) ? store.base(id) : lookup.find(id);
      const now = store.shown(id) ?? base;
      if (!now) return;
      const { content } = mergeChange(contentOf(now), made);
      // A conflict stays one until a person has decided it.
      const state = store.stateOf(id) === 'conflict' ? 'conflict' : 'here';
      store.write({ ...now, ...content, changedAtMs: clock.nowMs() }, base, state);
      outbox.add(
        { kind: 'record.change', recordId: id, before: made.before, changes: made.changes },
        sending,
      );
      changes.tell([id]);
    },
  };
}

function contentOf(record: WholeRecord): RecordContent {
  const { id: _id, version: _version, createdAtMs: _created, changedAtMs: _changed, ...content } = record;
  return content;
}
