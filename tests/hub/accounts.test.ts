// An account's own protection, asked for over a real WebSocket by a real client: second factor, recovery codes, a password
// that must be changed, remembered devices, signing out everywhere. Only the clock is turned by hand.
import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { argon2Hashing } from '../../src-hub/accounts/password-hashing.ts';
import { totp } from '../../src-hub/accounts/totp.ts';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';
import { sampleUserId } from '../../src-hub/practice/sample-company.ts';
import {
  clerk,
  clerk2,
  HandClock,
  listenTo,
  openDesktop,
  signInDesktop,
  startTestHub,
  type TestHub,
} from './support.ts';

const goodPassword = 'marlin copper violet teapot';
const stepMs = 30_000;

async function hubWithSecondFactor() {
  const clock = new HandClock();
  const hub = await startTestHub({ clock });
  const { client } = await signInDesktop(hub, clerk, 'desk');
  const { secret, address } = await client.call('account.proposeSecondFactor', { password: clerk.password });
  const code = () => totp(secret, clock.nowMs());
  const { recoveryCodes } = await client.call('account.confirmSecondFactor', { code: code() });
  clock.advance(stepMs);
  return { clock, hub, client, secret, address, recoveryCodes, code };
}

/** A connection whose password was right. */
async function atSecondStep(hub: TestHub, deviceId = 'desk') {
  const { client } = await openDesktop(hub);
  const step = await client.call('session.signIn', { ...clerk, deviceId });
  return { client, step };
}

/** Changes what stands in a stopped hub's database, and starts it again. */
async function withAccountChanged(change: (accounts: AccountStore) => Promise<void>) {
  const clock = new HandClock();
  const hub = await startTestHub({ clock });
  await hub.close();
  const db = await openHubDatabase({ sqlite: `${hub.dataDirectory}/hub.sqlite` });
  await change(new AccountStore(db));
  await db.destroy();
  return startTestHub({ clock, dataDirectory: hub.dataDirectory });
}

