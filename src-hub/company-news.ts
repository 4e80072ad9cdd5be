// Changes of the company between hubs on one PostgreSQL: what is changed here is said to the others, and what others say is
// read anew and then told as if it had been changed here. Nothing is said but the kind: each hub reads for itself. A hub
// whose connection was away reads everything anew when it is back. On SQLite there is one hub, and nobody to tell.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { adminEvents } from '#shared/admin/admin-contract.ts';
import type { BackgroundWork } from './background-work.ts';
import type { CompanyChangeKind, CompanyChanges } from './company-changes.ts';
import { notifyOthers } from './database/notify.ts';
import type { DatabasePlace, HubDatabase } from './database/open-database.ts';
import type { HubLog } from './hub-log.ts';

export interface CompanyNewsParts {
  readonly db: HubDatabase;
  readonly place: DatabasePlace;
  readonly changes: CompanyChanges;
  readonly background: BackgroundWork;
  readonly log: HubLog;
  /** Reads into memory what there is of a kind; those of which nothing is in memory are left out. */
  readonly reload: Partial<Readonly<Record<CompanyChangeKind, () => Promise<void>>>>;
}

export interface CompanyNews {
  close(): Promise<void>;
}

export const companyChannel = 'offhook_company';
const kinds = adminEvents['admin.changed'].shape.kind.options;
const said = z.strictObject({ hub: z.string(), kind: z.enum(kinds) });
/** Many at once, such as those of an import, are said once. */
const gatherMs = 50;

/** Called once everything is in memory. */
export async function startCompanyNews(parts: CompanyNewsParts): Promise<CompanyNews> {
  const { place, changes, log } = parts;
  if ('sqlite' in place) return { close: () => Promise.resolve() };
  const { listenToPostgres } = await import('./database/postgres-listener.ts');
  const hub = randomUUID();
  const reading = new Reading(parts);
  const toSay = new Set<CompanyChangeKind>();
  let timer: NodeJS.Timeout | null = null;
  const say = (): void => {
    timer = null;
    const some = [...toSay];
    toSay.clear();
    for (const kind of some) {
      parts.background.run(
        'telling other hubs',
        notifyOthers(parts.db, companyChannel, JSON.stringify({ hub, kind })),
      );
    }
  };
  const unheard = changes.onChanged((kind, from) => {
    if (from === 'elsewhere') return;
    // What is being read may be from before it.
    reading.changedHere(kind);
    toSay.add(kind);
    timer ??= setTimeout(say, gatherMs);
  });
  const stop = listenToPostgres(place.postgres, companyChannel, {
    log,
    heard(payload) {
      if (payload === null) {
        for (const kind of kinds) reading.read(kind);
        return;
      }
      const news = parsed(payload);
      if (news === null) log.warn('company: what another hub said is not understood', {});
      else if (news.hub !== hub) reading.read(news.kind);
    },
  });
  return {
    async close() {
      unheard();
      if (timer) {
        clearTimeout(timer);
        say();
      }
      await stop();
      await reading.settled();
    },
  };
}

/** One reading of a kind at a time; what is said meanwhile makes one more. */
class Reading {
  readonly #parts: CompanyNewsParts;
  readonly #under = new Map<CompanyChangeKind, { again: boolean; done: Promise<void> }>();

  constructor(parts: CompanyNewsParts) {
    this.#parts = parts;
  }

  read(kind: CompanyChangeKind): void {
    const under = this.#under.get(kind);
    if (under) {
      under.again = true;
      return;
    }
    const mine = { again: false, done: Promise.resolve() };
    this.#under.set(kind, mine);
    mine.done = this.#read(kind, mine);
  }

  changedHere(kind: CompanyChangeKind): void {
    const under = this.#under.get(kind);
    if (under) under.again = true;
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#under.values()].map(({ done }) => done));
  }

  async #read(kind: CompanyChangeKind, mine: { again: boolean }): Promise<void> {
    const { reload, changes, log } = this.#parts;
    try {
      do {
        mine.again = false;
        await reload[kind]?.();
      } while (mine.again);
    } catch (error) {
      log.warn('company: what another hub has changed could not be read', { kind, error });
    }
    this.#under.delete(kind);
    changes.tell(kind, 'elsewhere');
  }
}

function parsed(payload: string): z.output<typeof said> | null {
  try {
    return said.safeParse(JSON.parse(payload)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
