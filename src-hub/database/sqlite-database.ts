// The hub's SQLite file: one file, one connection, every commit on disk before it is answered.
// Opened by open-database.ts, which also brings its tables up to date.
import { chmodSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { DatabaseTooNew, unknownMigration } from './database-errors.ts';

/** SQLite can roll back changes to tables; Kysely's adapter says it cannot, and would leave a migration half done. */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    const adapter = super.createAdapter() as SqliteAdapter;
    return Object.defineProperty(adapter, 'supportsTransactionalDdl', { value: true });
  }
}

/** Far more than the hub has; only queries whose text depends on how many they ask for could be more. */
const mostKept = 500;

/**
 * Compiles each statement once: that takes longer than a small one's work. A statement belongs to one query at a time,
 * which holds as long as nothing is streamed.
 */
class KeptStatements implements SqliteDatabase {
  readonly #database: Database.Database;
  readonly #kept = new Map<string, SqliteStatement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#kept.get(sql);
    if (known) return known;
    // What a statement knows of columns may not be so any more.
    if (/^\s*(create|alter|drop)\b/i.test(sql)) this.#kept.clear();
    const made: SqliteStatement = this.#database.prepare(sql);
    this.#kept.set(sql, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  close(): void {
    this.#kept.clear();
    this.#database.close();
  }
}

/**
 * @param path file that is made where it is missing (mode 0600).
 * @param known the migrations of this version.
 * @throws DatabaseTooNew, leaving the file as it was; errors of SQLite.
 */
export function openSqlite(path: string, known: readonly string[]): SqliteDialect {
  refuseNewerVersion(path, known);
  const sqlite = new Database(path);
  chmodSync(path, 0o600);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  if (process.platform === 'darwin') sqlite.pragma('fullfsync = ON');
  sqlite.pragma('foreign_keys = ON');
  // What is erased is overwritten in the file, not only let go of.
  sqlite.pragma('secure_delete = ON');
  sqlite.pragma('busy_timeout = 5000');
  return new TransactionalSqliteDialect({ database: new KeptStatements(sqlite) });
}

function refuseNewerVersion(path: string, known: readonly string[]): void {
  if (!existsSync(path)) return;
  const sqlite = new Database(path, { readonly: true });
  try {
    const migrated = sqlite.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
    if (!migrated) return;
    const done = sqlite.prepare('select name from kysely_migration order by name').all() as {
      name: string;
    }[];
    const unknown = unknownMigration(
      done.map(({ name }) => name),
      known,
    );
    if (unknown) throw new DatabaseTooNew(unknown);
  } finally {
    sqlite.close();
  }
}
