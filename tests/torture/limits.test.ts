// Too much at once, at the phone and at the exchange: slowed down or refused, told once, and over as soon as it ends.
import { afterEach, expect, it } from 'vitest';
import { type ExchangeStand, startExchange } from '../exchange/support/exchange-stand.ts';
import {
  header,
  RawPhone,
  type SentRequest,
  status,
  type WireMessage,
} from '../exchange/support/raw-phone.ts';
import { eventually } from '../support/eventually.ts';
import { type PhoneOnScript, phoneOnScript } from '../telephony/phone-on-script.ts';

const plenty = { perSecond: 1_000, burst: 1_000 };
let stand: ExchangeStand | null = null;
let on: PhoneOnScript | null = null;

afterEach(async () => {
  await stand?.close();
  await on?.end();
  stand = null;
  on = null;
});

async function exchangePhone(): Promise<RawPhone> {
  if (!stand) throw new Error('no exchange');
  const phone = await RawPhone.open(stand.url, { user: '201', password: stand.passwordOf('201') });
  await phone.register();
  return phone;
}

const warnings = (lines: readonly { level: string; message: string }[]) =>
  lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

it('a connection that sends too much is read more slowly by the exchange, and nothing of it is lost', async () => {
  stand = await startExchange({ limits: { messages: { perSecond: 10, burst: 20 } } });
  const phone = await exchangePhone();
  for (let sent = 0; sent < 30; sent += 1)
    phone.sendRequest('OPTIONS', 'sip:practice.offhook.invalid', 1, []);
  await eventually('told', () => stand?.log.length === 1);
  const beyond = phone.sendRequest('OPTIONS', 'sip:practice.offhook.invalid', 1, []);
  const answered = ({ callId }: SentRequest) =>
    phone.received.some((message) => header(message, 'Call-ID') === callId);
  // Another connection is read as ever, and shows that there was time.
  const other = await exchangePhone();
  await other.settled();
  expect(answered(beyond)).toBe(false);
  stand.clock.advance(2_000);
  await eventually('answered', () => answered(beyond));
  expect(warnings(stand.log)).toEqual(['exchange: a connection sends too much and is read more slowly']);
});

it('a connection that begins too many calls is refused some, and is let begin others a little later', async () => {
  stand = await startExchange({ limits: { newCalls: { perSecond: 1, burst: 2 } } });
  const phone = await exchangePhone();
  const outcome = async () => {
    const { callId } = await phone.invite('202');
    return phone.next('an end', (one) => header(one, 'Call-ID') === callId && ends(one));
  };
  const ends = (message: WireMessage) => status(message) >= 400 && status(message) !== 407;
  expect([status(await outcome()), status(await outcome())]).toEqual([480, 480]);
  const refused = await outcome();
  expect(status(refused)).toBe(503);
  expect(header(refused, 'Retry-After')).toBe('5');
  expect(status(await outcome())).toBe(503);
  expect(warnings(stand.log)).toEqual([
    'exchange: a connection begins too many calls; those beyond are refused',
  ]);
  stand.clock.advance(1_000);
  expect(status(await outcome())).toBe(480);
});

it('a phone that is sent too much reads it more slowly, and answers all of it', async () => {
  on = await phoneOnScript({ limits: { messages: { perSecond: 200, burst: 20 }, newCalls: plenty } });
  const options = (number: number) =>
    [
      'OPTIONS sip:201@practice.offhook.invalid SIP/2.0',
      `Via: SIP/2.0/WS a.invalid;branch=z9hG4bK-many-${number}`,
      'From: <sip:a@a.invalid>;tag=a',
      'To: <sip:201@practice.offhook.invalid>',
      `Call-ID: many-${number}`,
      'CSeq: 1 OPTIONS',
      '',
      '',
    ].join('\r\n');
  for (let number = 0; number < 60; number += 1) on.server.send(options(number));
  const { server, log } = on;
  await eventually(
    'all are answered',
    () => server.received.filter(({ status }) => status === 200).length === 60,
  );
  await on.ring();
  expect(warnings(log.lines)).toEqual([
    'sip: more messages than a phone has to do with; they are read more slowly',
  ]);
});

it('a phone that is sent too many calls rings for some, and refuses those beyond', async () => {
  on = await phoneOnScript({ limits: { messages: plenty, newCalls: { perSecond: 0.001, burst: 2 } } });
  const { server, log } = on;
  await on.ring();
  const second = await on.ring();
  const invite = [
    'INVITE sip:201@practice.offhook.invalid SIP/2.0',
    'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK-third',
    'From: <sip:a@a.invalid>;tag=a',
    'To: <sip:201@practice.offhook.invalid>',
    'Call-ID: third',
    'CSeq: 1 INVITE',
    'Contact: <sip:a@a.invalid>',
    '',
    '',
  ].join('\r\n');
  server.send(invite);
  const refused = await server.takeResponse(503, 'INVITE');
  expect(refused.header('Retry-After')).toBe('5');
  // What belongs to calls that ring is never held up.
  second.send('CANCEL');
  await on.fact('callerGaveUp');
  expect(warnings(log.lines)).toEqual(['sip: more new calls than can be rung; those beyond are refused']);
});

it('a flood of messages that are refused fills no log, and is counted', async () => {
  stand = await startExchange();
  on = await phoneOnScript();
  const phone = await exchangePhone();
  const { server, log } = on;
  for (let sent = 0; sent < 1_000; sent += 1) {
    phone.send('GET / HTTP/1.1\r\n\r\n');
    server.send('GET / HTTP/1.1\r\n\r\n');
  }
  await phone.settled();
  await on.ring();
  expect(stand.log).toHaveLength(200);
  expect(log.lines.length).toBeLessThan(300);
  stand.clock.advance(1_000);
  phone.send('GET / HTTP/1.1\r\n\r\n');
  await phone.settled();
  expect(stand.log.at(-1)?.facts).toMatchObject({ leftOut: 800 });
});
