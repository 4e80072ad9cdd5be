// One PostgreSQL server for all test files of a run, started when the first of them asks (shared-postgres.ts) and stopped
// when all are done. Vitest's global set-up of the project `node` (vitest.config.ts).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres, unsafe } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a GET answers with the address of a new database that has the hub's tables; 503 where PostgreSQL cannot run. */
    postgresForAll: string;
  }
}

/** Hubs hold ten connections each, and four files run at a time. */
const room = ['-c', 'max_connections=400'];

export default async function postgresForAll(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer | null> | null = null;
  const desk = createServer((_request, response) => {
    started ??= startPostgres([...unsafe, ...room]);
    started
      .then(async (server) => {
        response.statusCode = server === null ? 503 : 200;
        response.end(await server?.newHubDatabase());
      })
      .catch((error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      });
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('postgresForAll', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.closeAllConnections();
    await new Promise((resolve) => desk.close(resolve));
    await (await started)?.stop();
  };
}
