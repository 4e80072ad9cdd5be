// What is kept of every call and offer, and missed offers that are told once. Real SQLite; the router asked as the
// exchange asks it.
import { expect, it } from 'vitest';
import { sipCallId, userId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../../src-hub/accounts/account-store.ts';
import { BackgroundWork } from '../../../src-hub/background-work.ts';
import type { CallRequest } from '../../../src-hub/exchange/exchange-ports.ts';
import { OfferService } from '../../../src-hub/routing/offer-service.ts';
import { OfferStore } from '../../../src-hub/routing/offer-store.ts';
import { WriteBehind } from '../../../src-hub/routing/write-behind.ts';
import { HandClock, KeptLog, openTestDatabase, temporaryFolder } from '../support.ts';

const [alex, sam] = [userId.parse('alex'), userId.parse('sam')];
const id = sipCallId.parse('call-1');

async function offersAtWork() {
  const db = await openTestDatabase(await temporaryFolder());
  const accounts = new AccountStore(db);
  const users = [
    { userId: alex, extension: '201', username: 'alex', displayName: 'Alex', accountType: 'clerk' as const },
    { userId: sam, extension: '202', username: 'sam', displayName: 'Sam', accountType: 'clerk' as const },
  ];
  for (const user of users) await accounts.add({ user, passwordHash: 'unused' });
  const log = new KeptLog();
  const clock = new HandClock();
  const background = new BackgroundWork(log);
  const store = new OfferStore(db);
  const [answered, told, ended] = [[] as string[], [] as string[], [] as string[]];
  const offers = new OfferService({
    store,
    writes: new WriteBehind(db, background, log),
    users: { byExtension: (extension) => users.find((each) => each.extension === extension) ?? null },
    clock,
    answeredBy: (each) => answered.push(each),
    missed: (each) => told.push(each),
    ended: (outcome) => ended.push(outcome),
    endedIn: () => Promise.resolve(),
  });
  const request: CallRequest = {
    sipCallId: id,
    fromUser: 'trunk',
    requestUser: '+442079460100',
    callerNumber: '+442079460123',
    callerName: 'Maya',
    redirectedFrom: null,
    transferredBy: null,
  };
  offers.routed(request, { destination: 'project', projectId: null });
  const kept = async () => {
    await background.settled();
    expect(log.errors()).toEqual([]);
    return (await store.offersOf(id)).map(({ userId: who, attempt, outcome, missedReason }) =>
      [who, attempt, outcome, missedReason].filter((each) => each !== null).join(' '),
    );
  };
  const ends = (user: string, outcome: Parameters<OfferService['offerEnded']>[0]['outcome']) =>
    offers.offerEnded({ sipCallId: id, user, outcome });
  return { db, offers, store, clock, kept, ends, answered, told, ended, background };
}

it('CALL-22: keeps the outcome of every offer with its reason, of two to the same agent both', async () => {
  const { offers, ends, kept, clock, store, answered, ended } = await offersAtWork();
  offers.ringing(id, ['201']);
  offers.ignored(id, alex);
  clock.advance(20_000);
  ends('201', 'rangOut');
  offers.ringing(id, ['202']);
  ends('202', 'declined');
  offers.waits(id);
  clock.advance(5_000);
  offers.ringing(id, ['201']);
  clock.advance(2_000);
  ends('201', 'answered');
  offers.over(id, { kind: 'answered', by: '201' });
  clock.advance(60_000);
  offers.callEnded(id);
  expect(await kept()).toEqual(['alex 1 rangOut ignored', 'alex 2 answered', 'sam 1 declined']);
  expect(answered).toEqual([alex]);
  expect(ended).toEqual(['answered']);
  const nowMs = clock.nowMs();
  expect(await store.endOf(id)).toEqual({
    outcome: 'answered',
    answeredBy: alex,
    queuedAtMs: nowMs - 67_000,
    answeredAtMs: nowMs - 60_000,
    endedAtMs: nowMs,
  });
  // The next start knows since when alex has been idle.
  expect(await store.lastCallsEnded(nowMs - 100_000)).toEqual(new Map([[alex, nowMs]]));
});

it('tells an offer that nobody could see at once and once, with caller and reason', async () => {
  const { offers, kept, told } = await offersAtWork();
  offers.nobodyAnswered(id, [{ userId: sam, reason: 'asleep' }]);
  offers.nobodyAnswered(id, [{ userId: sam, reason: 'asleep' }]);
  expect(await kept()).toEqual(['sam 1 noDevice asleep']);
  expect(told).toEqual([sam]);
  expect(await offers.takeMissed(sam)).toMatchObject([{ callerName: 'Maya', reason: 'asleep' }]);
  expect(await offers.takeMissed(sam)).toEqual([]);
  expect(await offers.takeMissed(alex)).toEqual([]);
});

it('notes who won although their offer had ended: they answered as the ring time ran out', async () => {
  const { offers, ends, kept, answered } = await offersAtWork();
  offers.ringing(id, ['201']);
  ends('201', 'rangOut');
  offers.over(id, { kind: 'answered', by: '201' });
  expect(await kept()).toEqual(['alex 1 answered']);
  expect(answered).toEqual([alex]);
});

it('takes what still rang when the hub died for missed because of that, and tells it after the next start', async () => {
  const { offers, ends, kept, store } = await offersAtWork();
  offers.ringing(id, ['201', '202']);
  ends('202', 'rejected');
  expect(await kept()).toEqual(['alex 1 ringing', 'sam 1 rejected']);
  expect(await offers.takeMissed(alex)).toEqual([]);
  await offers.load();
  expect(await kept()).toEqual(['alex 1 cutOff network', 'sam 1 rejected']);
  expect((await store.endOf(id))?.outcome).toBe('cutOff');
  expect(await offers.takeMissed(alex)).toMatchObject([{ callerNumber: '+442079460123', reason: 'network' }]);
  await offers.load();
  expect(await offers.takeMissed(alex)).toEqual([]);
});

it('keeps the others where one cannot be kept', async () => {
  const { db, offers, store, background } = await offersAtWork();
  offers.ringing(id, ['201', '202']);
  await db.deleteFrom('account').where('user_id', '=', sam).execute();
  await background.settled();
  expect((await store.offersOf(id)).map(({ userId: who }) => who)).toEqual([alex]);
});
