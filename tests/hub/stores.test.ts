// Every store of the hub on both databases, SQLite and PostgreSQL, by the same tests; and what only one of them could
// get wrong. Real servers, real files.
// Over 400 lines: every store, each on both databases.
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { UserView } from '#shared/desktop/session-contract.ts';
import { projectId, sipCallId, statusId, type UserId, userId, voicemailId } from '#shared/domain/ids.ts';
import { hubMigrations } from '../../migrations/hub/all-migrations.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { RememberedDeviceStore } from '../../src-hub/accounts/remembered-device-store.ts';
import { SecondFactorStore } from '../../src-hub/accounts/second-factor-store.ts';
import { SessionStore } from '../../src-hub/accounts/session-store.ts';
import { SipCredentialStore } from '../../src-hub/accounts/sip-credential-store.ts';
import { DatabaseTooNew, DatabaseUnusable } from '../../src-hub/database/database-errors.ts';
import {
  type DatabasePlace,
  type HubDatabase,
  openHubDatabase,
} from '../../src-hub/database/open-database.ts';
import type { CallRequest } from '../../src-hub/exchange/exchange-ports.ts';
import { sampleDispositions, sampleProject } from '../../src-hub/practice/sample-company.ts';
import { PresenceStore } from '../../src-hub/presence/presence-store.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { type StoredProject, usualRouting } from '../../src-hub/projects/stored-project.ts';
import { ErasedPeopleStore } from '../../src-hub/records/erased-people-store.ts';
import { OfferStore } from '../../src-hub/routing/offer-store.ts';
import { VoicemailStore } from '../../src-hub/voicemail/voicemail-store.ts';
import { eventually } from '../support/eventually.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { clerk, KeptLog, openDesktop, signInDesktop, startTestHub, temporaryFolder } from './support.ts';

const noErased = new ErasedPeopleStore(new Uint8Array(32));
const postgres = await startPostgres();
afterAll(() => postgres?.stop());

/** Beyond what fits 32 bits, as every time of today is. */
const nowMs = 1_800_000_000_123;

interface DatabaseKind {
  readonly name: string;
  readonly skip: boolean;
  place(): Promise<DatabasePlace>;
  /** Without any table, as it is before the first start. */
  emptyPlace(): Promise<DatabasePlace>;
}

const newFile = async () => ({ sqlite: join(await temporaryFolder(), 'hub.sqlite') });

const databases: readonly DatabaseKind[] = [
  {
    name: 'SQLite',
    skip: false,
    place: newFile,
    emptyPlace: newFile,
  },
  {
    name: 'PostgreSQL',
    skip: postgres === null,
    place: async () => ({ postgres: (await postgres?.newHubDatabase()) ?? '' }),
    emptyPlace: async () => ({ postgres: (await postgres?.newDatabase()) ?? '' }),
  },
];

