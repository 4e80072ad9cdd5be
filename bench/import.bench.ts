// An import of 100,000 rows as the hub takes it (CSV read and judged row by row, numbers parsed, history kept, each record
// numbered for those who pull, progress in the same transaction), on both databases; in turns with the bare drivers that
// put the same records and numbers into the same two tables, and nothing else. Then as many orders, with their people and
// places in line, and that line as a supervisor asks for it. Run by bench/run.ts.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import pg from 'pg';
import { BackgroundWork } from '../src-hub/background-work.ts';
import { createCompanyChanges } from '../src-hub/company-changes.ts';
import { type DatabasePlace, openHubDatabase } from '../src-hub/database/open-database.ts';
import type { HubLog } from '../src-hub/hub-log.ts';
import { buildRecordFiles } from '../src-hub/records/record-files.ts';
import { recordsAtWork } from '../tests/hub/records/records-at-work.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { type Metric, metric } from './benchmark.ts';
import { type BenchOptions, chosen, flag, number } from './support/bench-options.ts';
import { ordersFromCsv } from './support/orders-in-hub.ts';
import { progress, tellLoad } from './support/progress.ts';

export const description =
  '100,000 records from CSV into the hub, on both databases, beside the bare drivers';

export const options = {
  rows: number('records in the file, and as many orders', 100_000),
  sqliteOnly: flag('leaves PostgreSQL out'),
} satisfies BenchOptions;

const { rows, sqliteOnly } = chosen(options);
const rowsAtOnce = 250;
const withinSeconds = 10;
const quiet: HubLog = {
  info() {},
  warn() {},
  error: (message, facts) => progress(`${message} ${String(facts.error)}`),
};
const places = ['Leeds', 'York', 'Bristol', 'Köln', 'Århus', 'Łódź'];
const peerColumns = [
  'id',
  'kind',
  'name',
  'external_id',
  'first_name',
  'last_name',
  'company_name',
  'emails',
  'street',
];
const columns = [...peerColumns, 'house_number', 'city', 'zip_code', 'country', 'description', 'tags'];

type Row = readonly string[];

function rowOf(index: number): Row {
  const city = places[index % places.length] ?? '';
  return [
    `K-${index}`,
    index % 3 === 0 ? 'lead' : 'contact',
    `First ${index}`,
    `Last ${index}, the ${index % 97}th`,
    index % 5 === 0 ? `Firm ${index % 1_000}` : '',
    `+4420${String(70_000_000 + index)}`,
    index % 2 === 0 ? `01632 ${String(100_000 + (index % 900_000))}` : '',
    `person.${index}@example.org`,
    `Long Street of ${city}`,
    String(index % 300),
    `N${index % 20} ${index % 10}ZZ`,
    city,
    'United Kingdom',
    index % 4 === 0 ? 'Asked for an offer, to be called back in the morning.' : '',
    index % 7 === 0 ? 'vip|fair' : '',
  ];
}

const heading = [
  ...['externalId', 'kind', 'firstName', 'lastName', 'companyName', 'number.main', 'number.mobile', 'emails'],
  ...['street', 'houseNumber', 'zipCode', 'city', 'country', 'description', 'tags'],
];

function csvOf(all: readonly Row[]): string {
  const cell = (text: string) => (text.includes(',') ? `"${text}"` : text);
  return [heading, ...all].map((each) => each.map(cell).join(',')).join('\r\n');
}

