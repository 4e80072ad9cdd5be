// Whether the database answers, for /ready. A database that hangs counts as one that does not.
import { sql } from 'kysely';
import type { HubDatabase } from './open-database.ts';

/** Never rejects. @param withinMs how long an answer may take. */
export async function databaseAnswers(db: HubDatabase, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs);
  });
  const asked = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
