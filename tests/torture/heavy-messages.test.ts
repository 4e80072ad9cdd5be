// Messages made to cost as much as they can: long repetitions of what parsers stumble over, as large as is let through and
// larger. None keeps the phone or the exchange busy for more than 20 ms, and the next call gets through.
import { expect, it } from 'vitest';
import { maxMessageBytes } from '../../src-hub/exchange/message/message-parser.ts';
import { domain, startExchange } from '../exchange/support/exchange-stand.ts';
import { RawPhone } from '../exchange/support/raw-phone.ts';
import { phoneOnScript } from '../telephony/phone-on-script.ts';
import { slowMessages } from './handler-time.ts';

/** Just below what the guards let through. */
const lineLength = 8_000;
const filled = (unit: string, length = lineLength) => unit.repeat(Math.floor(length / unit.length));
const listOf = (value: string) => filled(`${value},`).slice(0, -1);

const ordinary = {
  Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bKheavy',
  From: '<sip:a@a.invalid>;tag=a',
  To: `<sip:201@${domain}>`,
  'Call-ID': 'heavy',
  CSeq: '1 INVITE',
  Contact: '<sip:a@a.invalid>',
};

function invite(change: Readonly<Record<string, string>>, more: readonly string[] = [], body = ''): Buffer {
  const headers = Object.entries({ ...ordinary, ...change }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`INVITE sip:201@${domain} SIP/2.0`, ...headers, ...more, '', body].join('\r\n'));
}

const heavy: Readonly<Record<string, Buffer>> = {
  'many parameters': invite({ From: `<sip:a@b>;tag=1${filled(';a=b')}`, To: `<sip:201@b>${filled(';a=b')}` }),
  'semicolons in a tel: URI': invite({ From: `<tel:1${filled(';')}\u2028>;tag=1` }),
  'escaped quotes': invite({ From: `"${filled('\\"')}" <sip:a@b>;tag=1` }),
  'a quote left open': invite({ From: `"${filled('\\"')} <sip:a@b>;tag=1` }),
  'words without quotes': invite({ From: `${filled('a ')}<sip:a@b>;tag=1` }),
  brackets: invite({ From: filled('<') }),
  'escapes in a user': invite({ From: `<sip:${filled('%41')}@b>;tag=1` }),
  'dots in a host': invite({ From: `<sip:a@${filled('1.')}>;tag=1` }),
  'many Contacts': invite({ Contact: listOf('<sip:a@b>;expires=1') }),
  'expires with quotes left open': invite({ Contact: filled(';expires="') }),
  'many Vias': invite({ Via: listOf('SIP/2.0/WS a;branch=z9hG4bKx') }),
  'blanks in Via': invite({ Via: `SIP${filled(' ')}/2.0/WS a;branch=z9hG4bKx` }),
  'parameters of Via': invite({ Via: `SIP/2.0/WS a;branch=z9hG4bKx${filled(';a=b')}` }),
  'a long Call-ID': invite({ 'Call-ID': filled('a@') }),
  'many Record-Routes': invite({}, Array(2).fill(`Record-Route: ${listOf('<sip:a@b;lr>')}`)),
  'many headers': invite({}, Array(120).fill('X-A: b')),
  'headers in a URI': invite({}, [`Refer-To: <sip:a@b?${filled('a=b&')}>`]),
  'a long challenge': invite({}, [`WWW-Authenticate: Digest realm="a"${filled(', a="b"')}`]),
  'long credentials': invite({}, [`Proxy-Authorization: Digest realm="${filled('\\"')}`]),
  'folds and nothing else': invite({}, [`X: ${filled('\r\n a', 60_000)}`]),
  'many types': invite({}, [`Accept: ${filled('a/b,')}`]),
  'all at once': invite({ From: `"${filled('\\"')}" <sip:a@b>;tag=1`, To: `<sip:201@b>${filled(';a=b')}` }, [
    `Record-Route: ${filled('<sip:a@b;lr>,', 7_000).slice(0, -1)}`,
  ]),
  'a large body': invite({}, ['Content-Type: application/sdp'], filled('a=b\r\n', maxMessageBytes - 1_000)),
  'a body too large': invite({}, ['Content-Type: application/sdp'], filled('a=b\r\n', 200_000)),
  'a head too large': invite({ From: filled('a', 200_000) }),
  'line ends': Buffer.from(filled('\r\n', 200_000)),
  blanks: Buffer.from(filled(' ', 200_000)),
  'zeros that are no text': Buffer.alloc(200_000),
};
const messages = Object.entries(heavy).map(([name, bytes]) => ({ name, bytes }));

it('no heavy message keeps the exchange busy for more than 20 ms', async () => {
  const stand = await startExchange();
  try {
    const phone = await RawPhone.open(stand.url, { user: '201', password: stand.passwordOf('201') });
    const throwAt = async (bytes: Buffer) => {
      phone.send(bytes);
      await phone.settled();
      stand.clock.advance(40_000);
    };
    expect(await slowMessages({ throwAt }, messages)).toEqual([]);
    expect(stand.log.filter(({ level }) => level === 'error')).toEqual([]);
    await phone.register();
  } finally {
    await stand.close();
  }
});

it('no heavy message keeps the phone busy for more than 20 ms', async () => {
  const on = await phoneOnScript();
  let thrown = 0;
  const throwAt = async (bytes: Buffer) => {
    thrown += 1;
    const callId = `control-${thrown}`;
    on.server.send(bytes);
    on.server.send(
      invite({ 'Call-ID': callId, CSeq: '1 OPTIONS', Via: `SIP/2.0/WS c;branch=z9hG4bK${callId}` })
        .toString()
        .replace('INVITE', 'OPTIONS'),
    );
    await on.server.take('the control', (message) => message.header('Call-ID') === callId);
    const offers = on.facts.splice(0).filter((fact) => fact.type === 'offerReceived');
    for (const { offer } of offers) on.phone.reject(offer.callId);
  };
  expect(await slowMessages({ throwAt }, messages)).toEqual([]);
  expect(on.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  await on.ring();
  await on.end();
});
