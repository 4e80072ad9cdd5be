// All users who may work, by extension and by id, in memory: routing asks in the middle of a SIP transaction. Who is
// disabled is not in it, and so is neither rung nor let through. Loaded at the start and after each change of users.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';
import type { AccountStore } from './account-store.ts';

export class UserDirectory {
  readonly #store: AccountStore;
  #users: readonly UserView[] = [];
  #byId: ReadonlyMap<string, UserView> = new Map();
  #byExtension: ReadonlyMap<SipUser, UserView> = new Map();
  #outside: ReadonlySet<string> = new Set();
  #loading: Promise<void> = Promise.resolve();

  constructor(store: AccountStore) {
    this.#store = store;
  }

  /** Reads them anew; of several at once the last one counts. */
  load(): Promise<void> {
    const read = () => this.#read();
    this.#loading = this.#loading.then(read, read);
    return this.#loading;
  }

  all(): readonly UserView[] {
    return this.#users;
  }

  byId(userId: string): UserView | null {
    return this.#byId.get(userId) ?? null;
  }

  /** Null for media ends and for users that are not known. */
  byExtension(extension: SipUser): UserView | null {
    return this.#byExtension.get(extension) ?? null;
  }

  /** Whether the user may call and transfer to numbers outside the company. */
  mayCallOutside(userId: string): boolean {
    return this.#outside.has(userId);
  }

  async #read(): Promise<void> {
    const accounts = (await this.#store.accounts()).filter(({ disabled }) => !disabled);
    this.#users = accounts.map(({ user }) => user);
    this.#byId = new Map(this.#users.map((user) => [user.userId, user]));
    this.#byExtension = new Map(this.#users.map((user) => [user.extension, user]));
    this.#outside = new Set(
      accounts.filter(({ mayCallOutside }) => mayCallOutside).map(({ user }) => user.userId),
    );
  }
}
