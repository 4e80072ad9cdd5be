// Blind transfer through the exchange (RFC 3515): who may give a call away, what whoever is given away may do with it,
// and how it is taken back. That a person is rung or not is the router's; here it rings whom is dialled.
import { describe, expect, it } from 'vitest';
import { prepareCallStand } from './support/call-stand.ts';
import { domain } from './support/exchange-stand.ts';
import type { RawPhone, WireCall, WireMessage } from './support/raw-phone.ts';
import { header, method, status } from './support/raw-phone.ts';

const calls = prepareCallStand();

async function talk(caller: RawPhone, callee: RawPhone): Promise<{ out: WireCall; in: WireCall }> {
  const sent = await caller.invite(callee.account.user, { from: `<sip:${caller.account.user}@${domain}>` });
  const invite = await callee.request('INVITE');
  callee.reply(invite, 200, { body: 'v=0\r\n' });
  const out = caller.callFromAnswer(sent, await caller.response(200, 'INVITE'));
  caller.sendInDialog('ACK', out);
  await callee.request('ACK');
  return { out, in: callee.callFromInvite(invite) };
}

const tagIn = (value: string) => /;tag=([^;>\s]+)/.exec(value)?.[1] ?? '';
/** As whoever has it says it. */
const replaces = ({ callId, local, remote }: WireCall) =>
  `${callId};to-tag=${tagIn(remote)};from-tag=${tagIn(local)}`;

const to = (user: string) => [
  `Refer-To: <sip:${user}@${domain}>`,
  'Referred-By: <sip:boss@elsewhere.example>',
];
const referTo = (refer: WireMessage) => /<([^>]*)>/.exec(header(refer, 'Refer-To'))?.[1] ?? '';

/** 201 talks to the trunk's caller and gives them to 202. */
async function givenAway() {
  const agent = await calls.phone('201');
  const target = await calls.phone('202');
  const caller = await calls.phone('trunk');
  const { in: call } = await talk(caller, agent);
  agent.sendInDialog('REFER', call, to('202'));
  const refer = await caller.request('REFER');
  caller.reply(refer, 202);
  await agent.response(202, 'REFER');
  return { agent, target, caller, call, refer };
}

describe('an INVITE that takes the place of a call', () => {
  it('goes to the device that has the call, and is for who is in it alone', async () => {
    const [one, two] = [await calls.phone('201', 1), await calls.phone('201', 2)];
    const caller = await calls.phone('202');
    const { out } = await talk(caller, two);
    await one.settled();
    for (const each of [one, two]) each.forget();
    const routed = calls.stand.requests.length;
    const gruu = (phone: RawPhone) => `sip:201@${domain};gr=${phone.account.instance}`;
    const tries = async (from: RawPhone, uri: string, named: string, answer: number) => {
      await from.invite(uri, { headers: [`Replaces: ${named}`] });
      await from.next(`a ${answer}`, (each) => status(each) === answer);
    };
    const stranger = await calls.phone('203');
    for (const uri of [gruu(two), `sip:201@${domain}`]) await tries(stranger, uri, replaces(out), 403);
    await tries(caller, gruu(one), replaces(out), 481);
    await tries(caller, gruu(two), 'invented;to-tag=b;from-tag=c', 481);
    await tries(caller, gruu(two), 'invented', 400);
    await caller.invite(gruu(two), { headers: [`Replaces: ${replaces(out)}`] });
    expect(header(await two.request('INVITE'), 'Replaces')).toBe(replaces(out));
    await one.settled();
    expect(one.received.some((each) => method(each) === 'INVITE')).toBe(false);
    expect(calls.stand.requests).toHaveLength(routed);
  });

  it('is let through where somebody in the call told them to, and nobody else can tell them', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.phone('trunk');
    const colleague = await calls.phone('202');
    const first = await talk(caller, agent);
    const second = await talk(agent, colleague);
    const stranger = await calls.phone('203');
    const third = await talk(caller, stranger);
    const uri = `sip:202@${domain};gr=${colleague.account.instance}`;
    const refer = [`Refer-To: <${uri}?Replaces=${encodeURIComponent(replaces(second.out))}>`];
    stranger.sendInDialog('REFER', third.in, refer);
    await stranger.response(403, 'REFER');
    const take = () => caller.invite(uri, { headers: [`Replaces: ${replaces(second.out)}`] });
    await take();
    await caller.response(403, 'INVITE');
    agent.sendInDialog('REFER', first.in, refer);
    caller.reply(await caller.request('REFER'), 202);
    await agent.response(202, 'REFER');
    await take();
    expect(header(await colleague.request('INVITE'), 'Replaces')).toBe(replaces(second.out));
  });
});

