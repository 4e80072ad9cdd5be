// Ends all sessions of a user at once, on every device, with their registrations: after a changed password, for whoever
// signs out everywhere, and where somebody else ends them (a supervisor, a disabled account).
import type { UserId } from '#shared/domain/ids.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { AccountService, Session } from './account-service.ts';

export interface SessionEndsParts {
  readonly accounts: AccountService;
  readonly live: LiveConnections;
  /** As session-handlers': the device's registration ends with its session. */
  deviceSignedOut(userId: UserId, deviceId: string): Promise<void>;
}

/** Who asked, from one of the devices concerned. Its desktop knows without being told. */
export interface AskedBy {
  readonly connection: HubConnection;
  /** Left as it is; null where it ends too. */
  readonly own: Session | null;
}

export type EndSessions = (userId: UserId, askedBy?: AskedBy) => Promise<void>;

export function sessionEnds({ accounts, live, deviceSignedOut }: SessionEndsParts): EndSessions {
  return async (userId, askedBy) => {
    const devices = await accounts.signOutEverywhere(userId, askedBy?.own ?? null);
    for (const each of live.ofUser(userId)) {
      if (each === askedBy?.connection) continue;
      each.signedIn = null;
      each.tell('session.ended', null);
      each.close();
    }
    if (askedBy?.own === null) askedBy.connection.signedIn = null;
    await Promise.all(devices.map((deviceId) => deviceSignedOut(userId, deviceId)));
  };
}