for (const { name, skip, place, emptyPlace } of databases) {
  describe.skipIf(skip)(`on ${name}`, () => {
    async function open(at?: DatabasePlace): Promise<HubDatabase> {
      const db = await openHubDatabase(at ?? (await place()));
      onTestFinished(() => db.destroy());
      return db;
    }

    async function withUsers(...usernames: string[]) {
      const db = await open();
      const accounts = new AccountStore(db);
      const ids: UserId[] = [];
      for (const [index, username] of usernames.entries()) {
        const id = userId.parse(`u-${username}`);
        ids.push(id);
        await accounts.add({
          user: {
            userId: id,
            username,
            displayName: `Name of ${username}`,
            accountType: 'clerk',
            extension: String(201 + index),
          },
          passwordHash: `hash of ${username}`,
        });
      }
      return { db, accounts, ids };
    }

    it('an account is found by its name in any case, and a name is given once', async () => {
      const { accounts, ids } = await withUsers('ann', 'ben');
      expect(await accounts.findByUsername('ANN')).toMatchObject({
        user: { userId: ids[0], displayName: 'Name of ann', extension: '201' },
        passwordHash: 'hash of ann',
      });
      expect(await accounts.findById(ids[1] as UserId)).toMatchObject({ user: { username: 'ben' } });
      expect(await accounts.findByUsername('nobody')).toBeNull();
      const all = await accounts.all();
      expect(all.map(({ username }) => username)).toEqual(['ann', 'ben']);
      const again = { ...(all[0] as UserView), userId: userId.parse('u-other'), extension: '299' };
      await expect(accounts.add({ user: again, passwordHash: 'x' })).rejects.toThrow(/unique/i);
    });

    /** Of accounts that may. */
    async function begin(sessions: SessionStore, user: UserId, deviceId: string, atMs: number) {
      const begun = await sessions.begin(user, deviceId, atMs);
      if (!begun) throw new Error('The session was not begun.');
      return begun;
    }

    it('a session is taken up by its own device, until it is ended or has lain idle', async () => {
      const { db, ids } = await withUsers('ann');
      const sessions = new SessionStore(db);
      const ann = ids[0] as UserId;
      const first = await begin(sessions, ann, 'desk-1', nowMs);
      const { token } = await begin(sessions, ann, 'desk-1', nowMs + 1);
      expect(await sessions.takeUp(first.token, 'desk-1', nowMs + 2)).toBeNull();
      expect(await sessions.takeUp(token, 'desk-2', nowMs + 2)).toBeNull();
      const session = await sessions.takeUp(token, 'desk-1', nowMs + 2);
      expect(session).toMatchObject({ userId: ann, deviceId: 'desk-1' });
      expect(await sessions.takeUp(token, 'desk-1', nowMs + 31 * 24 * 3_600_000)).toBeNull();
      await sessions.end(session?.tokenHash ?? '');
      expect(await sessions.takeUp(token, 'desk-1', nowMs + 3)).toBeNull();
    });

    it('a session ends with all others of its user, or all but one', async () => {
      const { db, ids } = await withUsers('ann', 'ben');
      const sessions = new SessionStore(db);
      const [ann, ben] = ids as [UserId, UserId];
      const own = await begin(sessions, ann, 'desk', nowMs);
      await begin(sessions, ann, 'laptop', nowMs);
      const bens = await begin(sessions, ben, 'desk', nowMs);
      expect(await sessions.endAllOf(ann, own.session.tokenHash)).toEqual(['laptop']);
      expect(await sessions.takeUp(own.token, 'desk', nowMs)).not.toBeNull();
      expect(await sessions.endAllOf(ann, null)).toEqual(['desk']);
      expect(await sessions.takeUp(own.token, 'desk', nowMs)).toBeNull();
      expect(await sessions.takeUp(bens.token, 'desk', nowMs)).not.toBeNull();
    });

    it('a password is set with whether it must be changed, and hashed anew only where it is still the same', async () => {
      const { accounts, ids } = await withUsers('ann');
      const ann = ids[0] as UserId;
      expect(await accounts.findById(ann)).toMatchObject({ mustChangePassword: false });
      await accounts.setPassword(ann, 'hash 2', true);
      await accounts.rehash(ann, 'hash of ann', 'late');
      expect(await accounts.findById(ann)).toMatchObject({
        passwordHash: 'hash 2',
        mustChangePassword: true,
      });
      await accounts.rehash(ann, 'hash 2', 'hash 3');
      expect(await accounts.findById(ann)).toMatchObject({
        passwordHash: 'hash 3',
        mustChangePassword: true,
      });
    });

    it('a second factor is proposed anew until it is confirmed, and a code of each step is spent once of 100 tries', async () => {
      const { db, ids } = await withUsers('ann');
      const store = new SecondFactorStore(db);
      const ann = ids[0] as UserId;
      const codeHashes = ['a', 'b'];
      expect(await store.propose(ann, 'FIRST')).toBe(true);
      expect(await store.propose(ann, 'SECOND')).toBe(true);
      expect(await store.confirm(ann, { secret: 'FIRST', step: 10, nowMs, codeHashes })).toBe(false);
      expect(await store.find(ann)).toEqual({ secret: 'SECOND', confirmed: false });
      expect(await store.confirm(ann, { secret: 'SECOND', step: 10, nowMs, codeHashes })).toBe(true);
      expect(await store.confirm(ann, { secret: 'SECOND', step: 11, nowMs, codeHashes })).toBe(false);
      expect(await store.propose(ann, 'THIRD')).toBe(false);
      expect(await store.find(ann)).toEqual({ secret: 'SECOND', confirmed: true });
      const many = await Promise.all(Array.from({ length: 100 }, () => store.spendStep(ann, 11)));
      expect(many.filter(Boolean)).toHaveLength(1);
      expect(await store.spendStep(ann, 10)).toBe(false);
      await store.end(ann);
      expect([await store.find(ann), await store.recoveryCodesLeft(ann)]).toEqual([null, 0]);
    });

    it('a recovery code is spent once of 100 tries, and new ones replace those of before', async () => {
      const { db, ids } = await withUsers('ann', 'ben');
      const store = new SecondFactorStore(db);
      const [ann, ben] = ids as [UserId, UserId];
      await store.replaceRecoveryCodes(ann, ['a', 'b', 'c']);
      await store.replaceRecoveryCodes(ben, ['a']);
      const many = await Promise.all(Array.from({ length: 100 }, () => store.spendRecoveryCode(ann, 'a')));
      expect(many.filter(Boolean)).toHaveLength(1);
      expect([await store.recoveryCodesLeft(ann), await store.recoveryCodesLeft(ben)]).toEqual([2, 1]);
      await store.replaceRecoveryCodes(ann, ['d']);
      expect(await store.spendRecoveryCode(ann, 'b')).toBe(false);
      expect(await store.spendRecoveryCode(ann, 'd')).toBe(true);
    });

    it('a device is remembered by its newest token, until it is forgotten or was long away', async () => {
      const { db, ids } = await withUsers('ann');
      const store = new RememberedDeviceStore(db);
      const ann = ids[0] as UserId;
      const first = await store.remember(ann, 'desk', nowMs);
      const token = await store.remember(ann, 'desk', nowMs);
      const laptop = await store.remember(ann, 'laptop', nowMs);
      expect(await store.recognise(first, 'desk', nowMs)).toBeNull();
      expect(await store.recognise(token, 'laptop', nowMs)).toBeNull();
      expect(await store.recognise(token, 'desk', nowMs + 1)).toBe(ann);
      expect(await store.recognise(token, 'desk', nowMs + 91 * 24 * 3_600_000)).toBeNull();
      await store.forgetAllOf(ann, 'desk');
      expect(await store.recognise(laptop, 'laptop', nowMs)).toBeNull();
      await store.forget(ann, 'desk');
      expect(await store.recognise(token, 'desk', nowMs)).toBeNull();
    });

    it('a SIP credential goes with its user’s extension, one per device', async () => {
      const { db, ids } = await withUsers('ann');
      const store = new SipCredentialStore(db);
      const credential = {
        authorizationUser: '201-a',
        password: 'p',
        extension: '201',
        userId: ids[0] as UserId,
        deviceId: 'd1',
        make: 'offhook',
        label: null,
        madeAtMs: nowMs,
      } as const;
      await store.add(credential, null);
      expect(await store.all()).toEqual([credential]);
      await expect(store.add({ ...credential, authorizationUser: '201-b' }, null)).rejects.toThrow(/unique/i);
      const renewed = { ...credential, password: 'q', madeAtMs: nowMs + 1 };
      expect(await store.replacePassword(renewed, null)).toBe(true);
      expect(await store.all()).toEqual([renewed]);
      await store.remove(credential, null);
      expect(await store.all()).toEqual([]);
      expect(await store.replacePassword(renewed, null)).toBe(false);
    });

    it('a presence is written over, and its times are exact to the millisecond', async () => {
      const { db, ids } = await withUsers('ann');
      const store = new PresenceStore(db);
      const ann = ids[0] as UserId;
      await store.save(ann, {
        status: 'away',
        sinceMs: nowMs,
        untilMs: nowMs + 60_000,
        labelId: statusId.parse('lunch'),
      });
      expect((await store.all()).get(ann)).toMatchObject({ labelId: 'lunch' });
      await store.save(ann, { status: 'busy', sinceMs: nowMs + 1, untilMs: null, labelId: null });
      expect(await store.all()).toEqual(
        new Map([[ann, { status: 'busy', sinceMs: nowMs + 1, untilMs: null, labelId: null }]]),
      );
    });

    it('a project comes back with its numbers, members and dispositions in their order', async () => {
      const { db, ids } = await withUsers('ann', 'ben');
      const store = new ProjectStore(db);
      const stored: StoredProject = {
        ...usualRouting,
        project: sampleProject,
        queueName: 'Queue · 1',
        ringTimeoutMs: 20_000,
        memberIds: ids,
        openingHours: [{ weekday: 7, opensAtMinute: 0, closesAtMinute: 1_440 }],
        holidays: [{ date: '2027-12-25', name: 'Christmas' }],
        timeZone: 'Europe/Berlin',
      };
      await store.add(stored, sampleDispositions);
      expect(await store.all()).toEqual([stored]);
      expect(await store.dispositions()).toEqual(sampleDispositions);
      const second = { ...sampleProject, id: projectId.parse('second'), name: 'Second' };
      await expect(store.add({ ...stored, project: second }, [])).rejects.toThrow(/unique/i);
      // The number was taken: nothing of the second project is left.
      expect(await store.all()).toHaveLength(1);
    });

    it('a message is shown to those whose mailbox it is in, newest first', async () => {
      const { db, ids } = await withUsers('ann', 'ben');
      const [ann, ben] = ids as [UserId, UserId];
      await new ProjectStore(db).add(
        { ...usualRouting, project: sampleProject, queueName: 'q', ringTimeoutMs: 1, memberIds: [ann] },
        [],
      );
      const store = new VoicemailStore(db, noErased);
      const mailboxes = [
        { projectId: sampleProject.id, userId: null },
        { projectId: null, userId: ben },
        { projectId: null, userId: null },
      ];
      for (const [index, mailbox] of mailboxes.entries()) {
        await store.add({
          id: voicemailId.parse(`v${index}`),
          ...mailbox,
          callerNumber: '+442079460123',
          callerName: null,
          leftAtMs: nowMs + index,
          durationMs: 4_321,
        });
      }
      const ofAnn = { userId: ann, projectIds: [sampleProject.id], ownerless: true };
      expect(await store.list(ofAnn)).toMatchObject([
        { voicemailId: 'v2', projectName: null, leftAtMs: nowMs + 2, durationMs: 4_321, heard: false },
        { voicemailId: 'v0', projectName: sampleProject.name },
      ]);
      const ofBen = { userId: ben, projectIds: [], ownerless: false };
      expect(await store.findMailbox(voicemailId.parse('v0'), ofBen)).toBeNull();
      expect(await store.findMailbox(voicemailId.parse('v1'), ofBen)).toEqual({
        projectId: null,
        userId: ben,
      });
      await store.markHeard(voicemailId.parse('v1'), true);
      expect(await store.list(ofBen)).toMatchObject([{ voicemailId: 'v1', heard: true }]);
    });

    it('a missed offer is told once, also where two devices ask at the same moment', async () => {
      const { db, ids } = await withUsers('ann');
      const ann = ids[0] as UserId;
      const store = new OfferStore(db);
      const calls = Array.from({ length: 12 }, (_, index) => sipCallId.parse(`call-${index}`));
      for (const [index, id] of calls.entries()) {
        await store.addCall(callRequest(id), { destination: 'user', projectId: null }, nowMs + index);
        await store.addCall(callRequest(id), { destination: 'user', projectId: null }, nowMs + 999);
        const offer = { sipCallId: id, userId: ann, attempt: 0, beganAtMs: nowMs, endedAtMs: nowMs } as const;
        await store.putOffer({ ...offer, outcome: 'rangOut', missedReason: 'rangOut', toTell: false });
        await store.putOffer({ ...offer, outcome: 'noDevice', missedReason: 'asleep', toTell: true });
      }
      expect(await store.offersOf(sipCallId.parse('call-0'))).toMatchObject([
        { outcome: 'noDevice', toTell: true },
      ]);
      const told = await Promise.all([store.takeMissed(ann), store.takeMissed(ann), store.takeMissed(ann)]);
      expect(told.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, 0, 12]);
      const all = told.flat();
      expect(all.map(({ atMs }) => atMs)).toEqual(calls.map((_, index) => nowMs + index));
      expect(all[0]).toMatchObject({ callerName: 'Maya', projectName: null, reason: 'asleep' });
      expect(await store.takeMissed(ann)).toEqual([]);
    });

    it('is refused with a clear word where it was written by a newer version, and left as it was', async () => {
      const at = await place();
      const db = await openHubDatabase(at);
      await db
        .insertInto('kysely_migration' as never)
        .values({ name: '999-from-the-future', timestamp: '2030-01-01' } as never)
        .execute();
      await db.destroy();
      await expect(openHubDatabase(at)).rejects.toThrow(DatabaseTooNew);
      await expect(openHubDatabase(at)).rejects.toThrow('newer version of Offhook');
    });

    it('is brought up to date from the first version on, keeping what it had', async () => {
      const at = await emptyPlace();
      const names = Object.keys(hubMigrations);
      const first = await openHubDatabase(at, { upTo: names[0] as string });
      await first
        .insertInto('account')
        // As the first version knew it.
        .values({
          user_id: userId.parse('u1'),
          username: 'ann',
          display_name: 'Ann',
          account_type: 'clerk',
          extension: '201',
          password_hash: 'h',
        } as never)
        .execute();
      await first.destroy();
      const db = await open(at);
      expect(await new AccountStore(db).all()).toMatchObject([{ username: 'ann', extension: '201' }]);
      expect(
        await new VoicemailStore(db, noErased).list({
          userId: userId.parse('u1'),
          projectIds: [],
          ownerless: true,
        }),
      ).toEqual([]);
    });
  });
}

