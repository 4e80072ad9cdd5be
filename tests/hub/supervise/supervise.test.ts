// SUP-2 on a real hub: what a supervisor does to an agent at work, over the wire, at the agent's desk and on their phone.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { type DeskAtWork, deskAtWork } from '../../calls/desk-at-work.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestAgent } from '../../support/test-agent.ts';
import { makeToneOpus } from '../../support/tone.ts';
import { admin, clerk, KeptLog, listenTo, openDesktop, signInDesktop, startTestHub } from '../support.ts';

async function supervisorAndAgent() {
  const hub = await startTestHub();
  const deviceId = randomUUID();
  const agent = await signInDesktop(hub, clerk, deviceId);
  const supervisor = await signInDesktop(hub, admin, 'supervisor');
  const { userId } = agent.session.user;
  const audit = async () => {
    const all = { beforeId: null, limit: 10, text: '', actorId: null, projectId: null };
    return (await supervisor.client.call('admin.audit.list', all)).entries;
  };
  const changes = listenTo(supervisor.client, 'admin.changed');
  return { hub, deviceId, agent, userId, supervisor: supervisor.client, audit, changes };
}

it('SUP-2, TEAM-8: a supervisor forces a status; the agent’s desktop is told, and the audit log says who did it', async () => {
  const { agent, userId, supervisor, audit, changes } = await supervisorAndAgent();
  await agent.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  const told = listenTo(agent.client, 'presence.changed');
  await supervisor.call('supervise.setStatus', { userId, status: 'away', labelId: null, untilMs: null });
  expect(await eventually('the agent is told', () => told[0])).toMatchObject({ status: 'away' });
  expect(await audit()).toMatchObject([
    {
      actor: { kind: 'user', name: 'Robin Castellanos' },
      action: 'user.setStatus',
      subject: { kind: 'user', id: userId, name: 'Alex Morgan' },
      changes: [{ field: 'status', before: 'available', after: 'away' }],
    },
  ]);
  await eventually('admin windows are told', () => changes.some(({ kind }) => kind === 'audit'));
  const past = supervisor.call('supervise.setStatus', { userId, status: 'busy', labelId: null, untilMs: 1 });
  await expect(past).rejects.toMatchObject({ reason: 'notInFuture' });
  expect(await audit()).toHaveLength(1);
  await agent.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
});

it('SUP-2, CALL-23: a supervisor ends a wrap-up; the agent is free, and what is missing is to finish', async () => {
  const { agent, userId, supervisor, audit } = await supervisorAndAgent();
  const ended = () => supervisor.call('supervise.endWrapUp', { userId });
  await expect(ended()).rejects.toMatchObject({ reason: 'notInWrapUp' });

  const desk: DeskAtWork = await deskAtWork();
  agent.client.on('wrapUp.ended', () => desk.desk.endWrapUp());
  const call = desk.talk();
  desk.tell('remoteHungUp', call);
  desk.drafts.change(call, { note: 'Half a sen' });
  expect(desk.view(call)?.phase).toBe('wrapUp');
  await agent.client.call('device.report', { activity: 'wrapUp', asleep: false });
  await ended();
  await eventually('the wrap-up is over', () => desk.view(call) === undefined);
  expect(desk.hub).toEqual(['onCall', 'wrapUp', 'free']);
  expect(desk.inbox().toFinish).toMatchObject([{ callId: call, note: 'Half a sen', state: 'toFinish' }]);
  expect(await audit()).toMatchObject([
    { action: 'user.endWrapUp', changes: [{ field: 'wrapUp', before: true, after: false }] },
  ]);
});

it('SUP-2: a supervisor signs an agent out: session, remembered device and registration end', async () => {
  const { hub, deviceId, agent, userId, supervisor, audit } = await supervisorAndAgent();
  const { deviceToken } = await remembered(hub, deviceId);
  const device = { ...agent.session.sip, instanceId: deviceId };
  const { client, session, closed } = await resumed(hub, deviceId, deviceToken);
  const phone = await startTestAgent({ ...device, ...session.sip }, makeToneOpus(440, 1), new KeptLog());
  onTestFinished(() => phone.close());
  await client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  const told = listenTo(client, 'session.ended');

  await supervisor.call('supervise.signOut', { userId });
  await eventually('the desktop is told', () => told.length === 1);
  await closed;
  await eventually('the phone is no longer registered', () => !phone.isRegistered(), 20_000);
  const fresh = await openDesktop(hub);
  const again = fresh.client.call('session.signInRemembered', { deviceToken, deviceId });
  await expect(again).rejects.toMatchObject({ reason: 'wrongCredentials' });
  const token = fresh.client.call('session.resume', { token: session.token, deviceId });
  await expect(token).rejects.toMatchObject({ reason: 'wrongCredentials' });
  expect(await audit()).toMatchObject([{ action: 'user.signOut', subject: { id: userId } }]);
});

async function remembered(hub: { url: string }, deviceId: string) {
  const { client } = await openDesktop(hub);
  const step = await client.call('session.signIn', { ...clerk, deviceId, remember: true });
  if (step.state !== 'signedIn' || step.deviceToken === null) throw new Error('The device is not remembered');
  return { deviceToken: step.deviceToken };
}

async function resumed(hub: { url: string }, deviceId: string, deviceToken: string) {
  const desktop = await openDesktop(hub);
  const session = await desktop.client.call('session.signInRemembered', { deviceToken, deviceId });
  if (session.state !== 'signedIn') throw new Error('The device did not get in');
  return { ...desktop, session };
}
