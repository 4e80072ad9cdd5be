// Records as the windows ask for them: lists, pages, changes with their place in the outbox, and Ctrl+K. Over the real
// database, with the reader in its own thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { RecordFilter, RecordSort } from '#shared/desktop/records-contract.ts';
import { callId, noteId, projectId, recordId, userId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent, type WholeRecord } from '#shared/domain/record.ts';
import type { Mutation, SyncedCall } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { systemClock } from '../../src-main/calls/clock.ts';
import { type DesktopDatabase, openDatabase } from '../../src-main/database/open.ts';
import { createHubLookup } from '../../src-main/records/hub-lookup.ts';
import { RecordChanges } from '../../src-main/records/record-changes.ts';
import {
  createRecords,
  openRecordStores,
  type RecordStores,
  type Records,
} from '../../src-main/records/records.ts';
import { openSyncedCallStore } from '../../src-main/records/synced-call-store.ts';
import { openUnsavedStore } from '../../src-main/records/unsaved-store.ts';
import { openErasureStore } from '../../src-main/sync/erasure-store.ts';
import { recordingLog } from '../support/recording-log.ts';
import { historyEntry } from '../support/sample-state.ts';

const hubAway = {
  call: () => Promise.reject(new CommandFailed('hubAway', 'Away.')),
  view: () => ({ state: 'offline', sinceMs: 0 }) as never,
};
const us = projectId.parse('project-us');
const sam = userId.parse('u-sam');
let folder: string;
let database: DesktopDatabase;
let stores: RecordStores;
let changes: RecordChanges;
let records: Records;
const sent: Mutation[] = [];
const own: HistoryEntry[] = [];

const theirCall: SyncedCall = {
  callId: callId.parse('theirs'),
  sipCallId: null,
  direction: 'inbound',
  number: '+4930123456',
  redirectedFrom: null,
  projectId: us,
  recordId: recordId.parse('dora'),
  customerId: null,
  subject: '',
  startedAtMs: 20,
  answeredAtMs: 21,
  endedAtMs: 22,
  outcome: 'accepted',
  missedReason: null,
  note: 'Wants paprika.',
  dispositionId: null,
  dispositionLabel: null,
  orderOutcome: null,
  finished: true,
  corrections: [],
  userId: userId.parse('u-ben'),
  userName: 'Ben Okri',
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-records-'));
  database = await openDatabase(path.join(folder, 'desk.db'));
  stores = openRecordStores(database, () => 'DE');
  changes = new RecordChanges(systemClock, recordingLog());
  records = createRecords({
    database,
    stores,
    changes,
    lookup: createHubLookup({ hub: hubAway, country: () => 'DE', log: recordingLog() }),
    outbox: { add: (mutation) => void sent.push(mutation), callState: () => 'sent' },
    names: {
      ofUser: (id) => (id === sam ? 'Sam Okafor' : null),
      ofProject: (id) => (id === us ? 'Hotline' : null),
    },
    agent: { current: () => ({ userId: sam, displayName: 'Sam Okafor' }) },
    country: () => 'DE',
    clock: systemClock,
    people: { search: () => ({ people: [], peopleInAll: 0 }) },
    history: {
      search: ({ text }) => ({ entries: own.filter(({ note }) => note.includes(text)), more: false }),
    },
    log: recordingLog(),
  });
  add('anna', { lastName: 'Müller', firstName: 'Anna', city: 'Köln', projectId: us, tags: ['VIP'] });
  add('bert', { lastName: 'Ärmel', firstName: 'Bert', kind: 'lead', ownerId: sam, tags: ['vip', 'Neu'] });
  add('cora', { companyName: 'Zebra & Söhne', kind: 'company', emails: ['post@zebra.example'] });
  add('dora', { lastName: 'Mueller', description: 'Wants a greenhouse' }, ['+4930123456']);
  stores.records.noteCall(recordId.parse('dora'), 9);
});

