// What a route does without being asked, on the wire: others rung beside those who ring, a caller who waits, and devices
// that come, go and come back while their user is being rung.
import { expect, it } from 'vitest';
import type { RouteStep } from '../../src-hub/exchange/exchange-ports.ts';
import { quickly } from '../support/eventually.ts';
import { prepareCallStand } from './support/call-stand.ts';
import { refuse, ring } from './support/exchange-stand.ts';
import type { RawPhone, WireMessage } from './support/raw-phone.ts';
import { header, method, status } from './support/raw-phone.ts';

const calls = prepareCallStand();
const wait: RouteStep = { kind: 'wait', comfort: 'queue' };

async function rings(phone: RawPhone): Promise<WireMessage> {
  const invite = await phone.request('INVITE');
  phone.reply(invite, 180);
  return invite;
}

async function cancelled(phone: RawPhone, invite: WireMessage): Promise<WireMessage> {
  const cancel = await phone.request('CANCEL');
  phone.reply(cancel, 200);
  phone.reply(invite, 487);
  return cancel;
}

const ended = () => calls.stand.offersEnded.map(({ user, outcome }) => `${user} ${outcome}`);
const invitesTo = (phone: RawPhone) =>
  phone.received.filter((message) => method(message) === 'INVITE').length;

it('rings another beside one who rings, each for a ring time of their own', async () => {
  const [first, second] = [await calls.phone('201'), await calls.phone('202')];
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  await caller.invite('4930123');
  const firstInvite = await rings(first);
  calls.stand.clock.advance(15_000);
  expect(calls.stand.inHand?.take(ring(['202']))).toBe(true);
  await rings(second);
  calls.stand.clock.advance(5_000);
  expect(header(await cancelled(first, firstInvite), 'Reason')).toContain('cause=408');
  await quickly('the first offer is over', () => ended().length === 1);
  expect(ended()).toEqual(['201 rangOut']);
  await second.settled();
  expect(second.received.some((message) => method(message) === 'CANCEL')).toBe(false);
  calls.stand.clock.advance(15_000);
  calls.stand.clock.advance(1_000);
  await caller.response(480, 'INVITE');
  expect(ended()).toEqual(['201 rangOut', '202 rangOut']);
});

it('gives the call to one of two who were rung one after the other and answer at once, and tells the other', async () => {
  const [first, second] = [await calls.phone('201'), await calls.phone('202')];
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  await caller.invite('4930123');
  const firstInvite = await rings(first);
  calls.stand.inHand?.take(ring(['202']));
  const secondInvite = await rings(second);
  second.reply(secondInvite, 200);
  first.reply(firstInvite, 200);
  const answer = await caller.response(200, 'INVITE');
  // Whose answer the exchange has read first is chance.
  const firstWon = header(answer, 'To').endsWith(`of-${first.contactUser}`);
  const [winner, loser] = firstWon ? ['201', '202'] : ['202', '201'];
  const end = await (firstWon ? second : first).next('the end of the slower answer', (message) =>
    ['BYE', 'CANCEL'].includes(method(message)),
  );
  expect(header(end, 'Reason')).toContain('cause=200');
  expect(ended().sort()).toEqual([`${loser} answeredElsewhere`, `${winner} answered`].sort());
  expect(calls.stand.news.at(-1)).toEqual({ kind: 'over', how: { kind: 'answered', by: winner } });
});

it('lets one user’s 603 end that user’s ringing only, where the route says so', async () => {
  const [first, again, second] = [
    await calls.phone('201', 1),
    await calls.phone('201', 2),
    await calls.phone('202'),
  ];
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) =>
    previous === null ? { ...ring(['201', '202']), declineEnds: 'offer' } : refuse(480);
  await caller.invite('4930123');
  const firstInvite = await rings(first);
  const otherInvite = await rings(again);
  const secondInvite = await rings(second);
  first.reply(firstInvite, 603);
  expect(header(await cancelled(again, otherInvite), 'Reason')).toBe('SIP;cause=603');
  second.reply(secondInvite, 200);
  await caller.response(200, 'INVITE');
  expect(ended()).toEqual(['201 declined', '202 answered']);
});

it('rings a device again that lost its connection while it rang, and lets it answer', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  await caller.invite('4930123');
  await rings(agent);
  await agent.cut();
  await quickly('the route knows', () => calls.stand.news.length > 0);
  expect(calls.stand.news).toEqual([{ kind: 'deviceLost', user: '201' }]);
  expect(ended()).toEqual([]);
  const back = await calls.phone('201');
  back.reply(await rings(back), 200);
  await caller.response(200, 'INVITE');
  expect(ended()).toEqual(['201 answered']);
});

