// The devices of a user: several that ring at once, one of another make, credentials that are rotated and taken away.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { rotatedAfterMs } from '../../../src-hub/accounts/sip-credentials.ts';
import { createMediaLink } from '../../../src-main/telephony/media-link.ts';
import { createSipPhone } from '../../../src-main/telephony/sip-phone.ts';
import { eventually } from '../../support/eventually.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { scriptedPhoneWindow } from '../../support/scripted-phone-window.ts';
import { clerk, clerk2, HandClock, listenTo, openDesktop, signInDesktop, startTestHub } from '../support.ts';
import { companyAtWork, mayRegister, personAtWork, phoneOf } from './company.ts';

const slowMs = 60_000;
const clerkId = 'sample-clerk' as never;

it(
  'CALL-20 a phone of another make rings with the user’s own, and is told "answered elsewhere"',
  async () => {
    const { hub, call } = await companyAtWork();
    const alex = await personAtWork(hub, clerk);
    const sam = await personAtWork(hub, clerk2);
    const shown = await call('admin.users.addDevice', { userId: clerkId, label: 'Mobile' });
    expect(shown).toMatchObject({ uri: 'sip:201@practice.offhook.invalid', webSocketUrl: `${hub.url}/sip` });
    const { host } = new URL(shown.webSocketUrl);
    expect(decodeURIComponent(shown.qrText)).toBe(
      `sip:${shown.authorizationUser}:${shown.password}@practice.offhook.invalid;transport=ws?Route=<sip:${host};transport=ws;lr>`,
    );
    const mobile = await phoneOf(shown, null);
    expect(await call('admin.users.devices', { userId: clerkId })).toMatchObject([
      { make: 'offhook', label: null, registered: true },
      { make: 'other', label: 'Mobile', registered: true, authorizationUser: shown.authorizationUser },
    ]);
    expect(JSON.stringify(await call('admin.users.devices', { userId: clerkId }))).not.toContain(
      shown.password,
    );

    const made = sam.phone.call('201');
    const [atDesk, atMobile] = await Promise.all([alex.phone.nextCall(), mobile.nextCall()]);
    const cancelled = new Promise<unknown>((resolve) =>
      atMobile.session.on('failed', ({ message }) =>
        resolve(message && 'getHeader' in message && message.getHeader('Reason')),
      ),
    );
    atDesk.answer();
    expect(await cancelled).toMatch(/^SIP\s*;\s*cause=200/);
    await eventually('they hear each other', () => made.packetsHeard() > 5 && atDesk.packetsHeard() > 5);
    made.session.terminate();
    await atDesk.ended;
    await alex.client.call('device.report', { activity: 'free', asleep: false });

    const second = sam.phone.call('201');
    const [ringing, answered] = await Promise.all([alex.phone.nextCall(), mobile.nextCall()]);
    answered.answer();
    await ringing.ended;
    await eventually('the mobile is heard', () => second.packetsHeard() > 5);

    await call('admin.users.removeDevice', {
      userId: clerkId,
      deviceId: (await call('admin.users.devices', { userId: clerkId }))[1]?.deviceId ?? '',
    });
    await Promise.all([second.ended, answered.ended]);
    expect(await mayRegister(shown)).toBe(false);
  },
  slowMs,
);

it(
  'an app that asks for one name only registers with its authorization user, and rings and calls as the extension',
  async () => {
    const { hub, call } = await companyAtWork();
    const sam = await personAtWork(hub, clerk2);
    const alex = await signInDesktop(hub, clerk, randomUUID());
    await alex.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
    const shown = await call('admin.users.addDevice', { userId: clerkId, label: 'Mobile' });
    const mobile = await phoneOf(
      { ...shown, uri: `sip:${shown.authorizationUser}@practice.offhook.invalid` },
      null,
    );
    const made = sam.phone.call('201');
    const offer = await mobile.nextCall();
    made.session.terminate();
    await offer.ended;
    const back = mobile.call('202');
    const shownAs = await sam.phone.nextCall();
    expect(shownAs.session.remote_identity.uri.user).toBe('201');
    shownAs.answer();
    await eventually('they hear each other', () => back.packetsHeard() > 5 && shownAs.packetsHeard() > 5);
    back.session.terminate();
    await shownAs.ended;
    const others = { ...shown, uri: `sip:${shown.authorizationUser}x@practice.offhook.invalid` };
    expect(await mayRegister(others)).toBe(false);
  },
  slowMs,
);

