// All users by extension and by id, in memory: routing asks in the middle of a SIP transaction.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';
import type { AccountStore } from './account-store.ts';

export class UserDirectory {
  readonly #store: AccountStore;
  #users: readonly UserView[] = [];

  constructor(store: AccountStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    this.#users = await this.#store.all();
  }

  all(): readonly UserView[] {
    return this.#users;
  }

  byId(userId: string): UserView | null {
    return this.#users.find((user) => user.userId === userId) ?? null;
  }

  /** Null for media ends and for users that are not known. */
  byExtension(extension: SipUser): UserView | null {
    return this.#users.find((user) => user.extension === extension) ?? null;
  }
}
