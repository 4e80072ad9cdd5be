// SIP credentials at rest. The password is kept as it is: the exchange must compute digests from it
// (RFC 3261 22.4); it opens nothing but one device's registration.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface SipCredential {
  readonly authorizationUser: string;
  readonly password: string;
  readonly extension: string;
  readonly userId: UserId;
  readonly deviceId: string;
}

export class SipCredentialStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<SipCredential[]> {
    const rows = await this.#db
      .selectFrom('sip_credential')
      .innerJoin('account', 'account.user_id', 'sip_credential.user_id')
      .select([
        'sip_credential.authorization_user',
        'sip_credential.password',
        'sip_credential.user_id',
        'sip_credential.device_id',
        'account.extension',
      ])
      .execute();
    return rows.map((row) => ({
      authorizationUser: row.authorization_user,
      password: row.password,
      extension: row.extension,
      userId: row.user_id,
      deviceId: row.device_id,
    }));
  }

  async add(credential: SipCredential): Promise<void> {
    await this.#db
      .insertInto('sip_credential')
      .values({
        authorization_user: credential.authorizationUser,
        user_id: credential.userId,
        device_id: credential.deviceId,
        password: credential.password,
      })
      .execute();
  }

  async remove(authorizationUser: string): Promise<void> {
    await this.#db.deleteFrom('sip_credential').where('authorization_user', '=', authorizationUser).execute();
  }
}
