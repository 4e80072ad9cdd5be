// Coming and staying online: REGISTER, the lost link, its return, and messages that would have ended the process.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

let on: PhoneOnScript;
afterEach(() => on.end());

const online = () => eventually('online', () => on.phone.registration().state === 'online');

describe('registering', () => {
  it('names this desktop by the instance id it was given, and unregisters when stopped', async () => {
    on = await phoneOnScript();
    on.server.answerRegisters = false;
    await on.phone.stop().catch(() => undefined);
    const gone = await on.server.takeRequest('REGISTER');
    expect(gone.header('Contact')).toContain('expires=0');
    expect(on.phone.registration().state).toBe('off');
    const instanceId = randomUUID();
    on.phone.start(on.account, { instanceId });
    const come = await on.server.takeRequest('REGISTER');
    expect(come.header('Contact')).toContain(`+sip.instance="<urn:uuid:${instanceId}>"`);
    on.server.answerRegisters = true;
  });

  it('tells that it was refused, tries again, and is online when that succeeds', async () => {
    on = await phoneOnScript();
    await on.phone.stop();
    on.server.answerRegisters = false;
    on.phone.start(on.account, { instanceId: randomUUID() });
    on.server.reply(await on.server.takeRequest('REGISTER'), 403, 'Forbidden');
    await eventually('refused', () => on.phone.registration().reason === 'registration refused: 403');
    expect(on.phone.registration()).toMatchObject({ state: 'offline', retryAtMs: expect.any(Number) });
    on.server.answerRegisters = true;
    await online();
  });
});

describe('a credential that was rotated', () => {
  it('is registered with on the same connection, while the call goes on', async () => {
    on = await phoneOnScript();
    await on.talk();
    on.server.answerRegisters = false;
    const states: string[] = [];
    on.phone.onRegistrationChanged(({ state }) => states.push(state));
    on.phone.renew({ ...on.account, authorizationUser: '201-b', password: 'another' });
    const asked = await on.server.takeRequest('REGISTER');
    const challenge = 'WWW-Authenticate: Digest realm="practice", nonce="n1", algorithm=SHA-256, qop="auth"';
    on.server.reply(asked, 401, 'Unauthorized', { headers: [challenge] });
    const shown = await on.server.takeRequest('REGISTER');
    expect(shown.header('Authorization')).toContain('username="201-b"');
    on.server.reply(shown, 200, 'OK', { headers: [`Contact: ${shown.header('Contact')}`] });
    on.server.answerRegisters = true;
    expect(states).toEqual([]);
    expect(on.server.acceptedAtMs).toHaveLength(1);
    expect(on.facts.map(({ type }) => type)).not.toContain('ended');
  });
});

describe('a link that is lost', () => {
  it('is told as offline with the time of the next try, and registers again by itself', async () => {
    on = await phoneOnScript();
    const states: string[] = [];
    on.phone.onRegistrationChanged(({ state }) => states.push(state));
    on.server.cut();
    await eventually('offline', () => states.includes('offline'));
    await eventually('back', () => states.at(-1) === 'online');
    expect([...new Set(states)]).toEqual(['offline', 'online']);
  });

  it('is away since it was lost, not since the last try that failed', async () => {
    on = await phoneOnScript();
    const since = new Set<number>();
    on.phone.onRegistrationChanged((view) => {
      if (view.state !== 'online') since.add(view.sinceMs);
    });
    on.server.refusing = true;
    on.server.acceptedAtMs.length = 0;
    const cutAtMs = Date.now();
    on.server.cut();
    await eventually('four tries', () => on.server.acceptedAtMs.length >= 4);
    on.server.refusing = false;
    await online();
    expect(since.size).toBe(1);
    expect([...since][0]).toBeLessThan(cutAtMs + 200);
  });

  it('is tried after times that grow and are drawn by chance, so that desktops do not come back together', async () => {
    const drawn = [0.5, 1, 0.25, 0.75];
    let draw = 0;
    on = await phoneOnScript({ random: () => drawn[draw++ % drawn.length] as number });
    on.server.refusing = true;
    on.server.acceptedAtMs.length = 0;
    const cutAtMs = Date.now();
    on.server.cut();
    const tries = await eventually(
      'three tries',
      () => on.server.acceptedAtMs.length >= 3 && on.server.acceptedAtMs,
    );
    const waits = tries
      .slice(0, 3)
      .map((at, index) => at - (index === 0 ? cutAtMs : (tries[index - 1] as number)));
    // 200 + r · (400 − 200), 200 + r · (800 − 200), 200 + r · (1600 − 200), and the time to notice.
    for (const [index, wanted] of [300, 800, 550].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(wanted - 20);
      expect(waits[index]).toBeLessThan(wanted + 200);
    }
    on.server.refusing = false;
    await online();
  });

  it('is found by a ping without an answer', async () => {
    on = await phoneOnScript({ pingEveryMs: 60 });
    on.server.deaf = true;
    await eventually('offline', () => on.phone.registration().state !== 'online', 2_000);
    on.server.deaf = false;
    await online();
  });

  it('is tried at once when the network is said to be back', async () => {
    on = await phoneOnScript({ random: () => 1 });
    on.server.refusing = true;
    on.server.cut();
    await eventually('several tries', () => on.server.acceptedAtMs.length >= 4);
    on.server.refusing = false;
    on.phone.reconnectNow();
    await eventually('online', () => on.phone.registration().state === 'online', 500);
  });
});

