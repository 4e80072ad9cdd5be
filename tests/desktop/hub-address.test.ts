// The address of the team server: how it may be written, what is in the way where it cannot be used, and what changes
// when it can. Real sockets; hubs and strangers on this computer.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { HubTrouble } from '#shared/desktop/hub-address-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { readHubAddress } from '../../src-main/hub-link/hub-address.ts';
import { createHubAddressService } from '../../src-main/hub-link/hub-address-service.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { probeHub } from '../../src-main/hub-link/probe-hub.ts';
import { createSettingsService } from '../../src-main/settings/settings-service.ts';
import { startTestHub, temporaryFolder, upgradeStatus } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { certificatesCanBeMade, selfSignedCertificate } from '../support/team-hub.ts';

describe('the address of a team server', () => {
  it.each([
    ['wss://hub.example.org', 'wss://hub.example.org'],
    ['  hub.example.org ', 'wss://hub.example.org'],
    ['hub.example.org:8470', 'wss://hub.example.org:8470'],
    ['https://hub.example.org/setup', 'wss://hub.example.org'],
    ['wss://hub.example.org/hub/', 'wss://hub.example.org'],
    ['WSS://Hub.Example.org:443', 'wss://hub.example.org'],
    ['ws://127.0.0.1:8470', 'ws://127.0.0.1:8470'],
    ['localhost:8470', 'ws://localhost:8470'],
    ['http://[::1]:8470', 'ws://[::1]:8470'],
    ['10.1.2.3', 'wss://10.1.2.3'],
  ])('%s is read as %s', (written, url) => {
    expect(readHubAddress(written)).toEqual({ url });
  });

  it.each(['', 'wss://', 'ftp://hub.example.org', 'hub example', 'wss://me:secret@hub.example.org'])(
    '%s is none',
    (written) => expect(readHubAddress(written)).toEqual({ refusal: 'addressInvalid' }),
  );

  it.each(['ws://hub.example.org', 'http://10.1.2.3:8470', 'ws://127.0.0.1.example.org'])(
    '%s is refused, since a password would go there unprotected',
    (written) => expect(readHubAddress(written)).toEqual({ refusal: 'addressNotEncrypted' }),
  );
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that opens WebSockets and answers their upgrade with these headers, but is no hub. */
async function webSocketServer(headers: Record<string, string>): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  onTestFinished(() => sockets.close());
  sockets.on('headers', (lines: string[], _: IncomingMessage) => {
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  });
  sockets.on('connection', (ws) =>
    ws.on('message', () => ws.send('{"kind":"reply","id":1,"payload":"hello"}')).send('who is there?'),
  );
  return await listening(server);
}

async function httpAnswering(status: number, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer();
  server.on('upgrade', (_, socket) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(
      `HTTP/1.1 ${status} Refused\r\n${lines.join('')}Content-Length: 0\r\nConnection: close\r\n\r\n`,
    );
  });
  return await listening(server);
}

describe('a server that is asked whether it is a hub', () => {
  const log = recordingLog();

  it('is one where a hub answers', async () => {
    const hub = await startTestHub();
    expect(await probeHub(hub.url, log)).toBeNull();
  });

  it.each<[string, HubTrouble, () => Promise<string>]>([
    ['nothing listens', 'notReachable', async () => '127.0.0.1:1'],
    ['a gateway has no hub behind it', 'notReachable', () => httpAnswering(502)],
    ['a web server knows no such page', 'notAHub', () => httpAnswering(404)],
    [
      'something speaks no HTTP',
      'notAHub',
      () => listening(createTcpServer((socket) => socket.end('220 mail\r\n'))),
    ],
    [
      'a hub has gone on to a newer contract',
      'desktopTooOld',
      () => httpAnswering(426, { [contractHeader]: '999' }),
    ],
    ['a newer hub opens all the same', 'desktopTooOld', () => webSocketServer({ [contractHeader]: '999' })],
    ['an older hub opens all the same', 'hubTooOld', () => webSocketServer({ [contractHeader]: '1' })],
    ['a WebSocket server of another kind opens', 'notAHub', () => webSocketServer({})],
    ['the version is none', 'notAHub', () => webSocketServer({ [contractHeader]: 'soon' })],
  ])('is none where %s: %s', async (_, trouble, start) => {
    expect(await probeHub(`ws://${await start()}`, log)).toBe(trouble);
  });

  it.skipIf(!certificatesCanBeMade())('is not trusted with a certificate that it signed itself', async () => {
    const files = selfSignedCertificate(await temporaryFolder());
    const secure = createSecureServer({
      cert: readFileSync(files.certificate),
      key: readFileSync(files.key),
    });
    expect(await probeHub(`wss://${await listening(secure)}`, log)).toBe('certificateNotTrusted');
    const plain = await httpAnswering(404);
    expect(await probeHub(`wss://${plain}`, log)).toBe('notAHub');
  });

  it('refuses a desktop of another version with the status that tells it so', async () => {
    const hub = await startTestHub();
    const other = { [contractHeader]: String(contractVersion + 1) };
    expect(await upgradeStatus(`${hub.url}/hub`, { headers: other })).toBe(426);
    expect(await upgradeStatus(`${hub.url}/hub`, { headers: { [contractHeader]: 'x' } })).toBe(426);
  });
});

