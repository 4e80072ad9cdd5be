// What follows for the devices of a user whom an admin has changed: sessions that end, a phone that stops ringing, another
// name. The database knows it already; this is for what lives in memory and on connections.
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { SipAccounts } from '../accounts/sip-accounts.ts';
import type { SipCredentials } from '../accounts/sip-credentials.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';

export interface UserEndingsParts {
  readonly directory: UserDirectory;
  readonly live: LiveConnections;
  readonly credentials: SipCredentials;
  readonly sip: SipAccounts;
  readonly exchange: Pick<Exchange, 'revoke'>;
  /** As session-handlers': the device's registration ends with its session. */
  deviceSignedOut(userId: UserId, deviceId: string): Promise<void>;
  /** Whatever devices there were, nobody is rung any more. */
  becomeOffline(userId: UserId): Promise<void>;
}

export interface UserEndings {
  /** @param by the connection that asked: where it is the user's own, it hears the answer before it goes. */
  sessionsEnded(userId: UserId, by: HubConnection | null): Promise<void>;
  disabled(user: Pick<AdminUser, 'userId' | 'extension'>, by: HubConnection | null): Promise<void>;
  /** The user's devices go on, under the name and the account type of now. */
  renamed(userId: UserId): Promise<void>;
}

export function userEndings(parts: UserEndingsParts): UserEndings {
  const { directory, live, credentials, sip, exchange } = parts;

  const disconnect = (userId: UserId, by: HubConnection | null) => {
    for (const each of live.ofUser(userId)) {
      each.signedIn = null;
      each.tell('session.ended', null);
      if (each !== by) each.close();
    }
  };
  const signOut = (userId: UserId, devices: readonly string[]) =>
    Promise.all(devices.map((deviceId) => parts.deviceSignedOut(userId, deviceId)));

  return {
    async sessionsEnded(userId, by) {
      disconnect(userId, by);
      await signOut(userId, credentials.devicesOf(userId));
    },
    async disabled({ userId, extension }, by) {
      const devices = credentials.devicesOf(userId);
      // At once and before anything is waited for: from here on nothing registers, rings or talks.
      const forgotten = credentials.forgetAllOf(userId);
      exchange.revoke(extension, null);
      disconnect(userId, by);
      await forgotten;
      await signOut(userId, devices);
      await parts.becomeOffline(userId);
    },
    async renamed(userId) {
      const user = directory.byId(userId);
      if (!user) return;
      for (const each of live.ofUser(userId)) {
        if (!each.signedIn) continue;
        each.signedIn = { ...each.signedIn, user };
        each.tell('session.userChanged', user);
      }
      await sip.tellDevices(user);
    },
  };
}
