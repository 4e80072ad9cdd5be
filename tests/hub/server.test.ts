// The team's hub as a process of its own: from the first start to the orderly stop, and every way in which it refuses
// to start. Spawned, spoken to over real sockets, ended by signals.
import { once } from 'node:events';
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { hubContract } from '#shared/hub/hub-contract.ts';
import { connect } from '#shared/wire/connect.ts';
import { readServerSettings } from '../../src-hub/server-settings.ts';
import { SettingWrong } from '../../src-hub/setting-wrong.ts';
import { webSocketPort } from '../../src-hub/wire/web-socket-port.ts';
import { eventually } from '../support/eventually.ts';
import {
  certificatesCanBeMade,
  firstAdmin,
  type HubProcess,
  listeningHub,
  runHubServer,
  selfSignedCertificate,
  setUpHub,
} from '../support/team-hub.ts';
import {
  KeptLog,
  openDesktop,
  ourVersion,
  signInDesktop,
  temporaryFolder,
  upgradeStatus,
  wholeSignIn,
} from './support.ts';

const slowMs = 60_000;
const signInAs = ({ username, password }: typeof firstAdmin) => ({
  username,
  password,
  accountType: 'superAdmin' as const,
});

function ended<T extends HubProcess>(hub: T): T {
  onTestFinished(async () => {
    hub.child.kill('SIGKILL');
    await hub.exited;
  });
  return hub;
}

async function startServer(args: readonly string[] = [], environment: Record<string, string> = {}) {
  const dataDirectory = await temporaryFolder();
  const hub = ended(await listeningHub(dataDirectory, args, environment));
  return { ...hub, dataDirectory };
}

