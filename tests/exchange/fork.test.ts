// Ringing several devices, seen on the wire: who is cancelled, with which Reason, and what the caller hears.
import { describe, expect, it } from 'vitest';
import { quickly } from '../support/eventually.ts';
import { prepareCallStand } from './support/call-stand.ts';
import { refuse, ring } from './support/exchange-stand.ts';
import type { RawPhone, WireMessage } from './support/raw-phone.ts';
import { header, requestUri, tag } from './support/raw-phone.ts';

const calls = prepareCallStand();

/** Rings, and returns the INVITE. */
async function rings(phone: RawPhone): Promise<WireMessage> {
  const invite = await phone.request('INVITE');
  phone.reply(invite, 180);
  return invite;
}

/** Takes the CANCEL as a device does, and returns it. */
async function cancelled(phone: RawPhone, invite: WireMessage): Promise<WireMessage> {
  const cancel = await phone.request('CANCEL');
  expect(header(cancel, 'Via')).toBe(header(invite, 'Via'));
  phone.reply(cancel, 200);
  phone.reply(invite, 487);
  await phone.request('ACK');
  return cancel;
}

async function threeRinging() {
  const agents = [await calls.phone('201'), await calls.phone('202'), await calls.phone('203')] as const;
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => {
    if (previous === null) return ring(['201', '202', '203'], 20_000, { 'X-Offhook-Project': 'p1' });
    if (previous.kind === 'allRefused') return refuse(previous.statuses[0] ?? 480);
    return ring(['voicemail'], 10_000, { 'X-Offhook-Mailbox': 'project:p1' });
  };
  const sent = await caller.invite('4930123', { from: '<sip:+49170@gateway.example>' });
  await caller.response(100, 'INVITE');
  const invites = await Promise.all(agents.map(rings));
  return { agents, caller, sent, invites: invites as [WireMessage, WireMessage, WireMessage] };
}

