// What people see of syncing and decide about it: what waits and why, conflicts with both versions, what was refused.
// Called by sync-handlers.ts; each decision is one transaction.
import type { RecordConflict, WaitingItem } from '#shared/desktop/sync-view-contract.ts';
import type { MutationId, RecordId } from '#shared/domain/ids.ts';
import {
  type RecordChanges,
  type RecordContent,
  recordName,
  type WholeRecord,
} from '#shared/domain/record.ts';
import type { MadeChange } from '#shared/domain/record-merge.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { NoteStore } from '../records/note-store.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { Outbox } from './outbox.ts';
import type { Kept, OutboxStore } from './outbox-store.ts';
import type { Overlay } from './overlay.ts';
import { sentAtMs } from './sync-machine.ts';

export interface SyncPeopleParts {
  readonly store: OutboxStore;
  readonly outbox: Pick<Outbox, 'add'>;
  readonly overlay: Overlay;
  readonly records: Pick<RecordStore, 'shown' | 'transaction'>;
  readonly notes: Pick<NoteStore, 'remove'>;
  readonly nowMs: () => number;
  isSending(mutationId: MutationId): boolean;
  recordsChanged(ids: readonly RecordId[]): void;
  /** After a decision. */
  touched(): void;
}

type Choices = Readonly<Record<string, 'mine' | 'theirs'>>;

const mostListed = 1_000;

export class SyncPeopleService {
  readonly #parts: SyncPeopleParts;

  constructor(parts: SyncPeopleParts) {
    this.#parts = parts;
  }

  /** In the order in which they were made. */
  items(): WaitingItem[] {
    const nowMs = this.#parts.nowMs();
    return this.#parts.store.open(mostListed).map((kept) => ({
      mutationId: kept.mutationId,
      kind: kept.mutation.kind,
      about: this.#about(kept),
      recordId: kept.recordId,
      callId: kept.callId,
      madeAtMs: kept.madeAtMs,
      state: this.#stateOf(kept, nowMs),
      reason: kept.reason,
      attempts: kept.attempts,
    }));
  }

  conflicts(): RecordConflict[] {
    return this.#parts.store.open(mostListed).flatMap((kept) => conflictOf(kept) ?? []);
  }

  /**
   * For each clash, whose value counts, theirs where nothing is said; what did not clash is applied.
   * @throws CommandFailed 'noSuchConflict', 'diskFull', 'diskFailed'
   */
  resolve(mutationId: MutationId, choices: Choices): void {
    const { store, outbox, overlay } = this.#parts;
    const kept = store.find(mutationId);
    const conflict = kept && conflictOf(kept);
    if (!conflict) {
      throw new CommandFailed('noSuchConflict', 'This conflict has been resolved already. Nothing is lost.');
    }
    const { recordId } = conflict;
    this.#write('The decision', recordId, () => {
      store.forget(mutationId);
      const decided = decidedChange(conflict, choices);
      if (decided) outbox.add({ kind: 'record.change', recordId, ...decided });
      overlay.relay(recordId);
    });
  }

  /** One that was refused, after it was looked at. Nothing where it is not there any more. @throws CommandFailed 'diskFull', 'diskFailed' */
  putAway(mutationId: MutationId): void {
    const { store, overlay, notes } = this.#parts;
    const kept = store.find(mutationId);
    if (kept?.state !== 'refused') return;
    const { mutation, recordId } = kept;
    this.#write('The change', recordId, () => {
      store.forget(mutationId);
      if (mutation.kind === 'note.add') notes.remove(mutation.note.id);
      else if (recordId !== null && mutation.kind !== 'call.report') overlay.relay(recordId);
    });
  }

  #write(attempt: string, recordId: RecordId | null, work: () => void): void {
    try {
      this.#parts.records.transaction(work);
    } catch (error) {
      refuseDiskTrouble(error, attempt);
    }
    if (recordId !== null) this.#parts.recordsChanged([recordId]);
    this.#parts.touched();
  }

  #about({ mutation, recordId }: Kept): string {
    const record: Pick<RecordContent, 'kind' | 'firstName' | 'lastName' | 'companyName'> | null =
      mutation.kind === 'record.create' ? mutation.content : recordId && this.#parts.records.shown(recordId);
    const name = record ? recordName(record) : '';
    return name === '' && mutation.kind === 'call.report' ? (mutation.call.number ?? '') : name;
  }

  #stateOf(kept: Kept, nowMs: number): WaitingItem['state'] {
    if (kept.state === 'conflict' || kept.state === 'refused') return kept.state;
    if (this.#parts.isSending(kept.mutationId)) return 'sending';
    return sentAtMs(kept, nowMs) > nowMs ? 'undoOpen' : 'waiting';
  }
}

function conflictOf({ mutationId, madeAtMs, mutation, conflict }: Kept): RecordConflict | null {
  if (conflict === null || mutation.kind !== 'record.change') return null;
  // Written by sync-writer.ts, nobody else.
  const { clashes, theirs } = JSON.parse(conflict) as { clashes: string[]; theirs: WholeRecord };
  const { recordId, before, changes } = mutation;
  return { mutationId, recordId, madeAtMs, before, mine: changes, theirs, clashes };
}

/**
 * The change that a person has decided on: based on the others' value where theirs was seen and overruled.
 * @returns null where nothing of mine is left.
 */
export function decidedChange(conflict: RecordConflict, choices: Choices): MadeChange | null {
  const { before, mine, theirs, clashes } = conflict;
  const was: Record<string, unknown> = {};
  const wished: Record<string, unknown> = {};
  for (const key of Object.keys(mine) as (keyof RecordContent)[]) {
    if (key === 'fields') continue;
    const clashed = clashes.includes(key);
    if (clashed && choices[key] !== 'mine') continue;
    was[key] = clashed ? theirs[key] : before[key];
    wished[key] = mine[key];
  }
  if (mine.fields) {
    const fieldsWas: Record<string, unknown> = {};
    const fieldsWished: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(before.fields ?? {}), ...Object.keys(mine.fields)])) {
      const clashed = clashes.includes(`fields.${key}`);
      if (clashed && choices[`fields.${key}`] !== 'mine') continue;
      const from = clashed ? theirs.fields[key] : before.fields?.[key];
      const to = mine.fields[key];
      if (from !== undefined) fieldsWas[key] = from;
      if (to !== undefined) fieldsWished[key] = to;
    }
    if (Object.keys(fieldsWas).length > 0 || Object.keys(fieldsWished).length > 0) {
      was.fields = fieldsWas;
      wished.fields = fieldsWished;
    }
  }
  if (Object.keys(wished).length === 0) return null;
  return { before: was as RecordChanges, changes: wished as RecordChanges };
}
