// What outsiders may not do: speak for others, forge the hub's headers, smuggle lines, loop, or wear the exchange out.
import { describe, expect, it } from 'vitest';
import { prepareCallStand } from './support/call-stand.ts';
import { domain, refuse, ring } from './support/exchange-stand.ts';
import { allHeaders, header, token } from './support/raw-phone.ts';

const calls = prepareCallStand();

const forged = ['X-Offhook-Project: stolen', 'x-offhook-queue: stolen', 'X-Offhook-Mailbox: user:1'];
const asserted = [
  'P-Asserted-Identity: "Bank" <sip:+49800@bank.example>',
  'Diversion: <sip:+49111@bank.example>',
];

describe('headers from outside', () => {
  it('of an agent: no X-Offhook header, no asserted identity, no redirection gets through', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    calls.stand.route = () => ring(['201'], 20_000, { 'X-Offhook-Project': 'true one' });
    await caller.invite('201', { headers: [...forged, ...asserted] });
    const invite = await agent.request('INVITE');
    expect(allHeaders(invite, 'X-Offhook-Project')).toEqual(['true one']);
    expect(invite.text).not.toContain('stolen');
    expect(invite.text).not.toContain('X-Offhook-Mailbox');
    expect(invite.text).not.toContain('+49800');
    expect(invite.text).not.toContain('+49111');
    expect(invite.text).not.toContain('Proxy-Authorization');
    expect(calls.stand.requests[0]).toMatchObject({
      fromUser: '202',
      callerNumber: '202',
      callerName: null,
      redirectedFrom: null,
      transferredBy: null,
    });
  });

  it('of the trunk: who calls and who sent the call on are believed, X-Offhook headers are not', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('trunk');
    calls.stand.route = () => ring(['201']);
    await caller.invite('201', {
      headers: [...forged, ...asserted],
      from: '"Anyone" <sip:+49222@gateway.example>',
    });
    const invite = await agent.request('INVITE');
    expect(header(invite, 'P-Asserted-Identity')).toContain('+49800');
    expect(header(invite, 'Diversion')).toContain('+49111');
    expect(invite.text).not.toContain('stolen');
    expect(calls.stand.requests[0]).toMatchObject({
      callerNumber: '+49800',
      callerName: 'Bank',
      redirectedFrom: '+49111',
    });
  });

  it('of the hub’s own ends: X-Offhook headers pass', async () => {
    const agent = await calls.phone('201');
    const voicemail = await calls.unregistered('voicemail');
    await voicemail.invite('201', { headers: ['X-Offhook-Queue: Line%201'] });
    expect(header(await agent.request('INVITE'), 'X-Offhook-Queue')).toBe('Line%201');
  });

  it('in answers and within a call are taken out, too', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    const sent = await caller.invite('201');
    agent.reply(await agent.request('INVITE'), 200, { headers: [...forged, ...asserted] });
    const answer = await caller.response(200, 'INVITE');
    expect(answer.text).not.toContain('stolen');
    expect(answer.text).not.toContain('+49800');
    caller.sendInDialog('INFO', caller.callFromAnswer(sent, answer), forged);
    expect((await agent.request('INFO')).text).not.toContain('stolen');
  });

  it('withhold a number that the trunk was asked not to show', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('trunk');
    calls.stand.route = () => ring(['201']);
    await caller.invite('201', {
      headers: ['P-Asserted-Identity: <sip:+49800@bank.example>', 'Privacy: id'],
      from: '"Anonymous" <sip:anonymous@anonymous.invalid>',
    });
    expect((await agent.request('INVITE')).text).not.toContain('+49800');
    const sent = await caller.invite('201', {
      headers: ['Privacy: user;id'],
      from: '"Erika" <sip:+49801@gateway.example>',
    });
    const invite = await agent.request('INVITE');
    expect(invite.text).not.toMatch(/\+49801|Erika/);
    agent.reply(invite, 200);
    const answer = await caller.response(200, 'INVITE');
    expect(header(answer, 'From')).toBe(sent.from);
    caller.sendInDialog('ACK', caller.callFromAnswer(sent, answer));
    await agent.request('ACK');
    expect(calls.stand.requests.map(({ callerNumber, callerName }) => [callerNumber, callerName])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('turn a gateway’s tel: caller into one that devices can show, and back', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('trunk');
    calls.stand.route = () => ring(['201']);
    await caller.invite('tel:+4930-123', { from: '"Caller" <tel:+49-170-55>' });
    const invite = await agent.request('INVITE');
    expect(header(invite, 'From')).toMatch(`"Caller" <sip:+4917055@${domain};user=phone>;tag=`);
    agent.reply(invite, 180);
    expect(header(await caller.response(180), 'From')).toMatch('"Caller" <tel:+49-170-55>;tag=');
    expect(calls.stand.requests[0]).toMatchObject({ callerNumber: '+4917055', requestUser: '+4930123' });
  });

  it('of a route cannot smuggle a line in', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    calls.stand.route = () =>
      ring(['201'], 20_000, { 'X-Offhook-Queue': 'a\r\nX-Evil: 1', 'Bad\r\nName': 'x' });
    await caller.invite('201');
    const invite = await agent.request('INVITE');
    expect(header(invite, 'X-Evil')).toBe('');
    expect(header(invite, 'X-Offhook-Queue')).toBe('a X-Evil: 1');
    expect(invite.text).not.toContain('Bad');
  });

  it('with a bare line feed or carriage return are refused', async () => {
    const caller = await calls.unregistered('202');
    for (const smuggled of [
      'Subject: a\nX-Offhook-Project: p',
      'Subject: a\rX-Offhook-Project: p',
      'Subject: \u0000',
    ]) {
      caller.sendRequest('OPTIONS', `sip:${domain}`, 1, [smuggled]);
      await caller.response(400, 'OPTIONS');
    }
  });
});

