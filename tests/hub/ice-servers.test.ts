// STUN and TURN servers as the hub hands them out, and as a desktop keeps them: credentials that coturn would accept,
// that end, and that are asked for anew before they do.
import { expect, it, onTestFinished } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { turnPassword } from '../../src-hub/ice/turn-credentials.ts';
import { createIceServers } from '../../src-main/session/ice-servers.ts';
import { recordingLog } from '../support/recording-log.ts';
import { HandClock, signInDesktop, startTestHub } from './support.ts';

const ice = {
  stunUrls: ['stun:turn.example.org:3478'],
  turnUrls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:5349'],
  turnSecret: 'shared with coturn',
};
const hours = 3_600_000;

it('is the password that coturn computes: printf "%s" NAME | openssl dgst -sha1 -hmac SECRET -binary | base64', () => {
  expect(turnPassword('shared with coturn', '1800043200:sample-clerk')).toBe('Yf20yiaC3ISkNWXg7Ag+GA7bYAo=');
});

it('gives a desktop credentials of its own for half a day, and a hub without TURN gives none', async () => {
  const clock = new HandClock();
  const hub = await startTestHub({ ice, clock });
  const { client } = await signInDesktop(hub);
  const { servers, untilMs } = await client.call('ice.servers', null);
  expect(untilMs).toBe(Math.floor((clock.nowMs() + 12 * hours) / 1000) * 1000);
  const username = `${(untilMs ?? 0) / 1000}:sample-clerk`;
  expect(servers).toEqual([
    { urls: ice.stunUrls },
    { urls: ice.turnUrls, username, credential: turnPassword(ice.turnSecret, username) },
  ]);
  const bare = await startTestHub();
  expect(await (await signInDesktop(bare)).client.call('ice.servers', null)).toEqual({
    servers: [],
    untilMs: null,
    relayOnly: false,
  });
});

it('keeps the last ones while the hub is away, but not beyond their time', async () => {
  const clock = new HandClock();
  const hub = await startTestHub({ ice, clock });
  const { client } = await signInDesktop(hub);
  const desk = createIceServers(client, recordingLog(), () => clock.nowMs());
  onTestFinished(() => desk.clear());
  expect(desk.servers()).toEqual([]);
  await desk.refresh();
  expect(desk.servers()).toHaveLength(2);
  await hub.close();
  await desk.refresh();
  expect(desk.servers()).toHaveLength(2);
  clock.advance(12 * hours);
  expect(desk.servers()).toEqual([{ urls: ice.stunUrls }]);
  desk.clear();
  expect(desk.servers()).toEqual([]);
});

it('asks nothing of a hub that does not know the question', async () => {
  const log = recordingLog();
  const older = {
    call: () => Promise.reject(new CommandFailed('unknownCommand', 'There is no command of that name.')),
  };
  const desk = createIceServers(older, log);
  await desk.refresh();
  expect(desk.servers()).toEqual([]);
  expect(log.lines).toEqual([]);
});
