// Who is calling, and what is found as one types, among 1,000,000 records in the desktop's own database, through its own
// modules: the caller lookup beside the same statements on bare better-sqlite3, and beside PouchDB with pouchdb-find on
// 100,000; text searches and windows of lists through the reader's thread, as windows wait for them. Run by bench/run.ts.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import PouchDB from 'pouchdb';
import pouchFind from 'pouchdb-find';
import type { RecordSort } from '#shared/desktop/records-contract.ts';
import { systemClock } from '../src-main/calls/clock.ts';
import { type DesktopDatabase, openDatabase } from '../src-main/database/open.ts';
import { createDirectory } from '../src-main/directory/caller-directory.ts';
import { recordsWithNumber } from '../src-main/records/number-lookup.ts';
import { createReaderThread, type ReaderThread } from '../src-main/records/reader-thread.ts';
import { openRecordStore, type RecordStore } from '../src-main/records/record-store.ts';
import { askedFor, numberMatch, wordMatch } from '../src-main/records/search-text.ts';
import { type Metric, metric, percentile, timeEach } from './benchmark.ts';
import { type BenchOptions, chosen, filePath, number } from './support/bench-options.ts';
import { progress, tellLoad } from './support/progress.ts';
import { samplePerson, samplePersonNumber } from './support/sample-people.ts';

export const description = 'who is calling, and full-text search, among 1,000,000 records, beside PouchDB';

export const options = {
  records: number('records in the desktop’s database', 1_000_000),
  pouch: number('of these in PouchDB, too; 0 leaves it out', 100_000, 0),
  // Filling it takes longer than all the rest.
  keep: filePath('where the filled database stays, and is taken from the next time'),
} satisfies BenchOptions;

const { records, pouch: inPouch, keep: keptIn } = chosen(options);
const besidePouch = Math.min(records, inPouch);
const perTransaction = 2_000;
const lookups = 20_000;
const rounds = 5;
const pouchTurns = 20;
const perPouchTurn = 200;
const country = () => 'DE' as const;

/** What people type, as they go on typing it, and numbers as they write them. */
const typed = [
  ...['Steikamann', 'steikam', 'anna steikamann', 'Quenle', 'Müller Clara', 'mueller david', 'WAGNER Ida'],
  ...['030 10123', '+49 (0)89 / 10456', '0049 221 1099', 'crosraze', 'Grorazeberg Köln', 'falwa essen'],
  ...['Trasemüller', 'ilnotal', 'zimvo 12345', 'hoffmann gmbh', '10115', 'volpustein@', 'rosti'],
  // Each has very many, and nobody has both.
  'berlin hamburg',
];
/** Very many have these. */
const common = [
  'a',
  'mu',
  'ber',
  'müll',
  'garden house',
  'berlin',
  '030',
  'anna',
  'delivery invoice',
  'gold',
];

