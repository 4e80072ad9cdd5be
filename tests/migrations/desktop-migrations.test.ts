// Each migration of the desktop, started from the version before it with data in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import { openCallStore } from '../../src-main/calls/call-store.ts';
import { openDialogStore } from '../../src-main/calls/dialog-store.ts';
import { desktopMigrations, type Migrations } from '../../src-main/database/migrate.ts';
import { type DesktopDatabase, openDatabase } from '../../src-main/database/open.ts';
import { openPeopleStore } from '../../src-main/directory/people-store.ts';
import { openSearchIndexStore } from '../../src-main/history/search-index-store.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';

function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'desk.db');
}

/** This version's migrations as they were when `last` was the newest. */
function upTo(last: string): Migrations {
  return Object.fromEntries(Object.entries(desktopMigrations).filter(([name]) => name <= last));
}

async function open(file: string, migrations?: Migrations): Promise<DesktopDatabase> {
  const database = await openDatabase(file, migrations);
  onTestFinished(() => database.close());
  return database;
}

const insertCall = `INSERT INTO calls (place, call_id, user_id, direction, remote, disposition_required,
  started_at_ms, ended_at_ms, outcome, state) VALUES (?, ?, 'agent-1', 'inbound', ?, 0, ?, ?, 'accepted', 'finished')`;
const remote = JSON.stringify({
  number: '+442079460018',
  display: '020 7946 0018',
  name: 'Anna Müller',
  recordId: null,
  recordKind: null,
  withheld: false,
});

function tables(database: DesktopDatabase): string[] {
  return database.sqlite
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => row.name);
}

describe('0001-calls, from nothing', () => {
  it('keeps a call with its draft and its corrections, and drops these with the call', async () => {
    const { sqlite } = await open(newFile(), upTo('0001-calls'));
    sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    sqlite.exec("INSERT INTO drafts (call_id, note, saved_at_ms) VALUES ('call-1', 'Hello', 3)");
    sqlite.exec("INSERT INTO corrections (call_id, at_ms, author, note) VALUES ('call-1', 4, 'Casey', 'No')");
    expect(() =>
      sqlite.exec("INSERT INTO drafts (call_id, note, saved_at_ms) VALUES ('none', '', 1)"),
    ).toThrow(/FOREIGN KEY/);
    expect(() => sqlite.prepare(insertCall).run(2000, 'call-1', remote, 1, 2)).toThrow(/UNIQUE/);
    sqlite.exec("DELETE FROM calls WHERE call_id = 'call-1'");
    expect(
      sqlite.prepare('SELECT (SELECT count(*) FROM drafts) + (SELECT count(*) FROM corrections) AS n').get(),
    ).toEqual({ n: 0 });
  });
});

describe('0002-hub-cache, from 0001 with calls', () => {
  it('leaves the calls as they are and makes room for projects, dispositions and records', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0001-calls'));
    before.sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    before.close();
    const after = await open(file, upTo('0002-hub-cache'));
    expect(after.sqlite.prepare('SELECT call_id, state FROM calls').all()).toEqual([
      { call_id: 'call-1', state: 'finished' },
    ]);
    expect(tables(after)).toEqual(
      expect.arrayContaining(['projects', 'dispositions', 'records', 'record_numbers']),
    );
    after.sqlite.exec("INSERT INTO records VALUES ('r1', 'customer', 'Anna')");
    after.sqlite.exec("INSERT INTO record_numbers VALUES ('r1', '+442079460018')");
    expect(
      after.sqlite.prepare("EXPLAIN QUERY PLAN SELECT * FROM record_numbers WHERE number = '+44'").get(),
    ).toMatchObject({ detail: expect.stringMatching(/record_numbers_by_number/) });
    after.sqlite.exec("DELETE FROM records WHERE id = 'r1'");
    expect(after.sqlite.prepare('SELECT count(*) AS n FROM record_numbers').get()).toEqual({ n: 0 });
  });
});

