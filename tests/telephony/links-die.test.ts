// The link to the exchange dies and comes back under a call: the call goes on, what was asked meanwhile is told or
// refused, and the path of its sound is looked for anew where that may be another one.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGoodbyes } from '../../src-main/telephony/goodbyes.ts';
import { SipSocket } from '../../src-sip/sip-socket.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { sdp } from '../support/scripted-phone-window.ts';
import { answer, type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

let on: PhoneOnScript;
beforeEach(async () => {
  on = await phoneOnScript();
});
afterEach(() => on.end());

const told = () => on.facts.filter(({ type }) => type !== 'qualitySampled');
const state = () => on.phone.registration().state;

async function cut(): Promise<void> {
  on.server.refusing = true;
  on.server.cut();
  await eventually('offline', () => state() === 'offline');
}

async function restore(): Promise<void> {
  on.server.refusing = false;
  on.phone.reconnectNow();
  await eventually('online', () => state() === 'online');
}

it('a call goes on without its link, and hold, resume, transfer and hang-up work again after its return', async () => {
  const talking = await on.talk();
  await cut();
  await restore();
  expect(told()).toEqual([]);
  expect(on.window.peer.closed).toBe(false);
  on.phone.hold(talking.callId);
  on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer('recvonly'));
  await on.fact('holdConfirmed');
  on.phone.resume(talking.callId);
  on.server.reply(await on.server.takeRequest('INVITE'), 200, 'OK', answer());
  await on.fact('resumeConfirmed');
  talking.send('INVITE', { body: sdp('sendonly') });
  await on.server.takeResponse(200, 'INVITE');
  talking.send('ACK');
  expect(await on.fact('remoteHoldChanged')).toMatchObject({ remoteHold: true });
  on.phone.transfer(talking.callId, '203');
  on.server.reply(await on.server.takeRequest('REFER'), 403, 'Forbidden');
  await on.fact('transferFailed');
  on.phone.hangUp(talking.callId);
  on.server.reply(await on.server.takeRequest('BYE'), 200, 'OK');
  await on.fact('byeConfirmed');
});

it('a call hung up while the link is away is over at once for the agent, and for the other side when the link is back', async () => {
  const talking = await on.talk();
  await cut();
  on.phone.hangUp(talking.callId);
  expect(told()).toEqual([{ type: 'byeConfirmed', callId: talking.callId }]);
  await eventually('the connection is closed', () => on.window.peer.closed);
  await restore();
  const bye = await on.server.takeRequest('BYE');
  expect(bye.header('Call-ID')).toBe(talking.sipCallId);
  expect(bye.header('From')).toContain(`tag=${talking.toTag}`);
  expect(bye.header('To')).toContain('tag=caller');
  on.server.reply(bye, 200, 'OK');
});

it('a hang-up that was on its way when the link was lost is told again', async () => {
  const talking = await on.talk();
  on.phone.hangUp(talking.callId);
  const lost = await on.server.takeRequest('BYE');
  await cut();
  await on.fact('byeConfirmed');
  await restore();
  const again = await on.server.takeRequest('BYE');
  expect(Number.parseInt(again.header('CSeq'), 10)).toBeGreaterThan(Number.parseInt(lost.header('CSeq'), 10));
  on.server.reply(again, 481, 'Call Does Not Exist');
});

it('hold and transfer without a link are refused at once, and the call stays as it is', async () => {
  const talking = await on.talk();
  await cut();
  on.phone.hold(talking.callId);
  await on.fact('changeRefused');
  expect(on.window.peer.held).toBe(false);
  on.phone.transfer(talking.callId, '203');
  expect(await on.fact('transferFailed')).toMatchObject({ failure: 'network' });
  await restore();
});

it('a link that is dead without a word is found out when it is looked at, and another is made', async () => {
  await on.talk();
  on.server.deaf = true;
  const links = on.server.acceptedAtMs.length;
  on.phone.networkChanged();
  await eventually('another link', () => on.server.acceptedAtMs.length > links, 3_000);
  on.server.deaf = false;
  await eventually('online', () => state() === 'online');
  expect(told()).toEqual([]);
});

