// One desktop's (or command line's) connection as handlers see it: who asks is decided here and by sign-in,
// never by what a frame says.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { HubContract } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EventName, EventOf } from '#shared/wire/contract.ts';
import type { Session } from '../accounts/session-store.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { ConnectionOrigin } from './upgrades.ts';

export interface SignedIn {
  readonly user: UserView;
  readonly session: Session;
}

/** Its address is for the throttle; a practice operator is the command line with its token, and has no user. */
export interface HubConnection extends ConnectionOrigin {
  signedIn: SignedIn | null;
  tell<N extends EventName<HubContract>>(name: N, payload: EventOf<HubContract, N>): void;
  /** What many are told is written once (prepared-event.ts). */
  tellPrepared(event: PreparedEvent): void;
  /** @param code of RFC 6455 7.4; 1001 (going away) where it is left out. */
  close(code?: number): void;
}

/** @throws CommandFailed 'signedOut' */
export function requireSignedIn(connection: HubConnection): SignedIn {
  if (!connection.signedIn) throw new CommandFailed('signedOut', 'Sign in first.');
  return connection.signedIn;
}
