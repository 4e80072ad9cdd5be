// Sessions at rest: only the token's hash is kept, so that a copied database opens nobody's session.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { hashOfToken, newToken } from './opaque-token.ts';

/** A session that nobody took up for this long is over. */
const idleLimitMs = 30 * 24 * 3_600_000;

const askedAtOnce = 500;

export interface Session {
  readonly tokenHash: string;
  readonly userId: UserId;
  readonly deviceId: string;
}

export class SessionStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /**
   * One session per user and device: a new one ends the one before.
   * @param unchanged the password's hash by which the sign-in began; null where any will do.
   * @returns the token, which is kept nowhere else; null where the account was disabled meanwhile, or its password
   *   changed. Whoever disables it at the same moment waits for this, and then ends this session too.
   */
  async begin(
    userId: UserId,
    deviceId: string,
    nowMs: number,
    unchanged: string | null = null,
  ): Promise<{ token: string; session: Session } | null> {
    const token = newToken();
    const session = { tokenHash: hashOfToken(token), userId, deviceId };
    return this.#db.transaction().execute(async (db) => {
      const account = db
        .updateTable('account')
        .set({ last_signed_in_at_ms: nowMs })
        .where('user_id', '=', userId)
        .where('disabled_at_ms', 'is', null);
      const { numUpdatedRows } = await (unchanged === null
        ? account
        : account.where('password_hash', '=', unchanged)
      ).executeTakeFirst();
      if (numUpdatedRows !== 1n) return null;
      await db
        .deleteFrom('session')
        .where((is) =>
          is.or([
            is.and([is('user_id', '=', userId), is('device_id', '=', deviceId)]),
            is('used_at_ms', '<', nowMs - idleLimitMs),
          ]),
        )
        .execute();
      await db
        .insertInto('session')
        .values({
          token_hash: session.tokenHash,
          user_id: userId,
          device_id: deviceId,
          created_at_ms: nowMs,
          used_at_ms: nowMs,
        })
        .execute();
      return { token, session };
    });
  }

  async isThere(tokenHash: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('session')
      .select('device_id')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Of these, those that have ended. */
  async over(tokenHashes: readonly string[]): Promise<Set<string>> {
    const over = new Set(tokenHashes);
    for (let from = 0; from < tokenHashes.length; from += askedAtOnce) {
      const rows = await this.#db
        .selectFrom('session')
        .select('token_hash')
        .where('token_hash', 'in', tokenHashes.slice(from, from + askedAtOnce))
        .execute();
      for (const { token_hash } of rows) over.delete(token_hash);
    }
    return over;
  }

  /** Whether the device has a session of this user's, whichever. */
  async isDeviceSignedIn(userId: UserId, deviceId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('session')
      .select('device_id')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Null where the token is unknown, too old, or another device's. */
  async takeUp(token: string, deviceId: string, nowMs: number): Promise<Session | null> {
    const tokenHash = hashOfToken(token);
    const row = await this.#db
      .updateTable('session')
      .set({ used_at_ms: nowMs })
      .where('token_hash', '=', tokenHash)
      .where('device_id', '=', deviceId)
      .where('used_at_ms', '>=', nowMs - idleLimitMs)
      .returning('user_id')
      .executeTakeFirst();
    return row ? { tokenHash, userId: row.user_id, deviceId } : null;
  }

  async end(tokenHash: string): Promise<void> {
    await this.#db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
  }

  /** Ends all of the user's sessions, or all but one. @returns the devices that had them. */
  async endAllOf(userId: UserId, exceptTokenHash: string | null): Promise<string[]> {
    const all = this.#db.deleteFrom('session').where('user_id', '=', userId);
    const chosen = exceptTokenHash === null ? all : all.where('token_hash', '!=', exceptTokenHash);
    const rows = await chosen.returning('device_id').execute();
    return rows.map((row) => row.device_id);
  }
}