export async function run(): Promise<readonly Metric[]> {
  tellLoad('at the start');
  const all = Array.from({ length: rows }, (_, index) => rowOf(index));
  const csv = new TextEncoder().encode(csvOf(all));
  progress(`a file of ${(csv.length / 1_000_000).toFixed(1)} MB`);
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-import-'));
  const postgres = sqliteOnly ? null : await startPostgres();
  try {
    const metrics = await measure(
      'SQLite',
      { sqlite: path.join(folder, 'hub.sqlite') },
      folder,
      csv,
      all,
      () => sqlitePeer(path.join(folder, 'peer.sqlite'), all),
    );
    metrics.push(...(await measureOrders('SQLite', { sqlite: path.join(folder, 'orders.sqlite') }, folder)));
    if (!postgres) return metrics;
    const [ours, peers] = [await postgres.newDatabase(), await postgres.newDatabase()];
    const more = await measure('PostgreSQL', { postgres: ours }, folder, csv, all, () =>
      postgresPeer(peers, all),
    );
    const orders = { postgres: await postgres.newDatabase() };
    more.push(...(await measureOrders('PostgreSQL', orders, folder)));
    tellLoad('at the end');
    return [...metrics, ...more];
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  place: DatabasePlace,
  folder: string,
  csv: Uint8Array,
  all: readonly Row[],
  peer: () => Promise<number>,
): Promise<Metric[]> {
  const peerSeconds = await peer();
  progress(`${name}: the bare driver took ${peerSeconds.toFixed(2)} s`);
  const { seconds, again, longestMs, processorSeconds } = await ours(place, folder, csv);
  progress(`${name}: ours took ${seconds.toFixed(2)} s, once more over the same ${again.toFixed(2)} s`);
  const perSecond = (taken: number) => all.length / taken;
  return [
    metric({
      name: `${name}: ${all.length} new`,
      unit: 's',
      ours: seconds,
      peer: null,
      peerName: null,
      target: withinSeconds,
    }),
    metric({
      name: `${name}: processor time of the hub`,
      unit: 's',
      ours: processorSeconds,
      peer: null,
      peerName: null,
      target: withinSeconds,
    }),
    metric({
      name: `${name}: the same again`,
      unit: 's',
      ours: again,
      peer: null,
      peerName: null,
      target: withinSeconds,
    }),
    metric({
      name: `${name}: rows a second`,
      unit: '1/s',
      ours: perSecond(seconds),
      peer: perSecond(peerSeconds),
      peerName: 'bare driver',
      target: 0.2,
      better: 'more',
    }),
    metric({
      name: `${name}: longest hold-up`,
      unit: 'ms',
      ours: longestMs,
      peer: null,
      peerName: null,
      target: 250,
    }),
  ];
}

async function measureOrders(name: string, place: DatabasePlace, folder: string): Promise<Metric[]> {
  const taken = await ordersFromCsv(place, folder, rows, quiet);
  progress(`${name}: orders took ${taken.seconds.toFixed(2)} s, again ${taken.againSeconds.toFixed(2)} s`);
  const alone = { peer: null, peerName: null } as const;
  return [
    metric({
      ...alone,
      name: `${name}: ${rows} orders`,
      unit: 's',
      ours: taken.seconds,
      target: withinSeconds,
    }),
    metric({
      ...alone,
      name: `${name}: the same again`,
      unit: 's',
      ours: taken.againSeconds,
      target: withinSeconds,
    }),
    metric({
      ...alone,
      name: `${name}: orders, longest hold-up`,
      unit: 'ms',
      ours: taken.longestMs,
      target: 250,
    }),
    metric({ ...alone, name: `${name}: the line, afresh`, unit: 'ms', ours: taken.freshMs, target: 500 }),
    metric({ ...alone, name: `${name}: the line, a page`, unit: 'ms', ours: taken.pageMs, target: 50 }),
    metric({
      ...alone,
      name: `${name}: the line, longest hold-up`,
      unit: 'ms',
      ours: taken.longestWhileLookingMs,
      target: 50,
    }),
  ];
}

async function ours(place: DatabasePlace, folder: string, csv: Uint8Array) {
  const db = await openHubDatabase(place);
  const atWork = await recordsAtWork(db);
  const background = new BackgroundWork(quiet);
  const { imports } = buildRecordFiles({
    ...{
      db,
      users: atWork.users,
      projects: atWork.projects,
      people: atWork,
      dataDirectory: folder,
      background,
    },
    clock: { nowMs: () => Date.now(), after: () => () => undefined },
    forms: { formOf: () => ({ ...noForm }) },
    changes: createCompanyChanges(quiet),
    scopeOf: async () => 'all',
    log: quiet,
  });
  await imports.load();
  const actor = { kind: 'user', id: 'bench', name: 'Bench' } as const;
  let longestMs = 0;
  let processor = 0;
  const once = async () => {
    const startedAtMs = performance.now();
    const { id } = await imports.upload(actor, 'people.csv', csv);
    const { settings } = await imports.preview(id, null);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const begunAtMs = performance.now();
    const used = process.cpuUsage();
    await imports.start(id, settings);
    await background.settled();
    const { created, updated, bad, state } = await imports.get(id);
    delay.disable();
    const { user, system } = process.cpuUsage(used);
    processor = (user + system) / 1e6;
    longestMs = Math.max(longestMs, delay.max / 1e6);
    if (state !== 'done' || created + updated !== rows || bad !== 0)
      throw new Error('The import is not whole');
    progress(`  upload and preview ${((begunAtMs - startedAtMs) / 1_000).toFixed(2)} s`);
    return (performance.now() - begunAtMs) / 1_000;
  };
  const seconds = await once();
  const processorSeconds = processor;
  const again = await once();
  await db.destroy();
  return { seconds, again, longestMs, processorSeconds };
}

const noForm = {
  ...({ opens: 'never', opensInternal: 'never', creates: null } as const),
  ...{ fields: [], customFields: [], greeting: '' },
};

/** The same records and numbers, as rows of the two tables. */
function valuesOf(row: Row, index: number): { record: unknown[]; numbers: unknown[][] } {
  const [
    externalId,
    kind,
    first,
    last,
    firm,
    main,
    mobile,
    email,
    street,
    house,
    zip,
    city,
    country,
    text,
    tags,
  ] = row;
  const id = `peer-${index}`;
  const record = [
    ...[id, kind, `${first} ${last}`, externalId, first, last, firm, JSON.stringify([email]), street],
    ...[house, city, zip, country, text, JSON.stringify((tags ?? '').split('|'))],
  ];
  const numbers = [main, mobile].filter((each) => each !== '').map((each, position) => [id, position, each]);
  return { record, numbers };
}

const tables = `
  create table record (id text primary key, kind text, name text, external_id text unique, first_name text, last_name text,
    company_name text, emails text, street text, house_number text, city text, zip_code text, country text,
    description text, tags text);
  create table record_number (record_id text references record (id), position integer, number text,
    primary key (record_id, position));
  create index record_number_by_number on record_number (number);`;

async function sqlitePeer(file: string, all: readonly Row[]): Promise<number> {
  const sqlite = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'])
    sqlite.pragma(pragma);
  sqlite.exec(tables);
  const addRecord = sqlite.prepare(`insert into record values (${columns.map(() => '?').join(', ')})`);
  const addNumber = sqlite.prepare('insert into record_number values (?, ?, ?)');
  const take = sqlite.transaction((from: number) => {
    for (const [offset, row] of all.slice(from, from + rowsAtOnce).entries()) {
      const { record, numbers } = valuesOf(row, from + offset);
      addRecord.run(...record);
      for (const number of numbers) addNumber.run(...number);
    }
  });
  const startedAtMs = performance.now();
  for (let from = 0; from < all.length; from += rowsAtOnce) take(from);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  sqlite.close();
  return seconds;
}

async function postgresPeer(url: string, all: readonly Row[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(tables);
  const startedAtMs = performance.now();
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const values = all.slice(from, from + rowsAtOnce).map((row, offset) => valuesOf(row, from + offset));
    await client.query('begin');
    await insert(
      client,
      'record',
      values.map(({ record }) => record),
    );
    await insert(
      client,
      'record_number',
      values.flatMap(({ numbers }) => numbers),
    );
    await client.query('commit');
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const ended = once(client, 'end');
  await client.end();
  await ended;
  return seconds;
}

async function insert(client: pg.Client, table: string, values: readonly unknown[][]): Promise<void> {
  const width = values[0]?.length ?? 0;
  const places = values.map(
    (_, row) => `(${Array.from({ length: width }, (_each, at) => `$${row * width + at + 1}`).join(', ')})`,
  );
  await client.query(`insert into ${table} values ${places.join(', ')}`, values.flat());
}
