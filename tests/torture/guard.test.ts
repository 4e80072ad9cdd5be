// What the guard before JsSIP refuses, with which answer, and what it mends, one rule at a time.
import { describe, expect, it } from 'vitest';
import { screenMessage } from '../../src-sip/message-guard.ts';

const ordinary: Readonly<Record<string, string>> = {
  Via: 'SIP/2.0/WS a.invalid;branch=z9hG4bKa',
  From: '<sip:a@a.invalid>;tag=a',
  To: '<sip:201@b.invalid>',
  'Call-ID': 'guarded',
  CSeq: '1 INVITE',
  Contact: '<sip:a@a.invalid>',
};

function message(
  change: Readonly<Record<string, string | null>> = {},
  more: readonly string[] = [],
  body = '',
): string {
  const { start = 'INVITE sip:201@b.invalid SIP/2.0', ...headers } = change;
  const lines = Object.entries({ ...ordinary, ...headers }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return [start, ...lines, ...more, '', body].join('\r\n');
}

const as = (method: string) => ({ start: `${method} sip:201@b.invalid SIP/2.0`, CSeq: `1 ${method}` });

function passed(text: string): string {
  const screened = screenMessage(text);
  if (screened.kind !== 'pass') throw new Error(`refused: ${screened.why}`);
  return screened.message;
}

describe('a request is refused', () => {
  it.each<[string, string, number]>([
    ['of another version', message({ start: 'INVITE sip:201@b.invalid SIP/3.0' }), 505],
    ['to another scheme', message({ start: 'INVITE http://b.invalid SIP/2.0' }), 416],
    ['with headers in its URI', message({ start: 'INVITE sip:201@b.invalid?Subject=x SIP/2.0' }), 400],
    ['with a bare line feed in a header', message({}, ['Subject: a\nVia: b']), 400],
    ['with a NUL', message({}, ['Subject: a\u0000b']), 400],
    ['with two To', message({}, ['t: <sip:other@b.invalid>']), 400],
    ['whose CSeq is too large', message({ CSeq: '2147483648 INVITE' }), 400],
    ['whose CSeq names another method', message({ CSeq: '1 BYE' }), 400],
    ['with a body cut short', message({}, ['Content-Length: 5'], 'abc'), 400],
    ['that is an INVITE without Contact', message({ Contact: null }), 400],
    ['that is an INVITE from everywhere', message({ Contact: '*' }), 400],
    ['that is an INVITE that takes no SDP', message({}, ['Accept: text/plain']), 406],
    ['that requires what we do not have', message({}, ['Require: replaces, 100rel']), 420],
    ['that is a NOTIFY of nothing', message(as('NOTIFY')), 489],
    ['whose ids are JavaScript’s own', message({ 'Call-ID': '__pro', From: '<sip:a@a>;tag=to__' }), 400],
    ['whose head is too large', message({}, Array<string>(20).fill(`X: ${'x'.repeat(2_000)}`)), 513],
    ['with a header too large', message({}, [`X: ${'x'.repeat(9_000)}`]), 513],
    ['with too many headers', message({}, Array<string>(201).fill('X: x')), 513],
  ])('%s', (_, text, status) => {
    const screened = screenMessage(text);
    expect(screened).toMatchObject({ kind: 'refuse', reply: expect.stringMatching(`^SIP/2.0 ${status} `) });
  });

  it('with what it needs to know: the extensions that are not there', () => {
    const screened = screenMessage(message({}, ['Require: replaces, 100rel', 'Require: nothing']));
    expect(screened.kind === 'refuse' && screened.reply).toContain('\r\nUnsupported: 100rel, nothing\r\n');
  });

  it('with an answer that repeats its Vias and adds a tag, and nothing that could be taken for a line', () => {
    const screened = screenMessage(message({ CSeq: '1 BYE' }, ['v: SIP/2.0/WS b.invalid;branch=z9hG4bKb']));
    const reply = screened.kind === 'refuse' ? (screened.reply ?? '') : '';
    expect(reply.match(/^Via: /gm)).toHaveLength(2);
    expect(reply).toMatch(/^To: <sip:201@b\.invalid>;tag=\w+\r$/m);
    const smuggling = screenMessage(message({ CSeq: '1 BYE', From: '<sip:a@a>;tag=a\nContact: <sip:evil>' }));
    expect(smuggling).toMatchObject({ kind: 'refuse', reply: null });
  });
});

describe('nothing is answered', () => {
  it.each([
    ['to an ACK with a fault', message({ ...as('ACK'), CSeq: '1 BYE' })],
    ['to a response with a fault', message({ start: 'SIP/2.0 200 OK', CSeq: 'x' })],
    ['to a request without a way back', message({ Via: null })],
    ['to what is no SIP', 'GET / HTTP/1.1\r\n\r\n'],
    ['to what does not end', 'INVITE sip:201@b.invalid SIP/2.0\r\n'],
  ])('%s', (_, text) => {
    expect(screenMessage(text)).toMatchObject({ kind: 'refuse', reply: null });
  });
});

describe('a message that JsSIP would stumble over is mended', () => {
  it.each([
    ['an Expires that would overflow a timer', ['Expires: 99999999999'], /^expires: 86400\r$/m],
    ['a Min-Expires that would', ['Min-Expires: 99999999999'], /^min-expires: 86400\r$/m],
    [
      'a Session-Expires that would',
      ['x: 99999999999;refresher=uac'],
      /^session-expires: 86400;refresher=uac\r$/m,
    ],
    ['a Retry-After that would', ['Retry-After: 99999999999 (soon)'], /^retry-after: 86400 \(soon\)\r$/m],
  ])('%s is clamped', (_, more, wanted) => {
    expect(passed(message({}, more))).toMatch(wanted);
  });

  it.each([['Expires: soon'], ['Min-Expires: -1'], ['Session-Expires: ;refresher=uac']])(
    '%s is no time and is taken out',
    (line) => {
      expect(passed(message({}, [line]))).not.toMatch(/expires/i);
    },
  );

  it('lifetimes of contacts are clamped, and those that are none are taken out', () => {
    const contacts = passed(message({ Contact: '<sip:a@a>;expires=9999999999, <sip:b@b>;expires=soon;q=1' }));
    expect(contacts).toContain('contact: <sip:a@a>;expires=86400, <sip:b@b>;q=1\r\n');
  });

  it('what is beyond Content-Length is dropped, counted in bytes', () => {
    expect(passed(message({}, ['Content-Length: 4'], 'üüINVITE'))).toMatch(/\r\n\r\nüü$/);
  });

  it('a question mark in the user part of its URI is left alone', () => {
    expect(passed(message({ start: 'INVITE sip:who?@b.invalid SIP/2.0' }))).toMatch(
      /^INVITE sip:who\?@b\.invalid /,
    );
  });

  it('an escaped control character within quotes is left alone', () => {
    expect(passed(message({ From: '"a\\\u0007b" <sip:a@a>;tag=a' }))).toContain('\\\u0007');
  });
});
