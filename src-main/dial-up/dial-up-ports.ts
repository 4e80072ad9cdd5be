// What call mode needs from its neighbours on this desktop, given by compose.ts and by tests; and what its own parts need of
// the desk.
import type { AttemptId, CallId } from '#shared/domain/ids.ts';
import type { dialCommands } from '#shared/hub/dial-contract.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import type { CommandName, ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallDesk } from '../calls/call-desk.ts';
import type { NumberFormat } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import type { OrderCalls } from '../calls/order-calls.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { Whose } from '../sync/outbox-store.ts';
import type { SyncOutbox } from '../sync/sync.ts';
import type { DialUp, DialUpEvent } from './dial-up-machine.ts';
import type { DialUpStore } from './dial-up-store.ts';

interface DialContract {
  readonly name: string;
  readonly version: number;
  readonly commands: typeof dialCommands;
  readonly events: Record<never, never>;
}

export interface DialUpHub {
  online(): boolean;
  /** @throws CommandFailed 'hubAway' */
  call<N extends CommandName<DialContract>>(
    name: N,
    request: RequestOf<DialContract, N>,
  ): Promise<ReplyOf<DialContract, N>>;
}

export interface DialUpOutbox extends Pick<SyncOutbox, 'takeBackOne' | 'onChanged'> {
  add(mutation: Mutation, options: { undoUntilMs: number; callId?: CallId }): ReturnType<SyncOutbox['add']>;
  readonly store: Pick<SyncOutbox['store'], 'ofKind'>;
}

export interface DialUpParts {
  readonly store: DialUpStore;
  readonly outbox: DialUpOutbox;
  readonly hub: DialUpHub;
  readonly desk: Pick<CallDesk, 'dial' | 'views' | 'changed'>;
  readonly ofOrders: Pick<OrderCalls, 'say' | 'end' | 'endOf' | 'takeBack'>;
  readonly numbers: NumberFormat;
  /** As this computer has them. */
  readonly records: Pick<RecordStore, 'shown'>;
  readonly clock: Clock;
  /** Who is signed in, and at which hub. */
  whose(): Whose | null;
  /** The status takes calls. */
  available(): boolean;
  readonly newAttemptId: () => AttemptId;
  readonly log: WireLog;
}

/** What the desk's parts tell its machine: the desk adds when. */
export type DialUpNews = DialUpEvent extends infer E
  ? E extends DialUpEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

/** The desk as its parts see it. */
export interface DialUpState {
  now(): DialUp;
  /** @returns whether it meant something */
  feed(news: DialUpNews): boolean;
}