describe('a second factor', () => {
  it('is asked for once a first code has confirmed it, and lets in with a code of the moment', async () => {
    const { hub, client, address, recoveryCodes, code } = await hubWithSecondFactor();
    expect(address).toMatch(/^otpauth:\/\/totp\/Offhook:clerk\?secret=[A-Z2-7]{32}&issuer=Offhook/);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await client.call('account.get', null)).toEqual({ secondFactor: true, recoveryCodesLeft: 10 });
    const second = await atSecondStep(hub);
    expect(second.step).toEqual({ state: 'secondFactor' });
    await expect(second.client.call('presence.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
    const done = await second.client.call('session.secondFactor', { code: code() });
    expect(done).toMatchObject({ state: 'signedIn', user: { username: 'clerk' }, deviceToken: null });
  });

  it('is not asked for before it is confirmed, and not for a wrong password', async () => {
    const hub = await startTestHub();
    const { client } = await signInDesktop(hub);
    await expect(
      client.call('account.proposeSecondFactor', { password: 'not mine at all' }),
    ).rejects.toMatchObject({ reason: 'passwordWrong' });
    await client.call('account.proposeSecondFactor', { password: clerk.password });
    await expect(client.call('account.confirmSecondFactor', { code: 'x' })).rejects.toMatchObject({
      reason: 'codeWrong',
    });
    expect(await client.call('account.get', null)).toMatchObject({ secondFactor: false });
    expect((await atSecondStep(hub)).step).toMatchObject({ state: 'signedIn' });
  });

  it('takes a code of the step before and after, and says so where the clock is 90 s off', async () => {
    const { hub, clock, secret } = await hubWithSecondFactor();
    const at = (offMs: number) => totp(secret, clock.nowMs() + offMs);
    clock.advance(10 * stepMs);
    for (const offMs of [-90_000, 90_000]) {
      const { client } = await atSecondStep(hub);
      await expect(client.call('session.secondFactor', { code: at(offMs) })).rejects.toMatchObject({
        reason: 'clockOff',
        message: expect.stringContaining('about 90 s'),
      });
    }
    for (const offMs of [-stepMs, stepMs]) {
      const { client } = await atSecondStep(hub);
      const done = await client.call('session.secondFactor', { code: at(offMs) });
      expect(done).toMatchObject({ state: 'signedIn' });
    }
  });

  it('takes a code once, also of 100 tries at the same moment', { timeout: 60_000 }, async () => {
    const { hub, clock, code } = await hubWithSecondFactor();
    const waiting = [];
    for (let index = 0; index < 100; index += 1) waiting.push(await atSecondStep(hub, `device-${index}`));
    const same = code();
    const results = await Promise.all(
      waiting.map(({ client }) =>
        client.call('session.secondFactor', { code: same }).then(
          ({ state }) => state,
          ({ reason }: { reason: string }) => reason,
        ),
      ),
    );
    expect(results.filter((result) => result === 'signedIn')).toHaveLength(1);
    expect(new Set(results)).toEqual(new Set(['signedIn', 'codeUsed', 'slowDown']));
    clock.advance(60_000);
    const late = await atSecondStep(hub);
    await expect(late.client.call('session.secondFactor', { code: same })).rejects.toMatchObject({
      reason: expect.stringMatching(/codeUsed|clockOff/),
    });
  });

  it('gives way to a recovery code, each once, in any writing', async () => {
    const { hub, client, recoveryCodes } = await hubWithSecondFactor();
    const [first = '', second = ''] = recoveryCodes;
    const typed = ` ${first.toLowerCase().replaceAll('-', ' ')} `;
    const one = await atSecondStep(hub, 'other');
    expect(await one.client.call('session.secondFactor', { code: typed })).toMatchObject({
      state: 'signedIn',
    });
    const again = await atSecondStep(hub, 'other');
    await expect(again.client.call('session.secondFactor', { code: first })).rejects.toMatchObject({
      reason: 'codeWrong',
    });
    await again.client.call('session.secondFactor', { code: second });
    expect(await client.call('account.get', null)).toMatchObject({ recoveryCodesLeft: 8 });
    const renewed = await client.call('account.renewRecoveryCodes', { password: clerk.password });
    const late = await atSecondStep(hub, 'other');
    await expect(
      late.client.call('session.secondFactor', { code: recoveryCodes[2] ?? '' }),
    ).rejects.toMatchObject({ reason: 'codeWrong' });
    await late.client.call('session.secondFactor', { code: renewed.recoveryCodes[2] ?? '' });
  });

  it('slows guessing down, and lets the owner in after the wait', async () => {
    const { hub, clock, code } = await hubWithSecondFactor();
    const { client } = await atSecondStep(hub);
    const guess = () => client.call('session.secondFactor', { code: 'guessed' });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await expect(guess()).rejects.toMatchObject({ reason: 'codeWrong' });
    }
    await expect(guess()).rejects.toMatchObject({ reason: 'slowDown' });
    clock.advance(1_001);
    expect(await client.call('session.secondFactor', { code: code() })).toMatchObject({ state: 'signedIn' });
  });

  it('is forgotten with its connection and after ten minutes: nobody goes on with another’s sign-in', async () => {
    const { hub, clock, code } = await hubWithSecondFactor();
    const { client } = await atSecondStep(hub);
    const stranger = await openDesktop(hub);
    const over = { reason: 'signInOver' };
    await expect(stranger.client.call('session.secondFactor', { code: code() })).rejects.toMatchObject(over);
    clock.advance(10 * 60_000 + 1);
    await expect(client.call('session.secondFactor', { code: code() })).rejects.toMatchObject(over);
  });

  it('is turned off with the password, and asked for no more', async () => {
    const { hub, client } = await hubWithSecondFactor();
    await expect(
      client.call('account.proposeSecondFactor', { password: clerk.password }),
    ).rejects.toMatchObject({ reason: 'secondFactorOn' });
    await expect(client.call('account.endSecondFactor', { password: 'guess' })).rejects.toMatchObject({
      reason: 'passwordWrong',
    });
    await client.call('account.endSecondFactor', { password: clerk.password });
    expect((await atSecondStep(hub)).step).toMatchObject({ state: 'signedIn' });
    expect(await client.call('account.get', null).catch(() => null)).toBeNull();
  });
});