describe('a new call', () => {
  it('is refused with 403 where From is not the account', async () => {
    const caller = await calls.unregistered('202');
    for (const from of [`<sip:201@${domain}>`, '<sip:202@elsewhere.example>', '<tel:202>']) {
      caller.ackRefusal(await caller.invite('203', { from }), await caller.response(403, 'INVITE'));
    }
    expect(calls.stand.requests).toEqual([]);
  });

  it('is refused with 407 again where the password is wrong', async () => {
    const caller = await calls.unregistered('202');
    const uri = `sip:201@${domain}`;
    caller.sendRequest('INVITE', uri, 1, []);
    const challenge = header(await caller.response(407), 'Proxy-Authenticate');
    const digest = caller.credentials('INVITE', uri, challenge, { password: 'wrong' });
    caller.sendRequest('INVITE', uri, 2, [`Proxy-Authorization: ${digest}`]);
    await caller.response(407);
    expect(calls.stand.requests).toEqual([]);
  });

  it('to another domain gets 404, so nobody uses the exchange as a relay', async () => {
    const caller = await calls.unregistered('202');
    caller.ackRefusal(
      await caller.invite('sip:someone@elsewhere.example'),
      await caller.response(404, 'INVITE'),
    );
    expect(calls.stand.requests).toEqual([]);
  });

  it('refused by the route carries its status and reason', async () => {
    const caller = await calls.unregistered('202');
    calls.stand.route = () => refuse(404, 'No such number');
    const sent = await caller.invite('999');
    const final = await caller.response(404, 'INVITE');
    caller.ackRefusal(sent, final);
    expect(final.startLine).toBe('SIP/2.0 404 No such number');
  });
});

