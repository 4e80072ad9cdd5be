// Brings a database to this version's tables, one migration and one transaction at a time.
// Called by open.ts before anything else uses the database. Migrations are imported by hand, so that the bundler
// takes them along and their order is read here.
import type { Database as Sqlite } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as calls from '../../migrations/desktop/0001-calls.ts';
import * as hubCache from '../../migrations/desktop/0002-hub-cache.ts';
import * as historySearch from '../../migrations/desktop/0003-history-search.ts';
import * as openDialogs from '../../migrations/desktop/0004-open-dialogs.ts';
import * as transferredCalls from '../../migrations/desktop/0005-transferred-calls.ts';
import * as people from '../../migrations/desktop/0006-people.ts';
import * as records from '../../migrations/desktop/0007-records.ts';
import * as sync from '../../migrations/desktop/0008-sync.ts';
import * as callForms from '../../migrations/desktop/0009-call-forms.ts';
import * as callForm from '../../migrations/desktop/0010-call-form.ts';
import * as unsavedTexts from '../../migrations/desktop/0011-unsaved-texts.ts';
import * as dialUp from '../../migrations/desktop/0012-dial-up.ts';
import * as orderOutcome from '../../migrations/desktop/0013-order-outcome.ts';
import * as searchMerging from '../../migrations/desktop/0014-search-merging.ts';
import { DatabaseTooNew } from './database-errors.ts';
import type { DesktopTables } from './tables.ts';

export type Migrations = Readonly<Record<string, Migration>>;

export const desktopMigrations: Migrations = {
  '0001-calls': calls,
  '0002-hub-cache': hubCache,
  '0003-history-search': historySearch,
  '0004-open-dialogs': openDialogs,
  '0005-transferred-calls': transferredCalls,
  '0006-people': people,
  '0007-records': records,
  '0008-sync': sync,
  '0009-call-forms': callForms,
  '0010-call-form': callForm,
  '0011-unsaved-texts': unsavedTexts,
  '0012-dial-up': dialUp,
  '0013-order-outcome': orderOutcome,
  '0014-search-merging': searchMerging,
};

/**
 * Applies what is missing. Each migration, and the note that it was applied, is one transaction: Kysely's migrator
 * makes none on SQLite. A failure leaves the database as the last whole migration left it.
 * @throws the migration's own error
 */
export async function migrateToLatest(
  sqlite: Sqlite,
  kysely: Kysely<DesktopTables>,
  migrations: Migrations,
): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => ({ ...migrations }) } });
  for (;;) {
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      const { error, results } = await migrator.migrateUp();
      if (error !== undefined) throw error;
      sqlite.exec('COMMIT');
      if (!results || results.length === 0) return;
    } catch (error) {
      if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
      throw error;
    }
  }
}

/**
 * Looks at a database opened for reading only.
 * @throws DatabaseTooNew where a migration was applied that this version does not know
 */
export function refuseNewer(sqlite: Sqlite, migrations: Migrations): void {
  const noted = sqlite
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'kysely_migration'",
    )
    .get();
  if (!noted) return;
  const applied = sqlite.prepare<[], { name: string }>('SELECT name FROM kysely_migration').all();
  const unknown = applied.map((row) => row.name).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) throw new DatabaseTooNew(sqlite.name, unknown);
}
