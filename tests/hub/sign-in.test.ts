// Signing in at the hub, over a real WebSocket and a real database; what is refused, and how it is told.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Work } from '#shared/domain/work.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import { AccountService } from '../../src-hub/accounts/account-service.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { argon2Hashing, type PasswordHashing } from '../../src-hub/accounts/password-hashing.ts';
import { PasswordService } from '../../src-hub/accounts/password-service.ts';
import { RememberedDeviceStore } from '../../src-hub/accounts/remembered-device-store.ts';
import { SecondFactorService } from '../../src-hub/accounts/second-factor-service.ts';
import { SecondFactorStore } from '../../src-hub/accounts/second-factor-store.ts';
import { sessionHandlers } from '../../src-hub/accounts/session-handlers.ts';
import { SessionStore } from '../../src-hub/accounts/session-store.ts';
import { SignInThrottle } from '../../src-hub/accounts/sign-in-throttle.ts';
import { sampleAccounts, sampleUserId } from '../../src-hub/practice/sample-company.ts';
import type { HubConnection } from '../../src-hub/wire/hub-connection.ts';
import { LiveConnections } from '../../src-hub/wire/live-connections.ts';
import { eventually } from '../support/eventually.ts';
import { startTestAgent } from '../support/test-agent.ts';
import { makeToneOpus } from '../support/tone.ts';
import {
  admin,
  clerk,
  clerk2,
  HandClock,
  KeptLog,
  listenTo,
  openDesktop,
  openTestDatabase,
  signInDesktop,
  startTestHub,
  superAdmin,
  temporaryFolder,
  wholeSignIn,
} from './support.ts';

