// One desktop's (or command line's) connection as handlers see it: who asks is decided here and by sign-in,
// never by what a frame says.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { HubContract } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EventName, EventOf } from '#shared/wire/contract.ts';
import type { Session } from '../accounts/session-store.ts';

export interface SignedIn {
  readonly user: UserView;
  readonly session: Session;
}

export interface HubConnection {
  /** Remote address, for the throttle. */
  readonly address: string;
  /** The command line, which showed the token of practice-hub.json. It has no user. */
  readonly practiceOperator: boolean;
  signedIn: SignedIn | null;
  tell<N extends EventName<HubContract>>(name: N, payload: EventOf<HubContract, N>): void;
  close(): void;
}

/** @throws CommandFailed 'signedOut' */
export function requireSignedIn(connection: HubConnection): SignedIn {
  if (!connection.signedIn) throw new CommandFailed('signedOut', 'Sign in first.');
  return connection.signedIn;
}
