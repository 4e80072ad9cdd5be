// The team's hub as a process of its own, as `npm run hub` runs it, for the tests that look at it from outside, and a
// self-signed certificate for its TLS.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.ts';
import { hubServerProgram } from './hub-programs.ts';

const root = resolve(import.meta.dirname, '../..');

export interface HubProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  out(): string;
  err(): string;
}

export interface ListeningHub extends HubProcess {
  /** ws: or wss: address. */
  readonly url: string;
  /** http: or https: address. */
  readonly web: string;
  readonly port: number;
  /** Null where there is a super admin already. */
  readonly setupCode: string | null;
}

/** Runs the hub. Whoever calls this ends it. */
export function runHubServer(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): HubProcess {
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(node, [hubServerProgram, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on('data', (data: Buffer) => out.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => err.push(data.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { child, exited, out: () => out.join(''), err: () => err.join('') };
}

export async function listeningHub(
  dataDirectory: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<ListeningHub> {
  const hub = runHubServer([`--data-directory=${dataDirectory}`, '--port=0', ...args], environment);
  const url = await eventually(
    'the hub listens',
    () => {
      if (hub.child.exitCode !== null) throw new Error(`The hub ended: ${hub.err()}`);
      return /^Offhook hub: (\S+)\n/m.exec(hub.out())?.[1];
    },
    20_000,
  ).catch((error: unknown) => {
    // Whoever asked has nothing to end it by.
    hub.child.kill('SIGKILL');
    throw error;
  });
  const setupCode = /^ {2}([A-Z0-9]{4}(?:-[A-Z0-9]{4}){4})$/m.exec(hub.out())?.[1] ?? null;
  return { ...hub, url, web: url.replace(/^ws/, 'http'), port: Number(new URL(url).port), setupCode };
}

export const firstAdmin = {
  username: 'operator',
  password: 'a long enough password',
  displayName: 'Kim Operator',
} as const;

/** Sets a new hub up as an operator's script would. */
export async function setUpHub(hub: ListeningHub): Promise<void> {
  const answer = await fetch(`${hub.web}/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...firstAdmin, code: hub.setupCode }),
  });
  if (answer.status !== 201) throw new Error(`Set-up ended with ${answer.status}: ${await answer.text()}`);
}

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Made by openssl for localhost and 127.0.0.1, signed by itself. @param folder where its two files go. */
export function selfSignedCertificate(folder: string): CertificateFiles {
  const made = mkdtempSync(join(folder, 'certificate-'));
  const files = { certificate: join(made, 'certificate.pem'), key: join(made, 'key.pem') };
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const request = ['req', '-x509', ...kind, '-subj', '/CN=localhost', '-addext', names];
  execFileSync('openssl', [...request, '-keyout', files.key, '-out', files.certificate], { stdio: 'pipe' });
  return files;
}

/** False where there is no openssl, with the reason printed: what needs a certificate is skipped. */
export function certificatesCanBeMade(): boolean {
  try {
    selfSignedCertificate(mkdtempSync(join(tmpdir(), 'offhook-openssl-')));
    return true;
  } catch (error) {
    process.stderr.write(`No certificate can be made here, tests of TLS are skipped: ${String(error)}\n`);
    return false;
  }
}
