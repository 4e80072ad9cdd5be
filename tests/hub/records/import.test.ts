// Imports of records from CSV on both databases: encodings, separators, what is understood, what is wrong by row, and that a
// file is in once however often the hub is ended in the middle.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ImportSettings } from '#shared/admin/records-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { BackgroundWork } from '../../../src-hub/background-work.ts';
import { createCompanyChanges } from '../../../src-hub/company-changes.ts';
import type { HubClock } from '../../../src-hub/hub-clock.ts';
import { ImportFiles } from '../../../src-hub/imports/import-files.ts';
import { ImportJobs } from '../../../src-hub/imports/import-jobs.ts';
import { ImportStore } from '../../../src-hub/imports/import-store.ts';
import { decoded, rowsOf, separatorOf } from '../../../src-hub/imports/import-text.ts';
import { orderedIds } from '../../../src-hub/imports/ordered-ids.ts';
import { storedRecordImports } from '../../../src-hub/records/import/record-import.ts';
import { buildRecordFiles } from '../../../src-hub/records/record-files.ts';
import { KeptLog } from '../support.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import { annActs, recordsAtWork, support } from './records-at-work.ts';

const form = {
  ...usualCallForm,
  customFields: [
    { key: 'seats', label: 'Plätze', type: 'number' as const, choices: [], required: false },
    { key: 'plan', label: 'Plan', type: 'choice' as const, choices: ['Basic', 'Plus'], required: false },
  ],
};

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

type AtWork = Awaited<ReturnType<typeof recordsAtWork>>;

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'offhook-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As often as wished on one folder, as hubs that are started one after the other. */
async function importsOf(
  atWork: AtWork,
  dataDirectory: string,
  clock: HubClock = { nowMs: () => Date.now(), after: () => () => undefined },
) {
  const log = new KeptLog();
  const background = new BackgroundWork(log);
  const changes = createCompanyChanges(log);
  const files = buildRecordFiles({
    ...{ db: atWork.db, users: atWork.users, projects: atWork.projects, people: atWork, dataDirectory },
    forms: { formOf: () => form },
    changes,
    ...{ background, log, clock },
    scopeOf: async () => 'all',
  });
  await files.imports.load();
  return { ...files, background, log, changes };
}

async function importing(atWork: AtWork, csv: string | Uint8Array, part: Partial<ImportSettings> = {}) {
  const dataDirectory = await folderOf();
  const { imports, exports, background } = await importsOf(atWork, dataDirectory);
  const { id } = await imports.upload(annActs, 'people.csv', Buffer.from(csv));
  const usual: ImportSettings = { columns: [], kind: 'contact', projectId: null, ownerId: null, ...part };
  const preview = await imports.preview(id, usual);
  await imports.start(id, preview.settings);
  await background.settled();
  const done = await imports.get(id);
  return { preview, done, problems: await imports.problemsCsv(id), imports, exports, dataDirectory };
}

const list = async (atWork: AtWork) => (await atWork.lists.page({}, 500, null)).records;

