// A record as it is shown: what the hub last told, with what this desktop has not told it yet laid over it. Called after
// each pull, answer and undo, in the caller's transaction.
import type { SyncState } from '#shared/desktop/records-contract.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import type { RecordContent, WholeRecord } from '#shared/domain/record.ts';
import { mergeChange } from '#shared/domain/record-merge.ts';
import type { Mutation, SyncScope } from '#shared/hub/sync-contract.ts';
import type { NoteStore } from '../records/note-store.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { Kept, OutboxStore } from './outbox-store.ts';

type Unsent = Pick<Kept, 'mutation' | 'state' | 'madeAtMs'>;

/** @param unsent of this record, in their order; @returns null where neither hub nor desktop has such a record. */
export function laidOver(base: WholeRecord | null, unsent: readonly Unsent[]): WholeRecord | null {
  let shown = base;
  for (const { mutation, state, madeAtMs } of unsent) {
    // What clashed is not shown over what the others wrote: the conflict has it. A new record that was refused stays.
    if (state === 'conflict' || (state === 'refused' && mutation.kind !== 'record.create')) continue;
    shown = withMutation(shown, mutation, madeAtMs);
  }
  return shown;
}

/** What a mutation makes of a record. */
export function withMutation(
  record: WholeRecord | null,
  mutation: Mutation,
  madeAtMs: number,
): WholeRecord | null {
  if (mutation.kind === 'record.create' && record === null) {
    const { recordId: id, content } = mutation;
    return { ...content, id, version: 0, createdAtMs: madeAtMs, changedAtMs: madeAtMs };
  }
  if (mutation.kind !== 'record.change' || record === null) return record;
  const { id, version, createdAtMs, changedAtMs, ...content } = record;
  const merged: RecordContent = mergeChange(content, mutation).content;
  return { ...merged, id, version, createdAtMs, changedAtMs: Math.max(changedAtMs, madeAtMs) };
}

/** The gravest of what is unsent. */
export function stateOf(unsent: readonly Pick<Kept, 'state'>[]): SyncState {
  const has = (state: Kept['state']) => unsent.some((each) => each.state === state);
  if (has('conflict')) return 'conflict';
  if (has('refused')) return 'refused';
  return has('waiting') ? 'here' : 'sent';
}

export type Overlay = ReturnType<typeof createOverlay>;

export function createOverlay(
  records: Pick<RecordStore, 'base' | 'shown' | 'write' | 'remove'>,
  notes: Pick<NoteStore, 'removeOfRecord'>,
  outbox: Pick<OutboxStore, 'ofRecord'>,
  /** Whether this desktop keeps what belongs there; what does not goes once nothing of it is unsent. */
  keeps: (scope: SyncScope) => boolean = () => true,
) {
  const changesOf = (recordId: RecordId) =>
    outbox
      .ofRecord(recordId)
      .filter(({ mutation: { kind } }) => kind === 'record.create' || kind === 'record.change');
  /** @param base what the hub has now; null where it has none of it. */
  const lay = (recordId: RecordId, base: WholeRecord | null) => {
    const unsent = changesOf(recordId);
    // What was refused for good lays nothing over it, and must not hold what the hub tells nothing of any more.
    const isHeld = unsent.some((each) => each.state !== 'refused' || each.mutation.kind === 'record.create');
    const shown = !isHeld && base && !keeps(base.projectId) ? null : laidOver(base, unsent);
    if (shown) records.write(shown, base, stateOf(unsent));
    else {
      records.remove(recordId);
      notes.removeOfRecord(recordId);
    }
  };
  return {
    lay,
    /** Anew, over what the hub last told. @throws SqliteError */
    relay: (recordId: RecordId): void => lay(recordId, records.base(recordId)),
    hasUnsent: (recordId: RecordId): boolean => outbox.ofRecord(recordId).length > 0,
  };
}
