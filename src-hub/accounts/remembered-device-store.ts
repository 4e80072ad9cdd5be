// Devices whose user need not type anything at the next start. Each has a token of its own, hashed at rest.
import type { UserId } from '#shared/domain/ids.ts';
import { rememberedForMs } from '#shared/hub/account-contract.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { hashOfToken, newToken } from './opaque-token.ts';

export class RememberedDeviceStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** One token per user and device: a new one ends the one before. Returns the token, which is kept nowhere else. */
  async remember(userId: UserId, deviceId: string, nowMs: number): Promise<string> {
    const token = newToken();
    const row = { token_hash: hashOfToken(token), user_id: userId, device_id: deviceId, used_at_ms: nowMs };
    await this.#db
      .insertInto('remembered_device')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'device_id'])
          .doUpdateSet({ token_hash: row.token_hash, used_at_ms: nowMs }),
      )
      .execute();
    return token;
  }

  /** Null where the token is unknown, too old, or another device's. */
  async recognise(token: string, deviceId: string, nowMs: number): Promise<UserId | null> {
    const row = await this.#db
      .updateTable('remembered_device')
      .set({ used_at_ms: nowMs })
      .where('token_hash', '=', hashOfToken(token))
      .where('device_id', '=', deviceId)
      .where('used_at_ms', '>=', nowMs - rememberedForMs)
      .returning('user_id')
      .executeTakeFirst();
    return row?.user_id ?? null;
  }

  async forget(userId: UserId, deviceId: string): Promise<void> {
    await this.#db
      .deleteFrom('remembered_device')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .execute();
  }

  /** All of the user's devices, or all but one. */
  async forgetAllOf(userId: UserId, exceptDeviceId: string | null): Promise<void> {
    const all = this.#db.deleteFrom('remembered_device').where('user_id', '=', userId);
    await (exceptDeviceId === null ? all : all.where('device_id', '!=', exceptDeviceId)).execute();
  }
}