describe('a message that JsSIP cannot take', () => {
  const invite = (change: (text: string) => string) =>
    change(
      [
        'INVITE sip:201@practice.offhook.invalid SIP/2.0',
        `Via: SIP/2.0/WS bad.invalid;branch=z9hG4bK${randomUUID()}`,
        'From: <sip:bad@bad.invalid>;tag=bad',
        'To: <sip:201@practice.offhook.invalid>',
        `Call-ID: ${randomUUID()}`,
        'CSeq: 1 INVITE',
        'Contact: <sip:bad@bad.invalid>',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );

  it.each([
    ['another version', (t: string) => t.replace('SIP/2.0\r\n', 'SIP/7.0\r\n'), 505],
    ['an unknown scheme', (t: string) => t.replace('INVITE sip:', 'INVITE soap.beep:'), 416],
    [
      'a header of 200 kB',
      (t: string) => t.replace('Contact', `Subject: ${'x'.repeat(200_000)}\r\nContact`),
      513,
    ],
    ['a CSeq out of range', (t: string) => t.replace('CSeq: 1 ', 'CSeq: 36893488147419103232 '), 400],
    ['a CSeq of another method', (t: string) => t.replace('1 INVITE', '1 OPTIONS'), 400],
    ['Contact: *', (t: string) => t.replace('<sip:bad@bad.invalid>\r\nContent', '*\r\nContent'), 400],
    ['a negative length', (t: string) => t.replace('Content-Length: 0', 'Content-Length: -999'), 400],
  ] as const)('%s is refused, and the phone rings on the next call', async (_, change, status) => {
    on = await phoneOnScript();
    on.server.send(invite(change));
    await on.server.take(`${status}`, (message) => message.status === status);
    await on.ring();
  });

  it.each([
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS x;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: 1\r\nCSeq: 99999999999 INVITE\r\n\r\n',
    'SIP/2.0 4294967301 better not break the receiver\r\n\r\n',
    'INVITE\r\n\r\n',
    '\u0000\u0001\u0002',
    'ACK sip:201@practice.offhook.invalid SIP/7.0\r\nVia: x\r\n\r\n',
    `OPTIONS sip:201@practice.offhook.invalid SIP/2.0\r\n${'Via: SIP/2.0/WS x;branch=z\r\n'.repeat(300)}\r\n`,
  ])('%j is dropped, told in the log, and the phone rings on the next call', async (text) => {
    on = await phoneOnScript();
    on.server.send(text);
    await eventually('told', () =>
      on.log.lines.some(({ message }) => message === 'sip: a message was refused'),
    );
    expect(on.server.received.filter(({ status }) => status > 0)).toEqual([]);
    await on.ring();
  });

  it('with Expires beyond a timer’s reach rings on instead of ending at once', async () => {
    on = await phoneOnScript();
    const ringing = await on.ring({ headers: ['Expires: 99999999999'] });
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
  });

  it('is not confused with a fault of our own handlers, which ends neither call nor process', async () => {
    on = await phoneOnScript();
    on.phone.onFact(() => {
      throw new Error('ours');
    });
    const ringing = await on.ring();
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
    const faults = on.log.lines.filter(({ level }) => level === 'error');
    expect(faults.map(({ message }) => message)).toContain('telephony: a listener failed');
    expect(on.log.lines.some(({ message }) => message.startsWith('sip: a message'))).toBe(false);
  });
});
