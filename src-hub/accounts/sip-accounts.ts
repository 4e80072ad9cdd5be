// What a device of ours needs to register, put together from its credential: told at sign-in, when it comes back, and
// when its credential was rotated.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import { echoExtension } from '../routing/route-decision.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { SipCredentials } from './sip-credentials.ts';

export interface SipAccounts {
  /** @param hubUrl the address by which the device reached the hub: its SIP goes the same way. */
  of(user: UserView, deviceId: string, hubUrl: string): Promise<SipAccount>;
  /** Tells the connection's device what it registers with now; a device that has it already goes on as it was. */
  tell(connection: HubConnection): Promise<void>;
  /** The same for every device of a user, or one. */
  tellDevices(user: UserView, deviceId?: string): Promise<void>;
}

export function sipAccounts(parts: {
  readonly credentials: SipCredentials;
  readonly live: LiveConnections;
  readonly domain: string;
}): SipAccounts {
  const { credentials, live, domain } = parts;
  const of: SipAccounts['of'] = async (user, deviceId, hubUrl) => {
    const { authorizationUser, password } = await credentials.forDevice(user, deviceId);
    return {
      webSocketUrl: `${hubUrl}/sip`,
      uri: `sip:${user.extension}@${domain}`,
      authorizationUser,
      password,
      displayName: user.displayName,
      echoExtension,
    };
  };
  const tell = async (connection: HubConnection) => {
    const { signedIn } = connection;
    if (!signedIn) return;
    const account = await of(signedIn.user, signedIn.session.deviceId, connection.reachedAt);
    if (connection.signedIn === signedIn) connection.tell('sip.changed', account);
  };
  return {
    of,
    tell,
    async tellDevices({ userId }, deviceId) {
      const concerned = live
        .ofUser(userId)
        .filter(({ signedIn }) => deviceId === undefined || signedIn?.session.deviceId === deviceId);
      await Promise.all(concerned.map(tell));
    },
  };
}
