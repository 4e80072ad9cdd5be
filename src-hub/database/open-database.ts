// Opens the hub's database, a SQLite file or PostgreSQL, refuses one from a newer version untouched, and brings an
// older one up to date. Called by compose.ts; no store opens anything itself.
import { Kysely, type LogEvent } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { hubMigrations } from '../../migrations/hub/all-migrations.ts';
import type { HubLog } from '../hub-log.ts';
import { openSqlite } from './sqlite-database.ts';
import type { HubTables } from './tables.ts';

export type HubDatabase = Kysely<HubTables>;

/** Where the hub keeps what it knows: one file, or a PostgreSQL server (`postgresql://user:password@host/database`). */
export type DatabasePlace = { readonly sqlite: string } | { readonly postgres: string };

export interface OpenDatabaseOptions {
  /** For tests: the last migration to run; all where it is left out. */
  readonly upTo?: string;
  /** Told of every query; `kind` is its first word, such as `select`. */
  queryEnded?(kind: string, durationMs: number, failed: boolean): void;
  readonly log?: HubLog;
}

/**
 * @throws DatabaseTooNew, DatabaseUnusable (both in words for the operator); errors of SQLite where the file cannot be
 * opened or is no database.
 */
export async function openHubDatabase(
  place: DatabasePlace,
  options: OpenDatabaseOptions = {},
): Promise<HubDatabase> {
  const known = Object.keys(hubMigrations);
  const dialect =
    'sqlite' in place
      ? openSqlite(place.sqlite, known)
      : await openPostgresAt(place.postgres, known, options.log ?? null);
  const { queryEnded } = options;
  const db = new Kysely<HubTables>({
    dialect,
    ...(queryEnded ? { log: (event: LogEvent) => tellQuery(event, queryEnded) } : {}),
  });
  try {
    await migrate(db, options.upTo);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** Loaded only where it is wanted: a practice hub starts without PostgreSQL's driver. */
async function openPostgresAt(url: string, known: readonly string[], log: HubLog | null) {
  const { openPostgres } = await import('./postgres-database.ts');
  return await openPostgres(url, known, log);
}

async function migrate(db: HubDatabase, upTo: string | undefined): Promise<void> {
  const migrations: Record<string, Migration> = { ...hubMigrations };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest();
  if (error) throw error;
}

const kinds: Readonly<Record<string, string>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
};

function tellQuery(event: LogEvent, queryEnded: NonNullable<OpenDatabaseOptions['queryEnded']>): void {
  queryEnded(kinds[event.query.query.kind] ?? 'other', event.queryDurationMillis, event.level === 'error');
}
