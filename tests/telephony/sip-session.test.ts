// One call between JsSIP and a scripted SIP end: what each message on the wire becomes to the call desk, and back.
// Over 400 lines: one phone on one script, asked for each thing that a call can do.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import type { TelephonyFact } from '../../src-main/calls/telephony-port.ts';
import { eventually } from '../support/eventually.ts';
import { sdp } from '../support/scripted-phone-window.ts';
import { answer, type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

let on: PhoneOnScript;
beforeEach(async () => {
  on = await phoneOnScript();
});
afterEach(() => on.end());

describe('an offer', () => {
  it('tells who calls, for which project, in which queue', async () => {
    const told: TelephonyFact[] = [];
    on.phone.onFact((fact) => told.push(fact));
    const { callId, sipCallId } = await on.ring({
      headers: [
        'X-Offhook-Project: p1',
        'X-Offhook-Queue: B%C3%BCro%20Nord',
        'Diversion: <tel:+49891>;reason=no-answer',
      ],
    });
    const offer = {
      callId,
      sipCallId,
      callerNumber: '+4930123456',
      callerName: 'Grace',
      redirectedFrom: '+49891',
      calledNumber: '201',
      projectId: 'p1',
      queueName: 'Büro Nord',
    };
    expect(told).toEqual([{ type: 'offerReceived', offer }]);
  });

  it('keeps a tel: number that a gateway sends in From', async () => {
    const told: TelephonyFact[] = [];
    on.phone.onFact((fact) => told.push(fact));
    await on.ring({ from: '"Gate" <tel:+4930987>' });
    expect(told[0]).toMatchObject({ offer: { callerNumber: '+4930987', callerName: 'Gate' } });
  });

  it.each([
    ['SIP;cause=200;text="Call completed elsewhere"', 'answeredElsewhere'],
    ['SIP;cause=603', 'declinedElsewhere'],
    ['SIP;cause=408;text="Ring time over"', 'rangOut'],
    ['Q.850;cause=16', 'callerGaveUp'],
    [null, 'callerGaveUp'],
  ] as const)('that is cancelled with Reason %s is told as %s', async (reason, type) => {
    const ringing = await on.ring();
    ringing.send('CANCEL', { headers: reason ? [`Reason: ${reason}`] : [] });
    expect(await on.fact(type)).toEqual({ type, callId: ringing.callId });
    expect((await on.server.takeResponse(487, 'INVITE')).status).toBe(487);
  });

  it('that is declined is answered with 603, one that is rejected with 486, and neither is told as a failure', async () => {
    const declined = await on.ring();
    on.phone.decline(declined.callId);
    await on.server.takeResponse(603, 'INVITE');
    const rejected = await on.ring();
    on.phone.reject(rejected.callId);
    await on.server.takeResponse(486, 'INVITE');
    expect(on.facts).toEqual([]);
  });

  it('that cannot be answered for want of a microphone leaves the others ringing, and says so', async () => {
    on.window.refuse.set('peer.create', 'microphone');
    const ringing = await on.ring();
    on.phone.answer(ringing.callId);
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId: ringing.callId, cause: 'microphone' });
    await on.server.takeResponse(480, 'INVITE');
  });

  it('is lost with the socket, told as a fault of the network', async () => {
    const ringing = await on.ring();
    on.server.cut();
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId: ringing.callId, cause: 'network' });
  });

  it('answered at the same moment as by another shows as answered elsewhere: ACK, then BYE with cause 200', async () => {
    const ringing = await on.ring();
    on.phone.answer(ringing.callId);
    const ok = await on.server.takeResponse(200, 'INVITE');
    ringing.toTag = /tag=([^;]+)/.exec(ok.header('To'))?.[1] ?? '';
    ringing.contact = /<([^>]+)>/.exec(ok.header('Contact'))?.[1] ?? '';
    ringing.send('ACK');
    ringing.send('BYE', { headers: ['Reason: SIP;cause=200;text="Call completed elsewhere"'] });
    await on.fact('answeredElsewhere');
    expect(on.facts).toEqual([]);
  });
});

