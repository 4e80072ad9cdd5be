// Statuses at the hub: set by hand, timed, told to every device, and there again after a restart.
import { describe, expect, it } from 'vitest';
import type { ChoosableStatus } from '#shared/domain/presence.ts';
import { sampleUserId } from '../../src-hub/practice/sample-company.ts';
import { DeviceReports } from '../../src-hub/presence/device-reports.ts';
import { afterTimedStatus } from '../../src-hub/presence/presence-machine.ts';
import { eventually } from '../support/eventually.ts';
import { clerk, clerk2, HandClock, listenTo, openDesktop, signInDesktop, startTestHub } from './support.ts';

const minuteMs = 60_000;

describe('a status', () => {
  it('is told to all devices of its user, with since when, and to nobody else', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const desktop = await signInDesktop(hub, clerk, 'desktop');
    const laptop = await signInDesktop(hub, clerk, 'laptop');
    const colleague = await signInDesktop(hub, clerk2);
    const told = [desktop, laptop, colleague].map(({ client }) => listenTo(client, 'presence.changed'));
    clock.advance(5_000);
    await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
    const expected = { status: 'available', sinceMs: clock.nowMs(), untilMs: null, labelId: null };
    await eventually('both devices are told', () => told[0]?.length === 1 && told[1]?.length === 1);
    expect(told[0]).toEqual([expected]);
    expect(told[1]).toEqual([expected]);
    expect(await laptop.client.call('presence.get', null)).toEqual(expected);
    await colleague.client.call('presence.get', null);
    expect(told[2]).toEqual([]);
  });

  it('keeps since when it holds if the same is set again', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client } = await signInDesktop(hub);
    const set = (status: ChoosableStatus) =>
      client.call('presence.set', { status, labelId: null, untilMs: null });
    await set('away');
    const { sinceMs } = await client.call('presence.get', null);
    clock.advance(minuteMs);
    await set('away');
    expect((await client.call('presence.get', null)).sinceMs).toBe(sinceMs);
    await set('busy');
    expect((await client.call('presence.get', null)).sinceMs).toBe(sinceMs + minuteMs);
  });

  it('with an end time ends by itself: lunch, and back at 13:30', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client } = await signInDesktop(hub);
    const told = listenTo(client, 'presence.changed');
    await client.call('presence.set', {
      status: 'away',
      labelId: null,
      untilMs: clock.nowMs() + 30 * minuteMs,
    });
    clock.advance(30 * minuteMs - 1);
    expect((await client.call('presence.get', null)).status).toBe('away');
    clock.advance(1);
    const back = await eventually('the end of lunch', () =>
      told.find(({ status }) => status === 'available'),
    );
    expect(back).toEqual({ status: 'available', sinceMs: clock.nowMs(), untilMs: null, labelId: null });
  });

  it('chosen by hand before the end time is not undone by it', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client } = await signInDesktop(hub);
    await client.call('presence.set', { status: 'away', labelId: null, untilMs: clock.nowMs() + minuteMs });
    await client.call('presence.set', { status: 'busy', labelId: null, untilMs: null });
    clock.advance(2 * minuteMs);
    expect(await client.call('presence.get', null)).toMatchObject({ status: 'busy', untilMs: null });
  });

  it('cannot end in the past', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client } = await signInDesktop(hub);
    const past = client.call('presence.set', { status: 'away', labelId: null, untilMs: clock.nowMs() });
    await expect(past).rejects.toMatchObject({ reason: 'notInFuture' });
    expect((await client.call('presence.get', null)).status).toBe('offline');
  });

  it('survives a restart of the hub, since when included', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client, session } = await signInDesktop(hub);
    await client.call('presence.set', { status: 'busy', labelId: null, untilMs: null });
    const before = await client.call('presence.get', null);
    await hub.close();
    clock.advance(minuteMs);
    const again = await startTestHub({ clock, dataDirectory: hub.dataDirectory });
    const desktop = await openDesktop(again);
    await desktop.client.call('session.resume', { token: session.token, deviceId: 'desktop-1' });
    expect(await desktop.client.call('presence.get', null)).toEqual(before);
  });

  it('that was never set is offline since the hub first ran, after a restart too', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client, session } = await signInDesktop(hub);
    const before = await client.call('presence.get', null);
    expect(before.status).toBe('offline');
    await hub.close();
    clock.advance(minuteMs);
    const again = await startTestHub({ clock, dataDirectory: hub.dataDirectory });
    const desktop = await openDesktop(again);
    await desktop.client.call('session.resume', { token: session.token, deviceId: 'desktop-1' });
    expect(await desktop.client.call('presence.get', null)).toEqual(before);
  });

  it('whose end passed while the hub was away becomes Inactive: nobody is made available unseen', async () => {
    const clock = new HandClock();
    const hub = await startTestHub({ clock });
    const { client, session } = await signInDesktop(hub);
    await client.call('presence.set', { status: 'away', labelId: null, untilMs: clock.nowMs() + minuteMs });
    await hub.close();
    clock.advance(10 * minuteMs);
    const again = await startTestHub({ clock, dataDirectory: hub.dataDirectory });
    clock.advance(1);
    const desktop = await openDesktop(again);
    await desktop.client.call('session.resume', { token: session.token, deviceId: 'desktop-1' });
    const found = await eventually('the status has ended', async () => {
      const now = await desktop.client.call('presence.get', null);
      return now.status !== 'away' && now;
    });
    expect(found.status).toBe('inactive');
  });

  it('becomes Offline when the last device signs out, and stays while another is there', async () => {
    const hub = await startTestHub();
    const desktop = await signInDesktop(hub, clerk, 'desktop');
    const laptop = await signInDesktop(hub, clerk, 'laptop');
    await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
    await laptop.client.call('session.signOut', null);
    expect((await desktop.client.call('presence.get', null)).status).toBe('available');
    await desktop.client.call('session.signOut', null);
    const again = await signInDesktop(hub, clerk, 'desktop');
    expect((await again.client.call('presence.get', null)).status).toBe('offline');
  });
});

