// Ctrl+K: one question to everything on this desktop. People from the directory in memory, records and notes by their
// reader's thread with others' calls, one's own calls by the history. Called by search-handlers.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { z } from 'zod';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import type { SearchHit, searchCommands } from '#shared/desktop/search-contract.ts';
import type { Agent } from '../calls/call-desk-ports.ts';
import { formatAbroad, formatNumber, parseDialTarget } from '../directory/phone-number.ts';
import { cutOut, marked, markedOrPlain } from './marked-text.ts';
import type { ReaderThread } from './reader-thread.ts';
import { type Asked, askedFor } from './search-text.ts';

type FoundEverything = z.output<(typeof searchCommands)['search.everything']['reply']>;
type CallHit = Extract<SearchHit, { kind: 'call' }>;

export interface SearchParts {
  readonly people: { search(text: string, limit: number): Pick<FoundPeople, 'people' | 'peopleInAll'> };
  readonly reader: Pick<ReaderThread, 'search'>;
  readonly history: {
    search(query: { text: string; beforeMs: null; limit: number }): {
      readonly entries: readonly HistoryEntry[];
      readonly more: boolean;
    };
  };
  readonly agent: Agent;
  readonly country: () => CountryCode;
}

export class SearchService {
  readonly #parts: SearchParts;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  /** The best first, by kind in the order person, record, note, call; at most `limit` of each. */
  async everything(text: string, limit: number): Promise<FoundEverything> {
    const asked = askedFor(text);
    if (!asked || !this.#parts.agent.current()) return { hits: [], more: false, number: null };
    const { people, reader, history, country } = this.#parts;
    // The thread works while main looks at the rest.
    const reading = reader.search({ text, limit, country: country() });
    const found = people.search(text, limit);
    const own = history.search({ text, beforeMs: null, limit });
    const read = await reading;
    const calls = callsOf(
      read.hits,
      own.entries.map((entry) => callHit(entry, asked, country())),
    );
    return {
      hits: [
        ...found.people.map((person) => personHit(person, asked)),
        ...read.hits.filter(({ kind }) => kind !== 'call'),
        ...calls.slice(0, limit),
      ],
      more: found.peopleInAll > limit || read.more || own.more || calls.length > limit,
      number: numberIn(text, country()),
    };
  }
}

/** The last ones first; a call that is here is opened here, though the hub told of it, too. */
function callsOf(hits: readonly SearchHit[], own: readonly CallHit[]): CallHit[] {
  const here = new Set(own.map(({ callId }) => callId));
  const elsewhere = hits.filter((hit) => hit.kind === 'call').filter(({ callId }) => !here.has(callId));
  return [...own, ...elsewhere].sort((one, other) => other.startedAtMs - one.startedAtMs);
}

/** Null where it is no number, or an address, which is written as it is dialled. */
function numberIn(text: string, country: CountryCode): string | null {
  const target = parseDialTarget(text, country)?.target;
  return target === undefined || target.startsWith('sip:') ? null : formatNumber(target, country);
}

function personHit(person: FoundPeople['people'][number], asked: Asked): SearchHit {
  return {
    kind: 'person',
    userId: person.userId,
    name: markedOrPlain(person.displayName, asked),
    extension: markedOrPlain(person.extension, asked),
  };
}

/** Where it was found: in the note, else in the name, else in the number. */
function callHit(entry: HistoryEntry, asked: Asked, country: CountryCode): CallHit {
  const { remote } = entry;
  const abroad = remote.number === null ? '' : formatAbroad(remote.number, country);
  const notes = [entry.note, ...entry.corrections.map(({ note }) => note)];
  const texts = [...notes, remote.name ?? '', remote.display, abroad];
  const found = texts.map((text) => marked(text, asked)).find((each) => each !== null);
  return {
    kind: 'call',
    callId: entry.callId,
    name: remote.name ?? remote.display,
    text: cutOut(found ?? { text: entry.note, marks: [] }),
    startedAtMs: entry.startedAtMs,
    elsewhere: null,
  };
}
