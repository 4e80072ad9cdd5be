// Signing in as the desktop does it: step by step, remembered, and where something on this computer fails. A real practice hub and link; the disk's refusal is played.
import { expect, test } from 'vitest';
import { userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { totp } from '../../src-hub/accounts/totp.ts';
import { systemClock } from '../../src-hub/hub-clock.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import {
  createRememberedSignIn,
  type Remembered,
  type RememberedSignIn,
} from '../../src-main/session/remembered-sign-in.ts';
import { createSessionService } from '../../src-main/session/session-service.ts';
import { clerk, signInDesktop, startTestHub, superAdmin, type TestHub } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';

const nothingRemembered: RememberedSignIn = {
  available: () => false,
  read: () => null,
  keep() {},
  forget() {},
};

const nobody = 'ws://127.0.0.1:9';

interface StartOptions {
  readonly remembered?: RememberedSignIn;
  readonly hub?: TestHub;
  /** Nobody answers where the hub should be, until the test connects the link. */
  readonly away?: boolean;
  readonly nowMs?: () => number;
}

async function sessionAt(
  keepWork: () => void,
  { remembered = nothingRemembered, hub: at, away = false, nowMs = Date.now }: StartOptions = {},
) {
  const hub = at ?? (await startTestHub());
  const log = recordingLog();
  const link = createHubLink(log);
  const phones: string[] = [];
  const renewed: string[] = [];
  const renamed: [string, string][] = [];
  const session = createSessionService({
    hub: link,
    deviceId: '00000000-0000-4000-8000-000000000001',
    remembered,
    keepWork,
    usernameChanged: (before, after) => void renamed.push([before, after]),
    startPhone: ({ uri }) => void phones.push(uri),
    renewPhone: ({ password }) => void renewed.push(password),
    stopPhone: () => Promise.resolve(),
    log,
    nowMs,
  });
  const users: (string | null)[] = [];
  session.onUserChanged((user) => users.push(user?.username ?? null));
  link.connectTo(away ? nobody : hub.url);
  const connect = async () => {
    link.connectTo(hub.url);
    await link.untilOnline(5_000);
  };
  if (away) await eventually('the hub is missed', () => link.view().state === 'offline');
  else await connect();
  const disconnect = () => link.connectTo(nobody);
  return { session, phones, renewed, renamed, users, log, hub, connect, disconnect, close: link.close };
}

test('a disk that takes nothing keeps nobody from signing in, and the log says what is missing', async () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const { session, phones, log, close } = await sessionAt(() => {
    throw full;
  });
  await session.signIn(clerk);
  expect(session.view().state).toBe('signedIn');
  expect(phones).toEqual(['sip:201@practice.offhook.invalid']);
  expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ facts: { error: full } }]);
  close();
});

/** A secret store in memory. */
function rememberingStore(available = true) {
  const kept: { secret: string | null } = { secret: null };
  let lastAtWork = true;
  const remembered = createRememberedSignIn(
    {
      available: () => available,
      read: () => kept.secret,
      keep: (_name, secret) => {
        kept.secret = secret;
      },
      forget: () => {
        kept.secret = null;
      },
    },
    () => 'of the hub',
    () => lastAtWork,
  );
  const somebodyElseWasAtWork = () => {
    lastAtWork = false;
  };
  return { kept, remembered, somebodyElseWasAtWork };
}

/** A desktop whose person ticked "Stay signed in" and that was ended after that. */
async function rememberedDesktop() {
  const store = rememberingStore();
  const before = await sessionAt(() => {}, { remembered: store.remembered });
  await before.session.signIn({ ...clerk, remember: true });
  before.close();
  return { ...store, hub: before.hub };
}

test('OFF-1: a desktop that is started while the hub is away works with what it has kept, and takes its session up when the hub is back', async () => {
  const { remembered, hub } = await rememberedDesktop();
  const { session, phones, users, connect, close } = await sessionAt(() => {}, {
    remembered,
    hub,
    away: true,
  });
  expect(session.view()).toMatchObject({
    state: 'signedIn',
    atHub: false,
    user: { username: 'clerk', extension: '201' },
    open: { primaryId: 'northwind-support' },
  });
  expect(phones).toEqual([]);
  expect(session.account()).toBeNull();
  await expect(session.openProjects({ primaryId: null, secondaryIds: [] })).rejects.toMatchObject({
    reason: 'hubAway',
  });
  await connect();
  expect(session.view()).toMatchObject({ state: 'signedIn', atHub: true });
  expect(phones).toEqual(['sip:201@practice.offhook.invalid']);
  // The windows stayed as they were.
  expect(users).toEqual(['clerk']);
  close();
});