describe('signing in', () => {
  it('tells its sample accounts before anyone signs in', async () => {
    const hub = await startTestHub();
    const { client } = await openDesktop(hub);
    const described = await client.call('hub.describe', null);
    expect(described.practice).toBe(true);
    expect(described.sampleAccounts).toContainEqual(clerk);
    expect(described.sampleAccounts).toHaveLength(4);
  });

  it('TEAM-1 gives each sample account its name, extension, SIP account and work', async () => {
    const hub = await startTestHub();
    const { session } = await signInDesktop(hub);
    expect(session.user).toMatchObject({
      displayName: 'Alex Morgan',
      extension: '201',
      accountType: 'clerk',
    });
    expect(session.sip).toMatchObject({
      webSocketUrl: `${hub.url}/sip`,
      uri: 'sip:201@practice.offhook.invalid',
      echoExtension: '600',
      displayName: 'Alex Morgan',
    });
    expect(session.work.projects).toMatchObject([
      { name: 'Northwind Support', numbers: ['+442079460100'], wrapUpMs: 120_000, dispositionRequired: true },
      { name: 'Willow Dental', numbers: ['+442079460170'], wrapUpMs: 60_000, dispositionRequired: false },
    ]);
    expect(session.work.open).toEqual({ primaryId: 'northwind-support', secondaryIds: [] });
    const ofFirst = session.work.dispositions.filter(({ projectId }) => projectId === 'northwind-support');
    expect(ofFirst.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(new Set(ofFirst.map(({ group }) => group)).size).toBe(3);
    expect(ofFirst.filter(({ noteRequired }) => noteRequired)).toHaveLength(1);
    for (const [who, extension] of [
      [clerk2, '202'],
      [admin, '203'],
      [superAdmin, '204'],
    ] as const) {
      expect((await signInDesktop(hub, who)).session.user.extension).toBe(extension);
    }
  });

  it('TEAM-1 tells a wrong password, an unknown user and a wrong account type with the same words', async () => {
    const hub = await startTestHub();
    const { client } = await openDesktop(hub);
    const refusals = [];
    for (const wrong of [
      { ...clerk, password: 'guess' },
      { ...clerk, username: 'nobody' },
      { ...clerk, accountType: 'admin' as const },
    ]) {
      const refusal: unknown = await client
        .call('session.signIn', { ...wrong, deviceId: 'd' })
        .catch((error: unknown) => error);
      refusals.push(refusal);
    }
    expect(refusals[0]).toMatchObject({ reason: 'wrongCredentials' });
    const { message } = refusals[0] as Error;
    expect(refusals.map((refusal) => (refusal as Error).message)).toEqual([message, message, message]);
  });

  it('verifies one hash whatever is wrong, so that an unknown user takes as long as a wrong password', async () => {
    const { service, verified } = await countingService();
    const attempts = [
      { ...clerk, password: 'guess' },
      { ...clerk, username: 'nobody', password: 'guess' },
      { ...clerk, accountType: 'superAdmin' as const },
    ];
    for (const [index, attempt] of attempts.entries()) {
      const refused = service.signIn({ ...attempt, deviceId: 'd', address: `127.0.0.${index + 1}` });
      await expect(refused).rejects.toMatchObject({ reason: 'wrongCredentials' });
    }
    expect(verified).toHaveLength(3);
    // The hash of nobody is made with the same cost as any other.
    const costs = verified.map((hash) => hash.split('$').slice(1, 4).join('$'));
    expect(costs).toEqual(Array(3).fill('argon2id$v=19$m=19456,t=2,p=1'));
  });

  it('slows guessing down, tells the owner nothing else, and lets them in after the wait', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client } = await openDesktop(hub);
    const wrong = () => client.call('session.signIn', { ...clerk, password: 'guess', deviceId: 'd' });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await expect(wrong()).rejects.toMatchObject({ reason: 'wrongCredentials' });
    }
    await expect(wrong()).rejects.toMatchObject({ reason: 'slowDown' });
    const right = () => client.call('session.signIn', { ...clerk, deviceId: 'd' });
    await expect(right()).rejects.toMatchObject({ reason: 'slowDown' });
    // Another account at the same address is not held up.
    await expect(client.call('session.signIn', { ...clerk2, deviceId: 'd' })).resolves.toBeTruthy();
    clock.advance(1_001);
    await expect(right()).resolves.toMatchObject({ user: { username: 'clerk' } });
  });

  it('keeps no password and no token in readable form, and its database from other users of the computer', async () => {
    const hub = await startTestHub();
    const { session } = await signInDesktop(hub);
    await hub.close();
    const bytes = readFileSync(join(hub.dataDirectory, 'hub.sqlite'));
    for (const secret of ['practice-clerk', session.token]) expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes('$argon2id$')).toBe(true);
  });
});