it('a link that still stands is registered anew after sleep, and the calls look for their path with new ICE', async () => {
  const talking = await on.talk();
  on.server.answerRegisters = false;
  on.phone.networkChanged();
  const register = await on.server.takeRequest('REGISTER');
  on.server.reply(register, 200, 'OK', { headers: [`Contact: ${register.header('Contact')}`] });
  on.server.answerRegisters = true;
  const offer = await on.server.takeRequest('INVITE');
  expect(on.window.asked).toContainEqual({
    name: 'peer.createOffer',
    request: expect.objectContaining({ iceRestart: true }),
  });
  on.server.reply(offer, 200, 'OK', answer());
  await on.server.takeRequest('ACK');
  on.phone.hold(talking.callId);
  const hold = await on.server.takeRequest('INVITE');
  on.server.reply(hold, 200, 'OK', answer('recvonly'));
  await on.fact('holdConfirmed');
  const offers = on.window.asked.filter(({ name }) => name === 'peer.createOffer');
  expect(offers.at(-1)?.request).toMatchObject({ iceRestart: false });
});

it('a restart of ICE that the other side refuses is taken back, and the call goes on', async () => {
  await on.talk();
  on.phone.networkChanged();
  on.server.reply(await on.server.takeRequest('INVITE'), 488, 'Not Acceptable Here');
  await eventually('rolled back', () => on.window.peer.state.signalingState === 'stable');
  expect(told()).toEqual([]);
  expect(on.window.peer.closed).toBe(false);
});

it('a call in which nobody is heard and ICE has failed looks for another path, then ends with BYE and a clear cause', async () => {
  const hasty = await phoneOnScript({ sampleEveryMs: 20, lostAfterMs: 5_000 });
  const talking = await hasty.talk();
  hasty.window.tellState({ connectionState: 'connected' }, 'connectionstatechange');
  await hasty.fact('qualitySampled');
  hasty.window.tellState({ connectionState: 'failed' }, 'connectionstatechange');
  const restart = await hasty.server.takeRequest('INVITE', 12_000);
  expect(hasty.facts.some(({ type }) => type === 'failed')).toBe(false);
  hasty.server.reply(restart, 200, 'OK', answer());
  await hasty.server.takeRequest('BYE', 15_000);
  expect(await hasty.fact('failed')).toEqual({ type: 'failed', callId: talking.callId, cause: 'network' });
  await hasty.end();
}, 30_000);

it('a call whose other side has gone without a word is kept while the exchange says so, and ends soon after it says otherwise', async () => {
  const hasty = await phoneOnScript({ sampleEveryMs: 20, lostAfterMs: 600 });
  const talking = await hasty.talk();
  hasty.window.tellState({ connectionState: 'connected' }, 'connectionstatechange');
  await hasty.fact('qualitySampled');
  hasty.window.tellState({ connectionState: 'failed' }, 'connectionstatechange');
  hasty.phone.networkChanged();
  hasty.server.reply(await hasty.server.takeRequest('INVITE', 12_000), 430, 'Flow Failed');
  const silence = () =>
    hasty.facts.findLast((fact) => fact.type === 'qualitySampled')?.quality.silence ?? null;
  await eventually('told whose network is away', () => silence()?.side === 'there');
  const sinceMs = silence()?.sinceMs;
  // Tried again after three seconds: five times as long as a far end that is gone would have been given.
  const again = await hasty.server.takeRequest('INVITE', 12_000);
  expect(hasty.facts.some(({ type }) => type === 'failed')).toBe(false);
  expect(silence()).toEqual({ side: 'there', sinceMs });
  hasty.server.reply(again, 480, 'Temporarily Unavailable');
  expect(await hasty.fact('failed')).toEqual({ type: 'failed', callId: talking.callId, cause: 'network' });
  await hasty.end();
}, 30_000);

it('an exchange that refuses is told from a network in which nobody answers', async () => {
  const unanswered = async (url: string) => {
    const socket = new SipSocket(url, recordingLog());
    const tried = Promise.withResolvers<void>();
    socket.ondisconnect = () => tried.resolve();
    socket.connect();
    await tried.promise;
    return socket.isUnanswered();
  };
  const silent = createServer((each) => each.resume());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  expect(await unanswered(url)).toBe(true);
  await new Promise((closed) => silent.close(closed));
  expect(await unanswered(url)).toBe(false);
}, 10_000);

it('hang-ups that the other side’s proxy cannot deliver now are tried again, and given up in the end', async () => {
  let connected = true;
  const log = recordingLog();
  const goodbyes = createGoodbyes({ log, isConnected: () => connected, retryAfterMs: 1 });
  let sent = 0;
  const again = () => {
    sent += 1;
    goodbyes.keep(again);
  };
  connected = false;
  goodbyes.keep(again);
  goodbyes.linkIsBack();
  expect(sent).toBe(0);
  connected = true;
  goodbyes.linkIsBack();
  await eventually('given up', () => log.lines.length === 1);
  expect(sent).toBe(24);
  goodbyes.close();
});