it(
  'a credential that is rotated is worth nothing from then on; a call in progress goes on',
  async () => {
    const { hub, call } = await companyAtWork();
    const alex = await personAtWork(hub, clerk);
    const sam = await personAtWork(hub, clerk2);
    const told = listenTo(alex.client, 'sip.changed');
    const made = sam.phone.call('201');
    const offer = await alex.phone.nextCall();
    offer.answer();
    await eventually('they talk', () => made.packetsHeard() > 5);
    const rotate = { userId: clerkId, deviceId: alex.deviceId };
    expect(await call('admin.users.rotateDevice', rotate)).toBeNull();
    const renewed = await eventually('the device is told', () => told.at(-1));
    const before = alex.session.sip;
    expect(renewed).toEqual({ ...before, password: renewed.password });
    expect(renewed.password).not.toBe(before.password);
    expect(await mayRegister(before)).toBe(false);
    expect(await mayRegister(renewed)).toBe(true);
    const heard = made.packetsHeard();
    await eventually('they still talk', () => made.packetsHeard() > heard + 20);
    offer.session.terminate();
    await made.ended;

    const shown = await call('admin.users.addDevice', { userId: clerkId, label: 'Mobile' });
    const mobile = (await call('admin.users.devices', { userId: clerkId })).find(
      ({ make }) => make === 'other',
    );
    const again = await call('admin.users.rotateDevice', {
      userId: clerkId,
      deviceId: mobile?.deviceId ?? '',
    });
    if (again === null) throw new Error('shown to nobody');
    expect(await mayRegister(shown)).toBe(false);
    expect(await mayRegister(again)).toBe(true);
    await expect(
      call('admin.users.rotateDevice', { userId: clerkId, deviceId: 'nobody’s' }),
    ).rejects.toMatchObject({ reason: 'noSuchDevice' });
  },
  slowMs,
);

it(
  'a desktop registers with its rotated credential without having been offline, also where it was away meanwhile',
  async () => {
    const { hub, call } = await companyAtWork();
    const deviceId = randomUUID();
    const desk = await signInDesktop(hub, clerk, deviceId);
    const log = recordingLog();
    const link = createMediaLink({ log });
    scriptedPhoneWindow(link).load();
    const phone = createSipPhone({ link, log, dtmfTransport: () => 'rfc4733' });
    onTestFinished(() => phone.stop());
    phone.start(desk.session.sip, { instanceId: deviceId });
    await eventually('registered', () => phone.registration().state === 'online');
    const states: string[] = [];
    phone.onRegistrationChanged(({ state }) => states.push(state));
    const told = listenTo(desk.client, 'sip.changed');
    desk.client.on('sip.changed', (account) => phone.renew(account));
    const rotate = { userId: clerkId, deviceId };
    await call('admin.users.rotateDevice', rotate);
    await eventually('the device is told', () => told.length === 1);

    desk.ws.terminate();
    await desk.closed;
    await call('admin.users.rotateDevice', rotate);
    const back = await openDesktop(hub);
    const toldAnew = listenTo(back.client, 'sip.changed');
    back.client.on('sip.changed', (account) => phone.renew(account));
    await back.client.call('session.resume', { token: desk.session.token, deviceId });
    await eventually('the device is told what it missed', () => toldAnew.length === 1);
    expect(states.filter((state) => state !== 'online')).toEqual([]);

    // At a hub that has started anew it must show the password again: only the last one is good.
    await hub.close();
    await eventually('the exchange is gone', () => phone.registration().state === 'offline');
    await startTestHub({ dataDirectory: hub.dataDirectory, preferredPort: hub.port });
    phone.reconnectNow();
    await eventually('registered', () => phone.registration().state === 'online');
  },
  slowMs,
);

it('the credential of a device of ours is another one at its first sign-in after thirty days', async () => {
  const clock = new HandClock();
  const { hub } = await companyAtWork({ clock });
  const first = await signInDesktop(hub, clerk, 'desk');
  clock.advance(rotatedAfterMs - 1);
  const same = await signInDesktop(hub, clerk, 'desk');
  expect(same.session.sip).toEqual(first.session.sip);
  clock.advance(1);
  const later = await signInDesktop(hub, clerk, 'desk');
  const { password } = later.session.sip;
  expect(later.session.sip).toEqual({ ...first.session.sip, password });
  expect(await mayRegister(first.session.sip)).toBe(false);
});

it('an admin who removes a device of ours signs it out, and no other', async () => {
  const { hub, call } = await companyAtWork();
  const desk = await signInDesktop(hub, clerk, 'desk');
  const laptop = await signInDesktop(hub, clerk, 'laptop');
  const told = listenTo(desk.client, 'session.ended');
  await call('admin.users.removeDevice', { userId: clerkId, deviceId: 'desk' });
  await desk.closed;
  expect(told).toEqual([null]);
  await expect(laptop.client.call('presence.get', null)).resolves.toBeDefined();
  const { client } = await openDesktop(hub);
  await expect(
    client.call('session.resume', { token: desk.session.token, deviceId: 'desk' }),
  ).rejects.toMatchObject({ reason: 'wrongCredentials' });
  const question = { beforeId: null, limit: 1, text: '', actorId: null, projectId: null };
  expect((await call('admin.audit.list', question)).entries).toMatchObject([
    { action: 'user.removeDevice', subject: { name: 'Alex Morgan' } },
  ]);
});
