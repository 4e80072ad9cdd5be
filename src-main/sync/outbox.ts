// Where everything goes that the hub is to be told (OFF-2): records, notes, calls. Called by whoever changes them, inside
// the transaction of the change, so that neither is ever there without the other. Sending is sync-service's.
import type { CallId, MutationId, RecordId } from '#shared/domain/ids.ts';
import { type Mutation, mutation as mutationSchema } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { NoteStore } from '../records/note-store.ts';
import { type Kept, type OutboxStore, undoIsOver, type Whose } from './outbox-store.ts';
import type { Overlay } from './overlay.ts';

export interface AddOptions {
  /** Sent only after this; until then `takeBack` removes it. */
  readonly undoUntilMs?: number;
  /** The call in which it was written. */
  readonly callId?: CallId;
}

export interface Outbox {
  /**
   * Keeps a mutation to be told, in order. To be called inside the transaction of the change itself.
   * @throws CommandFailed 'signedOut' where nobody ever signed in; ZodError where it breaks the contract; SqliteError
   */
  add(mutation: Mutation, options?: AddOptions): MutationId;
  /**
   * Removes what a call's save has added and is not sent yet, and lays the records anew. Inside the caller's
   * transaction or in none. @returns the records that it touched.
   * @throws CommandFailed 'tooLate' where some of it was sent, which a wrong clock can bring about; SqliteError
   */
  takeBack(callId: CallId): RecordId[];
  /**
   * Removes what says how a call is and still waits for its undo to be over, whatever else of its save was sent: for a
   * caller that says it anew. Inside the caller's transaction. @throws SqliteError
   */
  takeBackReports(callId: CallId): void;
  /** Removes one that is not sent yet. @returns false where it is too late. @throws SqliteError */
  takeBackOne(mutationId: MutationId): boolean;
  /** Told after the transaction that added or took back. @returns ends it. */
  onChanged(listener: () => void): () => void;
}

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly overlay: Pick<Overlay, 'relay'>;
  readonly notes: Pick<NoteStore, 'remove'>;
  readonly nowMs: () => number;
  readonly newMutationId: () => MutationId;
  /** The user at work; null where nobody is signed in: then it is of whoever was last. */
  readonly whose: () => Whose | null;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, overlay, notes } = parts;
  const listeners = new Set<() => void>();
  let telling = false;
  const tellSoon = () => {
    if (telling) return;
    telling = true;
    // Transactions are synchronous: by then it is committed, or it never happened.
    queueMicrotask(() => {
      telling = false;
      for (const listener of listeners) listener();
    });
  };
  return {
    add(given, { undoUntilMs, callId } = {}) {
      const whose = parts.whose() ?? store.lastAtWork();
      if (!whose) throw new CommandFailed('signedOut', 'Sign in first.');
      const mutation = mutationSchema.parse(given);
      const mutationId = parts.newMutationId();
      store.add({
        mutation_id: mutationId,
        user_id: whose.userId,
        hub: whose.hub,
        made_at_ms: Math.trunc(parts.nowMs()),
        kind: mutation.kind,
        mutation: JSON.stringify(mutation),
        record_id: recordOf(mutation),
        call_id: callId ?? callOf(mutation),
        undo_until_ms: undoUntilMs === undefined ? null : Math.trunc(undoUntilMs),
        state: 'waiting',
        attempts: 0,
        reason: null,
        at: null,
        conflict: null,
        answered_at_ms: null,
      });
      tellSoon();
      return mutationId;
    },
    takeBack(callId) {
      // An order's outcome is taken back with the order (src-main/dial-up).
      const ofCall = store.ofCall(callId).filter(({ mutation }) => mutation.kind !== 'order.outcome');
      if (ofCall.some(({ undoUntilMs }) => undoUntilMs === undoIsOver)) throw tooLate();
      const undone = ofCall.filter(isUndoable);
      for (const { mutationId, mutation } of undone) {
        store.forget(mutationId);
        if (mutation.kind === 'note.add') notes.remove(mutation.note.id);
      }
      const touched = [...new Set(undone.flatMap(({ recordId }) => recordId ?? []))];
      for (const recordId of touched) overlay.relay(recordId);
      tellSoon();
      return touched;
    },
    takeBackReports(callId) {
      const unsent = store
        .ofCall(callId)
        .filter((each) => isUndoable(each) && each.undoUntilMs !== undoIsOver);
      for (const { mutationId, mutation } of unsent)
        if (mutation.kind === 'call.report') store.forget(mutationId);
      tellSoon();
    },
    takeBackOne(mutationId) {
      const kept = store.find(mutationId);
      if (!kept || !isUndoable(kept) || kept.undoUntilMs === undoIsOver) return false;
      store.forget(mutationId);
      tellSoon();
      return true;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function tooLate(): CommandFailed {
  return new CommandFailed(
    'tooLate',
    'The save can no longer be undone. It is kept as it is; add a correction in the history instead.',
  );
}

function isUndoable({ state, undoUntilMs }: Kept): boolean {
  return state === 'waiting' && undoUntilMs !== null;
}

/** The record that it changes or is about. */
function recordOf(mutation: Mutation): RecordId | null {
  switch (mutation.kind) {
    case 'note.add':
      return mutation.note.recordId;
    case 'call.report':
      return mutation.call.recordId;
    default:
      return mutation.recordId;
  }
}

function callOf(mutation: Mutation): CallId | null {
  if (mutation.kind === 'call.report') return mutation.call.callId;
  if (mutation.kind === 'order.outcome') return mutation.outcome.callId;
  return mutation.kind === 'note.add' ? mutation.note.callId : null;
}
