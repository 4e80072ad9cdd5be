// A Kamailio of this machine with the configuration of deploy/kamailio, on a loopback port, for one test. Where there is
// none, `whyNot` says so; nothing is installed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';

const configuration = fileURLToPath(new URL('../../deploy/kamailio/kamailio.cfg', import.meta.url));

/** Null where Kamailio and the modules of the configuration are here. */
export function whyNot(): string | null {
  const check = spawnSync('kamailio', ['-c', '-f', configuration], { encoding: 'utf8' });
  if (check.error) return 'Kamailio is not installed (Debian: kamailio kamailio-websocket-modules)';
  return check.status === 0 ? null : `Kamailio does not take deploy/kamailio/kamailio.cfg: ${check.stderr}`;
}

export interface KamailioServer {
  readonly webSocketUrl: string;
  /** What it has logged. */
  log(): string;
  close(): Promise<void>;
}

export async function startKamailio(options: {
  readonly algorithm: 'SHA-256' | 'MD5';
  readonly users: Readonly<Record<string, string>>;
}): Promise<KamailioServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-kamailio-'));
  const rows = Object.entries(options.users).map(
    ([user, password], index) => `${index + 1}:${user}:0:0:${password}:0`,
  );
  const columns =
    'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)';
  writeFileSync(path.join(folder, 'users'), [columns, ...rows, ''].join('\n'));
  writeFileSync(path.join(folder, 'version'), 'table_name(string) table_version(int)\nusers:2\n');
  const port = await freePort();
  const kamailio = spawn(
    'kamailio',
    [
      ...['-f', configuration, '-A', `WS_PORT=${port}`, '-A', `ALGORITHM="${options.algorithm}"`],
      ...['-A', `USERS="text://${folder}"`],
      ...['-DD', '-E', '-m', '32', '-M', '4', '-Y', folder, '-w', folder],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  kamailio.stderr.on('data', (data: Buffer) => {
    log += data.toString();
  });
  const exited = once(kamailio, 'exit');
  await eventually('Kamailio answers', async () => {
    if (kamailio.exitCode !== null) throw new Error(log);
    const { status } = await fetch(`http://127.0.0.1:${port}/`);
    return status === 404;
  });
  return {
    webSocketUrl: `ws://127.0.0.1:${port}/sip`,
    log: () => log,
    async close() {
      kamailio.kill('SIGTERM');
      const insist = setTimeout(() => kamailio.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(insist);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
