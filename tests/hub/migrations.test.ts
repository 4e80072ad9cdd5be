// The hub's database: made from nothing, brought up from each earlier version, refused untouched from a later one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hubMigrations } from '../../migrations/hub/all-migrations.ts';
import { DatabaseTooNew } from '../../src-hub/database/database-errors.ts';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { usualRouting } from '../../src-hub/projects/stored-project.ts';
import { startTestHub, temporaryFolder } from './support.ts';

const names = Object.keys(hubMigrations);

/** The tables as SQLite remembers them, without Kysely's own. */
function schemaOf(path: string): unknown {
  const sqlite = new Database(path, { readonly: true });
  const schema = sqlite
    .prepare("select type, name, sql from sqlite_master where name not like 'kysely%' order by type, name")
    .all();
  sqlite.close();
  return schema;
}

async function newDatabase(upTo?: string): Promise<string> {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const db = await openHubDatabase({ sqlite: path }, upTo ? { upTo } : {});
  await db.destroy();
  return path;
}

describe('a migration of the hub', () => {
  it('is named by a number that grows by one, so that the order is the list’s', () => {
    expect(names.map((name) => Number(name.slice(0, 3)))).toEqual(names.map((_, index) => index + 1));
    expect([...names].sort()).toEqual(names);
  });

  it.each(names.slice(0, -1))('brings a database of %s to the same tables as a new one', async (name) => {
    const path = await newDatabase(name);
    const db = await openHubDatabase({ sqlite: path });
    await db.destroy();
    expect(schemaOf(path)).toEqual(schemaOf(await newDatabase()));
  });

  it('keeps what accounts had before presence, projects and voicemail came', async () => {
    const path = await newDatabase('001-accounts');
    const sqlite = new Database(path);
    sqlite
      .prepare('insert into account values (?, ?, ?, ?, ?, ?)')
      .run('u1', 'ann', 'Ann', 'clerk', '301', 'hash');
    sqlite.prepare('insert into sip_credential values (?, ?, ?, ?)').run('301-a', 'u1', 'd1', 'secret');
    sqlite.close();
    const db = await openHubDatabase({ sqlite: path });
    expect(await db.selectFrom('account').select(['username', 'extension']).execute()).toEqual([
      { username: 'ann', extension: '301' },
    ]);
    expect(await db.selectFrom('sip_credential').select('password').execute()).toEqual([
      { password: 'secret' },
    ]);
    await db
      .insertInto('presence')
      .values({ user_id: 'u1' as never, status: 'away', since_ms: 1, until_ms: null })
      .execute();
    await db.destroy();
  });

  it('keeps projects as they rang before they could be set, always open', async () => {
    const path = await newDatabase('006-second-factors');
    const sqlite = new Database(path);
    sqlite
      .prepare('insert into project values (?, ?, ?, ?, ?, ?)')
      .run('p1', 'Old', 'Queue', 1_000, 1, 9_000);
    sqlite.prepare('insert into project_number values (?, ?)').run('+442079460100', 'p1');
    sqlite.close();
    const db = await openHubDatabase({ sqlite: path });
    expect(await new ProjectStore(db).all()).toEqual([
      {
        ...usualRouting,
        distribution: 'allAtOnce',
        project: {
          id: 'p1',
          name: 'Old',
          numbers: ['+442079460100'],
          wrapUpMs: 1_000,
          dispositionRequired: true,
        },
        queueName: 'Queue',
        ringTimeoutMs: 9_000,
        memberIds: [],
      },
    ]);
    await db.destroy();
  });

  it('numbers the records that were there, so that the first pull has them', async () => {
    const path = await newDatabase('010-records');
    const sqlite = new Database(path);
    for (const id of ['r2', 'r1']) {
      sqlite.prepare("insert into record (id, kind, name) values (?, 'lead', 'Old')").run(id);
    }
    sqlite.close();
    const db = await openHubDatabase({ sqlite: path });
    const entries = await db.selectFrom('sync_entry').selectAll().orderBy('seq').execute();
    expect(entries.map(({ scope, entity_id, seq }) => [scope, entity_id, seq])).toEqual([
      ['', 'r1', 1],
      ['', 'r2', 2],
    ]);
    expect(await db.selectFrom('sync_head').selectAll().execute()).toEqual([{ id: 1, seq: 2 }]);
    await db.destroy();
  });

  it('that fails leaves nothing half done', async () => {
    const path = await newDatabase('003-projects-and-records');
    const sqlite = new Database(path);
    // Stands in the way of the second table of 004.
    sqlite.exec('create table offer (anything text)');
    const before = schemaOf(path);
    sqlite.close();
    await expect(openHubDatabase({ sqlite: path })).rejects.toThrow('offer');
    expect(schemaOf(path)).toEqual(before);
  });

  it('is run once: a second start changes nothing', async () => {
    const hub = await startTestHub();
    await hub.close();
    const path = join(hub.dataDirectory, 'hub.sqlite');
    const counts = () => {
      const sqlite = new Database(path, { readonly: true });
      const count = (table: string) =>
        (sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
      const all = ['account', 'project', 'disposition', 'record'].map(count);
      sqlite.close();
      return all;
    };
    expect(counts()).toEqual([4, 2, 10, 22]);
    const again = await startTestHub({ dataDirectory: hub.dataDirectory });
    await again.close();
    expect(counts()).toEqual([4, 2, 10, 22]);
  });
});

describe('a database from a newer version', () => {
  it('is refused with a clear word and left as it was, to the byte', async () => {
    const path = await newDatabase();
    const sqlite = new Database(path);
    sqlite.pragma('journal_mode = DELETE');
    sqlite.prepare("insert into kysely_migration values ('999-from-the-future', '2030-01-01')").run();
    sqlite.close();
    const before = readFileSync(path);
    const refused = openHubDatabase({ sqlite: path });
    await expect(refused).rejects.toThrow(DatabaseTooNew);
    await expect(refused).rejects.toThrow('newer version of Offhook');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});
