// Changes passwords, holds them to the rules, and hashes them anew where the hashing has become stronger since. Called by
// account-service at sign-in, by account-handlers for a person's own, and, to reset somebody's, by who administers users.
import type { UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Account, AccountStore } from './account-store.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface PasswordServiceParts {
  readonly accounts: AccountStore;
  readonly hashing: PasswordHashing;
  readonly throttle: SignInThrottle;
}

export class PasswordService {
  readonly #parts: PasswordServiceParts;

  constructor(parts: PasswordServiceParts) {
    this.#parts = parts;
  }

  /**
   * That it is really the person who is signed in: asked before their account changes.
   * @throws CommandFailed 'passwordWrong', 'slowDown'.
   */
  async confirm(userId: UserId, password: string, address: string): Promise<Account> {
    const { accounts, hashing, throttle } = this.#parts;
    const account = await accounts.findById(userId);
    if (!account) throw new CommandFailed('passwordWrong', 'There is no such account any more.');
    const { username } = account.user;
    throttle.begin(username, address);
    if (!(await hashing.verify(account.passwordHash, password))) {
      throw new CommandFailed('passwordWrong', 'This is not your password. Nothing was changed.');
    }
    throttle.succeeded(username, address);
    return account;
  }

  /**
   * The person's own new password.
   * @returns its hash. @throws CommandFailed 'passwordSame', and as password-rules.ts.
   */
  async replace(account: Account, password: string): Promise<string> {
    await this.#requireGood(account, password);
    if (await this.#parts.hashing.verify(account.passwordHash, password)) {
      throw new CommandFailed('passwordSame', 'This is the password that you have. Take another one.');
    }
    return this.#set(account.user.userId, password, false);
  }

  /**
   * By who administers users, who then also ends the user's sessions: good for one sign-in, at which it must be changed.
   * @throws as password-rules.ts.
   */
  async reset(account: Account, password: string): Promise<void> {
    await this.#requireGood(account, password);
    await this.#set(account.user.userId, password, true);
  }

  /** @param password just verified. @returns the hash that is stored now. */
  async keepUpToDate({ user, passwordHash }: Account, password: string): Promise<string> {
    const { accounts, hashing } = this.#parts;
    if (!hashing.isOutdated(passwordHash)) return passwordHash;
    const renewed = await hashing.hash(password);
    await accounts.rehash(user.userId, passwordHash, renewed);
    return renewed;
  }

  #requireGood({ user }: Account, password: string): Promise<void> {
    return requireGoodPassword(password, [user.username, user.displayName]);
  }

  async #set(userId: UserId, password: string, mustChange: boolean): Promise<string> {
    const passwordHash = await this.#parts.hashing.hash(password);
    await this.#parts.accounts.setPassword(userId, passwordHash, mustChange);
    return passwordHash;
  }
}