export async function run(): Promise<readonly Metric[]> {
  const folder = mkdtempSync(join(tmpdir(), 'offhook-bench-lookup-'));
  try {
    tellLoad('before');
    const pouch = besidePouch === 0 ? [] : await besidePouchDb(folder);
    const own = await onOwnDatabase(keptIn ?? join(folder, 'desk.sqlite'));
    tellLoad('after');
    return [...own, ...pouch];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onOwnDatabase(file: string): Promise<Metric[]> {
  const isFilled = existsSync(file);
  const database = await openDatabase(file);
  const store = openRecordStore(database, country);
  const filled = isFilled ? [] : [await filling(database, store)];
  const there = database.sqlite.prepare<[], number>('SELECT count(*) FROM records').pluck().get();
  if (there !== records) throw new Error(`${file} holds ${there} records, not ${records}`);
  progress(`${records} records: ${Math.round(statSync(file).size / 2 ** 20)} MiB`);
  const reader = createReaderThread(file, systemClock);
  try {
    return [
      ...filled,
      ...lookupBesideStatement(store, file),
      ...(await searches(reader, database)),
      ...(await lists(reader)),
    ];
  } finally {
    await reader.close();
    database.close();
  }
}

async function filling(database: DesktopDatabase, store: RecordStore): Promise<Metric> {
  const ours = await fill(database, store, records);
  const name = 'records written, each with its number and its words';
  return metric({ ...alone(name, 'rows/s'), ours, target: 0, better: 'more' });
}

/** Rows a second. */
async function fill(database: DesktopDatabase, store: RecordStore, count: number): Promise<number> {
  const beganAtMs = performance.now();
  for (let from = 0; from < count; from += perTransaction) {
    const people = Array.from({ length: Math.min(perTransaction, count - from) }, (_, at) =>
      samplePerson(from + at),
    );
    store.transaction(() => {
      for (const person of people) store.write(person, person, 'sent');
    });
    if (from % 100_000 === 0) progress(`${from} records written`);
  }
  database.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  return (count * 1000) / (performance.now() - beganAtMs);
}

function chosenNumbers(count: number): string[] {
  // Every known number as likely, and one in ten that nobody has.
  return Array.from({ length: lookups }, (_, at) =>
    at % 10 === 9 ? `+4930999${10_000 + at}` : samplePersonNumber((at * 7_919) % count),
  );
}

function lookupBesideStatement(store: RecordStore, file: string): Metric[] {
  const bare = new BetterSqlite(file);
  const place = bare.prepare<[string], number>(store.statements.solePlace).pluck();
  const row = bare.prepare<[number], object>(store.statements.rowAt);
  const directory = createDirectory(store, { known: () => [] }, country);
  const numbers = chosenNumbers(records);
  const ours: number[] = [];
  const identified: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const times = {
      ours: timesOf(numbers, (number) => recordsWithNumber(store, number, 'DE')),
      identified: timesOf(numbers, (number) => directory.identify(number, null)),
      peer: timesOf(numbers, (number) => {
        const sole = place.get(number) ?? 0;
        return sole > 0 ? row.get(sole) : undefined;
      }),
    };
    // The first round brings the pages into the caches.
    if (round === 0) continue;
    ours.push(...times.ours);
    identified.push(...times.identified);
    peer.push(...times.peer);
  }
  bare.close();
  const peerName = 'the same statement on bare better-sqlite3';
  return [
    metric({
      name: `caller lookup among ${records}, rate`,
      unit: '1/s',
      ours: perSecond(ours),
      peer: perSecond(peer),
      peerName,
      target: 0.5,
      better: 'more',
    }),
    metric({
      ...alone('caller lookup, median', 'µs'),
      ours: percentile(ours, 0.5),
      peer: percentile(peer, 0.5),
      peerName,
      target: 2,
    }),
    metric({ ...alone('caller lookup, p99', 'µs'), ours: percentile(ours, 0.99), target: 1000 }),
    metric({
      ...alone('– p99 of the same statements on bare better-sqlite3', 'µs'),
      ours: percentile(peer, 0.99),
      target: 1000,
    }),
    metric({
      ...alone('caller told with number as people write it, p99', 'µs'),
      ours: percentile(identified, 0.99),
      target: 1000,
    }),
  ];
}

function timesOf(numbers: readonly string[], look: (number: string) => unknown): number[] {
  return numbers.map((number) => {
    const startedAtMs = performance.now();
    look(number);
    return (performance.now() - startedAtMs) * 1000;
  });
}

async function searches(reader: ReaderThread, { sqlite }: DesktopDatabase): Promise<Metric[]> {
  const count = sqlite
    .prepare<[string], number>('SELECT count(*) FROM record_search WHERE record_search MATCH ?')
    .pluck();
  const hitsOf = (text: string) => {
    const asked = askedFor(text);
    if (!asked) return 0;
    const either = [numberMatch(asked), wordMatch(asked, 'beginning')].filter((match) => match !== null);
    return count.get(either.map((match) => `(${match})`).join(' OR ')) ?? 0;
  };
  const few: number[] = [];
  const many: number[] = [];
  for (const text of [...typed, ...common]) {
    const hits = hitsOf(text);
    const ask = () => reader.search({ text, limit: 10, country: 'DE' });
    await ask();
    const times = await timeEach(20, ask);
    progress(
      `${JSON.stringify(text)}: ${hits} hits, median ${(percentile(times, 0.5) / 1000).toFixed(1)} ms`,
    );
    (hits <= 10_000 ? few : many).push(...times.map((each) => each / 1000));
  }
  return [
    metric({ ...alone('search, up to 10,000 hits, median', 'ms'), ours: percentile(few, 0.5), target: 15 }),
    metric({ ...alone('search, up to 10,000 hits, p95', 'ms'), ours: percentile(few, 0.95), target: 15 }),
    metric({ ...alone('search, more hits, median', 'ms'), ours: percentile(many, 0.5), target: 50 }),
    metric({ ...alone('search, more hits, p95', 'ms'), ours: percentile(many, 0.95), target: 50 }),
  ];
}

async function lists(reader: ReaderThread): Promise<Metric[]> {
  const sort: RecordSort = { by: 'name', descending: false };
  const filter = { text: '', kinds: [], projectId: null, ownerId: null, tag: null };
  const ask = (offset: number, text: string, revision: number) =>
    reader.list({ filter: { ...filter, text }, sort, offset, limit: 100, revision, country: 'DE' });
  let revision = 0;
  const first = await timeEach(5, () => ask(0, '', ++revision));
  let offset = 0;
  const anywhere = await timeEach(200, () => {
    offset = (offset + 7_919) % records;
    return ask(offset, '', revision);
  });
  const typing = ['m', 'mo', 'mor', 'mork', 'morka', 'morkab', 'morkabe'];
  let letters = 0;
  const typedInto = await timeEach(typing.length, () => ask(0, typing[letters++] ?? '', revision));
  const ms = (samples: number[], share: number) => percentile(samples, share) / 1000;
  return [
    metric({ ...alone('list, first rows after a change, median', 'ms'), ours: ms(first, 0.5), target: 1000 }),
    metric({ ...alone('list, 100 rows at any offset, p95', 'ms'), ours: ms(anywhere, 0.95), target: 15 }),
    metric({
      ...alone('list, a letter typed into its filter, median', 'ms'),
      ours: ms(typedInto, 0.5),
      target: 50,
    }),
  ];
}

async function besidePouchDb(folder: string): Promise<Metric[]> {
  PouchDB.plugin(pouchFind);
  const file = join(folder, 'beside-pouch.sqlite');
  const database = await openDatabase(file);
  const store = openRecordStore(database, country);
  await fill(database, store, besidePouch);
  const pouch = new PouchDB<{ number: string; name: string; text: string }>(join(folder, 'pouch'));
  for (let from = 0; from < besidePouch; from += perTransaction) {
    await pouch.bulkDocs(
      Array.from({ length: Math.min(perTransaction, besidePouch - from) }, (_, at) => {
        const { id: _id, lastName: name, description: text, ...rest } = samplePerson(from + at);
        return { ...rest, _id, name, text, number: samplePersonNumber(from + at) };
      }),
    );
    if (from % 20_000 === 0) progress(`${from} documents put into PouchDB`);
  }
  await pouch.createIndex({ index: { fields: ['number'] } });
  const find = (number: string) => pouch.find({ selector: { number }, limit: 100 });
  await find('+49');
  progress('PouchDB has its index');
  const numbers = chosenNumbers(besidePouch);
  const theirs: number[] = [];
  const ours: number[] = [];
  // In turns of some length: either would begin with the other's caches after each single lookup.
  for (let turn = 0; turn <= pouchTurns; turn++) {
    const some = numbers.slice(turn * perPouchTurn, (turn + 1) * perPouchTurn);
    let at = 0;
    const theirTimes = await timeEach(some.length, () => find(some[at++] ?? ''));
    const ourTimes = timesOf(some, (number) => recordsWithNumber(store, number, 'DE'));
    if (turn === 0) continue;
    theirs.push(...theirTimes);
    ours.push(...ourTimes);
  }
  await pouch.close();
  database.close();
  const peerName = `pouchdb-find on ${besidePouch}`;
  const faster = (share: number) => percentile(theirs, share) / percentile(ours, share);
  progress(`times faster than PouchDB: ${faster(0.5).toFixed(0)} (median), ${faster(0.95).toFixed(0)} (p95)`);
  return [
    metric({
      name: `caller lookup among ${besidePouch}, rate`,
      unit: '1/s',
      ours: perSecond(ours),
      peer: perSecond(theirs),
      peerName,
      target: 50,
      better: 'more',
    }),
    metric({
      ...alone(`caller lookup among ${besidePouch}, median`, 'µs'),
      ours: percentile(ours, 0.5),
      peer: percentile(theirs, 0.5),
      peerName,
      target: 1 / 50,
    }),
  ];
}

/** @param samples in microseconds */
function perSecond(samples: readonly number[]): number {
  return (samples.length * 1e6) / samples.reduce((sum, each) => sum + each, 0);
}

function alone(name: string, unit: string) {
  return { name, unit, peer: null, peerName: null };
}