it('rings a device that is back before anybody noticed that it was away', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  await caller.invite('4930123');
  await rings(agent);
  const back = await calls.phone('201');
  const invite = await rings(back);
  // The exchange lets go of the other connection by itself.
  expect(calls.stand.news).toEqual([]);
  back.reply(invite, 200);
  await caller.response(200, 'INVITE');
});

it('rings a device that registers while its user is being rung, once, and not where the user has said no', async () => {
  const agent = await calls.phone('201', 1);
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  const sent = await caller.invite('4930123');
  await rings(agent);
  const laptop = await calls.phone('201', 2);
  const laptopInvite = await rings(laptop);
  await laptop.register();
  await agent.register();
  expect([invitesTo(agent), invitesTo(laptop)]).toEqual([1, 1]);
  laptop.reply(laptopInvite, 486);
  await laptop.request('ACK');
  await laptop.register();
  expect(invitesTo(laptop)).toBe(1);
  // Ignored on the first: nothing else begins to ring.
  calls.stand.exchange.cancelBranches(sent.callId, '201', [agent.account.instance ?? '']);
  const third = await calls.phone('201', 3);
  await third.settled();
  expect(invitesTo(third)).toBe(0);
});

it('does not wait for the device of a user who may not take calls any more', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? ring(['201']) : refuse(480));
  await caller.invite('4930123');
  await rings(agent);
  calls.stand.exchange.revoke('201', null);
  await caller.response(480, 'INVITE');
});

it('tells a caller who waits 182, again every minute, lets early media be heard, and rings when told', async () => {
  const [queue, agent] = [await calls.phone('queue'), await calls.phone('201')];
  const caller = await calls.unregistered('trunk');
  calls.stand.route = (_, previous) => (previous === null ? wait : refuse(480));
  const sent = await caller.invite('4930123');
  await caller.response(182, 'INVITE');
  const comfort = await queue.request('INVITE');
  queue.reply(comfort, 183, { body: 'v=0\r\ns=tone\r\n', tag: 'tone' });
  expect((await caller.response(183, 'INVITE')).body).toContain('tone');
  calls.stand.clock.advance(55_000);
  await caller.response(182, 'INVITE');
  expect(calls.stand.exchange.load().calls).toBe(1);
  expect(calls.stand.inHand?.take(ring(['201']))).toBe(true);
  const invite = await rings(agent);
  await caller.response(180, 'INVITE');
  agent.reply(invite, 200);
  const answer = await caller.response(200, 'INVITE');
  caller.sendInDialog('ACK', caller.callFromAnswer(sent, answer));
  const cancel = await queue.request('CANCEL');
  queue.reply(cancel, 200);
  queue.reply(comfort, 487, { tag: 'tone' });
  await queue.request('ACK');
  expect(ended()).toEqual(['201 answered']);
  expect(caller.received.filter((message) => status(message) === 487)).toEqual([]);
  expect(calls.stand.inHand?.take(refuse(480))).toBe(false);
});

it('ends the waiting of a caller who gives up, and its tone', async () => {
  const queue = await calls.phone('queue');
  const caller = await calls.unregistered('trunk');
  calls.stand.route = () => wait;
  const sent = await caller.invite('4930123');
  const comfort = await queue.request('INVITE');
  queue.reply(comfort, 183, { body: 'v=0\r\n', tag: 'tone' });
  await caller.response(183, 'INVITE');
  caller.cancel(sent);
  await caller.response(487, 'INVITE');
  await queue.request('CANCEL');
  expect(calls.stand.news).toEqual([{ kind: 'over', how: { kind: 'abandoned' } }]);
  await quickly('the call is forgotten', () => calls.stand.exchange.load().calls === 0);
});

it('refuses a caller who has waited too long, when the route says so', async () => {
  const caller = await calls.unregistered('trunk');
  calls.stand.route = () => ({ kind: 'wait', comfort: null });
  await caller.invite('4930123');
  await caller.response(182, 'INVITE');
  calls.stand.inHand?.take(refuse(480, 'Nobody could answer'));
  await caller.response(480, 'INVITE');
  expect(calls.stand.news).toEqual([{ kind: 'over', how: { kind: 'refused', status: 480 } }]);
});

it('counts the calls of a user, and tells their end once', async () => {
  const agent = await calls.phone('201');
  const caller = await calls.unregistered('202');
  const sent = await caller.invite('201');
  agent.reply(await rings(agent), 200);
  const answer = await caller.response(200, 'INVITE');
  const call = caller.callFromAnswer(sent, answer);
  caller.sendInDialog('ACK', call);
  expect(calls.stand.exchange.callCount('201')).toBe(1);
  caller.sendInDialog('BYE', call);
  agent.reply(await agent.request('BYE'), 200);
  await caller.response(200, 'BYE');
  expect(calls.stand.exchange.callCount('201')).toBe(0);
  expect(calls.stand.callsEnded).toEqual([{ sipCallId: sent.callId, caller: '202', callee: '201' }]);
});