describe('the throttle', () => {
  const guess = (throttle: SignInThrottle, username = 'clerk', address = 'a') => {
    try {
      throttle.begin(username, address);
      return 'let through';
    } catch {
      return 'slowed down';
    }
  };

  it('doubles the wait with each failure, to a minute at most, and never locks for good', () => {
    const clock = new HandClock();
    const throttle = new SignInThrottle(clock);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      let waitedMs = 0;
      while (guess(throttle) === 'slowed down') {
        clock.advance(500);
        waitedMs += 500;
      }
      waits.push(waitedMs);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('forgets failures after a quarter of an hour', () => {
    const clock = new HandClock();
    const throttle = new SignInThrottle(clock);
    for (let attempt = 0; attempt < 4; attempt += 1) guess(throttle);
    expect(guess(throttle)).toBe('slowed down');
    clock.advance(15 * 60_000);
    expect(Array.from({ length: 4 }, () => guess(throttle))).toEqual(Array(4).fill('let through'));
  });

  it('counts many guesses sent at once, before any of them is known to be wrong', () => {
    const throttle = new SignInThrottle(new HandClock());
    const results = Array.from({ length: 10 }, () => guess(throttle));
    expect(results.filter((result) => result === 'let through')).toHaveLength(4);
  });

  it('slows an address that tries one password on many accounts', () => {
    const throttle = new SignInThrottle(new HandClock());
    const results = Array.from({ length: 30 }, (_, index) => guess(throttle, `user-${index}`));
    expect(results.filter((result) => result === 'let through')).toHaveLength(21);
  });

  it('keeps a stranger elsewhere from holding up the owner at their own desk', () => {
    const throttle = new SignInThrottle(new HandClock());
    for (let attempt = 0; attempt < 10; attempt += 1) guess(throttle, 'clerk', 'stranger');
    expect(guess(throttle, 'clerk', 'desk')).toBe('let through');
  });
});

describe('a session', () => {
  it('is taken up again with its token after the link was lost', async () => {
    const hub = await startTestHub();
    const first = await signInDesktop(hub);
    first.ws.terminate();
    const second = await openDesktop(hub);
    const resumed = await second.client.call('session.resume', {
      token: first.session.token,
      deviceId: 'desktop-1',
    });
    expect(resumed.username).toBe('clerk');
    await expect(second.client.call('presence.get', null)).resolves.toMatchObject({ status: 'offline' });
  });

  it('outlives a restart of the hub, with the same SIP credential', async () => {
    const hub = await startTestHub();
    const { session } = await signInDesktop(hub);
    await hub.close();
    const again = await startTestHub({ dataDirectory: hub.dataDirectory });
    const { client } = await openDesktop(again);
    await client.call('session.resume', { token: session.token, deviceId: 'desktop-1' });
    const anew = wholeSignIn(await client.call('session.signIn', { ...clerk, deviceId: 'desktop-1' }));
    expect(anew.sip.authorizationUser).toBe(session.sip.authorizationUser);
    expect(anew.sip.password).toBe(session.sip.password);
  });

  it('TEAM-1 is refused with an invented token, with another device, and after signing out', async () => {
    const hub = await startTestHub();
    const { client, session } = await signInDesktop(hub);
    const other = await openDesktop(hub);
    const refused = { reason: 'wrongCredentials' };
    await expect(
      other.client.call('session.resume', { token: 'invented', deviceId: 'desktop-1' }),
    ).rejects.toMatchObject(refused);
    await expect(
      other.client.call('session.resume', { token: session.token, deviceId: 'elsewhere' }),
    ).rejects.toMatchObject(refused);
    await client.call('session.signOut', null);
    await expect(
      other.client.call('session.resume', { token: session.token, deviceId: 'desktop-1' }),
    ).rejects.toMatchObject(refused);
    await expect(client.call('presence.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
  });

  it('gives each device a SIP credential of its own, and a new one after signing out', async () => {
    const hub = await startTestHub();
    const desktop = await signInDesktop(hub, clerk, 'desktop');
    const laptop = await signInDesktop(hub, clerk, 'laptop');
    expect(laptop.session.sip.authorizationUser).not.toBe(desktop.session.sip.authorizationUser);
    await laptop.client.call('session.signOut', null);
    const again = await signInDesktop(hub, clerk, 'laptop');
    expect(again.session.sip.password).not.toBe(laptop.session.sip.password);
  });

  it('ends where the same person signs in anew as the same device, and says so', async () => {
    const hub = await startTestHub();
    const copied = await signInDesktop(hub);
    const told = listenTo(copied.client, 'session.ended');
    await signInDesktop(hub);
    expect(await copied.closed).toBe(1001);
    expect(told).toEqual([null]);
    const again = await openDesktop(hub);
    await expect(
      again.client.call('session.resume', { token: copied.session.token, deviceId: 'desktop-1' }),
    ).rejects.toMatchObject({ reason: 'wrongCredentials' });
  });

  it('says nothing where it only has another connection', async () => {
    const hub = await startTestHub();
    const stale = await signInDesktop(hub);
    const told = listenTo(stale.client, 'session.ended');
    const fresh = await openDesktop(hub);
    await fresh.client.call('session.resume', { token: stale.session.token, deviceId: 'desktop-1' });
    await stale.closed;
    expect(told).toEqual([]);
  });

  it.each([
    {
      why: 'that an admin ends while its device is being let in lets nobody in, and leaves no phone',
      anew: false,
    },
    { why: 'that the same device begins anew meanwhile leaves the phone to the later one', anew: true },
  ])('$why', async ({ anew }) => {
    const { service, sessions } = await countingService();
    const userId = sampleUserId('clerk');
    const live = new LiveConnections();
    const signedOut: string[] = [];
    const handlers = sessionHandlers({
      accounts: service,
      live,
      sip: {
        // Asked for after the session has begun, and before its device has it.
        async of() {
          await sessions.endAllOf(userId, null);
          if (anew) await sessions.begin(userId, 'desk', 1);
          return {} as SipAccount;
        },
        tell: noNews,
        tellDevices: noNews,
      },
      workFor: () => ({}) as Work,
      deviceCame() {},
      deviceCameBack() {},
      deviceWent() {},
      deviceSignedOut: async (_, deviceId) => void signedOut.push(deviceId),
    });
    const connection = { signedIn: null, address: '127.0.0.1', reachedAt: '', tell() {}, close() {} };
    live.add(connection as unknown as HubConnection);
    const signIn = handlers['session.signIn'] as (request: object, of: unknown) => Promise<unknown>;
    await expect(signIn({ ...clerk, deviceId: 'desk' }, connection)).rejects.toMatchObject({
      reason: 'wrongCredentials',
    });
    expect(connection.signedIn).toBeNull();
    expect(signedOut).toEqual(anew ? [] : ['desk']);
  });

  it('TEAM-1 takes its phone with it when signed out: no registration is left, and none is made', async () => {
    const hub = await startTestHub();
    const deviceId = randomUUID();
    const { client, session } = await signInDesktop(hub, clerk, deviceId);
    const other = await signInDesktop(hub, clerk, 'laptop');
    const phone = await startTestAgent(
      { ...session.sip, instanceId: deviceId },
      makeToneOpus(440, 1),
      new KeptLog(),
    );
    onTestFinished(() => phone.close());
    expect(phone.isRegistered()).toBe(true);
    await client.call('session.signOut', null);
    await eventually('its link is closed', () => !phone.isRegistered());
    await expect(other.client.call('presence.get', null)).resolves.toBeDefined();
    await eventually('it was refused', () => hub.log.has('a digest was wrong'));
    expect(phone.isRegistered()).toBe(false);
  });

  it('moves to the newest connection of its device: the older one is closed', async () => {
    const hub = await startTestHub();
    const stale = await signInDesktop(hub);
    const fresh = await openDesktop(hub);
    await fresh.client.call('session.resume', { token: stale.session.token, deviceId: 'desktop-1' });
    expect(await stale.closed).toBe(1001);
    await expect(fresh.client.call('presence.get', null)).resolves.toMatchObject({ status: 'offline' });
  });
});

async function countingService() {
  const db = await openTestDatabase(await temporaryFolder());
  const real = argon2Hashing();
  const verified: string[] = [];
  const hashing: PasswordHashing = {
    ...real,
    verify(passwordHash, password) {
      verified.push(passwordHash);
      return real.verify(passwordHash, password);
    },
  };
  const accounts = new AccountStore(db);
  const [sample] = sampleAccounts;
  if (!sample) throw new Error('no sample account');
  const { password, ...rest } = sample;
  await accounts.add({
    user: { userId: sampleUserId(sample.username), ...rest },
    passwordHash: await real.hash(password),
  });
  const clock = new HandClock();
  const throttle = new SignInThrottle(clock);
  const sessions = new SessionStore(db);
  const service = new AccountService({
    accounts,
    sessions,
    remembered: new RememberedDeviceStore(db),
    hashing,
    passwords: new PasswordService({ accounts, hashing, throttle }),
    secondFactors: new SecondFactorService(new SecondFactorStore(db), clock),
    throttle,
    codeThrottle: new SignInThrottle(clock),
    clock,
  });
  return { service, sessions, verified };
}

const noNews = () => Promise.resolve();
