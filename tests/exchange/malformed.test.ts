// Whatever arrives, the exchange answers or drops it, and goes on. The RFCs' own torture messages are tests/torture's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxMessageBytes, parseMessage } from '../../src-hub/exchange/message/message-parser.ts';
import { formatMessage } from '../../src-hub/exchange/message/message-writer.ts';
import { prepareCallStand } from './support/call-stand.ts';
import { domain } from './support/exchange-stand.ts';
import { header, status, token } from './support/raw-phone.ts';

const calls = prepareCallStand();

const options = (change: { readonly head?: string; readonly extra?: string; readonly body?: string } = {}) =>
  [
    change.head ?? `OPTIONS sip:${domain} SIP/2.0`,
    `Via: SIP/2.0/WS a.invalid;branch=z9hG4bK${token()}`,
    'Max-Forwards: 70',
    `To: <sip:${domain}>`,
    `From: <sip:201@${domain}>;tag=1`,
    'Call-ID: malformed-test',
    'CSeq: 1 OPTIONS',
    ...(change.extra === undefined ? [] : [change.extra]),
    '',
    change.body ?? '',
  ].join('\r\n');

describe('a request that is not as it should be', () => {
  it.each([
    ['of another version', options({ head: `OPTIONS sip:${domain} SIP/7.0` }), 505],
    ['with brackets around its URI', options({ head: `OPTIONS <sip:${domain}> SIP/2.0` }), 400],
    ['with two blanks in its first line', options({ head: `OPTIONS  sip:${domain} SIP/2.0` }), 400],
    ['with a line that is no header', options({ extra: 'this is no header' }), 400],
    ['with two Call-IDs', options({ extra: 'i: another' }), 400],
    ['with a method that CSeq does not name', options().replace('1 OPTIONS', '1 INVITE'), 400],
    ['with a CSeq beyond 31 bits', options().replace('1 OPTIONS', '2147483648 OPTIONS'), 400],
    ['with less body than it says', options({ extra: 'Content-Length: 10', body: 'short' }), 400],
    ['with a negative length', options({ extra: 'Content-Length: -1' }), 400],
    ['with an overlong header', options({ extra: `Subject: ${'x'.repeat(8_193)}` }), 400],
    [
      'with too many headers',
      options({ extra: Array.from({ length: 130 }, () => 'X-A: 1').join('\r\n') }),
      400,
    ],
    [
      'with too many Vias in one line',
      options({ extra: `Via: ${Array(130).fill('SIP/2.0/WS b.invalid').join(',')}` }),
      400,
    ],
    ['with an overlong first line', options({ head: `OPTIONS sip:${'x'.repeat(2_048)} SIP/2.0` }), 414],
    ['that is larger than 64 KiB', options({ body: 'x'.repeat(maxMessageBytes) }), 513],
    ['whose headers have no end', options().trimEnd(), 400],
    ['with a quote left open', options().replace('From: <', 'From: "open <'), 400],
  ])('%s is answered', async (_, text, code) => {
    const phone = await calls.unregistered('201');
    phone.send(text);
    expect(status(await phone.next('an answer', () => true))).toBe(code);
    await phone.settled();
    expect(calls.stand.log).toHaveLength(1);
  });

  it.each([
    ['without Via', options().replace(/Via: .*\r\n/, '')],
    ['that is an ACK', options({ extra: 'no header' }).replaceAll('OPTIONS', 'ACK')],
    ['that is a response', 'SIP/2.0 200 OK\r\nVia: broken\r\n\r\n'],
    ['that is no SIP at all', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['that is empty', ''],
    ['that is binary', Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 0x0d, 0x0a, 0x0d, 0x0a])],
  ])('%s is dropped and noted', async (_, text) => {
    const phone = await calls.unregistered('201');
    phone.send(text);
    await phone.settled();
    expect(phone.received).toHaveLength(1);
    expect(calls.stand.log.map(({ level }) => level)).toEqual(['warn']);
  });

  it('with compact and folded headers in odd order is understood', async () => {
    const phone = await calls.unregistered('201');
    phone.send(
      [
        `OPTIONS sip:${domain} SIP/2.0`,
        'l : 0',
        'i: compact',
        `f: "Folded,`,
        ` name; <not this>" <sip:201@${domain}>`,
        '\t;tag=7',
        `t: <sip:${domain}>`,
        'cSeQ: 0007',
        ' OPTIONS',
        `v: SIP / 2.0 / WS a.invalid ;branch = z9hG4bK${token()} , SIP/2.0/WS b.invalid;branch=z9hG4bKb`,
        '',
        '',
      ].join('\r\n'),
    );
    const answer = await phone.response(200);
    expect(header(answer, 'From')).toContain('"Folded, name; <not this>"');
    expect(answer.headers.filter(([name]) => name === 'Via')).toHaveLength(2);
  });

  it('a ping of line ends gets its pong', async () => {
    const phone = await calls.unregistered('201');
    phone.send('\r\n\r\n');
    await phone.next('a pong', ({ text }) => text === '\r\n');
  });
});

describe('the parser', () => {
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseMessage(bytes);
      }),
    );
  });

  it('never throws on a good message with a few characters changed, and what it writes it can read', () => {
    const good = options({
      extra: 'Contact: "A" <sip:a@b;x=y>;q=1, <sip:c@d>\r\nRoute: <sip:e;lr>',
      body: 'body',
    });
    const changes = fc.array(
      fc.tuple(
        fc.nat(good.length),
        fc.constantFrom('', '\r\n', '"', '<', '>', ';', ',', ':', ' ', '\t', '%', 'ü'),
      ),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(changes, (list) => {
        let text = good;
        for (const [at, put] of list) text = text.slice(0, at) + put + text.slice(at + 1);
        const result = parseMessage(Buffer.from(text));
        if (result.kind !== 'message') return;
        const again = parseMessage(formatMessage(result.message));
        expect(again.kind === 'message' && again.message.callId).toBe(result.message.callId);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps a binary body as it is', () => {
    const body = Buffer.from([0, 255, 13, 10, 128]);
    const head = options({ extra: 'Content-Length: 5' });
    const result = parseMessage(Buffer.concat([Buffer.from(head), body]));
    if (result.kind !== 'message') throw new Error('not parsed');
    expect(Buffer.from(formatMessage(result.message)).subarray(-5)).toEqual(body);
  });
});