describe('a fork to three devices', () => {
  it('tells the others that the call was answered elsewhere', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    const [one, two, three] = agents;
    expect(header(invites[0], 'X-Offhook-Project')).toBe('p1');
    expect(requestUri(invites[0])).toBe(one.contact);
    one.reply(invites[0], 200, { body: 'v=0\r\n' });
    const answer = await caller.response(200, 'INVITE');
    expect(answer.body).toBe('v=0\r\n');
    for (const [phone, invite] of [
      [two, invites[1]],
      [three, invites[2]],
    ] as const) {
      const cancel = await cancelled(phone, invite);
      expect(header(cancel, 'Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    }
    caller.sendInDialog('ACK', caller.callFromAnswer(sent, answer));
    await one.request('ACK');
    expect(calls.stand.offersEnded).toEqual([
      { sipCallId: sent.callId, user: '201', outcome: 'answered' },
      { sipCallId: sent.callId, user: '202', outcome: 'answeredElsewhere' },
      { sipCallId: sent.callId, user: '203', outcome: 'answeredElsewhere' },
    ]);
  });

  it('ends with a 603, and the route sends the caller to voicemail', async () => {
    const voicemail = await calls.phone('voicemail');
    const { agents, caller, sent, invites } = await threeRinging();
    agents[1].reply(invites[1], 603);
    expect(header(await cancelled(agents[0], invites[0]), 'Reason')).toBe('SIP;cause=603');
    expect(header(await cancelled(agents[2], invites[2]), 'Reason')).toBe('SIP;cause=603');
    const toVoicemail = await voicemail.request('INVITE');
    expect(header(toVoicemail, 'X-Offhook-Mailbox')).toBe('project:p1');
    expect(header(toVoicemail, 'X-Offhook-Project')).toBe('');
    voicemail.reply(toVoicemail, 200);
    caller.sendInDialog('ACK', caller.callFromAnswer(sent, await caller.response(200, 'INVITE')));
    await voicemail.request('ACK');
    expect(calls.stand.outcomes).toEqual([null, { kind: 'declined', byUser: '202', status: 603 }]);
    expect(calls.stand.offersEnded.map(({ user, outcome }) => `${user} ${outcome}`)).toEqual([
      '202 declined',
      '201 declinedElsewhere',
      '203 declinedElsewhere',
      'voicemail answered',
    ]);
  });

  it('goes on after a 486 of one, and ends with the best response when all refuse', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    agents[0].reply(invites[0], 486);
    await agents[0].request('ACK');
    await agents[1].settled();
    expect(agents[1].received.some(({ startLine }) => startLine.startsWith('CANCEL'))).toBe(false);
    agents[1].reply(invites[1], 480);
    agents[2].reply(invites[2], 486, { headers: ['Retry-After: 30'] });
    const final = await caller.response(486, 'INVITE');
    expect(header(final, 'Retry-After')).toBe('30');
    caller.ackRefusal(sent, final);
    expect(calls.stand.outcomes[1]).toEqual({ kind: 'allRefused', statuses: [486, 480, 486] });
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
  });

  it('rings out with cause 408 when the ring time is over', async () => {
    const voicemail = await calls.phone('voicemail');
    const { agents, invites } = await threeRinging();
    calls.stand.clock.advance(20_000);
    for (const [at, phone] of agents.entries()) {
      const cancel = await cancelled(phone, invites[at] as WireMessage);
      expect(header(cancel, 'Reason')).toBe('SIP;cause=408;text="Ring time over"');
    }
    await voicemail.request('INVITE');
    expect(calls.stand.outcomes[1]).toEqual({ kind: 'rangOut' });
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual(['rangOut', 'rangOut', 'rangOut']);
  });

  it('does not wait long for a cancelled device that is silent', async () => {
    const voicemail = await calls.phone('voicemail');
    const { agents, invites } = await threeRinging();
    agents[0].reply(invites[0], 603);
    await agents[1].request('CANCEL');
    calls.stand.clock.advance(1_000);
    await voicemail.request('INVITE');
  });

  it('ends everywhere without a Reason when the caller gives up', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    caller.cancel(sent, ['Reason: SIP;cause=200;text="forged"']);
    await caller.response(200, 'CANCEL');
    for (const [at, phone] of agents.entries()) {
      expect(header(await cancelled(phone, invites[at] as WireMessage), 'Reason')).toBe('');
    }
    caller.ackRefusal(sent, await caller.response(487, 'INVITE'));
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual([
      'abandoned',
      'abandoned',
      'abandoned',
    ]);
    expect(calls.stand.outcomes).toEqual([null]);
  });

  it('gives up for a caller whose connection is gone', async () => {
    const { agents, caller, invites } = await threeRinging();
    await caller.cut();
    await cancelled(agents[0], invites[0]);
    await cancelled(agents[1], invites[1]);
    await cancelled(agents[2], invites[2]);
    await quickly('the offers ended', () => calls.stand.offersEnded.length === 3);
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual([
      'abandoned',
      'abandoned',
      'abandoned',
    ]);
  });

  it('lets a 200 win that crosses the caller’s CANCEL', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    caller.cancel(sent);
    const cancel = await agents[0].request('CANCEL');
    agents[0].reply(invites[0], 200);
    agents[0].reply(cancel, 200);
    const answer = await caller.response(200, 'INVITE');
    const call = caller.callFromAnswer(sent, answer);
    caller.sendInDialog('ACK', call);
    await agents[0].request('ACK');
    caller.sendInDialog('BYE', call);
    agents[0].reply(await agents[0].request('BYE'), 200);
    await caller.response(200, 'BYE');
  });

  it('ends the call of the slower of two who answer at once, and says why', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    agents[0].reply(invites[0], 200);
    await caller.response(200, 'INVITE');
    await agents[1].request('CANCEL');
    agents[1].reply(invites[1], 200);
    const ack = await agents[1].request('ACK');
    expect(tag(header(ack, 'To'))).toBe(`of-${agents[1].contactUser}`);
    const bye = await agents[1].request('BYE');
    expect(header(bye, 'Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    expect(header(bye, 'CSeq')).toBe(`${sent.cseq + 1} BYE`);
    agents[1].reply(bye, 200);
    // The 2xx again, since its ACK was on its way: another ACK, no other BYE.
    agents[1].reply(invites[1], 200);
    await agents[1].request('ACK');
    await agents[1].settled();
    expect(agents[1].received.filter(({ startLine }) => startLine.startsWith('BYE'))).toHaveLength(1);
    await caller.settled();
    expect(
      caller.received.filter(
        (message) =>
          message.startLine.startsWith('SIP/2.0 200') && header(message, 'CSeq').endsWith('INVITE'),
      ),
    ).toHaveLength(1);
  });

  it('ends an answer that comes when the caller was refused already', async () => {
    const { agents, caller, sent, invites } = await threeRinging();
    caller.cancel(sent);
    await agents[0].request('CANCEL');
    calls.stand.clock.advance(1_000);
    caller.ackRefusal(sent, await caller.response(487, 'INVITE'));
    agents[0].reply(invites[0], 200);
    await agents[0].request('ACK');
    expect(header(await agents[0].request('BYE'), 'Reason')).toContain('cause=487');
  });

  it('lets an agent win who answers as the ring time runs out, before voicemail does', async () => {
    const voicemail = await calls.phone('voicemail');
    const { agents, caller, invites } = await threeRinging();
    calls.stand.clock.advance(20_000);
    await agents[0].request('CANCEL');
    calls.stand.clock.advance(1_000);
    const toVoicemail = await rings(voicemail);
    agents[0].reply(invites[0], 200);
    await caller.response(200, 'INVITE');
    expect(header(await cancelled(voicemail, toVoicemail), 'Reason')).toContain('cause=200');
  });

  it('forwards a repeated 200 until the ACK arrives', async () => {
    const { agents, caller, invites } = await threeRinging();
    agents[0].reply(invites[0], 200);
    await caller.response(200, 'INVITE');
    agents[0].reply(invites[0], 200);
    await caller.response(200, 'INVITE');
  });
});

