// What the other side of a call is told of a device that is away: one that went without a word, as a computer whose
// network is gone, is waited for (430, RFC 5626 11.5); one whose program ended is not there (480).
import { expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { prepareCallStand } from './support/call-stand.ts';
import { header, type RawPhone } from './support/raw-phone.ts';

const pingEveryMs = 5_000;
const calls = prepareCallStand({ pingEveryMs });
const connections = () => calls.stand.exchange.load().connections;

async function talk() {
  const [a, b] = [await calls.phone('201'), await calls.phone('202')];
  const sent = await a.invite('202');
  const invite = await b.request('INVITE');
  b.reply(invite, 200, { body: 'v=0\r\n' });
  const out = a.callFromAnswer(sent, await a.response(200, 'INVITE'));
  a.sendInDialog('ACK', out);
  await b.request('ACK');
  return { a, b, out };
}

/** Asked for, waited for as long as a device has to come back, and answered by the exchange. */
async function askedFor(
  { a, out }: { a: RawPhone; out: Parameters<RawPhone['sendInDialog']>[1] },
  status: number,
) {
  a.sendInDialog('INFO', out);
  await a.settled();
  for (let passedMs = 0; passedMs < 10_000; passedMs += pingEveryMs / 2) {
    calls.stand.clock.advance(pingEveryMs / 2);
    await a.settled();
  }
  return a.response(status, 'INFO');
}

it('says 430 where it went without a word, and its call is there when it is back', async () => {
  const { a, b, out } = await talk();
  b.fallSilent();
  for (let pings = 0; pings < 2; pings += 1) {
    calls.stand.clock.advance(pingEveryMs);
    await a.settled();
  }
  await quickly('missed', () => connections() === 1);
  expect(header(await askedFor({ a, out }, 430), 'To')).toContain('tag=');
  const back = await calls.phone('202');
  a.sendInDialog('INFO', out);
  back.reply(await back.request('INFO'), 200);
  await a.response(200, 'INFO');
});

it('says 480 where its program ended', async () => {
  const { a, b, out } = await talk();
  await b.cut();
  await quickly('missed', () => connections() === 1);
  await askedFor({ a, out }, 480);
});

it('lets go of a connection that looks open when the same device registers over another, and sends again what waited', async () => {
  const { a, b, out } = await talk();
  b.fallSilent();
  a.sendInDialog('INFO', out);
  await a.settled();
  const back = await calls.phone('202');
  back.reply(await back.request('INFO'), 200);
  await a.response(200, 'INFO');
  await quickly('let go of', () => connections() === 2);
});