function post(web: string, body: object, headers: Record<string, string> = {}) {
  return fetch(`${web}/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('a new hub', { timeout: slowMs }, () => {
  it('is set up once, by the code on its console, and its super admin signs in with a working extension', async () => {
    const hub = await startServer();
    expect(hub.setupCode).not.toBeNull();
    const body = { ...firstAdmin, code: hub.setupCode };

    const { client } = await openDesktop(hub);
    expect(await client.call('hub.describe', null)).toMatchObject({ practice: false, sampleAccounts: [] });
    await expect(signInDesktop(hub, signInAs(firstAdmin))).rejects.toMatchObject({
      reason: 'wrongCredentials',
    });

    const wrong = await post(hub.web, { ...body, code: 'AAAA-AAAA-AAAA-AAAA-AAAA' });
    expect([wrong.status, await wrong.json()]).toMatchObject([403, { refused: 'codeWrong' }]);
    const short = await post(hub.web, { ...body, password: 'eleven char' });
    expect([short.status, await short.json()]).toMatchObject([400, { refused: 'passwordTooShort' }]);
    const malformed = await post(hub.web, { code: hub.setupCode });
    expect([malformed.status, await malformed.json()]).toMatchObject([400, { refused: 'malformed' }]);

    const answers = await Promise.all([post(hub.web, body), post(hub.web, { ...body, username: 'second' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const again = await post(hub.web, body);
    expect([again.status, await again.json()]).toMatchObject([409, { refused: 'setupDone' }]);

    const made = answers[0].status === 201 ? 'operator' : 'second';
    const { client: boss, session } = await signInDesktop(hub, { ...signInAs(firstAdmin), username: made });
    const all = { beforeId: null, limit: 9, text: '', actorId: null, projectId: null };
    expect((await boss.call('admin.audit.list', all)).entries).toMatchObject([
      { action: 'user.add', actor: { kind: 'console' }, subject: { id: session.user.userId } },
    ]);
    expect(session.user).toMatchObject({ username: made, displayName: 'Kim Operator', extension: '201' });
    expect(session.sip).toMatchObject({ webSocketUrl: `${hub.url}/sip`, uri: 'sip:201@hub.offhook.invalid' });
    expect(hub.err()).not.toContain(firstAdmin.password);
    expect(hub.err()).not.toContain('Kim');
    expect(hub.err()).not.toContain(hub.setupCode);
  });

  it('shows a form for the same, in the browser’s language, without script', async () => {
    const hub = await startServer();
    const page = await fetch(`${hub.web}/setup`, { headers: { 'accept-language': 'de-DE,de;q=0.9' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('Diesen Offhook-Hub einrichten');
    expect(html).not.toContain('<script');

    const submit = (form: Record<string, string>, origin: string) =>
      fetch(`${hub.web}/setup`, { method: 'POST', headers: { origin }, body: new URLSearchParams(form) });
    const form = { code: hub.setupCode?.toLowerCase().replaceAll('-', ' ') ?? '', ...firstAdmin };
    expect((await submit(form, 'https://example.com')).status).toBe(403);
    const refused = await submit({ ...form, username: '"><b>x' }, hub.web);
    expect(refused.status).toBe(400);
    const shown = await refused.text();
    expect(shown).toContain('A username has 2 to 64 letters');
    expect(shown).not.toContain('<b>');
    const made = await submit(form, hub.web);
    expect(made.status).toBe(201);
    expect(await made.text()).toContain(hub.url);
    expect((await fetch(`${hub.web}/setup`)).status).toBe(409);
  });

  it('has none of the accounts and calls of practice mode; started again it knows its super admin, and prints no code', async () => {
    const first = await startServer();
    await expect(signInDesktop(first)).rejects.toMatchObject({ reason: 'wrongCredentials' });
    await setUpHub(first);
    const { client } = await signInDesktop(first, signInAs(firstAdmin));
    await expect(client.call('practice.call', { kind: 'knownCustomer' })).rejects.toMatchObject({
      reason: 'notPractice',
    });
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const second = ended(await listeningHub(first.dataDirectory));
    expect(second.setupCode).toBeNull();
    await signInDesktop(second, signInAs(firstAdmin));
    expect(statSync(join(first.dataDirectory, 'hub.sqlite')).mode & 0o777).toBe(0o600);
  });
});

describe('whoever watches over a hub', { timeout: slowMs }, () => {
  it('is told that it lives, that it is ready, and how it fares, without a word about people', async () => {
    const hub = await startServer();
    await setUpHub(hub);
    await signInDesktop(hub, signInAs(firstAdmin));
    expect(await (await fetch(`${hub.web}/health`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${hub.web}/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    const metrics = await (await fetch(`${hub.web}/metrics`)).text();
    expect(metrics).toMatch(/^offhook_connections\{wire="hub"\} 1$/m);
    expect(metrics).toMatch(/^offhook_signed_in_connections 1$/m);
    expect(metrics).toMatch(/^offhook_database_query_seconds_count\{kind="select"\} [1-9]/m);
    // Voicemail and echo.
    await eventually('both media ends are registered', async () =>
      /^offhook_registrations 3$/m.test(await (await fetch(`${hub.web}/metrics`)).text()),
    );
    for (const name of [
      'nodejs_eventloop_lag_seconds',
      'process_resident_memory_bytes',
      'offhook_offers_total',
    ])
      expect(metrics).toContain(name);
    for (const personal of ['operator', 'Kim', '127.0.0.1', '201']) {
      const labels = metrics.match(/\{[^}]*\}/g)?.join(' ') ?? '';
      expect(labels).not.toContain(personal);
    }
  });

  it('reads the metrics from elsewhere with the token only', async () => {
    const hub = await startServer(['--trusted-proxies=loopback'], {
      OFFHOOK_HUB_METRICS_TOKEN: 'of-the-scraper',
    });
    const from = (headers: Record<string, string>) => fetch(`${hub.web}/metrics`, { headers });
    const elsewhere = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
    expect((await from({})).status).toBe(200);
    expect((await from(elsewhere)).status).toBe(401);
    expect((await from({ ...elsewhere, authorization: 'Bearer guessed' })).status).toBe(401);
    expect((await from({ ...elsewhere, authorization: 'Bearer of-the-scraper' })).status).toBe(200);
  });
});

describe('a hub that is told to stop', { timeout: slowMs }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s tells its desktops, closes and ends with 0',
    async (signal) => {
      const hub = await startServer();
      const { client, closed } = await openDesktop(hub);
      let told = false;
      client.on('hub.stopping', () => {
        told = true;
      });
      await client.call('hub.describe', null);
      hub.child.kill(signal);
      expect(await closed).toBe(1012);
      expect(told).toBe(true);
      expect(await hub.exited).toBe(0);
      await expect(fetch(`${hub.web}/health`)).rejects.toThrow();
    },
  );
});

describe('a hub behind a proxy', { timeout: slowMs }, () => {
  const forwarded = {
    'x-forwarded-for': '198.51.100.4, 203.0.113.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'hub.example.org',
  };

  it('sends desktops to SIP by the name and scheme that they came by, refuses what came to the proxy unencrypted, and answers too many requests of one address with 429, others all the same', async () => {
    const hub = await startServer(['--trusted-proxies=loopback']);
    await setUpHub(hub);
    const ws = new WebSocket(`${hub.url}/hub`, { headers: { ...ourVersion, ...forwarded } });
    await once(ws, 'open');
    onTestFinished(() => ws.terminate());
    const client = connect(hubContract, webSocketPort(ws), new KeptLog());
    const session = wholeSignIn(
      await client.call('session.signIn', { ...signInAs(firstAdmin), deviceId: 'd' }),
    );
    expect(session.sip.webSocketUrl).toBe('wss://hub.example.org/sip');

    const plain = { ...forwarded, 'x-forwarded-proto': 'http' };
    expect(await upgradeStatus(`${hub.url}/hub`, { headers: plain })).toBe(403);
    expect((await fetch(`${hub.web}/setup`, { headers: plain })).status).toBe(403);

    const from = async (address: string) =>
      (await fetch(`${hub.web}/setup`, { headers: { ...forwarded, 'x-forwarded-for': address } })).status;
    const statuses: number[] = [];
    for (let count = 0; count < 21; count += 1) statuses.push(await from('203.0.113.9'));
    // It is set up already.
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(409));
    expect(statuses[20]).toBe(429);
    expect(await from('203.0.113.8')).toBe(409);
  });

  it('refuses what a proxy hands on that nobody named: it could hide anybody', async () => {
    const unnamed = await startServer();
    expect(await upgradeStatus(`${unnamed.url}/hub`, { headers: forwarded })).toBe(403);
    expect((await fetch(`${unnamed.web}/metrics`, { headers: forwarded })).status).not.toBe(200);
    const handedOn = { headers: { 'x-forwarded-for': '127.0.0.1' } };
    expect((await fetch(`${unnamed.web}/metrics`, handedOn)).status).toBe(401);
  });
});

describe.skipIf(!certificatesCanBeMade())('a hub with TLS', { timeout: slowMs }, () => {
  it('speaks wss: and https: only, and takes up a renewed certificate on SIGHUP', async () => {
    const folder = await temporaryFolder();
    const files = selfSignedCertificate(folder);
    const hub = await startServer([`--tls-certificate=${files.certificate}`, `--tls-key=${files.key}`]);
    expect(hub.url).toMatch(/^wss:/);
    const ca = readFileSync(files.certificate, 'utf8');
    const ws = new WebSocket(`${hub.url}/hub`, { ca, headers: ourVersion });
    await once(ws, 'open');
    const client = connect(hubContract, webSocketPort(ws), new KeptLog());
    expect(await client.call('hub.describe', null)).toMatchObject({ practice: false });
    ws.close();
    const untrusting = new WebSocket(`${hub.url}/hub`);
    const [error] = (await once(untrusting, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await secureGet(`${hub.web}/health`, ca)).toMatchObject({
      status: 200,
      transportSecurity: expect.stringContaining('max-age'),
    });
    await expect(fetch(hub.web.replace('https', 'http'))).rejects.toThrow();

    const before = await fingerprint(hub.port);
    const renewed = selfSignedCertificate(folder);
    copyFileSync(renewed.certificate, files.certificate);
    copyFileSync(renewed.key, files.key);
    hub.child.kill('SIGHUP');
    await eventually('the new certificate is shown', async () => (await fingerprint(hub.port)) !== before);
    hub.child.kill('SIGTERM');
    expect(await hub.exited).toBe(0);
  });

  it('does not start with a key of another certificate', async () => {
    const folder = await temporaryFolder();
    const [one, other] = [selfSignedCertificate(folder), selfSignedCertificate(folder)];
    const hub = ended(
      runHubServer([
        `--data-directory=${folder}`,
        '--port=0',
        `--tls-certificate=${one.certificate}`,
        `--tls-key=${other.key}`,
      ]),
    );
    expect(await hub.exited).toBe(1);
    expect(hub.err()).toContain('cannot be used together');
  });
});

describe('a hub that cannot start says why', { timeout: slowMs }, () => {
  it('where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const hub = ended(runHubServer([`--data-directory=${await temporaryFolder()}`, `--port=${port}`]));
    expect(await hub.exited).toBe(1);
    expect(hub.err()).toContain('The port is taken');
  });

  it.each([
    ['postgresql://hub:not-to-be-told@127.0.0.1:1/hub', 'nothing listens there'],
    ['not-to-be-told', 'DATABASE_URL is no address of a PostgreSQL database'],
  ])('where DATABASE_URL is %s', async (url, words) => {
    const hub = ended(runHubServer([`--data-directory=${await temporaryFolder()}`], { DATABASE_URL: url }));
    expect(await hub.exited).toBe(1);
    expect(hub.err()).toContain(words);
    expect(hub.err() + hub.out()).not.toContain('not-to-be-told');
  });

  it.each([
    [['--port=eighty'], '--port (or OFFHOOK_HUB_PORT) is "eighty"'],
    [['--colour=blue'], "Unknown option '--colour'"],
    [['--tls-key=key.pem'], 'needs both --tls-certificate and --tls-key'],
    [['--tls-certificate=absent.pem', '--tls-key=absent.pem'], 'cannot be read (ENOENT)'],
    [['--public-url=https://hub.example.org'], 'wss:// address'],
    [['--turn-urls=turn.example.org'], 'turn: and turns: addresses'],
    [['--turn-urls=turn:turn.example.org'], 'OFFHOOK_HUB_TURN_SECRET'],
    [['--relay-only=yes'], '--turn-urls'],
  ])('where a setting is wrong: %s', (args, words) => {
    const read = () => readServerSettings(args, {});
    expect(read).toThrow(SettingWrong);
    expect(read).toThrow(words);
  });

  it.each([
    ['--port=eighty', '--port (or OFFHOOK_HUB_PORT) is "eighty"'],
    ['--host=0.0.0.0', 'passwords would cross the network in the clear'],
    ['--trusted-proxies=proxy.example.org', 'is no address or network of a proxy'],
  ])('in words, without where in the program, and ends with 2: %s', async (arg, words) => {
    const hub = ended(runHubServer([`--data-directory=${await temporaryFolder()}`, arg]));
    expect(await hub.exited).toBe(2);
    expect(hub.err()).toContain(words);
    expect(hub.err()).not.toContain('    at ');
  });

  it('and what it takes, when asked', async () => {
    const hub = ended(runHubServer(['--help']));
    expect(await hub.exited).toBe(0);
    for (const word of ['--tls-certificate', 'OFFHOOK_HUB_PORT', 'DATABASE_URL'])
      expect(hub.out()).toContain(word);
  });
});

function secureGet(url: string, ca: string) {
  return new Promise<{ status: number | undefined; transportSecurity: string | undefined }>(
    (resolve, reject) => {
      request(url, { agent: new Agent({ ca }) }, (response) => {
        response.resume();
        const transportSecurity = response.headers['strict-transport-security'];
        resolve({ status: response.statusCode, transportSecurity });
      })
        .once('error', reject)
        .end();
    },
  );
}

function fingerprint(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const certificate: PeerCertificate = socket.getPeerCertificate();
      socket.destroy();
      resolve(certificate.fingerprint256);
    });
    socket.once('error', reject);
  });
}
