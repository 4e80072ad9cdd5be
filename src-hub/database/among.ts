// "One of these" with one parameter however many there are: the text of the statement stays the same, and neither database
// plans it anew for each length. Called by stores that look up a thousand at once.
import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { HubDatabase } from './open-database.ts';

/** @param column of texts, such as `record.external_id`. */
export function among(db: HubDatabase, column: string, values: readonly string[]): RawBuilder<boolean> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    return sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`;
  }
  return sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}