describe('a blind transfer', () => {
  it('rings the target in the transferor’s name, whatever the REFER claimed', async () => {
    const { target, caller, refer } = await givenAway();
    expect(header(refer, 'Referred-By')).toBe(`<sip:201@${domain}>`);
    expect(header(refer, 'X-Offhook-Transfer')).toBe('1');
    await caller.invite(referTo(refer));
    const invite = await target.request('INVITE');
    expect(header(invite, 'Referred-By')).toBe(`<sip:201@${domain}>`);
    expect(calls.stand.requests.at(-1)).toMatchObject({ requestUser: '202', transferredBy: '201' });
  });

  it('counts once, for whoever was given away, and for the target that was chosen', async () => {
    const { target, caller, refer } = await givenAway();
    const stranger = await calls.unregistered('203');
    await stranger.invite(referTo(refer));
    await stranger.response(403, 'INVITE');
    await caller.invite(referTo(refer).replace('sip:202@', 'sip:203@'));
    await caller.response(403, 'INVITE');
    await caller.invite(referTo(refer));
    await target.request('INVITE');
    expect(calls.stand.requests.filter(({ transferredBy }) => transferredBy === '201')).toHaveLength(1);
    await caller.invite(referTo(refer));
    await caller.next('a second 403', (each) => status(each) === 403);
  });

  it('gives no rights to one who only claims to have been transferred', async () => {
    const target = await calls.phone('202');
    const claimant = await calls.unregistered('203');
    await claimant.invite('202', { headers: [`Referred-By: <sip:201@${domain}>`, 'X-Offhook-Transfer: 1'] });
    const invite = await target.request('INVITE');
    expect(header(invite, 'Referred-By')).toBe('');
    expect(header(invite, 'X-Offhook-Transfer')).toBe('');
    expect(calls.stand.requests.at(-1)).toMatchObject({ transferredBy: null });
  });

  it('is refused to the caller’s side of a trunk, towards the hub’s own ends, and away from this domain', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.phone('trunk');
    const voicemail = await calls.phone('voicemail');
    const call = await talk(caller, agent);
    caller.sendInDialog('REFER', call.out, to('202'));
    await caller.response(403, 'REFER');
    agent.sendInDialog('REFER', call.in, ['Refer-To: <sip:202@elsewhere.example>']);
    await agent.response(404, 'REFER');
    const other = await talk(agent, voicemail);
    agent.sendInDialog('REFER', other.out, to('202'));
    await agent.response(405, 'REFER');
    expect([...caller.received, ...agent.received, ...voicemail.received].map(method)).not.toContain('REFER');
  });

  it('is taken back while it rings: the target stops ringing, the caller’s new call ends with 487', async () => {
    const { agent, target, caller, call, refer } = await givenAway();
    const sent = await caller.invite(referTo(refer));
    const invite = await target.request('INVITE');
    target.reply(invite, 180);
    await caller.response(180);
    agent.sendInDialog('INFO', call, ['X-Offhook-Take-Back: 1']);
    await agent.response(200, 'INFO');
    target.reply(await target.request('CANCEL'), 200);
    target.reply(invite, 487);
    caller.ackRefusal(sent, await caller.response(487, 'INVITE'));
    expect(caller.received.map(method)).not.toContain('INFO');
  });

  it('is taken back before it was followed: then it leads nowhere; once answered there is nothing to take', async () => {
    const { agent, target, caller, call, refer } = await givenAway();
    agent.sendInDialog('INFO', call, ['X-Offhook-Take-Back: 1']);
    await agent.response(200, 'INFO');
    await caller.invite(referTo(refer));
    await caller.response(403, 'INVITE');
    agent.sendInDialog('REFER', call, to('202'));
    const again = await caller.request('REFER');
    caller.reply(again, 202);
    await caller.invite(referTo(again));
    target.reply(await target.request('INVITE'), 200, { body: 'v=0\r\n' });
    await caller.response(200, 'INVITE');
    agent.sendInDialog('INFO', call, ['X-Offhook-Take-Back: 1']);
    await agent.response(404, 'INFO');
  });

  it('may lead a trunk’s caller back out over the trunk', async () => {
    const { caller, agent, call } = await givenAway();
    agent.sendInDialog('REFER', call, to('trunk'));
    const refer = await caller.request('REFER');
    caller.reply(refer, 202);
    await caller.invite(referTo(refer));
    const invite = await caller.request('INVITE');
    expect(header(invite, 'Referred-By')).toBe(`<sip:201@${domain}>`);
  });
});