test('a user who was disabled while the hub was away sees nothing more once the hub says so, nor at any later start', async () => {
  const { kept, remembered, hub } = await rememberedDesktop();
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const all = await boss.call('admin.users.list', null);
  const them = all.find(({ username }) => username === clerk.username);
  if (!them) throw new Error('There is no clerk');
  const { userId: id, version } = them;
  await boss.call('admin.users.setDisabled', { userId: id, version, disabled: true });
  const { session, phones, users, connect, close } = await sessionAt(() => {}, {
    remembered,
    hub,
    away: true,
  });
  expect(users).toEqual(['clerk']);
  await connect();
  expect(session.view()).toMatchObject({ state: 'signedOut', ended: 'byHub' });
  expect(users).toEqual(['clerk', null]);
  expect(phones).toEqual([]);
  expect(kept.secret).toBeNull();
  close();
  const later = await sessionAt(() => {}, { remembered, hub, away: true });
  expect(later.session.view().state).toBe('signedOut');
  later.close();
});

test('whoever signs out while the hub is away stays signed out when it is back', async () => {
  const { kept, remembered, hub } = await rememberedDesktop();
  const { session, connect, close } = await sessionAt(() => {}, { remembered, hub, away: true });
  await session.signOut();
  expect(kept.secret).toBeNull();
  await connect();
  expect(session.view()).toMatchObject({ state: 'signedOut', ended: null });
  close();
});

test.each([
  ['is let in again where it is remembered', true],
  ['asks for the password where it is not', false],
])('OFF-2: a desktop that ran on for a month without its hub %s', async (_how, remember) => {
  let laterMs = 0;
  const nowMs = () => Date.now() + laterMs;
  const hub = await startTestHub({ clock: { ...systemClock, nowMs } });
  const { remembered } = rememberingStore();
  const desk = await sessionAt(() => {}, { remembered, hub, nowMs });
  await desk.session.signIn({ ...clerk, remember });
  desk.disconnect();
  laterMs = 31 * 24 * 3_600_000;
  await desk.connect();
  const state = remember ? { state: 'signedIn', atHub: true } : { state: 'signedOut', ended: 'byHub' };
  expect(desk.session.view()).toMatchObject(state);
  // Its phone begins anew, with the credential of the new session; its windows stay as they were.
  expect([desk.phones.length, desk.users]).toEqual(remember ? [2, ['clerk']] : [1, ['clerk', null]]);
  desk.close();
});

test.each([
  ['signedOut', 'somebody else was at work on this computer since', { else: true }],
  ['signedOut', 'nobody used it for longer than the hub remembers it', { afterDays: 91 }],
  ['signedIn', 'it was used two months ago', { afterDays: 60 }],
  ['signedOut', 'an older Offhook has kept the token alone', { tokenAlone: true }],
  ['signedOut', 'what was kept with the token cannot be read', { damaged: true }],
] as const)('a start without the hub is %s where %s', async (state, _where, how) => {
  const { kept, remembered, somebodyElseWasAtWork, hub } = await rememberedDesktop();
  const { deviceToken } = remembered.read() as Remembered;
  const { afterDays = 0, ...is }: { afterDays?: number; else?: true; tokenAlone?: true; damaged?: true } =
    how;
  if (is.else) somebodyElseWasAtWork();
  if (is.tokenAlone) kept.secret = deviceToken;
  if (is.damaged) kept.secret = JSON.stringify({ deviceToken, usedAtMs: 1, work: { user: 'clerk' } });
  const nowMs = () => Date.now() + afterDays * 24 * 3_600_000;
  const { session, connect, close } = await sessionAt(() => {}, { remembered, hub, away: true, nowMs });
  expect(session.view().state).toBe(state);
  // The token is the hub's to judge, and still good there.
  await connect();
  expect(session.view()).toMatchObject({ state: 'signedIn', atHub: true });
  close();
});

test('a desktop that is remembered signs in by itself at its next start, until its person signs out', async () => {
  const { kept, remembered } = rememberingStore();
  const first = await sessionAt(() => {}, { remembered });
  await first.session.signIn({ ...clerk, remember: true });
  expect(remembered.read()?.deviceToken).toMatch(/^[\w-]{43}$/);
  first.close();
  const second = await sessionAt(() => {}, { remembered, hub: first.hub });
  expect(second.session.view()).toMatchObject({ state: 'signedIn', user: { username: 'clerk' } });
  expect(second.phones).toEqual(['sip:201@practice.offhook.invalid']);
  await second.session.signOut();
  expect(kept.secret).toBeNull();
  second.close();
  const third = await sessionAt(() => {}, { remembered, hub: first.hub });
  expect(third.session.view()).toMatchObject({ state: 'signedOut', ended: null });
  third.close();
});

