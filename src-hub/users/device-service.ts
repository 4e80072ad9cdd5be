// The devices of a user and their SIP credentials, as admins see and change them. A device of ours gets a new credential
// by itself; that of another make is shown once, to be typed or scanned.
import type { ShownCredential, UserDevice } from '#shared/admin/users-contract.ts';
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { OtherDevice } from '#shared/hub/account-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { SipAccounts } from '../accounts/sip-accounts.ts';
import type { DeviceChange, SipCredential } from '../accounts/sip-credential-store.ts';
import type { SipCredentials } from '../accounts/sip-credentials.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { HubClock } from '../hub-clock.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { qrText } from './qr-text.ts';
import { noSuchUser } from './user-store.ts';

export interface DeviceServiceParts {
  readonly domain: string;
  readonly directory: UserDirectory;
  readonly credentials: SipCredentials;
  readonly sip: SipAccounts;
  readonly live: LiveConnections;
  readonly exchange: Pick<Exchange, 'isRegistered' | 'endRegistrations' | 'revokeCredential'>;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
  /** As session-handlers': the device's registration ends with its session. */
  deviceSignedOut(userId: UserId, deviceId: string): Promise<void>;
}

export class DeviceService {
  readonly #parts: DeviceServiceParts;

  constructor(parts: DeviceServiceParts) {
    this.#parts = parts;
  }

  list(userId: UserId): UserDevice[] {
    const { credentials, exchange } = this.#parts;
    return credentials.listOf(userId).map((credential) => ({
      deviceId: credential.deviceId,
      make: credential.make,
      label: credential.label,
      authorizationUser: credential.authorizationUser,
      registered: exchange.isRegistered(credential.extension, credential.authorizationUser),
      madeAtMs: credential.madeAtMs,
    }));
  }

  /** What rings besides this device of the user. */
  othersRegistered(userId: UserId, deviceId: string): OtherDevice[] {
    return this.list(userId)
      .filter((device) => device.registered && device.deviceId !== deviceId)
      .map(({ make, label }) => ({ make, label }));
  }

  /**
   * For a device of another make; it can register at once.
   * @param hubUrl ws: or wss: address by which the asker reached the hub.
   * @throws CommandFailed 'noSuchUser', also where the user is disabled.
   */
  async add(userId: UserId, label: string, actor: Actor, hubUrl: string): Promise<ShownCredential> {
    const user = this.#user(userId);
    const change = this.#change(user, actor, 'user.addDevice');
    const credential = await this.#parts.credentials.addForeign(user, label, change);
    this.#parts.changes.tell('users');
    return this.#shown(credential, hubUrl);
  }

  /**
   * Calls in progress go on. One of ours is told its new password at once, or when it is back.
   * @returns null for one of ours. @throws CommandFailed 'noSuchUser', 'noSuchDevice'.
   */
  async rotate(
    userId: UserId,
    deviceId: string,
    actor: Actor,
    hubUrl: string,
  ): Promise<ShownCredential | null> {
    const { credentials, sip, exchange, changes } = this.#parts;
    const user = this.#user(userId);
    const before = this.#device(userId, deviceId);
    const renewed = await credentials.rotate(before, this.#change(user, actor, 'user.rotateDevice'));
    changes.tell('users');
    if (renewed.make === 'offhook') {
      // Whoever else registered with the old password is rung no more.
      exchange.endRegistrations(renewed.extension, renewed.authorizationUser, `urn:uuid:${deviceId}`);
      await sip.tellDevices(user, deviceId);
      return null;
    }
    exchange.endRegistrations(renewed.extension, renewed.authorizationUser, null);
    return this.#shown(renewed, hubUrl);
  }

  /** @throws CommandFailed 'noSuchUser', 'noSuchDevice'. */
  async remove(userId: UserId, deviceId: string, actor: Actor): Promise<void> {
    const { credentials, live, exchange, changes, deviceSignedOut } = this.#parts;
    const user = this.#user(userId);
    const credential = this.#device(userId, deviceId);
    await credentials.remove(credential, this.#change(user, actor, 'user.removeDevice'));
    exchange.revokeCredential(credential.extension, credential.authorizationUser);
    changes.tell('users');
    if (credential.make !== 'offhook') return;
    for (const each of live.ofUser(userId)) {
      if (each.signedIn?.session.deviceId !== deviceId) continue;
      each.signedIn = null;
      each.tell('session.ended', null);
      each.close();
    }
    await deviceSignedOut(userId, deviceId);
  }

  #user(userId: UserId): UserView {
    const user = this.#parts.directory.byId(userId);
    if (!user) throw noSuchUser();
    return user;
  }

  #device(userId: UserId, deviceId: string): SipCredential {
    const credential = this.#parts.credentials.find(userId, deviceId);
    if (!credential) throw new CommandFailed('noSuchDevice', 'This user has no such device any more.');
    return credential;
  }

  #change(user: UserView, actor: Actor, action: DeviceChange['action']): DeviceChange {
    return { actor, action, userName: user.displayName, atMs: this.#parts.clock.nowMs() };
  }

  #shown(credential: SipCredential, hubUrl: string): ShownCredential {
    const { authorizationUser, password, extension } = credential;
    const webSocketUrl = `${hubUrl}/sip`;
    const { domain } = this.#parts;
    return {
      authorizationUser,
      password,
      uri: `sip:${extension}@${domain}`,
      webSocketUrl,
      qrText: qrText({ authorizationUser, password, domain, webSocketUrl }),
    };
  }
}
