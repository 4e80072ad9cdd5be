// Opening the desktop's database: safe against power cuts, for this user only, and refused where it is not ours to open.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { erasedParty } from '#shared/domain/call-view.ts';
import { DatabaseTooNew, DatabaseUnreadable } from '../../src-main/database/database-errors.ts';
import { desktopMigrations } from '../../src-main/database/migrate.ts';
import { openDatabase, openOrRescue } from '../../src-main/database/open.ts';
import { prepare } from '../../src-main/database/prepared.ts';
import { suspect, takeOver } from '../../src-main/database/rescue.ts';
import { openSearchIndexStore } from '../../src-main/history/search-index-store.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** 200 calls, with a page of them that cannot be read. */
async function damagedFile(also = ''): Promise<string> {
  const file = path.join(newFolder(), 'desk.db');
  const { sqlite } = await openDatabase(file);
  const call = sqlite.prepare(
    `INSERT INTO calls (place, call_id, user_id, direction, remote, disposition_required, started_at_ms, state)
     VALUES (?, ?, 'ann', 'inbound', ?, 0, 1, 'toFinish')`,
  );
  const remote = JSON.stringify({ ...erasedParty, name: 'x'.repeat(900) });
  for (let n = 1; n <= 200; n += 1) call.run(n, `c${n}`, remote);
  sqlite.exec(also);
  sqlite.close();
  const bytes = readFileSync(file);
  // Somewhere in the middle.
  const start = Math.floor(bytes.indexOf('c100ann') / 4096) * 4096;
  bytes.fill(0xff, start, start + 4096);
  writeFileSync(file, bytes);
  return file;
}

/** With it, but what SQLite keeps beside a database that was only read. */
function filesBeside(file: string): string[] {
  const all = readdirSync(path.dirname(file)).filter((name) => !/-(wal|shm)$/.test(name));
  return all.sort();
}

describe('an open database', () => {
  it('writes through to the disk at every commit', async () => {
    const database = await openDatabase(path.join(newFolder(), 'desk.db'));
    onTestFinished(() => database.close());
    const pragma = (name: string) => database.sqlite.pragma(name, { simple: true });
    // synchronous: 2 is FULL.
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    expect(pragma('busy_timeout')).toBeGreaterThan(0);
    if (process.platform === 'darwin') expect(pragma('fullfsync')).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('can be read by this user only, its log too', async () => {
    const folder = path.join(newFolder(), 'made', 'here');
    const database = await openDatabase(path.join(folder, 'desk.db'));
    onTestFinished(() => database.close());
    const modes = readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      'desk.db': 0o600,
      'desk.db-wal': 0o600,
      'desk.db-shm': 0o600,
    });
  });
});

