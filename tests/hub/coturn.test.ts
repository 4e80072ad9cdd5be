// The hub's TURN credentials at a real coturn (Debian's), on this computer only: with them sound is relayed, with a
// word of them changed nothing is allocated. Skipped, with the reason printed, where coturn is not installed.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { signInDesktop, startTestHub, temporaryFolder } from './support.ts';

const turnSecret = 'shared by hub and coturn';
const slowMs = 60_000;

function coturnIsHere(): boolean {
  const found = ['turnserver', 'turnutils_uclient'].every(
    (program) => spawnSync('which', [program]).status === 0,
  );
  if (!found) process.stderr.write('coturn is not installed here (Debian: coturn), its test is skipped.\n');
  return found;
}

/** Started on a port that is likely free. @returns the port. */
async function startCoturn(): Promise<number> {
  const folder = await temporaryFolder();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn('turnserver', [
    '-n',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--min-port=41000',
    '--max-port=41999',
    '--allow-loopback-peers',
    '--no-tls',
    '--no-dtls',
    '--no-cli',
    '--no-rfc5780',
    '--use-auth-secret',
    `--static-auth-secret=${turnSecret}`,
    '--realm=hub.example.org',
    `--pidfile=${join(folder, 'pid')}`,
    `--userdb=${join(folder, 'userdb')}`,
    '--log-file=stdout',
  ]);
  server.stdout.resume();
  onTestFinished(async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  });
  await eventually('coturn answers', () => answersBinding(port));
  return port;
}

/** STUN's simplest question (RFC 8489 6): a binding request without attributes. */
async function answersBinding(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
  try {
    socket.send(request, port, '127.0.0.1');
    await once(socket, 'message', { signal: AbortSignal.timeout(200) });
    return true;
  } finally {
    socket.close();
  }
}

/** Two clients that send to each other through the relay only. */
async function relay(port: number, username: string, password: string) {
  const access = ['-p', String(port), '-u', username, '-w', password];
  const client = spawn('turnutils_uclient', [...access, '-n', '3', '-m', '1', '-y', '127.0.0.1']);
  onTestFinished(() => void client.kill('SIGKILL'));
  let said = '';
  for (const stream of [client.stdout, client.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  }
  await Promise.race([
    once(client, 'close'),
    eventually('it gives up', () => said.includes('Cannot complete Allocation'), 40_000),
  ]);
  return said;
}

describe.skipIf(!coturnIsHere())('a TURN server that shares its secret with the hub', () => {
  it(
    'relays for whoever shows the credentials that the hub gave, and for nobody else',
    async () => {
      const port = await startCoturn();
      const turnUrls = [`turn:127.0.0.1:${port}?transport=udp`];
      const hub = await startTestHub({ ice: { stunUrls: [], turnUrls, turnSecret } });
      const { client } = await signInDesktop(hub);
      const [server] = (await client.call('ice.servers', null)).servers;
      const { username = '', credential = '' } = server ?? {};
      expect(await relay(port, username, credential)).toContain('Total lost packets 0 (0.0');
      const prolonged = username.replace(/^\d+/, (seconds) => String(Number(seconds) + 3_600));
      expect(await relay(port, prolonged, credential)).toContain('Cannot complete Allocation');
    },
    slowMs,
  );
});