describe('a call that was answered', () => {
  it('is established when the ACK has come, and ends with the other side’s BYE', async () => {
    const talking = await on.talk();
    talking.send('BYE');
    await on.server.takeResponse(200, 'BYE');
    expect(await on.fact('remoteHungUp')).toEqual({ type: 'remoteHungUp', callId: talking.callId });
    await eventually('the connection is closed', () => on.window.peer.closed);
  });

  it('is hung up with BYE, confirmed when that is answered', async () => {
    const talking = await on.talk();
    on.phone.hangUp(talking.callId);
    const bye = await on.server.takeRequest('BYE');
    expect(on.facts).toEqual([]);
    on.server.reply(bye, 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('is held and resumed by re-INVITE, and the microphone is off meanwhile', async () => {
    const talking = await on.talk();
    on.phone.hold(talking.callId);
    const hold = await on.server.takeRequest('INVITE');
    expect(hold.body).toContain('a=sendonly');
    on.server.reply(hold, 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
    expect(on.window.peer.held).toBe(true);
    on.phone.resume(talking.callId);
    const resume = await on.server.takeRequest('INVITE');
    expect(resume.body).toContain('a=sendrecv');
    on.server.reply(resume, 200, 'OK', answer());
    await on.fact('resumeConfirmed');
    expect(on.window.peer.held).toBe(false);
  });

  it('goes on when holding is refused, with the microphone on and the offer rolled back', async () => {
    const talking = await on.talk();
    on.phone.hold(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 488, 'Not Acceptable Here');
    await on.fact('changeRefused');
    await eventually('rolled back', () => on.window.peer.state.signalingState === 'stable');
    expect(on.window.peer).toMatchObject({ held: false, closed: false });
    expect(on.server.received.filter(({ method }) => method === 'BYE')).toEqual([]);
    on.phone.hold(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
  });

  it('goes on when the socket is lost while holding, which is then told as refused', async () => {
    const talking = await on.talk();
    on.phone.hold(talking.callId);
    await on.server.takeRequest('INVITE');
    on.server.cut();
    await on.fact('changeRefused');
    await eventually('registered again', () => on.phone.registration().state === 'online');
    expect(on.facts.filter(({ type }) => type !== 'qualitySampled')).toEqual([]);
    on.phone.hangUp(talking.callId);
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('tells when the other side holds, and resumes', async () => {
    const talking = await on.talk();
    talking.send('INVITE', { body: sdp('sendonly') });
    await on.server.takeResponse(200, 'INVITE');
    talking.send('ACK');
    expect(await on.fact('remoteHoldChanged')).toMatchObject({ remoteHold: true });
    talking.send('INVITE', { body: sdp('sendrecv') });
    await on.server.takeResponse(200, 'INVITE');
    talking.send('ACK');
    expect(await on.fact('remoteHoldChanged')).toMatchObject({ remoteHold: false });
  });

  it('mutes what the microphone’s track says, and holding does not undo it', async () => {
    const talking = await on.talk();
    on.phone.setMuted(talking.callId, true);
    expect(await on.fact('mutedChanged')).toMatchObject({ muted: true });
    on.phone.hold(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
    on.phone.resume(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.fact('resumeConfirmed');
    expect(on.window.peer).toMatchObject({ muted: true, held: false });
  });

  it('sends keys as telephone events, and sounds them to the agent', async () => {
    const talking = await on.talk();
    on.phone.sendDtmf(talking.callId, '12#');
    await eventually('sent', () => on.window.peer.digits === '12#');
    expect(on.window.asked).toContainEqual({ name: 'tone.dtmf', request: { tones: '12#' } });
  });

  it('is transferred by REFER, told by its NOTIFY', async () => {
    const talking = await on.talk();
    on.phone.transfer(talking.callId, '203');
    const refer = await on.server.takeRequest('REFER');
    expect(refer.header('Refer-To')).toBe('<sip:203@practice.offhook.invalid>');
    on.server.reply(refer, 202, 'Accepted');
    const notify = (line: string) =>
      talking.send('NOTIFY', {
        headers: ['Event: refer', 'Subscription-State: active', 'X-Body: sipfrag'],
        body: `${line}\r\n`,
      });
    notify('SIP/2.0 100 Trying');
    notify('SIP/2.0 182 Queued');
    expect(await on.fact('transferRinging')).toMatchObject({ queued: true });
    notify('SIP/2.0 180 Ringing');
    expect(await on.fact('transferRinging')).toMatchObject({ queued: false });
    notify('SIP/2.0 200 OK');
    await on.fact('transferConfirmed');
  });

  it.each([
    [486, 'busy'],
    [408, 'noAnswer'],
    [480, 'unreachable'],
    [404, 'notFound'],
    [403, 'notAllowed'],
    [603, 'declined'],
  ])('whose transfer ends with %i comes back: %s', async (status, failure) => {
    const talking = await on.talk();
    on.phone.transfer(talking.callId, '203');
    on.server.reply(await on.server.takeRequest('REFER'), 202, 'Accepted');
    talking.send('NOTIFY', {
      headers: ['Event: refer', 'Subscription-State: terminated;reason=noresource'],
      body: `SIP/2.0 ${status} No\r\n`,
    });
    expect(await on.fact('transferFailed')).toMatchObject({ failure });
  });

  it.each([405, 501, 603])('says that the line cannot be transferred where REFER gets %i', async (status) => {
    const talking = await on.talk();
    on.phone.transfer(talking.callId, '203');
    on.server.reply(await on.server.takeRequest('REFER'), status, 'No');
    expect(await on.fact('transferFailed')).toMatchObject({ failure: 'lineCannot' });
  });

  it('asks the exchange for a call back, and goes on whatever that says', async () => {
    const talking = await on.talk();
    on.phone.takeBack(talking.callId);
    const info = await on.server.takeRequest('INFO');
    expect(info.header('X-Offhook-Take-Back')).toBe('1');
    on.server.reply(info, 404, 'Not Found');
    on.phone.hangUp(talking.callId);
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('is given on by the other side, where the exchange lets it: calls the target, tells what becomes of it', async () => {
    const talking = await on.talk();
    talking.send('REFER', {
      headers: [
        'Refer-To: <sip:203@practice.offhook.invalid;offhook-transfer=ab12>',
        'X-Offhook-Transfer: 1',
      ],
    });
    await on.server.takeResponse(202, 'REFER');
    const { newCallId } = await on.fact('referred');
    const invite = await on.server.takeRequest('INVITE');
    expect(invite.startLine).toBe('INVITE sip:203@practice.offhook.invalid;offhook-transfer=ab12 SIP/2.0');
    on.server.reply(invite, 486, 'Busy Here');
    expect(await on.fact('failed')).toMatchObject({ callId: newCallId, cause: 'busy' });
    await on.server.take('NOTIFY of 486', ({ method, body }) => method === 'NOTIFY' && body.includes('486'));
    on.phone.hangUp(talking.callId);
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('whose transfer fails stays with the agent', async () => {
    const talking = await on.talk();
    on.phone.transfer(talking.callId, '203');
    on.server.reply(await on.server.takeRequest('REFER'), 403, 'Forbidden');
    expect(await on.fact('transferFailed')).toEqual({
      type: 'transferFailed',
      callId: talking.callId,
      failure: 'notAllowed',
    });
    on.phone.hangUp(talking.callId);
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('refuses to be sent elsewhere by the other side', async () => {
    const talking = await on.talk();
    talking.send('REFER', { headers: ['Refer-To: <sip:premium@elsewhere.invalid>'] });
    await on.server.takeResponse(202, 'REFER');
    await on.server.take('NOTIFY of 603', ({ method, body }) => method === 'NOTIFY' && body.includes('603'));
    expect(on.server.received.filter(({ method }) => method === 'INVITE')).toEqual([]);
  });
});

it('gives a hold up that nobody answers, and undoes it when the answer comes late', async () => {
  const hasty = await phoneOnScript({ changeWithinMs: 100 });
  const talking = await hasty.talk();
  hasty.phone.hold(talking.callId);
  const hold = await hasty.server.takeRequest('INVITE');
  await hasty.fact('changeRefused');
  hasty.server.reply(hold, 200, 'OK', answer('recvonly'));
  const undo = await hasty.server.takeRequest('INVITE');
  expect(undo.body).toContain('a=sendrecv');
  hasty.server.reply(undo, 200, 'OK', answer());
  await eventually('the microphone is on', () => !hasty.window.peer.held);
  await hasty.end();
});

it('answers 491 when both sides change the call at once, and goes on (RFC 3261 14.2)', async () => {
  const talking = await on.talk();
  on.phone.hold(talking.callId);
  const hold = await on.server.takeRequest('INVITE');
  talking.send('INVITE', { body: sdp('sendonly') });
  await on.server.takeResponse(491, 'INVITE');
  talking.send('ACK');
  on.server.reply(hold, 200, 'OK', answer('recvonly'));
  await on.fact('holdConfirmed');
  expect(on.window.asked.filter(({ name }) => name === 'peer.createAnswer')).toHaveLength(1);
});

it('sends keys as INFO where the account says so', async () => {
  const info = await phoneOnScript({ dtmfTransport: () => 'info' });
  const talking = await info.talk();
  info.phone.sendDtmf(talking.callId, '5');
  const sent = await info.server.takeRequest('INFO');
  expect(sent.header('Content-Type')).toBe('application/dtmf-relay');
  expect(sent.body).toContain('Signal=5');
  info.server.reply(sent, 200, 'OK');
  expect(info.window.peer.digits).toBe('');
  await info.end();
});

describe('a call that is dialled', () => {
  it('rings, is answered, and is acknowledged', async () => {
    const { callId, invite } = await on.dial();
    expect(invite.startLine).toBe('INVITE sip:202@practice.offhook.invalid SIP/2.0');
    on.server.reply(invite, 100, 'Trying');
    on.server.reply(invite, 180, 'Ringing', { headers: ['Contact: <sip:202@callee.invalid;transport=ws>'] });
    expect(await on.fact('ringingRemotely')).toEqual({ type: 'ringingRemotely', callId, earlyMedia: false });
    on.server.reply(invite, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(await on.fact('established')).toMatchObject({ type: 'established', callId });
  });

  it('with sound before the answer tells so', async () => {
    const { invite } = await on.dial();
    on.server.reply(invite, 183, 'Session Progress', answer());
    expect(await on.fact('ringingRemotely')).toMatchObject({ earlyMedia: true });
  });

  it.each([
    [486, 'busy'],
    [404, 'notFound'],
    [480, 'unavailable'],
    [403, 'forbidden'],
    [603, 'declined'],
    [408, 'noAnswer'],
    [488, 'media'],
    [503, 'unavailable'],
  ] as const)('that ends with %i is told as %s', async (status, cause) => {
    const { callId, invite } = await on.dial();
    on.server.reply(invite, status, 'No');
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId, cause });
  });

  it('sounds busy to the agent where it was', async () => {
    const { invite } = await on.dial();
    on.server.reply(invite, 486, 'Busy Here');
    await on.fact('failed');
    await eventually('busy', () =>
      on.window.asked.some(
        ({ name, request }) => name === 'tone.start' && (request as { tone: string }).tone === 'busy',
      ),
    );
  });

  it('is cancelled when hung up before the answer', async () => {
    const { callId, invite } = await on.dial();
    on.server.reply(invite, 180, 'Ringing');
    await on.fact('ringingRemotely');
    on.phone.hangUp(callId);
    on.server.reply(await on.server.takeRequest('CANCEL'), 200, 'OK');
    on.server.reply(invite, 487, 'Request Terminated');
    expect(await on.fact('byeConfirmed')).toEqual({ type: 'byeConfirmed', callId });
  });

  it('whose CANCEL crossed the answer is acknowledged and ended with BYE', async () => {
    const { callId, invite } = await on.dial();
    on.server.reply(invite, 180, 'Ringing');
    await on.fact('ringingRemotely');
    on.phone.hangUp(callId);
    await on.server.takeRequest('CANCEL');
    on.server.reply(invite, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('leaves at most 500 ms after gathering began, however long that hangs', async () => {
    on.window.gathering = 'hangs';
    const beganAtMs = Date.now();
    await on.dial();
    const tookMs = Date.now() - beganAtMs;
    expect(tookMs).toBeGreaterThan(450);
    expect(tookMs).toBeLessThan(900);
  });

  it('to a target that no URI can be made of fails, and the next call rings', async () => {
    const callId = randomUUID() as string as CallId;
    on.phone.dial(callId, '%');
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId, cause: 'notFound' });
    await on.ring();
  });

  it('says nothing of the number in the log where it cannot be dialled', async () => {
    on.phone.dial(randomUUID() as string as CallId, 'sip:2079460999@[');
    expect(await on.fact('failed')).toMatchObject({ cause: 'notFound' });
    expect(on.log.lines).toContainEqual(expect.objectContaining({ message: 'sip: a step failed' }));
    expect(JSON.stringify(on.log.lines)).not.toContain('2079460999');
  });

  it('without a connection to the exchange fails at once', async () => {
    on.server.refusing = true;
    on.server.cut();
    await eventually('offline', () => on.phone.registration().state !== 'online');
    on.phone.dial('c1' as CallId, '202');
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId: 'c1', cause: 'network' });
  });
});