describe('a CSV file', () => {
  it('is read in the encoding and with the separator that it has', async () => {
    const text = 'Name;Ort\r\n"Jürgen; ""Öl""";Köln\r\n\r\nAnaïs;\r\n';
    for (const [bytes, encoding] of [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\u{FEFF}${text}`), 'utf-8'],
      [Buffer.from(text, 'latin1'), 'windows-1252'],
      [Buffer.from(`\u{FEFF}${text}`, 'utf16le'), 'utf-16'],
    ] as const) {
      const read = decoded(bytes);
      const separator = separatorOf(read.text);
      const rows = (await all(rowsOf(read.text, separator))).flat();
      expect({ encoding: read.encoding, separator }).toEqual({ encoding, separator: ';' });
      expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
        [1, 'Name', 'Ort'],
        [2, 'Jürgen; "Öl"', 'Köln'],
        [4, 'Anaïs', ''],
      ]);
    }
    expect(separatorOf('"a,b,c"\tb\tc')).toBe('\t');
  });

  it('of many pieces is read as one, quoted line breaks and all, until a quotation mark that is never closed', async () => {
    const cells = Array.from({ length: 20_000 }, (_, index) => [`n${index}`, `"line\nand, ${index}"`]);
    const text = `${cells.map((row) => row.join(',')).join('\n')}\nlast,"open\nlost,1\n`;
    const rows = (await all(rowsOf(text, ','))).flat();
    expect(rows).toHaveLength(20_001);
    expect(rows[12_345]).toMatchObject({ row: 12_346, cells: ['n12345', 'line\nand, 12345'] });
    expect(rows.at(-1)).toMatchObject({ row: 20_001, quoteOpen: true });
  });
});

it('ids of many records made at once are UUIDs of version 7, each greater than the one before', () => {
  const next = orderedIds(() => 1_800_000_000_000);
  const ids = Array.from({ length: 10_000 }, next);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

await onBothDatabases((open) => {
  it('an import understands headings in German and English, fields of the project, and numbers of its country', async () => {
    const atWork = await recordsAtWork(await open());
    const csv =
      'Kundennr.;Vorname;Nachname;Telefon;Handy;E-Mail;PLZ;Ort;Schlagwörter;Plätze;Plan;Farbe\r\n' +
      'K1;Ada;Öztürk;020 7946 0321|*43;tel:+1-201-555-0123;ext=7;ada@example.org;N1;London;vip|neu;4;plus;rot\r\n'.replace(
        'tel:+1-201-555-0123;ext=7',
        '"tel:+1-201-555-0123;ext=7"',
      ) +
      "K2;'=Bea;'+1;112;;;;;;;;\r\n";
    const { preview, done } = await importing(atWork, csv, { projectId: support, kind: 'lead' });
    expect(preview.settings.columns).toEqual([
      ...['externalId', 'firstName', 'lastName', 'number.main', 'number.mobile', 'emails', 'zipCode', 'city'],
      ...['tags', 'fields.seats', 'fields.plan', null],
    ]);
    expect(preview).toMatchObject({ badRows: 0, import: { rows: 2, separator: ';' } });
    expect(done).toMatchObject({ state: 'done', created: 2, updated: 0, bad: 0, rowsDone: 2 });
    const [ada, bea] = (await list(atWork)).toSorted((one, other) =>
      (one.externalId ?? '').localeCompare(other.externalId ?? ''),
    );
    expect(ada).toMatchObject({
      ...{ kind: 'lead', projectId: support, externalId: 'K1', lastName: 'Öztürk', tags: ['vip', 'neu'] },
      numbers: [
        { number: '+442079460321', extension: '', label: 'main' },
        { number: '*43', extension: '', label: 'main' },
        { number: '+12015550123', extension: '7', label: 'mobile' },
      ],
      fields: { seats: 4, plan: 'Plus' },
    });
    expect(bea).toMatchObject({ firstName: '=Bea', lastName: '+1', numbers: [{ number: '112' }] });
  });

  it('rows of an external id that is known change that record once, and leave alone what has no column', async () => {
    const atWork = await recordsAtWork(await open());
    await importing(atWork, 'id,firstName,city,phone\nA,Ada,Leeds,+442079460321\nB,Bea,York,\n');
    const again = await importing(atWork, 'id,lastName,city\nA,Quist,Hull\nC,New,\nA,Quist,Bath\nB,,York\n');
    expect(again.done).toMatchObject({ created: 1, updated: 3, bad: 0 });
    const records = await list(atWork);
    expect(records).toHaveLength(3);
    const ada = records.find(({ externalId }) => externalId === 'A');
    expect(ada).toMatchObject({ firstName: 'Ada', lastName: 'Quist', city: 'Bath', version: 2 });
    expect(ada?.numbers).toHaveLength(1);
    expect(await atWork.lists.changesOf(ada?.id as never)).toMatchObject([
      { what: 'change', changes: [{ field: 'lastName' }, { field: 'city', before: 'Leeds', after: 'Bath' }] },
      { what: 'create' },
    ]);
    // What was said again as it is changes nothing, and nobody pulls it.
    expect(records.find(({ externalId }) => externalId === 'B')?.version).toBe(1);
  });

  it('bad rows are told by row and column, in the preview and as a file, and the others are in', async () => {
    const atWork = await recordsAtWork(await open());
    const rows = Array.from({ length: 600 }, (_, index) => (index % 10 < 3 ? ',,no name,' : `A${index},,,`));
    rows[5] = 'nul\0,,,';
    rows[6] = 'mail,no address,,';
    rows[7] = `${'x'.repeat(10_001)},,,`;
    rows[8] = 'kind,,,enemy';
    rows[9] = 'cells,,,,,=cmd';
    rows.push('open,"never closed,,\nlost,,,');
    const { preview, done, problems } = await importing(
      atWork,
      `lastName,email,city,kind\n${rows.join('\n')}\n`,
    );
    expect(done).toMatchObject({ rows: 601, bad: 186, created: 415, rowsDone: 601 });
    expect(preview.badRows).toBe(186);
    expect(preview.problems).toHaveLength(100);
    expect(problems.split('\r\n')).toHaveLength(187);
    expect(preview.problems.slice(3, 8).map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [7, 'lastName', 'malformed'],
      [8, 'email', 'emailMalformed'],
      [9, 'lastName', 'tooLong'],
      [10, 'kind', 'kindUnknown'],
      [11, null, 'tooManyCells'],
    ]);
    expect(problems).toContain('602,,quoteOpen');
  });

  it('a hub that ends in the middle goes on with the next row at its next start, and takes none twice', async () => {
    const atWork = await recordsAtWork(await open());
    const dataDirectory = await folderOf();
    const first = await importsOf(atWork, dataDirectory);
    const lines = Array.from(
      { length: 3_000 },
      (_, index) => `N${index},+4420794${String(index).padStart(5, '0')}`,
    );
    const csv = `lastName,phone\n${lines.join('\n')}\n`;
    const { id } = await first.imports.upload(annActs, 'people.csv', Buffer.from(csv));
    const { settings } = await first.imports.preview(id, null);
    // Told of the first rows.
    first.changes.onChanged(() => first.imports.close());
    await first.imports.start(id, settings);
    await expect(first.imports.start(id, settings)).rejects.toMatchObject({ reason: 'alreadyStarted' });
    await first.background.settled();
    const { rowsDone, state } = await first.imports.get(id);
    expect(state).toBe('running');
    expect(rowsDone).toBeGreaterThan(0);
    expect(rowsDone).toBeLessThan(3_000);
    const second = await importsOf(atWork, dataDirectory);
    await second.background.settled();
    expect(await second.imports.get(id)).toMatchObject({ state: 'done', rowsDone: 3_000, created: 3_000 });
    const { count } = await atWork.db
      .selectFrom('record_number')
      .select((row) => row.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(3_000);
    expect(second.log.errors()).toEqual([]);
    expect(await readdir(join(dataDirectory, 'imports'))).toEqual([]);
  });

  it('an import that the database refuses in the middle has failed in words, and goes on when it is started again', async () => {
    const atWork = await recordsAtWork(await open());
    const { imports, background, log, changes } = await importsOf(atWork, await folderOf());
    const names = Array.from({ length: 2_500 }, (_, index) => `Name ${index}`);
    const { id } = await imports.upload(
      annActs,
      'people.csv',
      Buffer.from(`lastName\n${names.join('\n')}\n`),
    );
    const { settings } = await imports.preview(id, null);
    const rename = (from: string, to: string) => atWork.db.schema.alterTable(from).renameTo(to).execute();
    let renamed: Promise<void> | null = null;
    // Told of the first rows.
    changes.onChanged(() => {
      renamed ??= rename('record_change', 'record_change_away');
    });
    await imports.start(id, settings);
    await background.settled();
    await renamed;
    const failed = await imports.get(id);
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining('What is in stays in') });
    expect(failed.rowsDone % 1_000).toBe(0);
    expect(failed.rowsDone).toBeLessThan(2_500);
    expect(log.errors()).toHaveLength(1);
    await rename('record_change_away', 'record_change');
    await imports.start(id, settings);
    await background.settled();
    expect(await imports.get(id)).toMatchObject({ state: 'done', rowsDone: 2_500, created: 2_500 });
    expect(await list(atWork)).toHaveLength(500);
  });

  it.each([0, 2])(
    'what fails of an import that is removed meanwhile is in the log, without what the database says of whom, %i under way',
    async (underWay) => {
      const atWork = await recordsAtWork(await open());
      const log = new KeptLog();
      const background = new BackgroundWork(log);
      const files = new ImportFiles(await folderOf(), 'imports');
      await files.prepare();
      const begun = Promise.withResolvers<void>();
      const unique = Object.assign(new Error('Key (name)=(Ada Quist) exists'), {
        code: '23505',
        name: 'DatabaseError',
      });
      const imports = new ImportJobs<ImportSettings, null>({
        kind: {
          what: 'records',
          understood: () => settings,
          requireGood: () => undefined,
          reader: () => (row) => ({ row: row.row, given: null, problems: [] }),
          batches: {
            underWay,
            async write({ importId, rowsBefore }) {
              // Of two under way the first is written, and the import is removed while the second is.
              const first = underWay === 0 ? 0 : 1_000;
              if (rowsBefore > first) begun.resolve();
              if (rowsBefore === first) {
                if (underWay > 0) await begun.promise;
                await imports.remove(importId);
              }
              if (rowsBefore > first || underWay === 0) throw unique;
            },
          },
        },
        store: new ImportStore(atWork.db, storedRecordImports),
        changes: createCompanyChanges(log),
        clock: { nowMs: () => Date.now(), after: () => () => undefined },
        ...{ files, background, log },
      });
      const settings: ImportSettings = { columns: [], kind: 'contact', projectId: null, ownerId: null };
      const rows = Array.from({ length: 3_500 }, (_, index) => `Name ${index}`);
      const { id } = await imports.upload(
        annActs,
        'people.csv',
        Buffer.from(`lastName\n${rows.join('\n')}\n`),
      );
      await imports.start(id, settings);
      await background.settled();
      expect(log.lines.map(({ level, facts }) => ({ level, ...facts }))).toEqual([
        { level: 'warn', kind: 'DatabaseError', code: '23505' },
      ]);
      await expect(imports.get(id)).rejects.toMatchObject({ reason: 'noSuchImport' });
    },
  );

  it('rows far apart that say something of one new person make one record', async () => {
    const atWork = await recordsAtWork(await open());
    const { imports, background } = await importsOf(atWork, await folderOf());
    const rows = Array.from({ length: 2_500 }, (_, index) => `K${index % 900},Name ${index}`);
    const { id } = await imports.upload(annActs, 'people.csv', Buffer.from(`id,name\n${rows.join('\n')}\n`));
    const { settings } = await imports.preview(id, null);
    await imports.start(id, settings);
    await background.settled();
    expect(await imports.get(id)).toMatchObject({ rowsDone: 2_500, created: 900, updated: 1_600, bad: 0 });
    // The last word about each counts.
    const last = await atWork.db
      .selectFrom('record')
      .select('last_name')
      .where('external_id', '=', 'K0')
      .execute();
    expect(last).toEqual([{ last_name: 'Name 1800' }]);
  });

  it('the file of an import that nobody finishes, starts or goes on with is gone after a day', async () => {
    const atWork = await recordsAtWork(await open());
    const dataDirectory = await folderOf();
    const files = () => readdir(join(dataDirectory, 'imports'));
    let laterMs = 0;
    const due: (() => void)[] = [];
    const clock = {
      nowMs: () => Date.now() + laterMs,
      after: (_: number, task: () => void) => {
        due.push(task);
        return () => undefined;
      },
    };
    const { imports, background } = await importsOf(atWork, dataDirectory, clock);
    const csv = Buffer.from('lastName\nMarlow\n');
    const half = await imports.begin(annActs, 'half.csv', csv.length);
    await imports.addPiece(half, 0, csv.subarray(0, 9));
    await imports.upload(annActs, 'unstarted.csv', csv);
    const { id: failed } = await imports.upload(annActs, 'failed.csv', csv);
    const { settings } = await imports.preview(failed, null);
    const rename = (from: string, to: string) => atWork.db.schema.alterTable(from).renameTo(to).execute();
    await rename('record_change', 'record_change_away');
    await imports.start(failed, settings);
    await background.settled();
    await rename('record_change_away', 'record_change');
    const anHourLater = async () => {
      due.shift()?.();
      await background.settled();
    };
    laterMs = 23 * 3_600_000;
    await anHourLater();
    expect(await files()).toHaveLength(3);
    laterMs = 25 * 3_600_000;
    await anHourLater();
    expect(await files()).toEqual([]);
    expect((await imports.list()).map(({ fileName, state }) => [fileName, state])).toEqual([
      ['failed.csv', 'failed'],
    ]);
    for (const again of [
      () => imports.start(failed, settings),
      () => imports.addPiece(half, 9, csv.subarray(9)),
    ]) {
      await expect(again()).rejects.toMatchObject({ reason: 'noSuchImport' });
    }
  });

  it('an export is read again by an import as the same records, and no spreadsheet takes a cell of it for a formula', async () => {
    const atWork = await recordsAtWork(await open());
    const csv =
      'id,firstName,phone,tags,description\nA,"=HYPERLINK(""http://x"")",+442079460321,a|b,"@sum, ""x"""\n';
    const { exports } = await importing(atWork, csv);
    const whole = (await all(exports.pieces({}))).join('');
    expect(whole).toContain("'=HYPERLINK");
    expect(whole).toContain("'+442079460321");
    expect(whole).not.toMatch(/(^|,|\n)"?[=+@-]/);
    const before = await list(atWork);
    const again = await importing(atWork, whole);
    expect(again.done).toMatchObject({ created: 0, updated: 1, bad: 0 });
    expect(await list(atWork)).toEqual(before);
  });
});
