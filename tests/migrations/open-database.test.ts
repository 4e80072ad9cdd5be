// Opening the desktop's database: safe against power cuts, for this user only, and refused where it is not ours to open.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseTooNew, DatabaseUnreadable } from '../../src-main/database/database-errors.ts';
import { desktopMigrations } from '../../src-main/database/migrate.ts';
import { openDatabase } from '../../src-main/database/open.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
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
});