describe('0003-history-search, from 0002 with calls and drafts', () => {
  it('makes the calls that were already there searchable', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0002-hub-cache'));
    before.sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    before.sqlite.prepare(insertCall).run(2000, 'call-2', remote, 2, 3);
    before.sqlite.exec("INSERT INTO drafts (call_id, note, saved_at_ms) VALUES ('call-2', 'greenhouse', 3)");
    before.close();
    const after = await open(file);
    expect(openSearchIndexStore(after).takeStale(10)).toBe(2);
    const matches = (match: string) =>
      after.sqlite
        .prepare<[string], { rowid: number }>('SELECT rowid FROM call_search WHERE call_search MATCH ?')
        .all(match)
        .map((row) => row.rowid);
    expect([
      matches('text : "muller"'),
      matches('text : "greenhouse"'),
      matches('digits : "2079460"'),
    ]).toEqual([[1000, 2000], [2000], [1000, 2000]]);
    expect(openSearchIndexStore(after).takeStale(10)).toBe(0);
    expect(openCallStore(after).draftOf('call-2' as never)?.note).toBe('greenhouse');
  });
});

describe('0004-open-dialogs, from 0003 with a call that was running', () => {
  it('knows no dialog of a call from before, and keeps one for each call from then on', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0003-history-search'));
    before.sqlite.prepare(insertCall.replace("'finished'", "'alive'")).run(1000, 'call-1', remote, 1, 2);
    before.close();
    const after = await open(file);
    const store = openDialogStore(after);
    expect(store.all()).toEqual([]);
    const kept = { callId: 'call-1' as never, dialog: null, runningAtMs: 5 };
    store.keep({ ...kept, runningAtMs: 4 });
    store.keep(kept);
    expect(store.all()).toEqual([kept]);
  });
});

describe('0005-transferred-calls and 0006-people, from 0004 with a call', () => {
  it('know of nobody that a call from before was given to, and make room for the directory', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0004-open-dialogs'));
    before.sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    before.close();
    const after = await open(file);
    expect(after.sqlite.prepare('SELECT call_id, transferred_to FROM calls').all()).toEqual([
      { call_id: 'call-1', transferred_to: null },
    ]);
    const store = openPeopleStore(after);
    expect(store.read()).toEqual({ people: [], projects: [] });
    const sam = { userId: 'u-202' as never, displayName: 'Sam Okafor', extension: '202', teams: ['Support'] };
    const hotline = { projectId: 'p1' as never, name: 'Hotline', number: '+442079460166' };
    store.replace({ people: [sam], projects: [hotline] });
    store.replace({ people: [sam], projects: [hotline] });
    expect(store.read()).toEqual({ people: [sam], projects: [hotline] });
  });
});

describe('0007-records, from 0006 with a cached record and a call with it', () => {
  it('begins the records anew, with a place for each that counts up, and finds the call by its record', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0006-people'));
    before.sqlite.exec("INSERT INTO records VALUES ('r1', 'customer', 'Anna')");
    before.sqlite.exec("INSERT INTO record_numbers VALUES ('r1', '+442079460018')");
    const party = JSON.stringify({ ...JSON.parse(remote), recordId: 'r1', recordKind: 'customer' });
    before.sqlite.prepare(insertCall).run(1000, 'call-1', party, 1, 2);
    before.close();
    const after = await open(file);
    const store = openRecordStore(after, () => 'GB');
    expect(store.byNumber('+442079460018')).toEqual([]);
    const plan = after.sqlite
      .prepare("EXPLAIN QUERY PLAN SELECT * FROM calls WHERE json_extract(remote, '$.recordId') = 'r1'")
      .get();
    expect(plan).toMatchObject({ detail: expect.stringMatching(/calls_by_record/) });
    const lookup = after.sqlite.prepare(`EXPLAIN QUERY PLAN ${store.statements.solePlace}`).all('+44');
    expect(lookup).toMatchObject([{ detail: 'SEARCH record_numbers USING PRIMARY KEY (number=?)' }]);
  });
});

