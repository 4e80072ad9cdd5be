// Reads and writes accounts. Read and written by account-service and, in practice mode, by the sample accounts.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';
import { plainUsername } from './username.ts';

export interface Account {
  readonly user: UserView;
  readonly passwordHash: string;
  /** At the next sign-in, before anything else. */
  readonly mustChangePassword: boolean;
  /** Neither signs in nor is called. */
  readonly disabled: boolean;
  /** The next sign-in asks to set one up. */
  readonly secondFactorDue: boolean;
  /** Numbers outside the company. */
  readonly mayCallOutside: boolean;
}

/** What an account cannot do without; the rest is as it is for whoever was never restricted. */
export type NewAccount = Pick<Account, 'user' | 'passwordHash'> & Partial<Account>;

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
      .where('username', '=', plainUsername(username))
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

  /** The disabled ones too. */
  async all(): Promise<UserView[]> {
    return (await this.accounts()).map(({ user }) => user);
  }

  async accounts(): Promise<Account[]> {
    const rows = await this.#db.selectFrom('account').selectAll().orderBy('extension').execute();
    return rows.map(toAccount);
  }

  /** Of the sample accounts and the first super admin; others are added by the user store, with who added them. */
  /** @param audited kept in the same transaction. */
  async add(
    account: NewAccount,
    audited: { readonly change: AuditedChange; readonly atMs: number } | null = null,
  ): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await this.#insert(db, account);
      if (audited) await appendAudit(db, audited.change, audited.atMs);
    });
  }

  async #insert(db: HubDatabase, account: NewAccount): Promise<void> {
    const { user, passwordHash, mustChangePassword = false, mayCallOutside = true } = account;
    const [firstName, lastName] = namesIn(user.displayName);
    await db
      .insertInto('account')
      .values({
        user_id: user.userId,
        username: plainUsername(user.username),
        display_name: user.displayName,
        first_name: firstName,
        last_name: lastName,
        account_type: user.accountType,
        extension: user.extension,
        password_hash: passwordHash,
        must_change_password: mustChangePassword ? 1 : 0,
        second_factor_due: account.secondFactorDue ? 1 : 0,
        may_call_outside: mayCallOutside ? 1 : 0,
        version: 0,
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

/** Of a name in one piece, what stands behind the last space is the last name, as far as anyone can tell. */
function namesIn(displayName: string): [first: string, last: string] {
  const words = displayName.trim().split(/\s+/);
  return words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1) ?? ''] : [displayName.trim(), ''];
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
    disabled: row.disabled_at_ms !== null,
    secondFactorDue: row.second_factor_due === 1,
    mayCallOutside: row.may_call_outside === 1,
  };
}
