// The search over records beside a plain look through all of them: whatever way it takes through the index, it finds those
// who have each typed word as the beginning of a word, and who has them whole in the name comes first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { openDatabase, openForReading } from '../../src-main/database/open.ts';
import { searchedTexts } from '../../src-main/records/record-row.ts';
import { searchRecords } from '../../src-main/records/record-search.ts';
import { openRecordSearchStore } from '../../src-main/records/record-search-store.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';
import { foldedWords } from '../../src-main/records/search-text.ts';
import { beginningsMatch } from '../../src-main/records/word-beginnings.ts';

/** The same each time. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Words that begin one another, go on with letters of several scripts, and some of which nobody has. */
const stems = [
  'berl',
  'berlin',
  'berliner',
  'gold',
  'Goldmüller',
  'goldmüllerin',
  'hamburg',
  'ham',
  '田中田中',
];
const ends = ['', '', '', 's', 'ä', '\u{20BB7}', '\u{10400}\u{10401}', '7', '\u{D7FB}'];

const count = 400;

async function searchOverMany(chance: (below: number) => number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-search-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'desk.db');
  const database = await openDatabase(file);
  const word = () => `${stems[chance(stems.length)]}${ends[chance(ends.length)]}`;
  const records = Array.from({ length: count }, (_, at): WholeRecord => {
    return {
      ...emptyRecordContent,
      ...{ id: recordId.parse(`r${at}`), version: 1, createdAtMs: 1, changedAtMs: at },
      ...{ firstName: word(), lastName: chance(2) ? word() : '', city: word(), description: word() },
    };
  });
  const store = openRecordStore(database, () => 'DE');
  store.transaction(() => {
    for (const record of records) store.write(record, record, 'sent');
  });
  database.close();
  const reading = openForReading(file);
  onTestFinished(() => reading.close());
  const search = openRecordSearchStore(reading);
  const find = (text: string, limit: number) =>
    searchRecords(search, { text, limit, country: 'DE' }).hits.flatMap((hit) =>
      hit.kind === 'record' ? hit.recordId : [],
    );
  return { records, word, find };
}

test('the search finds who has each typed word as the beginning of a word, however common the words are', async () => {
  const chance = chanceOf(20_261_121);
  const { records, word, find } = await searchOverMany(chance);
  const wordsOf = new Map(
    records.map((record) => {
      const { name, whereabouts, rest } = searchedTexts(record);
      return [record.id, `${name} ${whereabouts} ${rest}`.split(' ')];
    }),
  );
  const hits: number[] = [];
  for (let asked = 0; asked < 150; asked += 1) {
    const typed = Array.from({ length: 1 + chance(4) }, () => word().slice(0, 2 + chance(12))).join(' ');
    const expected = records.filter(({ id }) =>
      foldedWords(typed).every((begun) => wordsOf.get(id)?.some((each) => each.startsWith(begun))),
    );
    expect([...find(typed, count)].toSorted(), typed).toEqual(expected.map(({ id }) => id).toSorted());
    hits.push(expected.length);
  }
  // Many, few and none were all among them.
  expect(Math.max(...hits)).toBeGreaterThan(count / 2);
  expect(hits.filter((each) => each === 0).length).toBeGreaterThan(10);
  expect(hits.filter((each) => each > 0 && each < 20).length).toBeGreaterThan(10);
});

test('who has the words whole in the name comes before beginnings of them, and these before any other place', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-search-'));
  const database = await openDatabase(path.join(folder, 'desk.db'));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const store = openRecordStore(database, () => 'DE');
  for (const [id, part] of [
    ['whole', { firstName: 'Anna', lastName: 'Berlin' }],
    ['begun', { firstName: 'Annabel', lastName: 'Berliner' }],
    ['elsewhere', { lastName: 'Anna', city: 'Berlin' }],
    ['elsewhere, begun', { firstName: 'Annabel', city: 'Berlin' }],
    ['half', { firstName: 'Anna', city: 'Hamburg' }],
  ] as const) {
    const record = {
      ...emptyRecordContent,
      ...part,
      ...{ id: recordId.parse(id), version: 1, createdAtMs: 1, changedAtMs: 1 },
    };
    store.write(record, record, 'sent');
  }
  const search = openRecordSearchStore(database);
  const { hits } = searchRecords(search, { text: 'anna berlin', limit: 10, country: 'DE' });
  expect(hits.map((hit) => hit.kind === 'record' && hit.recordId)).toEqual([
    ...['whole', 'begun', 'elsewhere', 'elsewhere, begun'],
  ]);
});

test('a question asks the index for no more than there is', () => {
  const index = ['ana', 'anna', 'berlin', 'berliner', 'berlinmitte', 'hamburg', 'ham'].toSorted();
  const nextWord = (from: string) => index.find((word) => word >= from);
  expect(beginningsMatch([], nextWord)).toBeNull();
  expect(beginningsMatch(['anna'], nextWord)).toBe('"anna"*');
  // Nothing longer begins so: who has them whole are all.
  expect(beginningsMatch(['anna', 'hamburg'], nextWord)).toBeNull();
  expect(beginningsMatch(['anna', 'leipzig'], nextWord)).toBeNull();
  expect(beginningsMatch(['berlin', 'hamburg'], nextWord)).toBe('("hamburg" AND ("berline"* OR "berlinm"*))');
  // Three letters have an index of their own.
  expect(beginningsMatch(['berlin', 'ham'], nextWord)).toBe(
    '"ham"* AND ("berlin" OR ("berline"* OR "berlinm"*))',
  );
});