describe('0008-sync, after records', () => {
  it('begins with nothing to send, nothing pulled, and the records as they were', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0007-records'));
    before.sqlite.exec(`INSERT INTO records (id, kind, name, name_key, city, city_key, tags, changed_at_ms, state, shown)
      VALUES ('r1', 'lead', 'Anna', 'anna', '', '', '[]', 1, 'sent', '{}')`);
    before.close();
    const { sqlite } = await open(file, upTo('0008-sync'));
    expect(sqlite.prepare('SELECT id FROM records').all()).toEqual([{ id: 'r1' }]);
    expect(sqlite.prepare('SELECT sequence, user_id FROM outbox_counter').all()).toEqual([
      { sequence: 0, user_id: null },
    ]);
    const count = sqlite.prepare(
      'SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM sync_cursor) AS n',
    );
    expect(count.get()).toEqual({ n: 0 });
  });
});

describe('0010-call-form, from 0009 with a finished call and a note', () => {
  it('leaves the note, an empty form beside it, and nothing to tell the hub of calls from before', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0009-call-forms'));
    before.sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    before.sqlite.exec("INSERT INTO drafts (call_id, note, saved_at_ms) VALUES ('call-1', 'greenhouse', 3)");
    before.close();
    const store = openCallStore(await open(file));
    expect(store.draftOf('call-1' as never)).toMatchObject({ note: 'greenhouse', form: emptyFormDraft });
    expect(store.papersOf('call-1' as never)).toMatchObject({ internal: 0, called_number: null });
    expect(store.toReport('agent-1' as never)).toEqual([]);
  });
});

describe('0011-unsaved-texts, from 0010', () => {
  it('keeps one text of a kind for each user, and nothing of before is unsaved', async () => {
    const file = newFile();
    (await openDatabase(file, upTo('0010-call-form'))).close();
    const { sqlite } = await open(file, upTo('0011-unsaved-texts'));
    const insert = "INSERT INTO unsaved_texts (user_id, key, content) VALUES ('agent-1', 'new:leads', '{}')";
    sqlite.exec(insert);
    expect(() => sqlite.exec(insert)).toThrow(/UNIQUE/);
  });
});

describe('0013-order-outcome, from 0012 with a finished call', () => {
  it('knows of no outcome for calls from before', async () => {
    const file = newFile();
    const before = await openDatabase(file, upTo('0012-dial-up'));
    before.sqlite.prepare(insertCall).run(1000, 'call-1', remote, 1, 2);
    before.close();
    const store = openCallStore(await open(file));
    expect(store.reported('call-1' as never)).toMatchObject({ order_outcome: null });
  });
});

describe('migrating', () => {
  it('does nothing to a database that is up to date', async () => {
    const file = newFile();
    (await openDatabase(file)).close();
    const database = await open(file);
    expect(database.sqlite.prepare('SELECT name FROM kysely_migration ORDER BY name').all()).toEqual(
      Object.keys(desktopMigrations).map((name) => ({ name })),
    );
  });

  it('leaves nothing of a migration that fails half-way, and what came before it whole', async () => {
    const file = newFile();
    const broken: Migrations = {
      ...upTo('0002-hub-cache'),
      '0003-broken': {
        async up(database) {
          await sql`CREATE TABLE half_way (id INTEGER)`.execute(database);
          await sql`INSERT INTO no_such_table VALUES (1)`.execute(database);
        },
      },
    };
    await expect(openDatabase(file, broken)).rejects.toThrow(/no such table/);
    const database = await open(file, upTo('0002-hub-cache'));
    expect(tables(database)).not.toContain('half_way');
    expect(database.sqlite.prepare('SELECT count(*) AS n FROM kysely_migration').get()).toEqual({ n: 2 });
  });
});
