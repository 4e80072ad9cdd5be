// What is told to those who pull: a record, note or call that is new, changed, or gone, and where it belongs. Made by the
// services of this folder, numbered by sync.
import type { SyncScope } from '#shared/hub/sync-contract.ts';

export interface StampedChange {
  readonly entity: 'record' | 'note' | 'call';
  readonly id: string;
  readonly scope: SyncScope;
  /** Where it belonged before, if elsewhere. */
  readonly formerScope?: SyncScope;
  readonly gone?: 'moved' | 'erased';
}