test('whoever is made a supervisor, and a clerk again, has it at once, and under the new name', async () => {
  const { session, renamed, hub, close } = await sessionAt(() => {});
  await session.signIn(clerk);
  const boss = (await signInDesktop(hub, superAdmin, 'elsewhere')).client;
  const changed: (string | null)[] = [];
  session.onUserChanged((user) => changed.push(user?.userId ?? null));
  const become = async (accountType: 'admin' | 'clerk', lastName: string) => {
    const user = (await boss.call('admin.users.list', null)).find(({ extension }) => extension === '201');
    if (!user) throw new Error('There is no clerk');
    const { userId: id, version, firstName, email, mayCallOutside } = user;
    const change = { userId: id, version, firstName, username: 'alex', email, mayCallOutside };
    await boss.call('admin.users.change', { ...change, accountType, lastName });
    await eventually('the desktop knows', () => {
      const view = session.view();
      return view.state === 'signedIn' && view.user.accountType === accountType && view.user.displayName;
    });
  };
  await become('admin', 'Moreau');
  expect(session.view()).toMatchObject({ user: { displayName: 'Alex Moreau' } });
  await become('clerk', 'Moreau');
  expect(renamed).toEqual([['clerk', 'alex']]);
  // The windows stay as they are: it is the same person.
  expect(changed).toEqual([]);
  close();
});

test('a desktop that was signed out from elsewhere is told so at its next start, and forgets its token', async () => {
  const { kept, remembered } = rememberingStore();
  const first = await sessionAt(() => {}, { remembered });
  await first.session.signIn({ ...clerk, remember: true });
  first.close();
  const elsewhere = await signInDesktop(first.hub, clerk, 'elsewhere');
  await elsewhere.client.call('account.signOutEverywhere', null);
  const second = await sessionAt(() => {}, { remembered, hub: first.hub });
  expect(second.session.view()).toMatchObject({ state: 'signedOut', ended: 'byHub' });
  expect(kept.secret).toBeNull();
  second.close();
});

test('where there is no place for a secret the hub makes no token, and the sign-in says so', async () => {
  const { kept, remembered } = rememberingStore(false);
  const { session, close } = await sessionAt(() => {}, { remembered });
  expect(session.view()).toMatchObject({ state: 'signedOut', canRemember: false });
  await session.signIn({ ...clerk, remember: true });
  expect(session.view().state).toBe('signedIn');
  expect(kept.secret).toBeNull();
  close();
});

test('a step that is due is shown, given up, and asked for anew', async () => {
  const { session, hub, close } = await sessionAt(() => {});
  const { client } = await signInDesktop(hub, clerk, 'elsewhere');
  const { secret } = await client.call('account.proposeSecondFactor', { password: clerk.password });
  await client.call('account.confirmSecondFactor', { code: totp(secret, Date.now()) });
  await session.signIn(clerk);
  expect(session.view()).toMatchObject({ state: 'signedOut', due: 'secondFactor' });
  await expect(session.secondFactor('000')).rejects.toMatchObject({ reason: 'codeWrong' });
  expect(session.view()).toMatchObject({ due: 'secondFactor' });
  session.giveUp();
  expect(session.view()).toMatchObject({ due: 'password', ended: null });
  await session.signIn(clerk);
  await session.secondFactor(totp(secret, Date.now() + 30_000));
  expect(session.view()).toMatchObject({ state: 'signedIn', user: { username: 'clerk' } });
  close();
});

test('a second factor that must be set up is set up at the sign-in, which goes on when the recovery codes are in safety', async () => {
  const { session, phones, hub, close } = await sessionAt(() => {});
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const users = await boss.call('admin.users.list', null);
  const { userId } = users.find(({ username }) => username === clerk.username) ?? {};
  if (!userId) throw new Error('The clerk is not there');
  await boss.call('admin.users.resetSecondFactor', { userId, due: true });
  await session.signIn(clerk);
  const view = session.view();
  if (view.state !== 'signedOut' || !view.setUp) throw new Error('No set-up is due');
  expect(view).toMatchObject({
    due: 'secondFactorSetUp',
    setUp: { address: expect.stringMatching(/^otpauth:/) },
  });
  await expect(session.setUpSecondFactor('000000')).rejects.toMatchObject({ reason: 'codeWrong' });
  const recoveryCodes = await session.setUpSecondFactor(totp(view.setUp.secret, Date.now()));
  expect(recoveryCodes).toHaveLength(10);
  // Not before they have been looked at: the agent's window would take their place.
  expect(session.view().state).toBe('signedOut');
  expect(phones).toEqual([]);
  session.goOn();
  expect(session.view()).toMatchObject({ state: 'signedIn', user: { username: 'clerk' } });
  expect(phones).toEqual(['sip:201@practice.offhook.invalid']);
  expect(() => session.goOn()).toThrow(CommandFailed);
  close();
});

test('a credential that an admin has rotated reaches the phone, which is started no second time', async () => {
  const { session, phones, renewed, hub, close } = await sessionAt(() => {});
  await session.signIn(clerk);
  const admin = await signInDesktop(hub, superAdmin, 'admin');
  await admin.client.call('admin.users.rotateDevice', {
    userId: userId.parse('sample-clerk'),
    deviceId: '00000000-0000-4000-8000-000000000001',
  });
  await eventually('the phone has it', () => renewed.length === 1);
  expect(session.account()?.password).toBe(renewed[0]);
  expect(phones).toHaveLength(1);
  close();
});
