// Our own faults while good messages arrive: told as ours with their stack, never blamed on the message; the call goes on
// or ends cleanly, the registration stays, and the next caller rings.
import JsSIP from 'jssip';
import { afterEach, expect, it } from 'vitest';
import { createMediaUserAgent } from '../../src-hub/media/sip/media-user-agent.ts';
import { eventually } from '../support/eventually.ts';
import { startExchangeServer } from '../support/exchange-server.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';
import { type PhoneOnScript, phoneOnScript } from '../telephony/phone-on-script.ts';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function phone(): Promise<PhoneOnScript> {
  const on = await phoneOnScript();
  ends.push(() => on.end());
  return on;
}

/** JsSIP's RTCSession, as far as it is made to stumble. */
interface Sessions {
  init_incoming(request: { getHeader(name: string): string | undefined }): void;
}

const ourFaults = ({ lines }: RecordingLog) =>
  lines.filter(({ level, facts }) => level === 'error' && (facts.error as Error).stack?.includes('ours'));
const blamedMessages = ({ lines }: RecordingLog) =>
  lines.filter(({ message }) => message.startsWith('sip: a message'));

it('a listener of the phone that throws on everything ends neither the call nor the registration', async () => {
  const on = await phone();
  on.phone.onFact(() => {
    throw new Error('ours');
  });
  on.phone.onRegistrationChanged(() => {
    throw new Error('ours');
  });
  const call = await on.talk();
  call.send('BYE');
  await on.server.takeResponse(200, 'BYE');
  await on.fact('remoteHungUp');
  expect(on.phone.registration().state).toBe('online');
  await on.ring();
  expect(ourFaults(on.log).length).toBeGreaterThan(3);
  expect(blamedMessages(on.log)).toEqual([]);
});

it('a media end that fails on a call refuses that call with 500, and takes the next', async () => {
  const exchange = await startExchangeServer();
  ends.push(() => exchange.close());
  const log = recordingLog();
  const account = (user: string) => ({
    webSocketUrl: exchange.webSocketUrl,
    uri: `sip:${user}@practice.offhook.invalid`,
    authorizationUser: user,
    password: `secret of ${user}`,
  });
  let calls = 0;
  const echo = createMediaUserAgent({
    account: account('echo'),
    log,
    onCall: ({ call }) => {
      calls += 1;
      if (calls === 1) throw new Error('ours');
      call.hangUp();
    },
  });
  const caller = createMediaUserAgent({ account: account('201'), log: recordingLog() });
  ends.push(
    () => echo.close(),
    () => caller.close(),
  );
  await Promise.all([echo.registered(), caller.registered()]);
  const outcome = async () => {
    let ended: number | null | undefined;
    const call = caller.call('echo', { from: '201', extraHeaders: [] });
    call.listen({ ended: ({ status }) => (ended = status) });
    await eventually('the call ends', () => ended !== undefined);
    return ended;
  };
  // The exchange makes 480 of every end that is not its router's own.
  expect(await outcome()).toBe(480);
  expect(ourFaults(log)).toHaveLength(1);
  expect(blamedMessages(log)).toEqual([]);
  await outcome();
  expect(calls).toBe(2);
});

it('a call on which JsSIP itself stumbles is refused with 500, and the next one rings', async () => {
  const on = await phone();
  const sessions = (JsSIP as unknown as { RTCSession: { prototype: Sessions } }).RTCSession.prototype;
  const { init_incoming: original } = sessions;
  ends.push(async () => {
    sessions.init_incoming = original;
  });
  sessions.init_incoming = function (request) {
    original.call(this, request);
    if (request.getHeader('Subject') === 'stumble') throw new Error('ours');
  };
  await on.ring({ headers: ['Subject: stumble'] });
  const refused = await on.server.takeResponse(500, 'INVITE');
  expect(refused.header('To')).toContain('tag=');
  await on.fact('failed');
  expect(ourFaults(on.log).map(({ message }) => message)).toEqual(['sip: a request could not be handled']);
  expect(blamedMessages(on.log)).toEqual([]);
  await on.ring();
  expect(on.phone.registration().state).toBe('online');
});
