// Finds records and notes as one types, the best first: numbers that begin so, whole words of the name, beginnings of its
// words, then anything else about a record; among equals whoever was spoken to or changed last. Used by record-reader.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { MarkedText, SearchHit } from '#shared/desktop/search-contract.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { SyncedCall } from '#shared/hub/sync-contract.ts';
import { formatAbroad, formatNumber } from '../directory/phone-number.ts';
import { cutOut, marked, markedOrPlain } from './marked-text.ts';
import type { FoundNote, FoundRow, RecordSearchStore } from './record-search-store.ts';
import { type Asked, askedFor, numberMatch, wordMatch } from './search-text.ts';
import { beginningsMatch, type NextWord } from './word-beginnings.ts';

export interface SearchQuestion {
  readonly text: string;
  readonly limit: number;
  readonly country: CountryCode;
}

export interface SearchAnswer {
  /** Records, then notes and the calls that the hub told of, the last changed first. */
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}

/** So many of each reach are looked at to choose the best from. */
const considered = 40;

export function searchRecords(store: RecordSearchStore, question: SearchQuestion): SearchAnswer {
  const asked = askedFor(question.text);
  if (!asked) return { hits: [], more: false };
  const records = bestRecords(store, asked, question.limit + 1);
  const match = wordMatch(asked, 'beginning');
  const notes = match === null ? [] : store.notes(match, question.limit + 1);
  return {
    hits: [
      ...records.slice(0, question.limit).map((row) => recordHit(row, asked, question.country)),
      ...notes.slice(0, question.limit).flatMap((row) => noteOrCallHit(row, asked)),
    ],
    more: records.length > question.limit || notes.length > question.limit,
  };
}

function bestRecords(store: RecordSearchStore, asked: Asked, limit: number): FoundRow[] {
  const best = new Map<number, FoundRow>();
  const look = (match: string | null, find: RecordSearchStore['records']) => {
    if (match === null || best.size >= limit) return;
    const found = find(match, Math.max(considered, limit));
    found.sort((one, other) => recency(other) - recency(one));
    for (const row of found) if (!best.has(row.place)) best.set(row.place, row);
  };
  const whole = wordMatch(asked, 'whole');
  const beginnings = (nextWord: NextWord) =>
    best.size >= limit ? null : beginningsMatch(asked.words, nextWord);
  look(numberMatch(asked), store.records);
  look(whole, store.named);
  look(beginnings(store.nextNameWord), store.named);
  // Whole words cost next to nothing however many have them; most of what is typed is soon whole.
  const everywhere = asked.words.length > 1 ? store.recordsWithAll : store.records;
  look(whole, everywhere);
  look(beginnings(store.nextWord), everywhere);
  return [...best.values()].slice(0, limit);
}

/** Rows come as they were changed last; of two, who was called last counts first. */
function recency(row: FoundRow): number {
  return row.last_call_at_ms ?? 0;
}

function recordHit(row: FoundRow, asked: Asked, country: CountryCode): SearchHit {
  const record = JSON.parse(row.shown) as WholeRecord;
  const name = marked(row.name, asked);
  return {
    kind: 'record',
    recordId: row.id,
    recordKind: row.kind,
    name: name ?? { text: row.name, marks: [] },
    found: name && asked.digits === null ? null : foundElsewhere(record, asked, country),
    number: row.number === null ? null : formatNumber(row.number, country),
  };
}

function foundElsewhere(record: WholeRecord, asked: Asked, country: CountryCode): MarkedText | null {
  for (const { number } of record.numbers) {
    // As people write it here, else with the country's code, if it was typed so.
    const found =
      marked(formatNumber(number, country), asked) ?? marked(formatAbroad(number, country), asked);
    if (found) return found;
  }
  const { emails, city, zipCode, companyName, firstName, lastName, tags, street, description } = record;
  const values = Object.values(record.fields).map(String);
  const names = record.kind === 'company' ? [firstName, lastName] : [companyName];
  for (const text of [...emails, city, zipCode, ...names, ...tags, street, ...values, description]) {
    const found = marked(text, asked);
    if (found) return cutOut(found);
  }
  return null;
}

function noteOrCallHit(row: FoundNote, asked: Asked): SearchHit[] {
  if (row.of === 'note') {
    return [
      {
        kind: 'note',
        noteId: row.id,
        recordId: row.record_id,
        recordName: row.name,
        text: cutOut(markedOrPlain(row.text, asked)),
        writtenAtMs: row.written_at_ms,
      },
    ];
  }
  // A colleague's call is opened with its record.
  if (row.record_id === null) return [];
  const call = JSON.parse(row.call) as SyncedCall;
  const texts = [call.note, call.subject, ...call.corrections.map(({ note }) => note)];
  const found = texts.map((text) => marked(text, asked)).find((each) => each !== null);
  return [
    {
      kind: 'call',
      callId: call.callId,
      name: row.name ?? '',
      text: cutOut(found ?? { text: call.note, marks: [] }),
      startedAtMs: call.startedAtMs,
      elsewhere: { recordId: row.record_id, agentName: call.userName },
    },
  ];
}