afterAll(async () => {
  await records.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(id: string, content: Partial<RecordContent>, numbers: string[] = []): void {
  const record: WholeRecord = {
    ...emptyRecordContent,
    ...content,
    numbers: numbers.map((number) => ({ number, extension: '', label: 'main' })),
    id: recordId.parse(id),
    version: 1,
    createdAtMs: 1,
    changedAtMs: id.charCodeAt(0),
  };
  stores.records.write(record, record, 'sent');
}

const all: RecordFilter = { text: '', kinds: [], projectId: null, ownerId: null, tag: null };

async function ids(filter: Partial<RecordFilter>, by: RecordSort['by'] = 'name', descending = false) {
  const request = { filter: { ...all, ...filter }, sort: { by, descending }, offset: 0, limit: 50 };
  const { rows, total } = await records.service.list(request);
  expect(total).toBe(rows.length);
  return rows.map(({ id }) => id);
}

test('a list stands in the order asked for, accents and case left out, the never called last', async () => {
  expect(await ids({})).toEqual(['anna', 'bert', 'dora', 'cora']);
  expect(await ids({}, 'name', true)).toEqual(['cora', 'dora', 'bert', 'anna']);
  expect(await ids({}, 'changedAt', true)).toEqual(['dora', 'cora', 'bert', 'anna']);
  expect((await ids({}, 'lastCallAt'))[0]).toBe('dora');
  expect((await ids({}, 'lastCallAt', true))[0]).toBe('dora');
});

test('a list is narrowed by kind, project, owner, tag and text', async () => {
  expect(await ids({ kinds: ['lead', 'company'] })).toEqual(['bert', 'cora']);
  expect(await ids({ projectId: us })).toEqual(['anna']);
  expect(await ids({ ownerId: sam })).toEqual(['bert']);
  expect(await ids({ tag: 'ViP' })).toEqual(['anna', 'bert']);
  expect(await ids({ text: 'muell' })).toEqual(['anna', 'dora']);
  expect(await ids({ text: '030 1234' })).toEqual(['dora']);
  expect(await ids({ text: 'greenhouse' })).toEqual([]);
  expect(await ids({ text: '(' })).toEqual([]);
  expect(await records.service.choices()).toEqual({
    tags: ['vip', 'Neu'],
    owners: [{ userId: sam, name: 'Sam Okafor' }],
  });
});

test('a window of a list begins at its offset, and knows how many there are in all', async () => {
  const sort = { by: 'name', descending: false } as const;
  const { rows, total } = await records.service.list({ filter: all, sort, offset: 1, limit: 2 });
  expect([rows.map(({ id }) => id), total]).toEqual([['bert', 'dora'], 4]);
  expect(rows[0]?.ownerName).toBe('Sam Okafor');
  expect(rows[1]?.numberShown).toBe('030 123456');
});

test('what is made and changed here is shown here, and waits for the hub with what was there before', async () => {
  sent.length = 0;
  const numbers = [{ number: '0172 1234567', extension: '', label: 'mobile' as const }];
  const made = records.service.create({ ...emptyRecordContent, lastName: 'Neumann', numbers });
  expect(made.record.numbers[0]?.number).toBe('+491721234567');
  expect([made.state, made.record.version]).toEqual(['here', 0]);
  const id = made.record.id;
  expect(records.service.byNumber('+49 172 1234567').map((row) => row.id)).toEqual([id]);
  const changed = records.service.change(id, { before: { city: '' }, changes: { city: 'Bonn' } });
  expect(changed.record.city).toBe('Bonn');
  const noted = records.service.addNote(id, 'Call back on Monday');
  expect(noted.notes.map(({ text, authorName, state }) => [text, authorName, state])).toEqual([
    ['Call back on Monday', 'Sam Okafor', 'here'],
  ]);
  expect(sent.map(({ kind }) => kind)).toEqual(['record.create', 'record.change', 'note.add']);
  expect(await ids({ text: 'neum' })).toEqual([id]);
  stores.records.remove(id);
  stores.notes.removeOfRecord(id);
  changes.tell([id]);
});

test('a record without a name, in a project that is not ours, or that is gone is refused', () => {
  const refused = (work: () => unknown, reason: string) =>
    expect(work).toThrow(expect.objectContaining({ reason }));
  refused(() => records.service.create(emptyRecordContent), 'nameMissing');
  const foreign = { ...emptyRecordContent, lastName: 'X', projectId: projectId.parse('not-ours') };
  refused(() => records.service.create(foreign), 'notAMember');
  const gone = recordId.parse('gone');
  refused(() => records.service.page(gone), 'noSuchRecord');
  refused(() => records.service.change(gone, { before: {}, changes: { city: 'X' } }), 'noSuchRecord');
  refused(() => records.service.addNote(gone, 'X'), 'noSuchRecord');
});

test('everything is searched as it is typed, the best first, with what was found marked', async () => {
  stores.notes.write(
    {
      id: noteId.parse('n1'),
      recordId: recordId.parse('cora'),
      callId: null,
      authorId: sam,
      authorName: 'Sam',
      text: `${'A long talk about nothing. '.repeat(10)}Then Herr MÜLLER came in and asked for the price.`,
      writtenAtMs: 5,
    },
    'sent',
  );
  const { hits } = await records.search.everything('mueller', 10);
  expect(
    hits.map((hit) => (hit.kind === 'record' ? hit.name : hit.kind === 'note' ? hit.text : null)),
  ).toEqual([
    { text: 'Mueller', marks: [[0, 7]] },
    { text: 'Anna Müller', marks: [[5, 11]] },
    {
      text: expect.stringMatching(/^….*Herr MÜLLER came in/),
      marks: [[expect.any(Number), expect.any(Number)]],
    },
  ]);
  const note = hits[2];
  const [mark] = note?.kind === 'note' ? note.text.marks : [];
  expect(note?.kind === 'note' && mark && note.text.text.slice(mark[0], mark[1])).toBe('MÜLLER');
  const byNumber = await records.search.everything('030 123', 10);
  expect(byNumber.hits).toMatchObject([
    { kind: 'record', recordId: 'dora', found: { text: '030 123456', marks: [[1, 7]] } },
  ]);
  // With the country's code only where it was typed so, and then too as people write it.
  const typedAbroad = await records.search.everything('+493012', 10);
  expect(typedAbroad.hits).toMatchObject([{ recordId: 'dora', found: { text: '+49 30 123456' } }]);
  expect((await records.search.everything('+4930123456', 10)).number).toBe('030 123456');
  expect((await records.search.everything('green', 10)).hits).toMatchObject([
    { recordId: 'dora', found: { marks: [[8, 13]] } },
  ]);
  for (const harmless of ['"', '*', 'a" OR "b', 'NEAR(', '-', "o'brien; drop table records", '😀', '\u0000'])
    await expect(records.search.everything(harmless, 5)).resolves.toBeDefined();
});

test('a call that somebody else had is found as a call, with who had it and its record, among one’s own by when it was', async () => {
  const calls = openSyncedCallStore(database, stores.records);
  const theirs = { ...theirCall, callId: callId.parse('theirs'), startedAtMs: 20 };
  calls.write(theirs);
  calls.write({ ...theirs, callId: callId.parse('older'), startedAtMs: 5 });
  // Nobody's record: there is no page on which it stands.
  calls.write({ ...theirs, callId: callId.parse('nobodys'), recordId: null });
  own.push({ ...historyEntry('mine', { note: 'Asked for paprika, too.', startedAtMs: 10 }) });
  const { hits, more } = await records.search.everything('paprika', 10);
  expect(more).toBe(false);
  expect(hits).toMatchObject([
    {
      kind: 'call',
      callId: 'theirs',
      name: 'Mueller',
      text: { text: 'Wants paprika.', marks: [[6, 13]] },
      elsewhere: { recordId: 'dora', agentName: 'Ben Okri' },
    },
    { kind: 'call', callId: 'mine', elsewhere: null },
    { kind: 'call', callId: 'older', elsewhere: { recordId: 'dora' } },
  ]);
  expect((await records.search.everything('paprika', 2)).more).toBe(true);
});

test('how a list is liked is kept for each user', () => {
  const usual = records.service.listSettings('leads');
  expect(usual.filters).toEqual([]);
  const mine = { columns: ['city' as const], filters: [] };
  records.service.setListSettings('leads', mine);
  expect(records.service.listSettings('leads')).toEqual(mine);
  expect(records.service.listSettings('contacts').columns).toContain('kind');
});

test('what is typed about a record and not saved stays on disk, is its user’s alone, and goes with an erased record', () => {
  const { service } = records;
  const note = { key: 'note:dora', recordId: recordId.parse('dora'), content: '"half a th"' };
  const fresh = { key: 'new:leads', recordId: null, content: '{"lastName":"Okri"}' };
  service.keepUnsaved(note);
  service.keepUnsaved(fresh);
  service.keepUnsaved({ ...note, content: '"half a thought"' });
  expect(service.unsaved()).toEqual([fresh, { ...note, content: '"half a thought"' }]);
  expect(openUnsavedStore(database).of(userId.parse('somebody else'))).toEqual([]);
  openErasureStore(database).erase(note.recordId);
  expect(service.unsaved()).toEqual([fresh]);
  service.endUnsaved(fresh.key);
  expect(service.unsaved()).toEqual([]);
});

test('many changes are told once, and by name only while they are few', async () => {
  const told: unknown[] = [];
  const first = new Promise<void>((resolve) => {
    const stop = changes.news.on((changed) => {
      if (changed?.includes(recordId.parse('x'))) {
        told.push(changed);
        stop();
        resolve();
      }
    });
  });
  changes.tell([recordId.parse('x')]);
  changes.tell([recordId.parse('y'), recordId.parse('x')]);
  await first;
  // With them may come what the test before has changed.
  expect(told).toEqual([expect.arrayContaining(['x', 'y'])]);
});
