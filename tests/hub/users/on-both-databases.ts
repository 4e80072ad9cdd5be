// Runs the same tests of users and teams on SQLite and on PostgreSQL, each with a database of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { openHubDatabase } from '../../../src-hub/database/open-database.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';

export type OpenDatabase = () => ReturnType<typeof openHubDatabase>;

/** Where PostgreSQL cannot run on this computer, why is printed and its tests are skipped. */
export async function onBothDatabases(
  define: (open: OpenDatabase, database: 'SQLite' | 'PostgreSQL') => void,
): Promise<void> {
  const postgres = await sharedPostgres();
  const sqlite = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offhook-users-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return { sqlite: join(folder, 'hub.sqlite') };
  };
  const postgresql = async () => ({ postgres: (await postgres?.newHubDatabase()) ?? '' });
  for (const { name, skip, place } of [
    { name: 'SQLite', skip: false, place: sqlite },
    { name: 'PostgreSQL', skip: postgres === null, place: postgresql },
  ] as const) {
    describe.skipIf(skip)(`on ${name}`, () => {
      define(async () => {
        const db = await openHubDatabase(await place());
        onTestFinished(() => db.destroy());
        return db;
      }, name);
    });
  }
}
