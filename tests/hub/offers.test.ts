// What is kept of every offer, and missed offers that are told once. Real SQLite; the router asked as the exchange
// asks it.
import { expect, it } from 'vitest';
import { sipCallId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { UserDirectory } from '../../src-hub/accounts/user-directory.ts';
import { BackgroundWork } from '../../src-hub/background-work.ts';
import type { CallRequest, OfferEnded } from '../../src-hub/exchange/exchange-ports.ts';
import { sampleProject, sampleUserId } from '../../src-hub/practice/sample-company.ts';
import { seedPractice } from '../../src-hub/practice/seed-practice.ts';
import { OpenProjectStore } from '../../src-hub/projects/open-project-store.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { RecordStore } from '../../src-hub/records/record-store.ts';
import { createCallRouter } from '../../src-hub/routing/call-router.ts';
import { OfferService } from '../../src-hub/routing/offer-service.ts';
import { OfferStore } from '../../src-hub/routing/offer-store.ts';
import type { Company, DevicesOfUser } from '../../src-hub/routing/route-decision.ts';
import { HandClock, KeptLog, openTestDatabase, temporaryFolder } from './support.ts';

const alex = sampleUserId('clerk');
const sam = sampleUserId('clerk2');
const awake: DevicesOfUser = { awake: 1, fallingAsleep: 0, anyAsleep: false };
const gone: DevicesOfUser = { awake: 0, fallingAsleep: 0, anyAsleep: false };
const asleep: DevicesOfUser = { awake: 0, fallingAsleep: 0, anyAsleep: true };

async function offersAtWork(samsDevices: DevicesOfUser = awake) {
  const db = await openTestDatabase(await temporaryFolder());
  const accounts = new AccountStore(db);
  // Hashes of nothing: nobody signs in here.
  const hashing = { hash: async () => 'unused', verify: async () => false, isOutdated: () => false };
  await seedPractice(
    {
      accounts,
      projects: new ProjectStore(db),
      openProjects: new OpenProjectStore(db),
      records: new RecordStore(db),
    },
    hashing,
  );
  const users = new UserDirectory(accounts);
  await users.load();
  const log = new KeptLog();
  const clock = new HandClock();
  const background = new BackgroundWork(log);
  const store = new OfferStore(db);
  const answered: string[] = [];
  const offers = new OfferService({ store, users, clock, background, answeredBy: (id) => answered.push(id) });
  const company: Company = {
    users: [
      {
        userId: alex,
        extension: '201',
        status: 'available',
        activity: 'free',
        liveBindings: 1,
        devices: awake,
      },
      {
        userId: sam,
        extension: '202',
        status: 'available',
        activity: 'free',
        liveBindings: samsDevices.awake,
        devices: samsDevices,
      },
    ],
    projects: [
      {
        id: sampleProject.id,
        queueName: 'q',
        numbers: sampleProject.numbers,
        members: [alex, sam],
        ringTimeoutMs: 20_000,
      },
    ],
    practiceNumbers: [],
  };
  const router = createCallRouter({ offers, log, companyNow: () => company });
  const id = sipCallId.parse('call-1');
  const arrive = (requestUser = '+442079460100') => {
    const request: CallRequest = {
      sipCallId: id,
      fromUser: 'trunk',
      requestUser,
      callerNumber: '+442079460123',
      callerName: 'Maya',
      redirectedFrom: null,
      transferredBy: null,
    };
    return router.route(request);
  };
  const end = (user: string, outcome: OfferEnded['outcome']) =>
    offers.offerEnded({ sipCallId: id, user, outcome });
  const kept = async () => {
    await background.settled();
    expect(log.errors()).toEqual([]);
    return (await store.offersOf(id)).map(({ userId, outcome, missedReason }) => [
      userId,
      outcome,
      missedReason,
    ]);
  };
  const missedBy = async (userId: typeof alex) => {
    await background.settled();
    return await offers.takeMissed(userId);
  };
  return { offers, arrive, end, kept, missedBy, answered, id, clock };
}

it('keeps the outcome of every offer with its reason', async () => {
  const { arrive, end, kept, offers, id, missedBy } = await offersAtWork();
  const route = arrive();
  route.next(null);
  offers.ignored(id, sam);
  end('201', 'rangOut');
  end('202', 'rangOut');
  route.next({ kind: 'rangOut' });
  end('voicemail', 'answered');
  expect(await kept()).toEqual([
    [alex, 'rangOut', 'rangOut'],
    [sam, 'rangOut', 'ignored'],
  ]);
  // Both devices were there and know themselves.
  expect(await missedBy(alex)).toEqual([]);
});

it('takes who answered as on a call at once', async () => {
  const { arrive, end, kept, answered } = await offersAtWork();
  arrive().next(null);
  end('201', 'answered');
  end('202', 'answeredElsewhere');
  expect(answered).toEqual([alex]);
  expect(await kept()).toEqual([
    [alex, 'answered', null],
    [sam, 'answeredElsewhere', null],
  ]);
});

it('tells an offer that nobody could see once, with caller, project and reason', async () => {
  const { arrive, end, missedBy, clock } = await offersAtWork(asleep);
  const route = arrive();
  route.next(null);
  const atMs = clock.nowMs();
  clock.advance(20_000);
  end('201', 'rangOut');
  route.next({ kind: 'rangOut' });
  expect(await missedBy(sam)).toEqual([
    {
      sipCallId: 'call-1',
      callerNumber: '+442079460123',
      callerName: 'Maya',
      projectName: 'Northwind Support',
      atMs,
      reason: 'asleep',
    },
  ]);
  expect(await missedBy(sam)).toEqual([]);
});

it('tells nothing of a call that a colleague answered', async () => {
  const { arrive, end, missedBy } = await offersAtWork(gone);
  arrive().next(null);
  end('201', 'answered');
  expect(await missedBy(sam)).toEqual([]);
});

it('tells nothing of a call that a colleague declined for the whole project', async () => {
  const { arrive, end, missedBy } = await offersAtWork(gone);
  const route = arrive();
  route.next(null);
  end('201', 'declined');
  route.next({ kind: 'declined', byUser: '201', status: 603 });
  end('voicemail', 'answered');
  expect(await missedBy(sam)).toEqual([]);
});

it('tells of a call whose caller gave up while others rang', async () => {
  const { arrive, end, missedBy } = await offersAtWork(gone);
  arrive().next(null);
  end('201', 'abandoned');
  expect((await missedBy(sam)).map(({ reason }) => reason)).toEqual(['noDevice']);
});

it('tells of a direct call at once, when it goes to voicemail without ringing', async () => {
  const { arrive, missedBy } = await offersAtWork(gone);
  arrive('202').next(null);
  expect(await missedBy(sam)).toMatchObject([{ reason: 'noDevice', projectName: null }]);
});

it('tells of a device that was gone when the exchange looked for it', async () => {
  const { arrive, end, missedBy, kept } = await offersAtWork();
  const route = arrive();
  route.next(null);
  end('202', 'noDevice');
  expect(await kept()).toEqual([
    [alex, 'ringing', null],
    [sam, 'noDevice', 'noDevice'],
  ]);
  expect((await missedBy(sam)).map(({ reason }) => reason)).toEqual(['noDevice']);
});

it('takes what still rang when the hub died for missed because of that, and tells it after the next start', async () => {
  const { arrive, end, kept, missedBy, offers } = await offersAtWork();
  arrive().next(null);
  end('202', 'rejected');
  expect(await kept()).toEqual([
    [alex, 'ringing', null],
    [sam, 'rejected', null],
  ]);
  expect(await missedBy(alex)).toEqual([]);
  await offers.load();
  expect(await kept()).toEqual([
    [alex, 'cutOff', 'network'],
    [sam, 'rejected', null],
  ]);
  expect(await missedBy(alex)).toMatchObject([{ callerNumber: '+442079460123', reason: 'network' }]);
  await offers.load();
  expect(await missedBy(alex)).toEqual([]);
});

it('walks from agents to voicemail to a refusal', async () => {
  const { arrive } = await offersAtWork();
  const route = arrive();
  expect(route.next(null)).toMatchObject({ kind: 'ring', users: ['201', '202'] });
  expect(route.next({ kind: 'rangOut' })).toMatchObject({
    kind: 'ring',
    users: ['voicemail'],
    headers: { 'X-Offhook-Mailbox': 'project:northwind-support' },
  });
  expect(route.next({ kind: 'nobodyRegistered' })).toMatchObject({ kind: 'refuse', status: 480 });
});