describe('a step of the route', () => {
  it('knows who has no device, and who lost it while it rang', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('trunk');
    calls.stand.route = (_, previous) =>
      previous === null ? ring(['201', '202']) : refuse(480, 'Nobody there');
    const sent = await caller.invite('4930123');
    await rings(agent);
    await agent.cut();
    await quickly('the exchange knows', () => calls.stand.news.some(({ kind }) => kind === 'deviceLost'));
    // The device has until the ring time is over to come back.
    calls.stand.clock.advance(20_000);
    const final = await caller.response(480, 'INVITE');
    caller.ackRefusal(sent, final);
    expect(final.startLine).toBe('SIP/2.0 480 Nobody there');
    expect(calls.stand.offersEnded.map(({ user, outcome }) => `${user} ${outcome}`)).toEqual([
      '202 noDevice',
      '201 noDevice',
    ]);
  });

  it('says that nobody is registered', async () => {
    const caller = await calls.unregistered('202');
    const sent = await caller.invite('201');
    caller.ackRefusal(sent, await caller.response(480, 'INVITE'));
    expect(calls.stand.outcomes).toEqual([null, { kind: 'nobodyRegistered' }]);
    expect(calls.stand.offersEnded).toEqual([{ sipCallId: sent.callId, user: '201', outcome: 'noDevice' }]);
  });

  it('gives up on a device that says nothing for 32 seconds', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    calls.stand.route = (_, previous) => (previous === null ? ring(['201'], 120_000) : refuse(408));
    await caller.invite('201');
    await agent.request('INVITE');
    calls.stand.clock.advance(32_000);
    await caller.response(408, 'INVITE');
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual(['noDevice']);
  });

  it('sends CANCEL only after the device has said something', async () => {
    const agent = await calls.phone('201');
    const caller = await calls.unregistered('202');
    const sent = await caller.invite('201');
    const invite = await agent.request('INVITE');
    caller.cancel(sent);
    await caller.response(200, 'CANCEL');
    await agent.settled();
    expect(agent.received.some(({ startLine }) => startLine.startsWith('CANCEL'))).toBe(false);
    agent.reply(invite, 180);
    await cancelled(agent, invite);
    await caller.response(487, 'INVITE');
  });

  it('answers 500 and goes on living when the route fails', async () => {
    const caller = await calls.unregistered('202');
    calls.stand.route = () => {
      throw new Error('a bug in the route');
    };
    caller.ackRefusal(await caller.invite('201'), await caller.response(500, 'INVITE'));
    expect(calls.stand.log.some(({ level }) => level === 'error')).toBe(true);
  });

  it('rings every device of a user, and a silenced one stops without ending the call', async () => {
    const own = await calls.phone('201', 1);
    const foreign = await calls.phone('201', 2);
    const caller = await calls.unregistered('202');
    const sent = await caller.invite('201');
    const [invite, foreignInvite] = await Promise.all([rings(own), rings(foreign)]);
    const count = calls.stand.exchange.cancelBranches(sent.callId, '201', [own.account.instance ?? '']);
    expect(count).toBe(1);
    expect(header(await cancelled(foreign, foreignInvite), 'Reason')).toContain('cause=200');
    own.reply(invite, 200);
    await caller.response(200, 'INVITE');
    expect(calls.stand.offersEnded.map(({ outcome }) => outcome)).toEqual(['answered']);
  });
});
