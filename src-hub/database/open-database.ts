// Opens the hub's SQLite file, refuses one from a newer version untouched, and brings an older one up to date.
// Called by compose.ts; no store opens anything itself.
import { chmodSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, type SqliteAdapter, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { hubMigrations } from '../../migrations/hub/all-migrations.ts';
import type { HubTables } from './tables.ts';

export type HubDatabase = Kysely<HubTables>;

/** The file was written by a later Offhook. Nothing in it was changed. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';

  constructor(unknownMigration: string) {
    super(
      `The hub's database was written by a newer version of Offhook (it knows "${unknownMigration}"). ` +
        'It was left untouched. Install the newer version, or start with another data directory.',
    );
  }
}

/** SQLite can roll back changes to tables; Kysely's adapter says it cannot, and would leave a migration half done. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    const adapter = super.createAdapter() as SqliteAdapter;
    return Object.defineProperty(adapter, 'supportsTransactionalDdl', { value: true });
  }
}

/**
 * @param path file that is made where it is missing (mode 0600).
 * @param upTo for tests: the last migration to run; all where it is left out.
 * @throws DatabaseTooNew; errors of SQLite where the file cannot be opened or is no database.
 */
export async function openHubDatabase(path: string, upTo?: string): Promise<HubDatabase> {
  refuseNewerVersion(path);
  const sqlite = new Database(path);
  chmodSync(path, 0o600);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  if (process.platform === 'darwin') sqlite.pragma('fullfsync = ON');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  const db = new Kysely<HubTables>({ dialect: new TransactionalSqliteDialect({ database: sqlite }) });
  try {
    await migrate(db, upTo);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function migrate(db: HubDatabase, upTo: string | undefined): Promise<void> {
  const migrations: Record<string, Migration> = { ...hubMigrations };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest();
  if (error) throw error;
}

function refuseNewerVersion(path: string): void {
  if (!existsSync(path)) return;
  const sqlite = new Database(path, { readonly: true });
  try {
    const known = sqlite.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
    if (!known) return;
    const done = sqlite.prepare('select name from kysely_migration order by name').all() as {
      name: string;
    }[];
    const unknown = done.find(({ name }) => !Object.hasOwn(hubMigrations, name));
    if (unknown) throw new DatabaseTooNew(unknown.name);
  } finally {
    sqlite.close();
  }
}
