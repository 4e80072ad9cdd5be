// Makes, remembers, rotates and finds the SIP credentials of devices and of the hub's own media ends.
// The exchange asks for secrets in the middle of a transaction, so all of them are held in memory.
import { randomBytes, randomUUID } from 'node:crypto';
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { AccountFinder, SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import type { DeviceChange, SipCredential, SipCredentialStore } from './sip-credential-store.ts';

export interface MediaEndCredential {
  readonly authorizationUser: string;
  readonly password: string;
}

/** A device of ours gets a new password at its first sign-in, or coming back, after this long. */
export const rotatedAfterMs = 30 * 24 * 3_600_000;

export class SipCredentials implements AccountFinder {
  readonly #store: SipCredentialStore;
  readonly #clock: Pick<HubClock, 'nowMs'>;
  readonly #ofDevices = new Map<string, SipCredential>();
  readonly #ofMediaEnds = new Map<string, { user: SipUser; password: string }>();

  constructor(store: SipCredentialStore, clock: Pick<HubClock, 'nowMs'>) {
    this.#store = store;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    for (const credential of await this.#store.all()) this.#keep(credential);
  }

  findSecret(authorizationUser: string): { user: SipUser; password: string } | null {
    const mediaEnd = this.#ofMediaEnds.get(authorizationUser);
    if (mediaEnd) return mediaEnd;
    const device = this.#ofDevices.get(authorizationUser);
    return device ? { user: device.extension, password: device.password } : null;
  }

  /** The credential of a device of ours: made at its first sign-in, with another password once it is old. */
  async forDevice(user: UserView, deviceId: string): Promise<SipCredential> {
    const known = this.find(user.userId, deviceId);
    if (known && this.#isFresh(known)) return known;
    if (known) return this.rotate(known, null);
    return this.#add(this.#newOne(user, deviceId, 'offhook', null), null);
  }

  /** For a device of another make. */
  addForeign(user: UserView, label: string, change: DeviceChange): Promise<SipCredential> {
    return this.#add(this.#newOne(user, randomUUID(), 'other', label), change);
  }

  /**
   * The password of before is worth nothing from now on.
   * @throws CommandFailed 'noSuchDevice' where it was removed meanwhile.
   */
  async rotate(credential: SipCredential, change: DeviceChange | null): Promise<SipCredential> {
    const renewed = { ...credential, password: newPassword(), madeAtMs: this.#clock.nowMs() };
    // Remembered first: two sign-ins of one device at the same moment get the same credential.
    this.#keep(renewed);
    try {
      if (await this.#store.replacePassword(renewed, change)) return renewed;
    } catch (error) {
      this.#putBack(renewed, credential);
      throw error;
    }
    this.#ofDevices.delete(renewed.authorizationUser);
    throw new CommandFailed('noSuchDevice', 'This device was removed meanwhile.');
  }

  async remove(credential: SipCredential, change: DeviceChange): Promise<void> {
    await this.#store.remove(credential, change);
    this.#ofDevices.delete(credential.authorizationUser);
  }

  /** Takes the device's credential away; returns its authorization user, or null where it had none. */
  async forget(userId: UserId, deviceId: string): Promise<string | null> {
    const known = this.find(userId, deviceId);
    if (!known) return null;
    this.#ofDevices.delete(known.authorizationUser);
    await this.#store.remove(known, null);
    return known.authorizationUser;
  }

  /** Those of other makes too. */
  async forgetAllOf(userId: UserId): Promise<void> {
    for (const { authorizationUser } of this.listOf(userId)) this.#ofDevices.delete(authorizationUser);
    await this.#store.removeAllOf(userId);
  }

  /** All of the user's, ours first. */
  listOf(userId: UserId): SipCredential[] {
    return [...this.#ofDevices.values()]
      .filter((credential) => credential.userId === userId)
      .sort((one, other) => one.make.localeCompare(other.make));
  }

  /** Ids of the Offhook devices that the user is signed in on; they are the SIP instances' UUIDs too. */
  devicesOf(userId: UserId): string[] {
    return this.listOf(userId)
      .filter(({ make }) => make === 'offhook')
      .map(({ deviceId }) => deviceId);
  }

  find(userId: UserId, deviceId: string): SipCredential | undefined {
    return this.listOf(userId).find((credential) => credential.deviceId === deviceId);
  }

  /** For voicemail, echo and the practice trunk: new with every start, never written down. */
  addMediaEnd(user: SipUser): MediaEndCredential {
    const password = newPassword();
    this.#ofMediaEnds.set(user, { user, password });
    return { authorizationUser: user, password };
  }

  async #add(credential: SipCredential, change: DeviceChange | null): Promise<SipCredential> {
    // Remembered first, as above.
    this.#keep(credential);
    try {
      await this.#store.add(credential, change);
    } catch (error) {
      this.#ofDevices.delete(credential.authorizationUser);
      throw error;
    }
    return credential;
  }

  #newOne(
    user: UserView,
    deviceId: string,
    make: SipCredential['make'],
    label: string | null,
  ): SipCredential {
    return {
      authorizationUser: `${user.extension}-${randomBytes(6).toString('hex')}`,
      password: newPassword(),
      extension: user.extension,
      userId: user.userId,
      deviceId,
      make,
      label,
      madeAtMs: this.#clock.nowMs(),
    };
  }

  #isFresh({ madeAtMs }: SipCredential): boolean {
    return madeAtMs !== null && this.#clock.nowMs() - madeAtMs < rotatedAfterMs;
  }

  #putBack(renewed: SipCredential, before: SipCredential): void {
    if (this.#ofDevices.get(renewed.authorizationUser) === renewed) this.#keep(before);
  }

  #keep(credential: SipCredential): void {
    this.#ofDevices.set(credential.authorizationUser, credential);
  }
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
