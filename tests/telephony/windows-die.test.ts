// The phone window dies under calls in every state: what goes over the wire for it, and what the desk is told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { sdp } from '../support/scripted-phone-window.ts';
import { answer, type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

let on: PhoneOnScript;
beforeEach(async () => {
  on = await phoneOnScript();
});
afterEach(() => on.end());

const told = () => on.facts.filter(({ type }) => type !== 'qualitySampled');
const created = () => on.window.asked.filter(({ name }) => name === 'peer.create');

describe('a call that is talked on', () => {
  it('is offered anew in the same dialog, of a connection in the next page, and the desk notices nothing', async () => {
    const talking = await on.talk();
    on.window.load();
    const offer = await on.server.takeRequest('INVITE');
    expect(offer.header('Call-ID')).toBe(talking.sipCallId);
    expect(offer.header('To')).toContain('tag=caller');
    expect(offer.body).toContain('a=sendrecv');
    expect(created()).toHaveLength(2);
    on.server.reply(offer, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    await eventually('the answer is taken', () => on.window.peer.remoteSdp === sdp('sendrecv'));
    expect(told()).toEqual([]);
    on.phone.hangUp(talking.callId);
    on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
    await on.fact('byeConfirmed');
  });

  it('is muted and held as before', async () => {
    const talking = await on.talk();
    on.phone.setMuted(talking.callId, true);
    on.phone.hold(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
    on.window.load();
    const offer = await on.server.takeRequest('INVITE');
    expect(offer.body).toContain('a=sendonly');
    on.server.reply(offer, 200, 'OK', answer('recvonly'));
    await on.server.takeRequest('ACK');
    expect(on.window.peer).toMatchObject({ muted: true, held: true });
    on.phone.resume(talking.callId);
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.fact('resumeConfirmed');
    expect(on.window.peer).toMatchObject({ muted: true, held: false });
  });

  it('goes on after a refusal for the moment, and ends with BYE and a clear cause after one for good', async () => {
    const talking = await on.talk();
    on.window.load();
    on.server.reply(await on.server.takeRequest('INVITE'), 500, 'Try again');
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(told()).toEqual([]);
    on.window.load();
    on.server.reply(await on.server.takeRequest('INVITE'), 488, 'Not Acceptable Here');
    await on.server.takeRequest('BYE');
    expect(await on.fact('failed')).toEqual({ type: 'failed', callId: talking.callId, cause: 'media' });
  });

  it('is offered when the link to the exchange is back, where that is away as well', async () => {
    await on.talk();
    on.server.refusing = true;
    on.server.cut();
    await eventually('offline', () => on.phone.registration().state === 'offline');
    on.window.load();
    await eventually('a connection is made', () => created().length === 2);
    on.server.refusing = false;
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(told()).toEqual([]);
  });

  it('takes no offer of the other side meanwhile, and sends keys and hold that were asked for as soon as it can', async () => {
    const talking = await on.talk();
    on.window.die();
    await eventually('gone', () => !on.link.ready);
    talking.send('INVITE', { body: sdp('sendonly') });
    await on.server.takeResponse(491, 'INVITE');
    talking.send('ACK');
    on.phone.sendDtmf(talking.callId, '7');
    on.phone.hold(talking.callId);
    on.window.load();
    const offer = await on.server.takeRequest('INVITE');
    on.server.reply(offer, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    await eventually('the key is sent', () => on.window.peer.digits === '7');
    const hold = await on.server.takeRequest('INVITE');
    expect(hold.body).toContain('a=sendonly');
    on.server.reply(hold, 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
  });

  it('is held by its next offer, where the page died under the one that should have held it', async () => {
    const talking = await on.talk();
    on.window.unanswered.add('peer.createOffer');
    on.phone.hold(talking.callId);
    await eventually('the offer is being made', () =>
      on.window.asked.some(({ name }) => name === 'peer.createOffer'),
    );
    on.window.unanswered.clear();
    on.window.load();
    const offer = await on.server.takeRequest('INVITE');
    expect(offer.body).toContain('a=sendonly');
    on.server.reply(offer, 200, 'OK', answer('recvonly'));
    await on.fact('holdConfirmed');
    expect(on.window.peer.held).toBe(true);
    expect(on.server.received.filter(({ method }) => method === 'INVITE')).toEqual([]);
  });

  it('has the other side try its offer again that was being answered when the page died', async () => {
    const talking = await on.talk();
    on.window.unanswered.add('peer.createAnswer');
    talking.send('INVITE', { body: sdp('sendrecv') });
    await eventually(
      'the answer is being made',
      () => on.window.asked.filter(({ name }) => name === 'peer.createAnswer').length === 2,
    );
    on.window.unanswered.clear();
    on.window.load();
    await on.server.takeResponse(491, 'INVITE');
    talking.send('ACK');
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.server.takeRequest('ACK');
  });

  it('survives the death of the page that should have taken its place', async () => {
    await on.talk();
    on.window.load();
    const first = await on.server.takeRequest('INVITE');
    on.window.load();
    await eventually('another is made', () => created().length === 3);
    on.server.reply(first, 200, 'OK', answer());
    const second = await on.server.takeRequest('INVITE');
    on.server.reply(second, 200, 'OK', answer());
    await eventually('the last page has the answer', () => on.window.peer.remoteSdp !== '');
    expect(told()).toEqual([]);
  });
});

it('ends a call with BYE and a clear cause, where no page comes back or nobody answers in time', async () => {
  const hasty = await phoneOnScript({ renewWithinMs: 300 });
  const deserted = await hasty.talk();
  hasty.window.die();
  await hasty.server.takeRequest('BYE');
  expect(await hasty.fact('failed')).toEqual({ type: 'failed', callId: deserted.callId, cause: 'media' });
  hasty.window.load();
  await eventually('ready', () => hasty.link.ready);
  const unanswered = await hasty.talk();
  hasty.window.load();
  await hasty.server.takeRequest('INVITE');
  await hasty.server.takeRequest('BYE');
  expect(await hasty.fact('failed')).toEqual({ type: 'failed', callId: unanswered.callId, cause: 'media' });
  await hasty.end();
});

describe('an offer', () => {
  it('that rings can still be answered, also before the next page is there', async () => {
    const ringing = await on.ring();
    on.window.die();
    await eventually('gone', () => !on.link.ready);
    on.phone.answer(ringing.callId);
    on.window.load();
    await on.server.takeResponse(200, 'INVITE');
    expect(told()).toEqual([]);
  });

  it('that is being answered is answered by the next page, once', async () => {
    const ringing = await on.ring();
    on.window.unanswered.add('peer.createAnswer');
    on.phone.answer(ringing.callId);
    await eventually('the answer is being made', () =>
      on.window.asked.some(({ name }) => name === 'peer.createAnswer'),
    );
    on.window.unanswered.clear();
    on.window.load();
    await on.server.takeResponse(200, 'INVITE');
    expect(on.window.peer.remoteSdp).not.toBe('');
    expect(on.server.received.filter(({ status }) => status >= 200)).toEqual([]);
    expect(told()).toEqual([]);
  });
});

describe('a call that is dialled', () => {
  it('leaves with an offer of the next page, where the one before died first', async () => {
    on.window.unanswered.add('peer.createOffer');
    const dialled = on.dial();
    await eventually('the offer is being made', () =>
      on.window.asked.some(({ name }) => name === 'peer.createOffer'),
    );
    on.window.unanswered.clear();
    on.window.load();
    const { callId, invite } = await dialled;
    on.server.reply(invite, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(await on.fact('established')).toMatchObject({ callId });
    expect(on.server.received).toEqual([]);
  });

  it('that rings there is taken up when it is answered: ACK, and an offer of the new connection', async () => {
    const { callId, invite } = await on.dial();
    on.server.reply(invite, 180, 'Ringing', { headers: ['Contact: <sip:202@callee.invalid;transport=ws>'] });
    await on.fact('ringingRemotely');
    on.window.load();
    await eventually('a connection is made', () => created().length === 2);
    on.server.reply(invite, 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(await on.fact('established')).toMatchObject({ callId });
    on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
    await on.server.takeRequest('ACK');
    expect(told()).toEqual([]);
  });
});
