// Reads and writes accounts. Read and written by account-service and, in practice mode, by the sample accounts.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
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

  async add({ user, passwordHash }: Account): Promise<void> {
    await this.#db
      .insertInto('account')
      .values({
        user_id: user.userId,
        username: user.username.toLowerCase(),
        display_name: user.displayName,
        account_type: user.accountType,
        extension: user.extension,
        password_hash: passwordHash,
      })
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
  };
}
