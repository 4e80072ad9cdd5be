// A practice hub for all tests of a file, since each start hashes four passwords; on PostgreSQL where given one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabasePlace } from '../../../src-hub/database/open-database.ts';
import { startHub } from '../../../src-hub/hub.ts';
import type { HubClock } from '../../../src-hub/hub-clock.ts';
import { KeptLog } from '../support.ts';

export interface LongLivedHub {
  readonly url: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** Undefined for SQLite in the data directory. */
  readonly database: DatabasePlace | undefined;
  readonly log: KeptLog;
  end(): Promise<void>;
}

/** @param postgresUrl undefined for SQLite. */
export async function startLongLivedHub(
  postgresUrl?: string,
  options: { clock?: HubClock } = {},
): Promise<LongLivedHub> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'offhook-hub-'));
  const log = new KeptLog();
  const database = postgresUrl === undefined ? undefined : { postgres: postgresUrl };
  const hub = await startHub({
    host: '127.0.0.1',
    preferredPort: 0,
    practice: true,
    log,
    environment: {},
    dataDirectory,
    ...options,
    ...(database ? { database } : {}),
  });
  return {
    url: hub.url,
    port: hub.port,
    dataDirectory,
    database,
    log,
    async end() {
      await hub.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
