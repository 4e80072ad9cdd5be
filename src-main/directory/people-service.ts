// Everybody in the company who can be called, as the hub tells it: kept for when it is away, searched here, with presence
// while a window looks. Built by people.ts; also tells the call desk whose extension or number a target is.
import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CallerDirectory, Colleagues } from '../calls/call-desk-ports.ts';
import type { Clock } from '../calls/clock.ts';
import { News } from '../calls/news.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';
import { indexPeople, searchPeople } from './people-search.ts';
import type { KeptPeople, PeopleStore } from './people-store.ts';

export interface PeopleParts {
  readonly store: PeopleStore;
  readonly hub: Pick<HubLink, 'call' | 'on' | 'onChanged' | 'view'>;
  readonly directory: Pick<CallerDirectory, 'parseTarget'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Null while nobody is signed in. */
  readonly me: () => { readonly userId: UserId; readonly mayCallOutside: boolean } | null;
  readonly log: Log;
}

export interface PeopleService extends Colleagues {
  search(text: string, limit: number): FoundPeople;
  /** Null where the directory does not know them (any more). */
  nameOf(userId: UserId): string | null;
  /** @param who a window: two may look at once */
  watch(who: string, on: boolean): void;
  /** Somebody signed in, or nobody is any more. */
  userChanged(): void;
  readonly presenceChanged: News<PersonPresence[]>;
  readonly changed: News<null>;
  close(): void;
}

/** A window that died cannot say that it looks no more. */
const watchLastsMs = 120_000;
/** A change of the company reaches every desktop at once: they do not all ask at once. */
const askWithinMs = 3_000;

export function createPeopleService(parts: PeopleParts): PeopleService {
  const { store, hub, directory, clock, log } = parts;
  const presenceChanged = new News<PersonPresence[]>('people.presence', log);
  const changed = new News<null>('people.changed', log);
  let kept = store.read();
  let index = indexPeople(kept.people, kept.projects);
  let names = namesOf(kept.people);
  const presences = new Map<UserId, PersonPresence>();
  let live = false;
  /** Windows that look, each with the way to call off the end of its patience. */
  const watching = new Map<string, () => void>();
  const anyWatches = () => watching.size > 0;
  let askLater: (() => void) | null = null;

  const failed = (error: unknown) => {
    // Asked anew at the next connection.
    if (!(error instanceof CommandFailed))
      log.error('people: the directory could not be asked for', { error });
  };

  const ask = async () => {
    askLater?.();
    askLater = null;
    if (!parts.me() || hub.view().state !== 'online') return;
    const told = await hub.call('people.get', null);
    kept = { people: told.people, projects: told.projects };
    index = indexPeople(kept.people, kept.projects);
    names = namesOf(kept.people);
    presences.clear();
    for (const presence of told.presences) presences.set(presence.userId, presence);
    live = true;
    try {
      store.replace(kept);
    } catch (error) {
      log.error('people: the directory is not kept for when the hub is away', { error });
    }
    changed.tell(null);
  };
  const askNow = () => void ask().catch(failed);
  const askSoon = () => {
    askLater ??= clock.setTimer(anyWatches() ? 0 : askWithinMs * parts.random(), askNow);
  };

  const tellHub = () => {
    if (hub.view().state !== 'online' || !parts.me()) return;
    hub.call('people.watch', { on: anyWatches() }).catch(failed);
  };

  hub.on('people.changed', askSoon);
  hub.on('people.presence', (news) => {
    for (const presence of news) presences.set(presence.userId, presence);
    presenceChanged.tell(news);
  });
  const stopHearing = hub.onChanged(({ state }) => {
    if (state === 'online') {
      if (anyWatches()) tellHub();
      askSoon();
    } else if (live) {
      live = false;
      presences.clear();
      changed.tell(null);
    }
  });

  const stop = (who: string) => {
    watching.get(who)?.();
    if (watching.delete(who) && !anyWatches()) tellHub();
  };

  return {
    presenceChanged,
    changed,
    search(text, limit) {
      const me = parts.me();
      const found = searchPeople(index, text);
      const others = found.people.filter(({ userId }) => userId !== me?.userId);
      const parsed = text.trim() === '' ? null : directory.parseTarget(text);
      const isOurs = parsed !== null && at(parsed.target) !== null;
      const isNumber = parsed !== null && /^[+\d*#]/.test(parsed.target) && !isOurs;
      return {
        people: others.slice(0, limit).map((person) => ({
          ...person,
          presence: live ? (presences.get(person.userId) ?? null) : null,
        })),
        projects: found.projects.slice(0, limit),
        peopleInAll: others.length,
        number: isNumber
          ? {
              target: parsed.target,
              display: parsed.remote.display,
              // Short ones are the exchange's own to know: an echo test, an extension made a moment ago.
              allowed: !parsed.target.startsWith('+') || (me?.mayCallOutside ?? false),
            }
          : null,
        live,
      };
    },
    nameOf: (userId) => names.get(userId) ?? null,
    watch(who, on) {
      if (!on) return stop(who);
      const first = !anyWatches();
      watching.get(who)?.();
      watching.set(
        who,
        clock.setTimer(watchLastsMs, () => stop(who)),
      );
      if (!first) return;
      tellHub();
      // What changed while nobody looked was not told.
      askNow();
    },
    userChanged() {
      if (parts.me()) return askNow();
      for (const who of [...watching.keys()]) stop(who);
      live = false;
      presences.clear();
    },
    at: (target) => at(target),
    close() {
      for (const callOff of watching.values()) callOff();
      askLater?.();
      stopHearing();
    },
  };

  function at(target: string): ReturnType<Colleagues['at']> {
    const person = kept.people.find(({ extension }) => extension === target);
    if (person) return { name: person.displayName, kind: 'person' };
    const project = kept.projects.find(({ number }) => number === target);
    return project ? { name: project.name, kind: 'project' } : null;
  }
}

function namesOf(people: KeptPeople['people']): ReadonlyMap<UserId, string> {
  return new Map(people.map(({ userId, displayName }) => [userId, displayName]));
}