describe('a password', () => {
  it('that must be changed is asked for before anything else, and held to the rules in words', async () => {
    const hub = await withAccountChanged(async (accounts) => {
      const account = await accounts.findByUsername('clerk');
      if (!account) throw new Error('no sample account');
      await accounts.setPassword(account.user.userId, account.passwordHash, true);
    });
    const { client, step } = await atSecondStep(hub);
    expect(step).toEqual({ state: 'newPassword' });
    await expect(client.call('presence.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
    for (const [password, reason] of [
      ['eleven char', 'passwordTooShort'],
      ['x'.repeat(501), 'passwordTooLong'],
      ['letmeinletmein', 'passwordGuessable'],
      ['qwertyuiop12', 'passwordBreached'],
      ['alexmorgan2026', 'passwordGuessable'],
      ['Offhook-clerk-1', 'passwordGuessable'],
    ] as const) {
      const refused = client.call('session.newPassword', { password });
      await expect(refused, password).rejects.toMatchObject({ reason });
    }
    const done = await client.call('session.newPassword', { password: goodPassword });
    expect(done).toMatchObject({ state: 'signedIn', user: { username: 'clerk' } });
    const again = await openDesktop(hub);
    await expect(again.client.call('session.signIn', { ...clerk, deviceId: 'd' })).rejects.toMatchObject({
      reason: 'wrongCredentials',
    });
    const renewed = { ...clerk, password: goodPassword, deviceId: 'd' };
    expect(await again.client.call('session.signIn', renewed)).toMatchObject({ state: 'signedIn' });
  });

  it('is not put off by the second factor, nor the factor by it', async () => {
    const { hub, clock, code } = await hubWithSecondFactor();
    await hub.close();
    const db = await openHubDatabase({ sqlite: `${hub.dataDirectory}/hub.sqlite` });
    const accounts = new AccountStore(db);
    const before = await accounts.findByUsername('clerk');
    await accounts.setPassword(sampleUserId('clerk'), before?.passwordHash ?? '', true);
    await db.destroy();
    const { client, step } = await atSecondStep(
      await startTestHub({ clock, dataDirectory: hub.dataDirectory }),
    );
    expect(step).toEqual({ state: 'secondFactor' });
    await expect(client.call('session.newPassword', { password: goodPassword })).rejects.toMatchObject({
      reason: 'secondFactorDue',
    });
    expect(await client.call('session.secondFactor', { code: code() })).toEqual({ state: 'newPassword' });
    expect(await client.call('session.newPassword', { password: goodPassword })).toMatchObject({
      state: 'signedIn',
    });
  });

  it('is changed with the one before it, and ends the sessions of all other devices', async () => {
    const hub = await startTestHub();
    const desk = await signInDesktop(hub, clerk, 'desk');
    const laptop = await signInDesktop(hub, clerk, 'laptop');
    const told = listenTo(laptop.client, 'session.ended');
    const change = (password: string, newPassword: string) =>
      desk.client.call('account.changePassword', { password, newPassword });
    await expect(change('guess', goodPassword)).rejects.toMatchObject({ reason: 'passwordWrong' });
    await change(clerk.password, goodPassword);
    await expect(change(goodPassword, goodPassword)).rejects.toMatchObject({ reason: 'passwordSame' });
    await laptop.closed;
    expect(told).toEqual([null]);
    await expect(desk.client.call('presence.get', null)).resolves.toBeDefined();
    const { client } = await openDesktop(hub);
    await expect(
      client.call('session.resume', { token: laptop.session.token, deviceId: 'laptop' }),
    ).rejects.toMatchObject({ reason: 'wrongCredentials' });
    await client.call('session.resume', { token: desk.session.token, deviceId: 'desk' });
  });

  it('that was hashed with weaker parameters is hashed anew at its next sign-in', async () => {
    const weak = await hash(clerk.password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const hub = await withAccountChanged((accounts) =>
      accounts.setPassword(sampleUserId('clerk'), weak, false),
    );
    await signInDesktop(hub);
    await hub.close();
    const db = await openHubDatabase({ sqlite: `${hub.dataDirectory}/hub.sqlite` });
    const stored = await new AccountStore(db).findByUsername('clerk');
    await db.destroy();
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2Hashing().verify(stored?.passwordHash ?? '', clerk.password)).toBe(true);
  });
});

describe('a remembered device', () => {
  async function remembered(hub: TestHub) {
    const { client } = await openDesktop(hub);
    const step = await client.call('session.signIn', { ...clerk, deviceId: 'desk', remember: true });
    if (step.state !== 'signedIn' || step.deviceToken === null) throw new Error('not remembered');
    return { client, deviceToken: step.deviceToken };
  }
  const comeBack = async (hub: TestHub, deviceToken: string, deviceId = 'desk') => {
    const { client } = await openDesktop(hub);
    return client.call('session.signInRemembered', { deviceToken, deviceId });
  };
  const gone = { reason: 'wrongCredentials' };

  it('signs in with its token alone, with work and SIP account; nobody else’s device does', async () => {
    const hub = await startTestHub();
    const { deviceToken } = await remembered(hub);
    expect(await comeBack(hub, deviceToken)).toMatchObject({
      state: 'signedIn',
      user: { username: 'clerk' },
      sip: { uri: 'sip:201@practice.offhook.invalid' },
    });
    await expect(comeBack(hub, deviceToken, 'stolen-copy')).rejects.toMatchObject(gone);
    await expect(comeBack(hub, 'invented')).rejects.toMatchObject(gone);
  });

  it('is forgotten by signing out, and after 90 days without use', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const first = await remembered(hub);
    await first.client.call('session.signOut', null);
    await expect(comeBack(hub, first.deviceToken)).rejects.toMatchObject(gone);
    const second = await remembered(hub);
    clock.advance(90 * 24 * 3_600_000 + 1);
    await expect(comeBack(hub, second.deviceToken)).rejects.toMatchObject(gone);
  });

  it('is forgotten by signing out everywhere, which ends all sessions of this person and nobody else’s', async () => {
    const hub = await startTestHub();
    const { deviceToken } = await remembered(hub);
    const laptop = await signInDesktop(hub, clerk, 'laptop');
    const other = await signInDesktop(hub, clerk2, 'theirs');
    const told = listenTo(laptop.client, 'session.ended');
    const asking = await signInDesktop(hub, clerk, 'tablet');
    await asking.client.call('account.signOutEverywhere', null);
    await laptop.closed;
    expect(told).toEqual([null]);
    await expect(comeBack(hub, deviceToken)).rejects.toMatchObject(gone);
    await expect(asking.client.call('presence.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
    await expect(other.client.call('presence.get', null)).resolves.toBeDefined();
    for (const { session, deviceId } of [
      { session: laptop.session, deviceId: 'laptop' },
      { session: asking.session, deviceId: 'tablet' },
    ]) {
      const { client } = await openDesktop(hub);
      await expect(client.call('session.resume', { token: session.token, deviceId })).rejects.toMatchObject(
        gone,
      );
    }
  });
});
