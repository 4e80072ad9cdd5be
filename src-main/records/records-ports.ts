// What the records need from their neighbours; each is given to them by compose.ts and faked in their tests.
import type { SyncState } from '#shared/desktop/records-contract.ts';
import type { CallId, ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';

/** What the hub is still to be told. Called inside the transaction of the row that it is about. */
export interface RecordOutbox {
  /**
   * @param options.undoUntilMs sent only after that
   * @param options.callId the call whose save it came of, so that undoing that takes it back
   * @throws SqliteError
   */
  add(mutation: Mutation, options: { readonly undoUntilMs?: number; readonly callId?: CallId }): void;
  /** Of a call of this desktop: whether the hub has what was said of it. */
  callState(callId: CallId): SyncState;
}

export interface Names {
  /** Null where the directory does not know them (any more). */
  ofUser(userId: UserId): string | null;
  /** Null where the agent is not in it. */
  ofProject(projectId: ProjectId): string | null;
}
