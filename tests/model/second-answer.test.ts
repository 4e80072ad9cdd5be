// A proxy that is not ours forwards every 2xx of a call that forked (RFC 3261 16.7): the first is the call, any other gets
// ACK and BYE of its own, and the call that stands is not touched.
import { afterEach, expect, it } from 'vitest';
import { answer, type PhoneOnScript, phoneOnScript } from '../telephony/phone-on-script.ts';

let on: PhoneOnScript | null = null;

afterEach(async () => {
  await on?.end();
  on = null;
});

it('a second who answers a call of the agent is let go, and the first is still heard', async () => {
  on = await phoneOnScript();
  const { server, phone } = on;
  const { callId, invite } = await on.dial();
  server.reply(invite, 200, 'OK', { ...answer(), toTag: 'first' });
  await on.fact('established');
  expect((await server.takeRequest('ACK')).header('To')).toContain('tag=first');

  server.reply(invite, 200, 'OK', { ...answer(), toTag: 'second' });
  expect((await server.takeRequest('ACK')).header('To')).toContain('tag=second');
  const bye = await server.takeRequest('BYE');
  expect(bye.header('To')).toContain('tag=second');
  expect(bye.header('Reason')).toContain('cause=200');
  server.reply(bye, 200, 'OK');

  phone.hold(callId);
  const hold = await server.takeRequest('INVITE');
  expect(hold.header('To')).toContain('tag=first');
  server.reply(hold, 200, 'OK', answer('recvonly'));
  await on.fact('holdConfirmed');
});

it('a 200 that arrives twice is acknowledged twice, and is one call', async () => {
  on = await phoneOnScript();
  const { server } = on;
  const { invite } = await on.dial();
  for (let times = 0; times < 2; times += 1) {
    server.reply(invite, 200, 'OK', { ...answer(), toTag: 'first' });
    expect((await server.takeRequest('ACK')).header('To')).toContain('tag=first');
  }
  expect(on.facts.filter(({ type }) => type === 'established')).toHaveLength(1);
});