describe('requests that no proxy lets pass', () => {
  it.each([
    [
      'without hops left',
      'INVITE',
      `sip:201@${domain}`,
      483,
      { replace: ['Max-Forwards: 69', 'Max-Forwards: 0'] },
    ],
    [
      'with an absurd Max-Forwards',
      'INVITE',
      `sip:201@${domain}`,
      400,
      { replace: ['Max-Forwards: 69', 'Max-Forwards: 999'] },
    ],
    ['with Proxy-Require', 'INVITE', `sip:201@${domain}`, 420, { header: 'Proxy-Require: nothing-we-know' }],
    [
      'with Require to the registrar',
      'REGISTER',
      `sip:${domain}`,
      420,
      { header: 'Require: nothing-we-know' },
    ],
    ['to an unknown scheme', 'INVITE', 'nobodyknows:201', 416, {}],
    ['to a sips: URI', 'INVITE', `sips:201@${domain}`, 416, {}],
    ['to another registrar', 'REGISTER', 'sip:elsewhere.example', 404, {}],
    ['of an unknown method', 'NEWMETHOD', `sip:201@${domain}`, 405, {}],
    ['to a user outside of a call', 'MESSAGE', `sip:201@${domain}`, 405, {}],
    ['to end a call that is not', 'BYE', `sip:201@${domain}`, 481, {}],
    ['to cancel what is not', 'CANCEL', `sip:201@${domain}`, 481, {}],
  ] as const)('%s get their answer', async (_, name, uri, code, change) => {
    const caller = await calls.unregistered('202');
    const { text, branch } = caller.sendRequest('OPTIONS', `sip:${domain}`, 1, []);
    await caller.response(200, 'OPTIONS');
    const [from, to] = 'replace' in change ? change.replace : ['', ''];
    const request = text
      .replace(`OPTIONS sip:${domain} `, `${name} ${uri} `)
      .replace('1 OPTIONS', `1 ${name}`)
      .replace(branch, `z9hG4bK${token()}`)
      .replace(from, to)
      .replace('Call-ID', 'header' in change ? `${change.header}\r\nCall-ID` : 'Call-ID');
    caller.send(request);
    await caller.response(code, name);
  });

  it('coming back unchanged are a loop', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    const sent = await caller.invite('201');
    const invite = await agent.request('INVITE');
    const back = `Via: SIP/2.0/WS x.invalid;branch=z9hG4bK${token()}\r\nVia: `;
    agent.send(invite.text.replace(/^INVITE \S+/, `INVITE ${sent.uri}`).replace('Via: ', back));
    await agent.response(482, 'INVITE');
  });

  it('are answered at the exchange itself: OPTIONS', async () => {
    const caller = await calls.unregistered('202');
    caller.sendRequest('OPTIONS', `sip:${domain}`, 1, []);
    expect(header(await caller.response(200), 'Allow')).toContain('INVITE');
  });

  it('over a connection with too many unfinished ones are told to come later', async () => {
    const caller = await calls.unregistered('202');
    for (let count = 0; count <= 1_000; count += 1) caller.sendRequest('INVITE', `sip:201@${domain}`, 1, []);
    expect(header(await caller.response(503), 'Retry-After')).toBe('5');
    calls.stand.clock.advance(32_000);
    expect(calls.stand.exchange.load().transactions).toBe(0);
  });
});

it('logs neither numbers nor names', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.unregistered('trunk');
  calls.stand.route = () => ring(['201']);
  await caller.invite('4930999', { from: '"Erika Secret" <sip:+4917099@gateway.example>' });
  agent.reply(await agent.request('INVITE'), 603);
  caller.send('INVITE sip:+4917099@x SIP/2.0\r\nFrom: Erika Secret\r\n\r\n');
  calls.stand.route = () => {
    throw new Error('a bug');
  };
  await caller.invite('4930999', { from: '"Erika Secret" <sip:+4917099@gateway.example>' });
  await caller.response(500, 'INVITE');
  expect(calls.stand.log.length).toBeGreaterThan(1);
  expect(JSON.stringify(calls.stand.log)).not.toMatch(/4917099|4930999|Erika|201/);
});
