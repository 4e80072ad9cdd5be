// Reads and writes accounts. Read and written by account-service and, in practice mode, by the sample accounts.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
  /** At the next sign-in, before anything else. */
  readonly mustChangePassword: boolean;
}

export class AccountStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @param username in any case. */
  async findByUsername(username: string): Promise<Account | null> {
    const row = await this.#db
      .selectFrom('account')
      .selectAll()
      .where('username', '=', username.toLowerCase())
      .executeTakeFirst();
    return row ? toAccount(row) : null;
  }

  async findById(userId: UserId): Promise<Account | null> {
    const row = await this.#db
      .selectFrom('account')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row ? toAccount(row) : null;
  }

  async all(): Promise<UserView[]> {
    const rows = await this.#db.selectFrom('account').selectAll().orderBy('extension').execute();
    return rows.map((row) => toAccount(row).user);
  }

  async add(account: Omit<Account, 'mustChangePassword'> & Partial<Account>): Promise<void> {
    const { user, passwordHash, mustChangePassword = false } = account;
    await this.#db
      .insertInto('account')
      .values({
        user_id: user.userId,
        username: user.username.toLowerCase(),
        display_name: user.displayName,
        account_type: user.accountType,
        extension: user.extension,
        password_hash: passwordHash,
        must_change_password: mustChangePassword ? 1 : 0,
      })
      .execute();
  }

  async setPassword(userId: UserId, passwordHash: string, mustChangePassword: boolean): Promise<void> {
    await this.#db
      .updateTable('account')
      .set({ password_hash: passwordHash, must_change_password: mustChangePassword ? 1 : 0 })
      .where('user_id', '=', userId)
      .execute();
  }

  /** The same password, hashed anew. Does nothing where the password has changed meanwhile. */
  async rehash(userId: UserId, before: string, after: string): Promise<void> {
    await this.#db
      .updateTable('account')
      .set({ password_hash: after })
      .where('user_id', '=', userId)
      .where('password_hash', '=', before)
      .execute();
  }
}

function toAccount(row: HubTables['account']): Account {
  return {
    user: {
      userId: row.user_id,
      username: row.username,
      displayName: row.display_name,
      accountType: row.account_type,
      extension: row.extension,
    },
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password === 1,
  };
}
