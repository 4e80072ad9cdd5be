// The hub's TURN credentials at a real coturn (Debian's), on this computer only: with them sound is relayed, with a
// word of them changed nothing is allocated; and a whole call of the phone window that goes through it and no other way.
// Skipped, with the reason printed, where coturn (for the call: or Chromium) is not installed.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import type { TelephonyFact } from '../../src-main/calls/telephony-port.ts';
import { createIceServers } from '../../src-main/session/ice-servers.ts';
import { createAudioDevices } from '../../src-main/telephony/audio-devices.ts';
import { createMediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone } from '../../src-main/telephony/sip-phone.ts';
import { eventually } from '../support/eventually.ts';
import { listen } from '../support/listening.ts';
import { bundlePhonePage, hasChromium, openPhonePage } from '../support/phone-page.ts';
import { recordingLog } from '../support/recording-log.ts';
import { clerk, signInDesktop, startTestHub, temporaryFolder } from './support.ts';

const turnSecret = 'shared by hub and coturn';
const slowMs = 60_000;
const toneHz = 440;
/** A tone that is clearly there, dBFS at its own frequency. */
const clearDb = -45;

function coturnIsHere(): boolean {
  const found = ['turnserver', 'turnutils_uclient'].every(
    (program) => spawnSync('which', [program]).status === 0,
  );
  if (!found) process.stderr.write('coturn is not installed here (Debian: coturn), its test is skipped.\n');
  return found;
}

interface Coturn {
  readonly port: number;
  said(): string;
}

/** Started on a port that is likely free. */
async function startCoturn(): Promise<Coturn> {
  const folder = await temporaryFolder();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn('turnserver', [
    '-n',
    '--verbose',
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
  let said = '';
  server.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  });
  await eventually('coturn answers', () => answersBinding(port));
  return { port, said: () => said };
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
      const { port } = await startCoturn();
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

const canRunPhone = hasChromium && coturnIsHere();
if (!hasChromium) process.stderr.write('There is no Chromium here: no call goes through coturn.\n');

describe.skipIf(!canRunPhone)('a phone window whose hub says relay only', () => {
  it(
    'is heard and hears, through coturn and no other way',
    async () => {
      const coturn = await startCoturn();
      const turnUrls = [`turn:127.0.0.1:${coturn.port}?transport=udp`];
      const hub = await startTestHub({ ice: { stunUrls: [], turnUrls, turnSecret, relayOnly: true } });
      const deviceId = randomUUID();
      const { client, session } = await signInDesktop(hub, clerk, deviceId);
      const log = recordingLog();
      const ice = createIceServers(client, log);
      await ice.refresh();
      onTestFinished(() => ice.clear());

      const window = await openPhonePage(await bundlePhonePage(), { toneHz });
      onTestFinished(() => window.close());
      const link = createMediaLink({ log });
      const devices = createAudioDevices({ link, log });
      const iceServers = ice.servers();
      const phone = createSipPhone({
        link,
        log,
        dtmfTransport: () => 'rfc4733',
        iceServers,
        relayOnly: ice.relayOnly(),
      });
      onTestFinished(() => phone.stop());
      const facts: TelephonyFact['type'][] = [];
      phone.onFact(({ type }) => facts.push(type));
      link.attach(window.port);
      await eventually('the phone window answers', () => link.ready);
      const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      devices.apply({ microphoneId: null, speakerId: null, ringerId: null, ...raw });
      expect(await devices.openMicrophone()).toEqual({ microphone: 'ready' });
      await window.page.evaluate(keepConnections);
      phone.start(session.sip, { instanceId: deviceId });
      await eventually('the phone is registered', () => phone.registration().state === 'online');

      const callId = randomUUID() as string as CallId;
      phone.dial(callId, session.sip.echoExtension ?? '');
      await eventually('the echo test answers', () => facts.includes('established'), 15_000);
      const hears = async () => (await listen(window.page, toneHz)).toneDb > clearDb;
      await eventually('what was said into the microphone comes back', hears, 30_000);
      const path = await window.page.evaluate(pathOfCall);
      expect(path).toEqual({ local: 'relay', offered: ['relay'] });

      phone.hangUp(callId);
      await eventually('the call is over', () => facts.includes('byeConfirmed'));
      const [username] = iceServers.flatMap((server) => server.username ?? []);
      // Told when an allocation has ended. rp came from the desktop, sp went to it: about a second of 20 ms each.
      const usage = new RegExp(`usage:.*username=<${username}>, rp=(\\d+), rb=\\d+, sp=(\\d+)`, 'g');
      const relayed = (at: 1 | 2) =>
        [...coturn.said().matchAll(usage)].reduce((sum, told) => sum + Number(told[at]), 0);
      await eventually('coturn has relayed both ways', () => relayed(1) > 40 && relayed(2) > 40, 20_000);
    },
    slowMs,
  );
});

/** Runs in the page: remembers each connection that the phone window makes from now on. */
function keepConnections(): void {
  const made: RTCPeerConnection[] = [];
  const Native = RTCPeerConnection;
  Object.assign(globalThis, {
    made,
    RTCPeerConnection: class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    },
  });
}

/** Runs in the page: which kind of address sound takes, and which kinds were told to the other side. */
async function pathOfCall(): Promise<{ local: string | undefined; offered: string[] }> {
  const { made } = globalThis as unknown as { made: RTCPeerConnection[] };
  const connection = made.find(({ connectionState }) => connectionState === 'connected');
  const stats = [...((await connection?.getStats()) ?? new Map<string, unknown>()).values()] as {
    id: string;
    type: string;
    state?: string;
    nominated?: boolean;
    localCandidateId?: string;
    candidateType?: string;
  }[];
  const pair = stats.find(({ type, nominated }) => type === 'candidate-pair' && nominated);
  const local = stats.find(({ id }) => id === pair?.localCandidateId)?.candidateType;
  const sdp = connection?.localDescription?.sdp ?? '';
  const kinds = [...sdp.matchAll(/^a=candidate:.* typ (\w+)/gm)].flatMap(([, kind]) => kind ?? []);
  return { local, offered: [...new Set(kinds)] };
}
