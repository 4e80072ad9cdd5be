// Makes, remembers and finds the SIP credentials of devices and of the hub's own media ends.
// The exchange asks for secrets in the middle of a transaction, so all of them are held in memory.
import { randomBytes } from 'node:crypto';
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { AccountFinder, SipUser } from '../exchange/exchange-ports.ts';
import type { SipCredential, SipCredentialStore } from './sip-credential-store.ts';

export interface MediaEndCredential {
  readonly authorizationUser: string;
  readonly password: string;
}

export class SipCredentials implements AccountFinder {
  readonly #store: SipCredentialStore;
  readonly #ofDevices = new Map<string, SipCredential>();
  readonly #ofMediaEnds = new Map<string, { user: SipUser; password: string }>();

  constructor(store: SipCredentialStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    for (const credential of await this.#store.all()) {
      this.#ofDevices.set(credential.authorizationUser, credential);
    }
  }

  findSecret(authorizationUser: string): { user: SipUser; password: string } | null {
    const mediaEnd = this.#ofMediaEnds.get(authorizationUser);
    if (mediaEnd) return mediaEnd;
    const device = this.#ofDevices.get(authorizationUser);
    return device ? { user: device.extension, password: device.password } : null;
  }

  /** The device's credential, made at its first sign-in. */
  async forDevice(user: UserView, deviceId: string): Promise<SipCredential> {
    const known = this.#find(user.userId, deviceId);
    if (known) return known;
    const credential: SipCredential = {
      authorizationUser: `${user.extension}-${randomBytes(6).toString('hex')}`,
      password: randomBytes(24).toString('base64url'),
      extension: user.extension,
      userId: user.userId,
      deviceId,
    };
    // Remembered first: two sign-ins of one device at the same moment get the same credential.
    this.#ofDevices.set(credential.authorizationUser, credential);
    try {
      await this.#store.add(credential);
    } catch (error) {
      this.#ofDevices.delete(credential.authorizationUser);
      throw error;
    }
    return credential;
  }

  /** Takes the device's credential away; returns its authorization user, or null where it had none. */
  async forget(userId: UserId, deviceId: string): Promise<string | null> {
    const known = this.#find(userId, deviceId);
    if (!known) return null;
    this.#ofDevices.delete(known.authorizationUser);
    await this.#store.remove(known.authorizationUser);
    return known.authorizationUser;
  }

  /** Ids of the Offhook devices that the user is signed in on; they are the SIP instances' UUIDs too. */
  devicesOf(userId: UserId): string[] {
    return [...this.#ofDevices.values()]
      .filter((credential) => credential.userId === userId)
      .map(({ deviceId }) => deviceId);
  }

  /** For voicemail, echo and the practice trunk: new with every start, never written down. */
  addMediaEnd(user: SipUser): MediaEndCredential {
    const password = randomBytes(24).toString('base64url');
    this.#ofMediaEnds.set(user, { user, password });
    return { authorizationUser: user, password };
  }

  #find(userId: UserId, deviceId: string): SipCredential | undefined {
    return [...this.#ofDevices.values()].find(
      (credential) => credential.userId === userId && credential.deviceId === deviceId,
    );
  }
}
