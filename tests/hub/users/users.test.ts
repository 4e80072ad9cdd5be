// Users as a super admin makes and ends them, over the hub's wire, with phones at its exchange.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { totp } from '../../../src-hub/accounts/totp.ts';
import { eventually } from '../../support/eventually.ts';
import { admin, clerk, clerk2, HandClock, listenTo, openDesktop, signInDesktop } from '../support.ts';
import { asClerk, companyAtWork, goodPassword, mayRegister, personAtWork, someUser } from './company.ts';

const slowMs = 60_000;
const clerkId = 'sample-clerk' as never;

describe('a user who is added', () => {
  it('TEAM-2 changes the password, sets up the second factor, and is in; the admin sees each step', async () => {
    const clock = new HandClock();
    const { hub, add, find } = await companyAtWork({ clock });
    const added = await add('Nia', { mustChangePassword: true, secondFactorDue: true });
    expect(added).toMatchObject({
      username: 'nia',
      extension: '205',
      secondFactor: 'due',
      mustChangePassword: true,
      lastSignedInAtMs: null,
      version: 0,
    });
    const { client } = await openDesktop(hub);
    const deviceId = randomUUID();
    expect(await client.call('session.signIn', { ...asClerk('NIA'), deviceId })).toEqual({
      state: 'newPassword',
    });
    const due = await client.call('session.newPassword', { password: 'harbour walnut sixteen gloves' });
    if (due.state !== 'secondFactorSetUp') throw new Error(due.state);
    expect(due.address).toContain(`secret=${due.secret}`);
    await expect(client.call('presence.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
    await expect(client.call('session.setUpSecondFactor', { code: '000000' })).rejects.toMatchObject({
      reason: 'codeWrong',
    });
    const code = totp(due.secret, clock.nowMs());
    const { recoveryCodes, next } = await client.call('session.setUpSecondFactor', { code });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(next).toMatchObject({ state: 'signedIn', user: { displayName: 'Nia Okonkwo', extension: '205' } });
    expect(await find('nia')).toMatchObject({
      secondFactor: 'on',
      mustChangePassword: false,
      lastSignedInAtMs: clock.nowMs(),
    });
    const again = await openDesktop(hub);
    const password = 'harbour walnut sixteen gloves';
    expect(await again.client.call('session.signIn', { ...asClerk('nia'), password, deviceId })).toEqual({
      state: 'secondFactor',
    });
  });

  it('is asked to set up the second factor also where the device is remembered, and after ten minutes from the beginning', async () => {
    const clock = new HandClock();
    const { hub, add, find, call } = await companyAtWork({ clock });
    await add('nia');
    const first = await openDesktop(hub);
    const signedIn = await first.client.call('session.signIn', {
      ...asClerk('nia'),
      deviceId: 'd',
      remember: true,
    });
    if (signedIn.state !== 'signedIn') throw new Error(signedIn.state);
    // Ends the sessions, and with them what was remembered.
    const { userId } = await find('nia');
    await call('admin.users.resetSecondFactor', { userId, due: true });
    await first.closed;
    const back = await openDesktop(hub);
    await expect(
      back.client.call('session.signInRemembered', {
        deviceToken: signedIn.deviceToken ?? '',
        deviceId: 'd',
      }),
    ).rejects.toMatchObject({ reason: 'wrongCredentials' });
    const due = await back.client.call('session.signIn', { ...asClerk('nia'), deviceId: 'd' });
    if (due.state !== 'secondFactorSetUp') throw new Error(due.state);
    clock.advance(10 * 60_000 + 1);
    await expect(
      back.client.call('session.setUpSecondFactor', { code: totp(due.secret, clock.nowMs()) }),
    ).rejects.toMatchObject({ reason: 'signInOver' });
  });

  it('TEAM-2 is refused with a name or address that somebody has, and with a weak password; nothing is left of it', async () => {
    const { call, add } = await companyAtWork();
    await add('nia');
    const refused = (part: object) => call('admin.users.add', { ...someUser('omar'), ...part });
    await expect(refused({ username: 'Clerk' })).rejects.toMatchObject({ reason: 'usernameTaken' });
    await expect(refused({ email: 'NIA@example.com' })).rejects.toMatchObject({ reason: 'emailTaken' });
    await expect(refused({ password: 'short' })).rejects.toMatchObject({ reason: 'passwordTooShort' });
    await expect(refused({ password: 'nia.okonkwo.1990' })).rejects.toMatchObject({
      reason: 'passwordGuessable',
    });
    await expect(refused({ username: 'no spaces' })).rejects.toMatchObject({ reason: 'malformed' });
    expect(await call('admin.users.list', null)).toHaveLength(5);
  });

  it(
    'TEAM-3 has an extension that rings at once, without a restart, and calls others',
    async () => {
      const { hub, add } = await companyAtWork();
      const colleague = await personAtWork(hub, clerk2);
      const { extension } = await add('nia');
      const nia = await personAtWork(hub, asClerk('nia'));
      expect(nia.session.user.extension).toBe(extension);
      const call = colleague.phone.call(extension);
      const offer = await nia.phone.nextCall();
      offer.answer();
      await eventually('they hear each other', () => call.packetsHeard() > 5 && offer.packetsHeard() > 5);
      offer.session.terminate();
      await call.ended;
      const back = nia.phone.call('202');
      const other = await colleague.phone.nextCall();
      back.session.terminate();
      await other.ended;
      expect(hub.log.errors()).toEqual([]);
    },
    slowMs,
  );

  it('TEAM-8 stands in the audit log with who, when and what, never with the password', async () => {
    const clock = new HandClock();
    const { call, add } = await companyAtWork({ clock });
    const { userId } = await add('nia');
    await call('admin.users.resetPassword', {
      userId,
      password: 'harbour walnut sixteen gloves',
      mustChangePassword: true,
    });
    const question = { beforeId: null, limit: 10, text: '', actorId: null, projectId: null };
    const { entries } = await call('admin.audit.list', question);
    expect(entries).toMatchObject([
      {
        action: 'user.resetPassword',
        changes: [{ field: 'mustChangePassword', before: false, after: true }],
      },
      {
        action: 'user.add',
        atMs: clock.nowMs(),
        actor: { kind: 'user', id: 'sample-superadmin', name: 'Jo Lindgren' },
        subject: { kind: 'user', id: userId, name: 'Nia Okonkwo' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/marlin|harbour|argon2/);
  });
});

describe('a user who is changed', () => {
  it('is known under the new name at once; whoever saw an older version is refused', async () => {
    const { hub, call, find } = await companyAtWork();
    const desk = await signInDesktop(hub, clerk, 'desk');
    const told = listenTo(desk.client, 'sip.changed');
    const { version, firstName, email, accountType, mayCallOutside, userId } = await find('clerk');
    const change = { userId, version, firstName, email, accountType, mayCallOutside, username: 'clerk' };
    const changed = await call('admin.users.change', { ...change, lastName: 'Moreau' });
    expect(changed).toMatchObject({ lastName: 'Moreau', version: version + 1 });
    await eventually('the phone knows', () => told.some(({ displayName }) => displayName === 'Alex Moreau'));
    await expect(call('admin.users.change', { ...change, lastName: 'Late' })).rejects.toMatchObject({
      reason: 'changedMeanwhile',
    });
    expect((await signInDesktop(hub, clerk, 'laptop')).session.user.displayName).toBe('Alex Moreau');
  });

  it(
    'who may not call outside is refused it by the exchange, from the change on and until the next; the desktop is told',
    async () => {
      const { hub, call, find } = await companyAtWork();
      const alex = await personAtWork(hub, clerk);
      const told = listenTo(alex.client, 'work.changed');
      const mayCallOutside = async (may: boolean) => {
        const { userId, version, firstName, lastName, username, email, accountType } = await find('clerk');
        const same = { userId, version, firstName, lastName, username, email, accountType };
        await call('admin.users.change', { ...same, mayCallOutside: may });
      };
      const outcome = () => {
        const { session } = alex.phone.call('+442079460123');
        const outcome = new Promise((resolve) => {
          session.on('failed', ({ message }) =>
            resolve(message && 'status_code' in message && message.status_code),
          );
          session.on('confirmed', () => resolve('confirmed'));
        });
        return outcome.finally(() => session.isEnded() || session.terminate());
      };
      await mayCallOutside(false);
      expect(await outcome()).toBe(403);
      await mayCallOutside(true);
      expect(await outcome()).toBe('confirmed');
      expect(told.map((work) => work.mayCallOutside)).toEqual([false, true]);
    },
    slowMs,
  );

  it('is seen by a supervisor only from their own teams and projects', async () => {
    const { hub, add } = await companyAtWork();
    await add('nia');
    const supervisor = await signInDesktop(hub, admin, 'desk');
    const seen = await supervisor.client.call('admin.users.list', null);
    expect(seen.map(({ username }) => username).sort()).toEqual(['admin', 'clerk', 'clerk2']);
    await expect(supervisor.client.call('admin.users.add', someUser('omar'))).rejects.toMatchObject({
      reason: 'notAllowed',
    });
  });

  it('whose password is reset is out on every device, also on the admin’s own', async () => {
    const { hub, call, admin: own } = await companyAtWork();
    const desk = await signInDesktop(hub, clerk, 'desk');
    await call('admin.users.resetPassword', {
      userId: clerkId,
      password: goodPassword,
      mustChangePassword: true,
    });
    await desk.closed;
    const { client } = await openDesktop(hub);
    await expect(client.call('session.signIn', { ...clerk, deviceId: 'desk' })).rejects.toMatchObject({
      reason: 'wrongCredentials',
    });
    expect(
      await client.call('session.signIn', { ...clerk, password: goodPassword, deviceId: 'desk' }),
    ).toEqual({
      state: 'newPassword',
    });
    const ended = listenTo(own.client, 'session.ended');
    await call('admin.users.resetSecondFactor', { userId: own.session.user.userId, due: false });
    expect(ended).toEqual([null]);
    await expect(call('admin.users.list', null)).rejects.toMatchObject({ reason: 'signedOut' });
  });
});

describe('a user who is disabled', () => {
  it(
    'TEAM-9 is signed out everywhere within a second, stops ringing, and is let in no more, in the words of a wrong password',
    async () => {
      const { hub, call, find } = await companyAtWork();
      const alex = await personAtWork(hub, clerk);
      const laptop = await openDesktop(hub);
      const signedIn = await laptop.client.call('session.signIn', {
        ...clerk,
        deviceId: 'laptop',
        remember: true,
      });
      if (signedIn.state !== 'signedIn') throw new Error(signedIn.state);
      const mobile = await call('admin.users.addDevice', { userId: clerkId, label: 'Mobile' });
      const sam = await personAtWork(hub, clerk2);
      const ringing = sam.phone.call('201');
      const offer = await alex.phone.nextCall();
      const told = listenTo(alex.client, 'session.ended');
      const { version } = await find('clerk');

      const beganAtMs = performance.now();
      await call('admin.users.setDisabled', { userId: clerkId, version, disabled: true });
      await Promise.all([alex.closed, laptop.closed, offer.ended]);
      expect(performance.now() - beganAtMs).toBeLessThan(1_000);
      expect(told).toEqual([null]);
      ringing.session.terminate();
      await ringing.ended;

      expect(await find('clerk')).toMatchObject({ disabledAtMs: expect.any(Number), version: version + 1 });
      expect(await call('admin.users.devices', { userId: clerkId })).toEqual([]);
      expect(await mayRegister(alex.session.sip)).toBe(false);
      expect(await mayRegister(mobile)).toBe(false);
      const { client } = await openDesktop(hub);
      const said = (attempt: Promise<unknown>) => attempt.then(String, ({ message }: Error) => message);
      const disabled = await said(client.call('session.signIn', { ...clerk, deviceId: 'desk' }));
      expect(disabled).toBe(
        await said(client.call('session.signIn', { ...clerk, password: 'x', deviceId: 'desk' })),
      );
      const gone = { reason: 'wrongCredentials' };
      const { token, deviceToken } = signedIn;
      await expect(client.call('session.resume', { token, deviceId: 'laptop' })).rejects.toMatchObject(gone);
      await expect(
        client.call('session.signInRemembered', { deviceToken: deviceToken ?? '', deviceId: 'laptop' }),
      ).rejects.toMatchObject(gone);
      const refused = sam.phone.call('201');
      const cause = new Promise((resolve) =>
        refused.session.on('failed', ({ message }) =>
          resolve(message && 'status_code' in message && message.status_code),
        ),
      );
      expect(await cause).toBe(404);

      await call('admin.users.setDisabled', { userId: clerkId, version: version + 1, disabled: false });
      await personAtWork(hub, clerk);
    },
    slowMs,
  );

  it('may be anybody but the last super admin', async () => {
    const { call, find, add } = await companyAtWork();
    const { userId, version } = await find('superadmin');
    const disable = { userId, version, disabled: true };
    await expect(call('admin.users.setDisabled', disable)).rejects.toMatchObject({
      reason: 'lastSuperAdmin',
    });
    await add('omar', { accountType: 'superAdmin' });
    expect(await call('admin.users.setDisabled', disable)).toMatchObject({
      disabledAtMs: expect.any(Number),
    });
  });
});

describe('users from CSV', () => {
  const header = 'firstName;lastName;username;email;password;teams';

  it('are all there with one import, or none, with every problem by its row', {
    timeout: slowMs,
  }, async () => {
    const { call, hub } = await companyAtWork();
    await call('admin.teams.add', { name: 'First line', memberIds: [] });
    const good = Array.from(
      { length: 30 },
      (_, index) => `Nia;Number ${index};nia${index};nia${index}@example.com;${goodPassword};first LINE`,
    );
    const bad = [
      `Nia;Twice;nia3;;${goodPassword};`,
      `Nia;Taken;CLERK;;${goodPassword};`,
      'Nia;Weak;weak;;password1234567;',
      `Nia;Team;team;NIA4@example.com;${goodPassword};Nobody’s`,
    ];
    const file = (rows: readonly string[]) => `\u{FEFF}${[header, ...rows].join('\r\n')}\r\n`;
    const refused = await call('admin.users.importCsv', { csv: file([...good, ...bad]), tryOnly: false });
    expect(refused).toMatchObject({ rows: 34, added: 0 });
    expect(refused.problems.map(({ row, column, reason }) => `${row} ${column} ${reason}`)).toEqual([
      '32 username usernameTwice',
      '33 username usernameTaken',
      '34 password passwordBreached',
      '35 email emailTwice',
      '35 teams noSuchTeam',
    ]);
    const tried = await call('admin.users.importCsv', { csv: file(good), tryOnly: true });
    expect(tried).toEqual({ rows: 30, added: 0, problems: [] });
    expect(await call('admin.users.list', null)).toHaveLength(4);
    const added = await call('admin.users.importCsv', { csv: file(good), tryOnly: false });
    expect(added).toEqual({ rows: 30, added: 30, problems: [] });
    const [team] = await call('admin.teams.list', null);
    expect(team?.memberIds).toHaveLength(30);
    const { client } = await openDesktop(hub);
    expect(await client.call('session.signIn', { ...asClerk('nia29'), deviceId: 'd' })).toEqual({
      state: 'newPassword',
    });
    const { csv } = await call('admin.users.exportCsv', null);
    expect(csv).toContain('Nia,Number 29,nia29,nia29@example.com,clerk,yes,no,yes,First line,');
  });
});
