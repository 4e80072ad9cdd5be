// SIP credentials at rest. The password is kept as it is: the exchange must compute digests from it
// (RFC 3261 22.4); it opens nothing but one device's registration. What an admin does to them stands in the audit log.
import type { UserId } from '#shared/domain/ids.ts';
import { type Actor, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface SipCredential {
  readonly authorizationUser: string;
  readonly password: string;
  readonly extension: string;
  readonly userId: UserId;
  readonly deviceId: string;
  /** Ours signs in and gets its credential by itself; another make's was made by hand, with a label. */
  readonly make: 'offhook' | 'other';
  readonly label: string | null;
  /** When the password was made; null where nobody wrote that down yet. */
  readonly madeAtMs: number | null;
}

/** Who changed a user's devices; null where the hub did by itself, at a sign-in or sign-out. */
export interface DeviceChange {
  readonly actor: Actor;
  readonly action: 'user.addDevice' | 'user.rotateDevice' | 'user.removeDevice';
  readonly userName: string;
  readonly atMs: number;
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
        'sip_credential.make',
        'sip_credential.label',
        'sip_credential.made_at_ms',
        'account.extension',
      ])
      .execute();
    return rows.map((row) => ({
      authorizationUser: row.authorization_user,
      password: row.password,
      extension: row.extension,
      userId: row.user_id,
      deviceId: row.device_id,
      make: row.make,
      label: row.label,
      madeAtMs: row.made_at_ms,
    }));
  }

  async add(credential: SipCredential, change: DeviceChange | null): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('sip_credential')
        .values({
          authorization_user: credential.authorizationUser,
          user_id: credential.userId,
          device_id: credential.deviceId,
          password: credential.password,
          make: credential.make,
          label: credential.label,
          made_at_ms: credential.madeAtMs,
        })
        .execute();
      await audit(db, change, credential, {}, { device: nameOf(credential) });
    });
  }

  /** A new password in place of the one before. @returns false where the credential is gone. */
  async replacePassword(credential: SipCredential, change: DeviceChange | null): Promise<boolean> {
    return this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('sip_credential')
        .set({ password: credential.password, made_at_ms: credential.madeAtMs })
        .where('authorization_user', '=', credential.authorizationUser)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await audit(db, change, credential, {}, { device: nameOf(credential) });
      return true;
    });
  }

  /** Of one of ours the session and the remembered sign-in end with it, where an admin removes it. */
  async remove(credential: SipCredential, change: DeviceChange | null): Promise<void> {
    const { authorizationUser, userId, deviceId } = credential;
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('sip_credential').where('authorization_user', '=', authorizationUser).execute();
      if (!change) return;
      for (const table of ['session', 'remembered_device'] as const) {
        await db.deleteFrom(table).where('user_id', '=', userId).where('device_id', '=', deviceId).execute();
      }
      await audit(db, change, credential, { device: nameOf(credential) }, {});
    });
  }

  async removeAllOf(userId: UserId): Promise<void> {
    await this.#db.deleteFrom('sip_credential').where('user_id', '=', userId).execute();
  }
}

function nameOf({ label, authorizationUser }: SipCredential): string {
  return label ?? authorizationUser;
}

async function audit(
  db: HubDatabase,
  change: DeviceChange | null,
  { userId }: SipCredential,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  if (!change) return;
  const { actor, action, userName, atMs } = change;
  const subject = { kind: 'user', id: userId, name: userName };
  await appendAudit(db, { actor, action, subject, before, after }, atMs);
}