describe('choosing a team server', () => {
  function desk(override: string | null = null, stored: Record<string, unknown> = {}) {
    const file = new Map<string, unknown>(Object.entries(stored));
    const settings = createSettingsService(
      { get: (key) => file.get(key), set: (key, value) => void file.set(key, value) },
      'en',
      () => '4f6c1f64-5717-4562-b3fc-2c963f66afa6',
    );
    const log = recordingLog();
    const hub = createHubLink(log);
    const practice: string[] = [];
    const state = { signedIn: false };
    const service = createHubAddressService({
      hub,
      settings,
      override,
      probe: (url) => probeHub(url, log),
      trustSystem: () => practice.push('trusted'),
      startPracticeHub(onListening) {
        practice.push('started');
        void startTestHub().then(({ url }) => onListening(url));
        return {
          stop: async () => void practice.push('stopped'),
        };
      },
      signedIn: () => state.signedIn,
    });
    onTestFinished(async () => {
      hub.close();
      await service.stop();
    });
    const online = () => eventually('the hub answers', () => hub.view().state === 'online');
    return { service, hub, settings, practice, state, online };
  }

  it('moves there at once, remembers it, and ends the practice hub, which runs only where none is chosen', async () => {
    const team = await startTestHub();
    const { service, settings, practice, online, hub } = desk();
    service.start();
    await online();
    await service.choose(`localhost:${team.port}`);
    expect(service.view()).toMatchObject({ address: `ws://localhost:${team.port}` });
    await online();
    expect(settings.local().hubUrl).toBe(`ws://localhost:${team.port}`);
    await team.close();
    await eventually('the link to the team server is lost', () => hub.trouble() === 'notReachable');
    expect(practice).toEqual(['started', 'stopped']);
    await service.choose(null);
    await online();
    expect(settings.local().hubUrl).toBeNull();
    expect(practice).toEqual(['started', 'stopped', 'started']);
  });

  it('changes nothing where the address is refused, nobody answers there, or somebody is signed in', async () => {
    const { service, settings, state, online } = desk();
    service.start();
    await online();
    for (const [address, reason] of [
      ['ws://hub.example.org', 'addressNotEncrypted'],
      ['what is it', 'addressInvalid'],
      ['ws://127.0.0.1:1', 'notReachable'],
    ] as const) {
      await expect(service.choose(address)).rejects.toMatchObject({ reason });
    }
    state.signedIn = true;
    await expect(service.choose('ws://127.0.0.1:1')).rejects.toMatchObject({ reason: 'signedIn' });
    expect(settings.local().hubUrl).toBeNull();
    await online();
  });

  it('is taken up again at the next start, and starts no practice hub then', async () => {
    const team = await startTestHub();
    const { service, practice, online } = desk(null, { local: { hubUrl: team.url } });
    service.start();
    await online();
    expect(practice).toEqual([]);
  });

  it('is not possible where OFFHOOK_HUB_URL has decided', async () => {
    const team = await startTestHub();
    const { service, online } = desk(team.url, { local: { hubUrl: 'wss://hub.example.org' } });
    service.start();
    await online();
    expect(service.view()).toMatchObject({ address: team.url, setByEnvironment: true });
    await expect(service.choose(null)).rejects.toMatchObject({ reason: 'addressFixed' });
  });
});
