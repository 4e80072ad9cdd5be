// What syncing needs from its neighbours; each is given by sync.ts and replaced in tests and simulations.
import type { z } from 'zod';
import type { UserId } from '#shared/domain/ids.ts';
import type { Outgoing, Pushed, SyncScope, syncCommands } from '#shared/hub/sync-contract.ts';
import type { HubKind } from '../database/tables.ts';

export type PullRequest = z.output<(typeof syncCommands)['sync.pull']['request']>;
export type PullReply = z.output<(typeof syncCommands)['sync.pull']['reply']>;

/** Both fail with CommandFailed where the hub is away ('hubAway') or refuses. */
export interface SyncHub {
  push(mutations: readonly Outgoing[]): Promise<readonly Pushed[]>;
  pull(request: PullRequest): Promise<PullReply>;
}

/** Who is signed in, with which hub, and what they have open. */
export interface AtWork {
  readonly userId: UserId;
  readonly hub: HubKind;
  /** In the order in which it is wanted. */
  readonly open: readonly SyncScope[];
}
