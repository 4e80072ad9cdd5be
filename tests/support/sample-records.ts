// Sample records for the scripted main: people and firms as a project would have them, with notes, calls and tasks, some
// not sent yet, and the worst names that a list must bear.
import type { RecordPage, SyncState } from '#shared/desktop/records-contract.ts';
import { callId, noteId, projectId, recordId, userId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export interface ScriptedRecord {
  readonly record: WholeRecord;
  readonly state: SyncState;
  readonly notes: RecordPage['notes'];
  readonly calls: RecordPage['calls'];
  readonly openTasks: RecordPage['openTasks'];
}

const firstNames = [
  'Annika',
  'Tomasz',
  'Mei-Ling',
  'Jörg',
  'Ines',
  'Søren',
  'Fatima',
  'Luca',
  'Zoë',
  'Piotr',
];
const lastNames = [
  'Lindqvist',
  'Wiśniewski',
  'Okafor',
  'Müller-Lüdenscheidt',
  'Carvalho',
  'Achterberg',
  'Østergaard',
  'von der Heide',
  'Yıldırım',
];
const companies = [
  'Café Morgenstern',
  'Fjordlogistik AS',
  'Werkstatt Grünwald & Söhne GmbH',
  'Brightwater Ltd',
];
const cities = ['Berlin', 'Hamburg', 'München', 'Leeds', 'Køge', 'Bad Frankenhausen am Kyffhäuser'];
const kinds = ['contact', 'customer', 'lead', 'individual', 'company', 'previousCustomer'] as const;
const states: Partial<Record<number, SyncState>> = { 1: 'here', 4: 'conflict', 7: 'refused' };

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

/** @param at its place in the sample; decides everything about it, so that two runs are alike */
export function sampleRecord(at: number, nowMs: number): ScriptedRecord {
  const kind = pick(kinds, at);
  const number = `+4930555${String(10_000 + at).padStart(5, '0')}`;
  const record: WholeRecord = {
    ...emptyRecordContent,
    id: recordId.parse(`record-${at}`),
    version: 1,
    createdAtMs: nowMs - 40 * dayMs,
    changedAtMs: nowMs - at * 37 * minuteMs,
    kind,
    projectId: at % 5 === 3 ? null : projectId.parse('parcels'),
    ownerId: at % 4 === 0 ? userId.parse('u1') : at % 4 === 1 ? userId.parse('u2') : null,
    firstName: kind === 'company' ? '' : pick(firstNames, at),
    lastName: kind === 'company' ? '' : pick(lastNames, at * 7),
    companyName: kind === 'company' || at % 3 === 0 ? pick(companies, at) : '',
    numbers:
      at % 11 === 9
        ? []
        : [
            { number, extension: '', label: 'mobile' },
            ...(at % 3 === 0 ? [{ number: '+442079460123', extension: '17', label: 'work' as const }] : []),
          ],
    emails: at % 2 === 0 ? [`${pick(['office', 'a.lindqvist', 'post'], at)}@example.org`] : [],
    street: 'Torstraße',
    houseNumber: String(1 + (at % 90)),
    zipCode: '10119',
    city: pick(cities, at),
    country: 'Deutschland',
    description: at % 3 === 0 ? 'Prefers a call before noon; the bell says “Lindqvist/Moe”.' : '',
    tags: at % 4 === 0 ? ['VIP', 'newsletter'] : at % 4 === 1 ? ['returns'] : [],
    fields: {},
  };
  return {
    record,
    state: states[at] ?? 'sent',
    notes: at % 3 === 0 ? sampleNotes(at, nowMs) : [],
    calls: at % 3 === 0 ? sampleCalls(at, nowMs) : [],
    openTasks:
      at === 0
        ? [{ callId: callId.parse('f1'), kind: 'toFinish' as const, atMs: nowMs - 25 * minuteMs }]
        : [],
  };
}

/** The first record's are those that the sample history and inbox know. */
const idOf = (id: string, at: number) => (at === 0 ? id : `${id}-${at}`);

function sampleNotes(at: number, nowMs: number): RecordPage['notes'] {
  return [
    {
      id: noteId.parse(idOf('n1', at)),
      text: 'Wants the second delivery on Friday between 9 and 12.',
      authorName: 'Mia Sommer',
      writtenAtMs: nowMs - 4 * minuteMs,
      state: 'here',
    },
    {
      id: noteId.parse(idOf('n2', at)),
      text: 'Parcel 4417 was left with the neighbour at no. 12, who is away until Monday.\nShe needs it before Saturday.',
      authorName: 'Ben Adeyemi',
      writtenAtMs: nowMs - 3 * dayMs,
      state: 'sent',
    },
  ];
}

function sampleCalls(at: number, nowMs: number): RecordPage['calls'] {
  const call = (id: string, agoMs: number, over: Partial<RecordPage['calls'][number]>) => ({
    callId: callId.parse(idOf(id, at)),
    own: true,
    direction: 'inbound' as const,
    outcome: 'accepted' as const,
    startedAtMs: nowMs - agoMs,
    answeredAtMs: nowMs - agoMs + 6_000,
    endedAtMs: nowMs - agoMs + 272_000,
    agentName: 'Mia Sommer',
    note: 'Asked where parcel 4417 is.',
    disposition: 'Delivery arranged',
    orderOutcome: null,
    state: 'sent' as const,
    ...over,
  });
  return [
    call('h0', 25 * minuteMs, { state: 'here' }),
    call('h2', 3 * dayMs, { own: false, agentName: 'Ben Adeyemi', note: '', disposition: null }),
    call('h4', 9 * dayMs, { outcome: 'missed', answeredAtMs: null, note: '', disposition: null }),
  ];
}

/** With a name of 10,000 characters, one from right to left and one of emoji at its beginning. */
export function sampleRecords(count: number, nowMs = Date.now()): ScriptedRecord[] {
  return Array.from({ length: count }, (_nothing, at) => sampleRecord(at, nowMs));
}

export function worstRecords(nowMs = Date.now()): ScriptedRecord[] {
  const [first, second, third, ...rest] = sampleRecords(20, nowMs);
  const named = (from: ScriptedRecord | undefined, firstName: string): ScriptedRecord[] =>
    from ? [{ ...from, record: { ...from.record, firstName, lastName: '', companyName: '' } }] : [];
  return [
    ...named(first, 'Ottoline-Wilhelmina '.repeat(500).trim()),
    ...named(second, 'محمد عبد الرحمن'),
    ...named(third, '👩‍🚀🧑‍🔧 Crew 🛰️'),
    ...rest,
  ];
}