describe.skipIf(postgres === null)('a hub on PostgreSQL', () => {
  it('keeps statuses and sessions over a restart', async () => {
    const database = { postgres: (await postgres?.newHubDatabase()) ?? '' };
    const dataDirectory = await temporaryFolder();
    const first = await startTestHub({ database, dataDirectory });
    const { client, session } = await signInDesktop(first);
    await client.call('presence.set', { status: 'away', labelId: null, untilMs: null });
    await first.close();
    const second = await startTestHub({ database, dataDirectory });
    const again = await signInDesktop(second, clerk, 'desktop-2');
    expect(await again.client.call('presence.get', null)).toMatchObject({ status: 'away' });
    await expect(
      again.client.call('session.resume', { token: session.token, deviceId: 'desktop-1' }),
    ).resolves.toMatchObject({ username: 'clerk' });
    expect(second.log.errors()).toEqual([]);
  });

  it('lives on when its connections are cut, and is ready again after', async () => {
    const url = (await postgres?.newHubDatabase()) ?? '';
    const hub = await startTestHub({ database: { postgres: url } });
    const { client } = await signInDesktop(hub);
    const operator = new pg.Client({ connectionString: url });
    await operator.connect();
    onTestFinished(() => operator.end());
    await operator.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
      ['offhook-hub'],
    );
    await eventually('the hub has noticed', () => hub.log.has('an idle connection was lost'));
    // One that was cut in the same moment may be tried first; it is not tried again.
    await eventually('a status is kept', async () => {
      await client.call('presence.set', { status: 'busy', labelId: null, untilMs: null });
      return true;
    });
    expect(await client.call('presence.get', null)).toMatchObject({ status: 'busy' });
  });

  it('is not ready, but alive, while the database is gone', async () => {
    const ownServer = await startPostgres();
    if (!ownServer) throw new Error('It has started a moment ago');
    const hub = await startTestHub({ database: { postgres: await ownServer.newDatabase() } });
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${hub.port}${path}`)).status;
    expect([await status('/health'), await status('/ready')]).toEqual([200, 200]);
    await ownServer.stop();
    await eventually('it is not ready', async () => (await status('/ready')) === 503);
    expect(await status('/health')).toBe(200);
    const { client } = await openDesktop(hub);
    await expect(client.call('session.signIn', { ...clerk, deviceId: 'd' })).rejects.toMatchObject({
      reason: 'internal',
    });
    expect(await client.call('hub.describe', null)).toMatchObject({ practice: true });
  });

  it.each([
    ['no-address', 'no address of a PostgreSQL database'],
    ['mysql://127.0.0.1/hub', 'no address of a PostgreSQL database'],
    [`postgresql://offhook:wrong@127.0.0.1:${postgres?.port}/hub_1`, 'user or password is wrong'],
    [
      `postgresql://offhook:of%20the%20tests%20only@127.0.0.1:${postgres?.port}/absent`,
      'no database of that name',
    ],
    ['postgresql://offhook:secret-word@127.0.0.1:1/hub', 'nothing listens there'],
  ])('says in words why %s cannot be used, without the password', async (url, words) => {
    const failed = openHubDatabase({ postgres: url });
    await expect(failed).rejects.toThrow(DatabaseUnusable);
    await expect(failed).rejects.toThrow(words);
    const error = await failed.catch((reason: Error) => reason);
    expect((error as Error).message).not.toMatch(/secret-word|wrong@/);
  });

  it('fails what a lost connection was at work on, and nothing else', async () => {
    const log = new KeptLog();
    const db = await openHubDatabase({ postgres: (await postgres?.newHubDatabase()) ?? '' }, { log });
    onTestFinished(() => db.destroy());
    const cutOff = db
      .transaction()
      .execute((open) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(open));
    await expect(cutOff).rejects.toThrow();
    await eventually('it is logged', () => log.has('a connection was lost'));
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });

  it('logs nothing that names a person or a password', async () => {
    const log = new KeptLog();
    const url = (await postgres?.newHubDatabase()) ?? '';
    const db = await openHubDatabase({ postgres: url }, { log });
    await db.destroy();
    expect(JSON.stringify(log.lines)).not.toContain('tests only');
  });
});

function callRequest(id: ReturnType<typeof sipCallId.parse>): CallRequest {
  return {
    sipCallId: id,
    fromUser: 'trunk',
    requestUser: '201',
    callerNumber: '+442079460123',
    callerName: 'Maya',
    redirectedFrom: null,
    transferredBy: null,
  };
}
