// What telephony reads out of headers, statistics and chance: pure functions, shown by example.
import { describe, expect, it } from 'vitest';
import type { PeerSample } from '#shared/media/media-contract.ts';
import { createCallQualityMeter } from '../../src-main/telephony/call-quality.ts';
import { isSufficient } from '../../src-main/telephony/ice-gathering.ts';
import { readCallerFacts } from '../../src-main/telephony/offer-headers.ts';
import { reconnectDelayMs } from '../../src-main/telephony/reconnect-delay.ts';
import { screenMessage } from '../../src-sip/message-guard.ts';

function headers(all: Readonly<Record<string, string | readonly string[]>>) {
  const of = (name: string) => [all[name] ?? []].flat();
  return { getHeader: (name: string) => of(name)[0], getHeaders: of };
}

describe('who is calling', () => {
  it.each([
    ['"Ada, Countess" <sip:+4930123@host;user=phone>;tag=1', '+4930123', 'Ada, Countess'],
    ['Ada <sip:%2B4930123@host:5060>;tag=1', '+4930123', 'Ada'],
    ['<sip:201@host>;tag=1', '201', null],
    ['sip:201@host;tag=1', '201', null],
    ['"A \\"B\\" C" <tel:+49-30-123;phone-context=x>;tag=1', '+49-30-123', 'A "B" C'],
    ['<sip:100%@host>', '100%', null],
  ])('%s', (from, callerNumber, callerName) => {
    expect(readCallerFacts(headers({ From: from }))).toMatchObject({ callerNumber, callerName });
  });

  it.each([
    [{ From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' }],
    [{ From: '<sip:ANONYMOUS@host>;tag=1' }],
    [{ From: '"Ada" <sip:+4930@host>;tag=1', Privacy: 'id' }],
    [{ From: '"Ada" <sip:+4930@host>;tag=1', Privacy: 'header;user;critical' }],
    [{ From: '<sip:host>;tag=1' }],
    [
      {
        From: '"Anonymous" <sip:anonymous@anonymous.invalid>',
        'P-Asserted-Identity': '<tel:+4930>',
        Privacy: 'id',
      },
    ],
  ])('%j is withheld, whatever the network knows', (all) => {
    expect(readCallerFacts(headers(all))).toMatchObject({ callerNumber: null, callerName: null });
  });

  it('prefers what the network asserts to what the caller says', () => {
    const told = headers({
      From: '"Switchboard" <sip:0@host>;tag=1',
      'P-Asserted-Identity': ['"Ada" <sip:+4930123@host>, <tel:+4930123>'],
      Privacy: 'none',
    });
    expect(readCallerFacts(told)).toMatchObject({ callerNumber: '+4930123', callerName: 'Ada' });
  });

  it.each([
    [{ Diversion: ['<sip:+49891@host>;reason=no-answer', '<sip:+49890@host>'] }, '+49891'],
    [{ 'History-Info': '<sip:+49890@h>;index=1,<sip:201@h;cause=302>;index=1.1' }, '+49890'],
    [{ 'History-Info': '<sip:201@h>;index=1' }, null],
    [{}, null],
  ])('%j was redirected from %s', (all, redirectedFrom) => {
    expect(readCallerFacts(headers({ From: '<sip:1@h>', ...all }))).toMatchObject({ redirectedFrom });
  });

  it('reads the project and the percent-encoded queue, and keeps a queue that is not encoded', () => {
    const read = (queue: string) => readCallerFacts(headers({ From: '<sip:1@h>', 'X-Offhook-Queue': queue }));
    expect(read('%C3%9Cbung').queueName).toBe('Übung');
    expect(read('50% off').queueName).toBe('50% off');
  });
});

describe('the message guard', () => {
  const register = (contact: string) =>
    `SIP/2.0 200 OK\r\nv: SIP/2.0/WS x;branch=z9hG4bK1\r\nf: <sip:a@b>;tag=1\r\nt: <sip:a@b>;tag=2\r\ni: 1\r\nCSeq: 1 REGISTER\r\nm: ${contact}\r\n\r\n`;

  it('clamps what would overflow a timer', () => {
    const screened = screenMessage(register('<sip:a@b>;expires=99999999999;+sip.instance="<urn:uuid:1>"'));
    expect(screened).toMatchObject({
      kind: 'pass',
      message: expect.stringContaining(';expires=86400;+sip.instance="<urn:uuid:1>"'),
    });
  });

  it('leaves bodies as they are, byte for byte', () => {
    const body = 'v=0\r\nExpires: 99999999999\r\n';
    const screened = screenMessage(register('<sip:a@b>').replace(/\r\n$/, `\r\n${body}`));
    expect(screened.kind === 'pass' && screened.message.endsWith(`\r\n\r\n${body}`)).toBe(true);
  });

  it.each([
    ['From: <tel:+4930>;tag=1', 'from: <sip:+4930@tel.invalid;user=phone>;tag=1'],
    ['From: tel:+4930;tag=1', 'from: <sip:+4930@tel.invalid;user=phone>;tag=1'],
    ['From: "G" <tel:+4930;phone-context=x>;tag=1', 'from: "G" <sip:+4930@tel.invalid;user=phone>;tag=1'],
  ])('%s becomes a SIP address', (from, wanted) => {
    const screened = screenMessage(register('<sip:a@b>').replace('f: <sip:a@b>;tag=1', from));
    expect(screened.kind === 'pass' && screened.message.split('\r\n')).toContain(wanted);
  });

  it('lets keep-alives through', () => {
    expect(screenMessage('\r\n\r\n').kind).toBe('pass');
  });
});

describe('the quality of a call', () => {
  const sample = (seconds: number, change: Partial<PeerSample> = {}): PeerSample => ({
    atMs: seconds * 1000,
    packetsReceived: seconds * 50,
    packetsLost: 0,
    packetsSent: seconds * 50,
    jitterMs: 1,
    jitterBufferMs: 40,
    roundTripMs: 20,
    remoteFractionLost: 0,
    heardEnergy: seconds,
    spokenEnergy: seconds,
    ...change,
  });
  const judged = (
    count: number,
    change: (second: number) => Partial<PeerSample>,
    so = { muted: false, held: false },
  ) => {
    const meter = createCallQualityMeter();
    let last = meter.add(sample(0), so);
    for (let second = 1; second <= count; second += 1) last = meter.add(sample(second, change(second)), so);
    return last;
  };

  it('is fine with four bars on a good line', () => {
    expect(judged(5, () => ({}))).toMatchObject({ bars: 4, cause: 'fine' });
  });

  it('falls with loss, and says so', () => {
    const lossy = judged(5, (second) => ({ packetsLost: second * 8 }));
    expect(lossy.cause).toBe('loss');
    expect(lossy.bars).toBeLessThan(3);
    expect(judged(5, () => ({ remoteFractionLost: 0.2 }))).toMatchObject({ cause: 'loss' });
  });

  it('falls with delay, and says so', () => {
    expect(judged(5, () => ({ roundTripMs: 600 }))).toMatchObject({ cause: 'delay', bars: 2 });
  });

  it('has no bars where nothing is heard, but not while held', () => {
    const stuck = () => ({ packetsReceived: 0 });
    expect(judged(4, stuck)).toMatchObject({ bars: 0, cause: 'nothingHeard' });
    expect(judged(4, stuck, { muted: false, held: true })).toMatchObject({ bars: 4 });
  });

  it('tells of a microphone that gives nothing, but not while muted', () => {
    const mute = () => ({ spokenEnergy: 0 });
    expect(judged(7, mute)).toMatchObject({ cause: 'microphoneSilent', bars: 1 });
    expect(judged(7, mute, { muted: true, held: false })).toMatchObject({ cause: 'fine' });
  });
});

describe('a candidate', () => {
  const of = (type: string, transport = 'udp') => `candidate:1 1 ${transport} 1 192.0.2.1 9 typ ${type}`;
  it('suffices when it can be reached from where we are said to be', () => {
    expect(isSufficient(of('host'), false)).toBe(true);
    expect(isSufficient(of('host', 'tcp'), false)).toBe(false);
    expect(isSufficient(of('host'), true)).toBe(false);
    expect(isSufficient(of('srflx'), true)).toBe(true);
    expect(isSufficient(of('relay', 'tcp'), true)).toBe(true);
  });
});

it('waits between 0.2 and 2 seconds before the next try, longer each time', () => {
  expect([0, 1, 2, 3, 50].map((attempt) => reconnectDelayMs(attempt, 1))).toEqual([
    400, 800, 1600, 2000, 2000,
  ]);
  expect([0, 1, 2, 3, 50].map((attempt) => reconnectDelayMs(attempt, 0))).toEqual([200, 200, 200, 200, 200]);
});
