// Second factors and recovery codes at rest. That a code works once is decided here, by one statement each: of a hundred
// tries at the same moment one changes a row.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';

export interface SecondFactor {
  /** Base32. */
  readonly secret: string;
  /** False until a first code was right: it is not asked for before. */
  readonly confirmed: boolean;
}

export class SecondFactorStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async find(userId: UserId): Promise<SecondFactor | null> {
    const row = await this.#db
      .selectFrom('second_factor')
      .select(['secret', 'confirmed_at_ms'])
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row ? { secret: row.secret, confirmed: row.confirmed_at_ms !== null } : null;
  }

  /** A secret to be confirmed, in place of one that never was. @returns false where a confirmed one is there. */
  async propose(userId: UserId, secret: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('second_factor')
      .values({ user_id: userId, secret, confirmed_at_ms: null, used_step: 0 })
      .onConflict((conflict) =>
        conflict
          .column('user_id')
          .doUpdateSet({ secret, used_step: 0 })
          .where('second_factor.confirmed_at_ms', 'is', null),
      )
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** @param step whose code has confirmed it. @returns false where `secret` is not the one that waits. */
  async confirm(
    userId: UserId,
    confirmed: { secret: string; step: number; nowMs: number; codeHashes: readonly string[] },
  ): Promise<boolean> {
    return this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('second_factor')
        .set({ confirmed_at_ms: confirmed.nowMs, used_step: confirmed.step })
        .where('user_id', '=', userId)
        .where('secret', '=', confirmed.secret)
        .where('confirmed_at_ms', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await replaceCodes(db, userId, confirmed.codeHashes);
      // Whoever asked for one has it.
      await db.updateTable('account').set({ second_factor_due: 0 }).where('user_id', '=', userId).execute();
      return true;
    });
  }

  /** @returns false where that step's code, or a later one, was used before. */
  async spendStep(userId: UserId, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('second_factor')
      .set({ used_step: step })
      .where('user_id', '=', userId)
      .where('used_step', '<', step)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** @returns false where there is no such code (any more). */
  async spendRecoveryCode(userId: UserId, codeHash: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('recovery_code')
      .where('user_id', '=', userId)
      .where('code_hash', '=', codeHash)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  async replaceRecoveryCodes(userId: UserId, codeHashes: readonly string[]): Promise<void> {
    await this.#db.transaction().execute((db) => replaceCodes(db, userId, codeHashes));
  }

  async recoveryCodesLeft(userId: UserId): Promise<number> {
    const rows = await this.#db
      .selectFrom('recovery_code')
      .select('code_hash')
      .where('user_id', '=', userId)
      .execute();
    return rows.length;
  }

  async end(userId: UserId): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
      await db.deleteFrom('second_factor').where('user_id', '=', userId).execute();
    });
  }
}

async function replaceCodes(
  db: Pick<HubDatabase, 'deleteFrom' | 'insertInto'>,
  userId: UserId,
  codeHashes: readonly string[],
): Promise<void> {
  await db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
  await db
    .insertInto('recovery_code')
    .values(codeHashes.map((code_hash) => ({ user_id: userId, code_hash })))
    .execute();
}