describe('the end of a timed status', () => {
  const ended = (status: ChoosableStatus) => ({ status, sinceMs: 1, untilMs: 2, labelId: null });
  it.each([
    ['away', true, 'available'],
    ['busy', true, 'available'],
    ['offline', true, 'available'],
    ['away', false, 'inactive'],
    ['offline', false, 'inactive'],
    ['available', true, 'offline'],
    ['available', false, 'offline'],
  ] as const)('%s with a device there (%s) becomes %s', (status, deviceIsThere, next) => {
    expect(afterTimedStatus(ended(status), 2, deviceIsThere)).toEqual({
      status: next,
      sinceMs: 2,
      untilMs: null,
      labelId: null,
    });
  });
});

describe('what devices report', () => {
  const user = sampleUserId('clerk');

  it('makes the busiest device count', () => {
    const reports = new DeviceReports(new HandClock());
    reports.report(user, 'desktop', { activity: 'free', asleep: false });
    reports.report(user, 'laptop', { activity: 'wrapUp', asleep: false });
    expect(reports.activityOf(user)).toBe('wrapUp');
    reports.report(user, 'desktop', { activity: 'onCall', asleep: false });
    expect(reports.activityOf(user)).toBe('onCall');
    reports.report(user, 'desktop', { activity: 'free', asleep: false });
    reports.report(user, 'laptop', { activity: 'free', asleep: false });
    expect(reports.activityOf(user)).toBe('free');
  });

  it('holds through a lost link, and is forgotten when the device stays away', () => {
    const clock = new HandClock();
    const reports = new DeviceReports(clock);
    reports.report(user, 'desktop', { activity: 'onCall', asleep: false });
    reports.disconnected(user, 'desktop');
    clock.advance(minuteMs);
    expect(reports.activityOf(user)).toBe('onCall');
    clock.advance(2 * minuteMs);
    expect(reports.activityOf(user)).toBe('free');
  });

  it('counts an answer at once, before the device has said so, and only for a moment', () => {
    const clock = new HandClock();
    const reports = new DeviceReports(clock);
    reports.connected(user, 'desktop');
    reports.answered(user);
    expect(reports.activityOf(user)).toBe('onCall');
    clock.advance(5_000);
    expect(reports.activityOf(user)).toBe('free');
    reports.answered(user);
    reports.report(user, 'desktop', { activity: 'wrapUp', asleep: false });
    expect(reports.activityOf(user)).toBe('wrapUp');
  });

  it('remembers that a device went to sleep until it is back', () => {
    const clock = new HandClock();
    const reports = new DeviceReports(clock);
    reports.connected(user, 'desktop');
    reports.report(user, 'desktop', { activity: 'free', asleep: true });
    expect(reports.devicesOf(user)).toEqual({ awake: 0, fallingAsleep: 1, anyAsleep: true });
    reports.disconnected(user, 'desktop');
    clock.advance(60 * minuteMs);
    expect(reports.devicesOf(user)).toEqual({ awake: 0, fallingAsleep: 0, anyAsleep: true });
    reports.connected(user, 'desktop');
    expect(reports.devicesOf(user)).toEqual({ awake: 1, fallingAsleep: 0, anyAsleep: false });
  });
});
