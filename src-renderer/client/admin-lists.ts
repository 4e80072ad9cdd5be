// What the admin window shows of the hub, asked once for all of its pages and asked anew when the hub tells that it has
// changed, when the hub is back, and when a page that shows it is opened. Made by the admin window, read by useAdminList.
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EventOf, ReplyOf } from '#shared/wire/contract.ts';
import type { DesktopClient } from './desktop-client.ts';
import type { Versioned } from './use-versioned.ts';

type ChangedKind = EventOf<DesktopContract, 'admin.changed'>['kind'];

const asks = {
  users: 'admin.users.list',
  teams: 'admin.teams.list',
  projects: 'admin.projects.list',
  /** The imports of records, which tell how far they are under this name. */
  records: 'admin.recordImports.list',
  statuses: 'admin.statuses.get',
  apiKeys: 'admin.apiKeys.list',
  settings: 'admin.settings.get',
  orderStatuses: 'admin.orderStatuses.get',
  freeModes: 'admin.dialUp.freeModes',
  dialUp: 'admin.dialUp.matrix',
  orderCounts: 'admin.orders.counts',
  lateOutcomes: 'admin.orders.late',
  orderImports: 'admin.orderImports.list',
} as const;
export type AdminListName = keyof typeof asks;

/** Of lists that are not called as the change that makes them stale, or that more than one makes stale. */
const staleAt: Partial<Record<AdminListName, readonly ChangedKind[]>> = {
  freeModes: ['dialUp'],
  dialUp: ['dialUp', 'orderStatuses', 'orders', 'projects', 'doNotCall'],
  orderCounts: ['orders', 'orderStatuses'],
  lateOutcomes: ['orders'],
  orderImports: ['orders'],
};
/** While an import runs or a team works, what it changes is told many times a second. */
const countedEveryMs = 2_000;
export type AdminList<N extends AdminListName> = ReplyOf<DesktopContract, (typeof asks)[N]>;

export interface Listed<R> {
  /** Undefined until the first answer; the last one while the hub is away. */
  readonly answer: R | undefined;
  /** Why the last question was refused; null after an answer. */
  readonly refusal: string | null;
}

const nothingYet: Listed<never> = { answer: undefined, refusal: null };

export class AdminLists {
  readonly #client: DesktopClient;
  readonly #listed = new Map<AdminListName, Listed<unknown>>();
  readonly #watchers = new Map<AdminListName, Set<() => void>>();
  /** Asked now; true where it has changed again meanwhile. */
  readonly #asking = new Map<AdminListName, { again: boolean; readonly done: Promise<void> }>();
  readonly #stale = new Set<AdminListName>();
  /** To be asked when its time has come. */
  readonly #later = new Map<AdminListName, ReturnType<typeof setTimeout>>();

  constructor(client: DesktopClient) {
    this.#client = client;
  }

  /** Begins to listen. Returns the way to stop. */
  start(): () => void {
    const stops = [
      this.#client.on('admin.changed', ({ kind }) => {
        for (const name of Object.keys(asks) as AdminListName[]) {
          const kinds: readonly string[] = staleAt[name] ?? [name];
          if (kinds.includes(kind)) this.#changed(name, kind);
        }
      }),
      this.#client.on('network.changed', ({ state }) => {
        if (state === 'online') for (const name of this.#watchers.keys()) this.#refresh(name);
      }),
    ];
    const seenAgain = () => {
      if (!document.hidden) for (const name of [...this.#stale]) this.#refresh(name);
    };
    document.addEventListener('visibilitychange', seenAgain);
    return () => {
      for (const stop of stops) stop();
      for (const timer of this.#later.values()) clearTimeout(timer);
      this.#later.clear();
      document.removeEventListener('visibilitychange', seenAgain);
    };
  }

  listed<N extends AdminListName>(name: N): Listed<AdminList<N>> {
    return (this.#listed.get(name) as Listed<AdminList<N>> | undefined) ?? nothingYet;
  }

  /** Resolves when the list is as the hub has it now, or was refused. */
  ask(name: AdminListName): Promise<void> {
    const under = this.#asking.get(name);
    if (under) {
      under.again = true;
      return under.done;
    }
    const asking = { again: false, done: Promise.resolve() };
    const run = async () => {
      do {
        asking.again = false;
        await this.#askOnce(name);
      } while (asking.again);
    };
    asking.done = run().finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking.done;
  }

  /** What a command has answered is shown at once; the hub's own word follows. */
  put<N extends AdminListName>(name: N, change: (before: AdminList<N>) => AdminList<N>): void {
    const before = this.listed(name);
    if (before.answer !== undefined) this.#set(name, { ...before, answer: change(before.answer) });
  }

  watch(name: AdminListName, listener: () => void): () => void {
    const watchers = this.#watchers.get(name) ?? new Set();
    this.#watchers.set(name, watchers);
    watchers.add(listener);
    if (watchers.size === 1) void this.ask(name);
    return () => {
      watchers.delete(listener);
      if (watchers.size === 0) this.#watchers.delete(name);
    };
  }

  #changed(name: AdminListName, kind: ChangedKind): void {
    if (kind !== 'orders') this.#refresh(name);
    else if (!this.#later.has(name)) {
      const ask = () => {
        this.#later.delete(name);
        this.#refresh(name);
      };
      this.#later.set(name, setTimeout(ask, countedEveryMs));
    }
  }

  /** A list that nobody looks at is asked anew when somebody does. */
  #refresh(name: AdminListName): void {
    if (!this.#watchers.has(name)) return;
    if (document.hidden) this.#stale.add(name);
    else {
      this.#stale.delete(name);
      void this.ask(name);
    }
  }

  async #askOnce(name: AdminListName): Promise<void> {
    try {
      const answer: unknown = await this.#client.call(asks[name], null);
      this.#set(name, { answer, refusal: null });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      this.#set(name, { ...this.listed(name), refusal: error.reason });
    }
  }

  #set(name: AdminListName, listed: Listed<unknown>): void {
    this.#listed.set(name, listed);
    for (const listener of [...(this.#watchers.get(name) ?? [])]) listener();
  }
}

export const AdminListsContext = createContext<AdminLists | null>(null);

export function useAdminLists(): AdminLists {
  const lists = useContext(AdminListsContext);
  if (!lists) throw new Error('A component that reads admin lists stands outside the admin window.');
  return lists;
}

/** A list as it is now; the component is drawn again whenever it changes. */
export function useAdminList<N extends AdminListName>(name: N): Listed<AdminList<N>> {
  const lists = useAdminLists();
  const watch = useCallback((listener: () => void) => lists.watch(name, listener), [lists, name]);
  return useSyncExternalStore(watch, () => lists.listed(name));
}

/** For saving a list as a whole: what saving has answered, or that there may be a newer one. */
export function useListSource<N extends AdminListName>(
  name: N,
): Pick<Versioned<AdminList<N>>, 'again' | 'put'> {
  const lists = useAdminLists();
  return {
    again: () => void lists.ask(name),
    put: (saved) => lists.put(name, () => saved),
  };
}