describe('a database that is not ours to open', () => {
  it('is refused with a clear word where a newer version made it, and not touched', async () => {
    const file = path.join(newFolder(), 'desk.db');
    const newer = await openDatabase(file, {
      ...desktopMigrations,
      '9999-from-the-future': { up: () => Promise.resolve() },
    });
    newer.sqlite.exec("INSERT INTO callable_projects VALUES ('p1', 'Anna', '201')");
    newer.close();
    const before = readFileSync(file);
    const refused = openDatabase(file);
    await expect(refused).rejects.toBeInstanceOf(DatabaseTooNew);
    await expect(refused).rejects.toThrow(/newer version of Offhook.*safe.*Install the newer version/s);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused where it is no database at all, and not touched', async () => {
    const file = path.join(newFolder(), 'desk.db');
    writeFileSync(file, 'This is a shopping list, and it is longer than a header. '.repeat(100));
    await expect(openDatabase(file)).rejects.toBeInstanceOf(DatabaseUnreadable);
    expect(readFileSync(file, 'utf8')).toMatch(/^This is a shopping list/);
  });

  it('is set aside at the start after it proved damaged, and what only this computer had is taken over', async () => {
    const file = await damagedFile(`
      INSERT INTO outbox (mutation_id, sequence, user_id, hub, made_at_ms, kind, mutation, state, attempts)
      VALUES ('m1', 7, 'ann', 'team', 1, 'note.add', '{}', 'waiting', 0);
      INSERT INTO list_settings (user_id, list, settings) VALUES ('ann', 'leads', '{}');
      UPDATE calls SET search_stale = 0; UPDATE outbox_counter SET sequence = 7;
      INSERT INTO drafts (call_id, note, saved_at_ms) VALUES ('c2', 'Hi', 1)`);
    const unsuspecting = await openOrRescue(file, 0);
    expect(unsuspecting.rescued).toBeNull();
    const reading = prepare(unsuspecting.database.sqlite).as(() =>
      unsuspecting.database.kysely.selectFrom('calls').selectAll(),
    );
    expect(() => reading.all({})).toThrow('malformed');
    unsuspecting.database.close();
    const { database, rescued } = await openOrRescue(file, 0);
    expect(rescued).toMatchObject({ asideFile: expect.stringContaining('damaged-1970'), unsent: 1 });
    expect(rescued?.calls).toBeGreaterThan(150);
    expect(database.sqlite.prepare('SELECT sequence FROM outbox_counter').get()).toEqual({ sequence: 7 });
    expect(database.sqlite.prepare('SELECT note FROM drafts').all()).toEqual([{ note: 'Hi' }]);
    expect(database.sqlite.prepare('SELECT list FROM list_settings').all()).toEqual([{ list: 'leads' }]);
    // They are found as before.
    expect(openSearchIndexStore(database).takeStale(1_000)).toBe(rescued?.calls);
    database.close();
    writeFileSync(file, 'No database at all. '.repeat(400));
    const again = await openOrRescue(file, 1);
    expect(again.rescued).toMatchObject({ calls: 0, unsent: 0 });
    again.database.close();
  });

  it('is told as damaged, though the disk does not even take the mark for the next start', async () => {
    const file = await damagedFile();
    const { sqlite, kysely } = await openDatabase(file);
    onTestFinished(() => void sqlite.close());
    const reading = prepare(sqlite).as(() => kysely.selectFrom('calls').selectAll());
    // No file can be written where a folder is.
    mkdirSync(`${file}.suspect`);
    let told: unknown;
    try {
      reading.all({});
    } catch (error) {
      told = error;
    }
    expect(told).toMatchObject({
      code: expect.stringMatching(/^SQLITE_CORRUPT/),
      cause: { code: expect.stringMatching(/^E/) },
    });
  });

  it('stays where it is while a rescue cannot be done, and is rescued at the next start', async () => {
    const file = await damagedFile();
    suspect(file);
    mkdirSync(`${file}.rescued`);
    await expect(openOrRescue(file, 0)).rejects.toThrow();
    expect(filesBeside(file)).toEqual(['desk.db', 'desk.db.rescued', 'desk.db.suspect']);
    rmSync(`${file}.rescued`, { recursive: true });
    const { database, rescued } = await openOrRescue(file, 0);
    database.close();
    expect(rescued?.calls).toBeGreaterThan(150);
    expect(filesBeside(file)).toEqual(['desk.db', expect.stringContaining('damaged-1970')]);
  });

  it('is left with what it holds where the new one is full: what cannot be written is not taken for unreadable', async () => {
    const file = await damagedFile();
    const { sqlite } = await openDatabase(path.join(newFolder(), 'new.db'));
    onTestFinished(() => void sqlite.close());
    sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`);
    expect(() => takeOver(file, sqlite)).toThrow(/full/);
  });

  it('has its rescue ended at the next start, where that was cut off when the new one was whole', async () => {
    const file = path.join(newFolder(), 'desk.db');
    const { sqlite, close } = await openDatabase(`${file}.rescued`);
    sqlite.exec("INSERT INTO list_settings (user_id, list, settings) VALUES ('ann', 'leads', '{}')");
    close();
    // The log of the damaged one, which must not be taken for the new one's.
    writeFileSync(`${file}-wal`, 'left over');
    const { database } = await openOrRescue(file, 0);
    expect(database.sqlite.prepare('SELECT list FROM list_settings').all()).toEqual([{ list: 'leads' }]);
    database.close();
    const left = readdirSync(path.dirname(file)).sort();
    expect(left).toEqual(['desk.db', expect.stringMatching(/^desk\.db\.damaged-1970.*-wal$/)]);
  });
});
