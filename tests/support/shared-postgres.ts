// Databases on the PostgreSQL server that all test files of a run share (postgres-for-all.ts): for what runs on both
// databases. A test that stops its server, or counts on its names, starts one of its own (postgres-server.ts).
import { inject } from 'vitest';

export interface SharedPostgres {
  /** Makes a database with the hub's tables; returns its `postgresql://` address. */
  newHubDatabase(): Promise<string>;
}

/** @returns null where this computer cannot run PostgreSQL; why is printed. @throws where it fails later */
export async function sharedPostgres(): Promise<SharedPostgres | null> {
  const first = await ask();
  if (first === null) return null;
  const unused = [first];
  return {
    async newHubDatabase() {
      const address = unused.pop() ?? (await ask());
      if (address === null) throw new Error('PostgreSQL has started a moment ago');
      return address;
    },
  };
}

async function ask(): Promise<string | null> {
  const response = await fetch(inject('postgresForAll'));
  const said = await response.text();
  if (response.status === 503) return null;
  if (!response.ok) throw new Error(`No database was made: ${said}`);
  return said;
}
