// Who does something, for the audit log: the signed-in user of a connection. Called by handlers, which hand it on.
import type { UserView } from '#shared/desktop/session-contract.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { Actor } from './audit-store.ts';

export function actorOf({ userId, displayName }: UserView): Actor {
  return { kind: 'user', id: userId, name: displayName };
}

/** @throws CommandFailed 'signedOut' */
export function requireActor(connection: HubConnection): Actor {
  return actorOf(requireSignedIn(connection).user);
}
