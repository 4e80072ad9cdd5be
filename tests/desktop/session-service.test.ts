// Signing in as the desktop does it: step by step, remembered, and where something on this computer fails. A real practice hub and link; the disk's refusal is played.
import { expect, test } from 'vitest';
import { userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { totp } from '../../src-hub/accounts/totp.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { createSessionService, type RememberedSignIn } from '../../src-main/session/session-service.ts';
import { clerk, signInDesktop, startTestHub, superAdmin, type TestHub } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';

const nothingRemembered: RememberedSignIn = {
  available: () => false,
  read: () => null,
  keep() {},
  forget() {},
};

async function sessionAt(
  keepWork: () => void,
  { remembered = nothingRemembered, hub: at }: { remembered?: RememberedSignIn; hub?: TestHub } = {},
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
  });
  link.connectTo(hub.url);
  await link.untilOnline(5_000);
  return { session, phones, renewed, renamed, log, hub, close: link.close };
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
  const kept: { token: string | null } = { token: null };
  const remembered: RememberedSignIn = {
    available: () => available,
    read: () => kept.token,
    keep: (token) => {
      kept.token = token;
    },
    forget: () => {
      kept.token = null;
    },
  };
  return { kept, remembered };
}

test('a desktop that is remembered signs in by itself at its next start, until its person signs out', async () => {
  const { kept, remembered } = rememberingStore();
  const first = await sessionAt(() => {}, { remembered });
  await first.session.signIn({ ...clerk, remember: true });
  expect(kept.token).toMatch(/^[\w-]{43}$/);
  first.close();
  const second = await sessionAt(() => {}, { remembered, hub: first.hub });
  expect(second.session.view()).toMatchObject({ state: 'signedIn', user: { username: 'clerk' } });
  expect(second.phones).toEqual(['sip:201@practice.offhook.invalid']);
  await second.session.signOut();
  expect(kept.token).toBeNull();
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
  expect(kept.token).toBeNull();
  second.close();
});

test('where there is no place for a secret the hub makes no token, and the sign-in says so', async () => {
  const { kept, remembered } = rememberingStore(false);
  const { session, close } = await sessionAt(() => {}, { remembered });
  expect(session.view()).toMatchObject({ state: 'signedOut', canRemember: false });
  await session.signIn({ ...clerk, remember: true });
  expect(session.view().state).toBe('signedIn');
  expect(kept.token).toBeNull();
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
