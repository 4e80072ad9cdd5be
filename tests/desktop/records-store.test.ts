// Records, notes and others' calls in the desktop's own database: what is written, looked up, found and taken out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noteId, projectId, recordId, userId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { type DesktopDatabase, openDatabase } from '../../src-main/database/open.ts';
import { openNoteStore } from '../../src-main/records/note-store.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';
import { askedFor, listMatch, wordMatch } from '../../src-main/records/search-text.ts';

async function newDatabase(): Promise<DesktopDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-records-'));
  const database = await openDatabase(path.join(folder, 'desk.db'));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return database;
}

function recordOf(id: string, content: Partial<WholeRecord>): WholeRecord {
  return {
    ...emptyRecordContent,
    id: recordId.parse(id),
    version: 1,
    createdAtMs: 1,
    changedAtMs: 1,
    ...content,
  };
}

function numbers(...given: string[]): WholeRecord['numbers'] {
  return given.map((number) => ({ number, extension: '', label: 'main' }));
}

test('a record is told apart from what the hub last said of it, and goes without a trace', async () => {
  const database = await newDatabase();
  const store = openRecordStore(database, () => 'GB');
  const theirs = recordOf('r1', { lastName: 'Müller', numbers: numbers('+442079460018'), tags: ['VIP'] });
  store.write(theirs, theirs, 'sent');
  expect(store.base(theirs.id)).toEqual(theirs);
  const mine = { ...theirs, city: 'Köln' };
  store.write(mine, theirs, 'here');
  expect([store.shown(theirs.id)?.city, store.base(theirs.id)?.city, store.stateOf(theirs.id)]).toEqual([
    'Köln',
    '',
    'here',
  ]);
  store.write(mine, null, 'here');
  expect(store.base(theirs.id)).toBeNull();
  store.remove(theirs.id);
  expect(store.shown(theirs.id)).toBeNull();
  for (const table of ['records', 'record_numbers', 'record_tags', 'record_search', 'record_name_search'])
    expect(database.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
});

test('of several with one number the last called is first, then the last changed', async () => {
  const store = openRecordStore(await newDatabase(), () => 'GB');
  for (const [id, changedAtMs] of [
    ['old', 1],
    ['called', 2],
    ['new', 3],
  ] as const) {
    const record = recordOf(id, { numbers: numbers('020 7946 0018', '201'), changedAtMs });
    store.write(record, record, 'sent');
  }
  store.noteCall(recordId.parse('called'), 50);
  store.noteCall(recordId.parse('called'), 40);
  const ids = (number: string) => store.byNumber(number).map(({ id }) => id);
  expect(ids('+442079460018')).toEqual(['called', 'new', 'old']);
  expect(ids('201')).toEqual(['called', 'new', 'old']);
  expect(ids('+442079460019')).toEqual([]);
  expect(store.lastCallAtMs(recordId.parse('called'))).toBe(50);
});

test('a scope is taken out in pieces, but for what is still to be sent', async () => {
  const store = openRecordStore(await newDatabase(), () => 'GB');
  const project = projectId.parse('p1');
  for (const [id, state] of [
    ['a', 'sent'],
    ['b', 'here'],
    ['c', 'sent'],
  ] as const)
    store.write(recordOf(id, { projectId: id === 'c' ? null : project }), null, state);
  expect(store.sentInScope(project, 10)).toEqual(['a']);
  expect(store.sentInScope(null, 10)).toEqual(['c']);
});

const findable: [written: string, typed: string][] = [
  ['Müller', 'muller'],
  ['Müller', 'mueller'],
  ['Müller', 'MÜLL'],
  ['Mueller', 'müller'],
  ['Weiß', 'weiss'],
  ['Анна Каренина', 'анна'],
  ['محمد علي', 'محمد'],
  ["O'Brien & Söhne", 'o\'brien "soe'],
  ['+49 (0)30 / 1234-56', '030 123456'],
  ['+4930123456', '0049 (0)30/1234'],
  ['+4930123456', '+49 30 12'],
  ['+35312345678', '01 234'],
];

test('names, notes and numbers are found in any way of writing them', async () => {
  const database = await newDatabase();
  const store = openRecordStore(database, () => 'DE');
  const notes = openNoteStore(database);
  const rows = (table: string, match: string | null) =>
    database.sqlite.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).pluck().all(match);
  const other = recordOf('other', { lastName: 'Nobody', numbers: numbers('+12015550123') });
  store.write(other, other, 'sent');
  for (const [written, typed] of findable) {
    const isNumber = written.startsWith('+');
    const record = recordOf('r1', isNumber ? { numbers: numbers(written) } : { lastName: written });
    store.write(record, record, 'sent');
    const note = {
      id: noteId.parse('n1'),
      recordId: record.id,
      callId: null,
      authorId: userId.parse('u1'),
      authorName: 'Casey',
      text: `Asked for ${written}.`,
      writtenAtMs: 1,
    };
    notes.write(note, 'here');
    const asked = askedFor(typed);
    if (!asked) throw new Error('Nothing to look for.');
    expect([typed, rows('record_search', listMatch(asked))]).toEqual([typed, [2]]);
    if (!isNumber) expect([typed, rows('note_search', wordMatch(asked, 'beginning'))]).toEqual([typed, [2]]);
    expect(rows('record_search', 'name : "nobody"')).toEqual([1]);
  }
});
