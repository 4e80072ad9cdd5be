// The agent's phone and a media end of the hub, challenged by a registrar and a proxy that offer what they like.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { createMediaUserAgent } from '../../src-hub/media/sip/media-user-agent.ts';
import { createMediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone, type SipPhone } from '../../src-main/telephony/sip-phone.ts';
import { digestFields, digestResponse } from '../../src-sip/digest/digest-response.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { scriptedPhoneWindow } from '../support/scripted-phone-window.ts';
import {
  type ScriptedSipServer,
  type SipMessage,
  startScriptedSipServer,
} from '../support/scripted-sip-server.ts';

const account = {
  webSocketUrl: '',
  uri: 'sip:201@practice.offhook.invalid',
  authorizationUser: '201',
  password: 'secret',
  displayName: 'Ada',
  echoExtension: null,
};
const md5 = 'Digest realm="there", nonce="of-md5", qop="auth", algorithm=MD5';
const sha256 = 'Digest realm="there", nonce="of-sha", qop="auth", algorithm=SHA-256';

let server: ScriptedSipServer;
let phone: SipPhone;

beforeEach(async () => {
  server = await startScriptedSipServer();
  server.answerRegisters = false;
  const link = createMediaLink({ log: recordingLog() });
  scriptedPhoneWindow(link).load();
  phone = createSipPhone({ link, log: recordingLog(), dtmfTransport: () => 'rfc4733', random: () => 0 });
  phone.start({ ...account, webSocketUrl: server.url }, { instanceId: randomUUID() });
});

afterEach(async () => {
  server.answerGoodbyes = true;
  server.answerRegisters = true;
  await phone.stop();
  await server.close();
});

function challenge(request: SipMessage, status: 401 | 407, ...values: readonly string[]): void {
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  server.reply(request, status, 'Who?', { headers: values.map((value) => `${name}: ${value}`) });
}

function accept(request: SipMessage): Promise<unknown> {
  server.reply(request, 200, 'OK', { headers: [`Contact: ${request.header('Contact')}`] });
  return eventually('registered', () => phone.registration().state === 'online');
}

/** Checks the digest as a registrar does, and gives what it was made of. */
function proven(request: SipMessage, header = 'Authorization') {
  const fields = digestFields(request.header(header)) ?? new Map<string, string>();
  const field = (name: string) => fields.get(name) ?? '';
  const algorithm = field('algorithm') as 'MD5' | 'SHA-256';
  expect(field('uri')).toBe(request.startLine.split(' ')[1]);
  const expected = digestResponse({
    algorithm,
    username: '201',
    realm: 'there',
    password: 'secret',
    method: request.method,
    uri: field('uri'),
    nonce: field('nonce'),
    nc: field('nc'),
    cnonce: field('cnonce'),
    qop: 'auth',
  });
  expect(field('response')).toBe(expected);
  return { algorithm, nonce: field('nonce'), nc: field('nc') };
}

it.each([
  ['SHA-256 alone', [sha256], 'SHA-256'],
  ['MD5 alone', [md5], 'MD5'],
  ['SHA-256 and then MD5', [sha256, md5], 'SHA-256'],
  ['MD5 and then SHA-256', [md5, sha256], 'SHA-256'],
  ['what nobody knows, and MD5', [sha256.replace('SHA-256', 'SHA-9'), md5], 'MD5'],
])('registers where the registrar offers %s', async (_, offered, algorithm) => {
  const first = await server.takeRequest('REGISTER');
  challenge(first, 401, ...offered);
  const second = await server.takeRequest('REGISTER');
  expect(proven(second)).toMatchObject({ algorithm, nc: '00000001' });
  expect(Number.parseInt(second.header('CSeq'), 10)).toBe(Number.parseInt(first.header('CSeq'), 10) + 1);
  await accept(second);
});

it('answers again where the nonce had become stale, and with a count that grows where it stayed', async () => {
  challenge(await server.takeRequest('REGISTER'), 401, sha256);
  challenge(await server.takeRequest('REGISTER'), 401, `${sha256}, stale=true`);
  const third = await server.takeRequest('REGISTER');
  expect(proven(third)).toEqual({ algorithm: 'SHA-256', nonce: 'of-sha', nc: '00000002' });
  await accept(third);
});

it('gives up a wrong password after one answer, and says so', async () => {
  challenge(await server.takeRequest('REGISTER'), 401, sha256);
  challenge(await server.takeRequest('REGISTER'), 401, sha256.replace('of-sha', 'another'));
  await eventually('told', () => phone.registration().reason?.includes('401'));
});

it('does not go on for ever where the registrar calls every nonce stale', async () => {
  for (let times = 0; times < 3; times += 1) {
    challenge(await server.takeRequest('REGISTER'), 401, `${sha256}, stale=true`);
    if (phone.registration().state === 'offline') break;
  }
  await eventually('told', () => phone.registration().reason?.includes('401'));
});

it('answers a proxy that challenges an INVITE with SHA-256, and the call goes on as the one it was', async () => {
  await accept(await server.takeRequest('REGISTER'));
  phone.dial(randomUUID() as string as CallId, '202');
  const first = await server.takeRequest('INVITE');
  challenge(first, 407, md5, sha256);
  await server.takeRequest('ACK');
  const second = await server.takeRequest('INVITE');
  expect(proven(second, 'Proxy-Authorization').algorithm).toBe('SHA-256');
  expect(second.header('Call-ID')).toBe(first.header('Call-ID'));
  expect(second.body).toBe(first.body);
  server.reply(second, 486, 'Busy Here');
  await server.takeRequest('ACK');
});

it('registers a media end of the hub with SHA-256, too', async () => {
  const voicemail = createMediaUserAgent({
    account: { ...account, webSocketUrl: server.url },
    log: recordingLog(),
  });
  const registered = voicemail.registered();
  await eventually('a connection of its own', () => server.acceptedAtMs.length === 2);
  // The scripted server speaks to whoever connected last.
  const phonesCallId = (await server.takeRequest('REGISTER')).header('Call-ID');
  const isMediaEnd = ({ method, header }: SipMessage) =>
    method === 'REGISTER' && header('Call-ID') !== phonesCallId;
  challenge(await server.take('the media end', isMediaEnd), 401, sha256, md5);
  const second = await server.take('its answer', isMediaEnd);
  expect(proven(second).algorithm).toBe('SHA-256');
  server.reply(second, 200, 'OK', { headers: [`Contact: ${second.header('Contact')}`] });
  await registered;
  server.answerRegisters = true;
  await voicemail.close();
});

it('takes the interval that the registrar asks for, but does not ask for ever where none is long enough', async () => {
  const tooBrief = (request: SipMessage, seconds: number) =>
    server.reply(request, 423, 'Interval Too Brief', { headers: [`Min-Expires: ${seconds}`] });
  tooBrief(await server.takeRequest('REGISTER'), 900);
  const second = await server.takeRequest('REGISTER');
  expect(second.header('Expires')).toBe('900');
  tooBrief(second, 900);
  await eventually('told', () => phone.registration().reason?.includes('423'));
  // As any refusal, it is tried again later, and may be accepted then.
  await accept(await server.takeRequest('REGISTER'));
});
