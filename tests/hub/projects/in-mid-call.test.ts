// What becomes of a call whose agent is taken out of its project meanwhile: real phones, a real caller.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { sampleProject, sampleUserId } from '../../../src-hub/practice/sample-company.ts';
import { eventually } from '../../support/eventually.ts';
import { isRung, startTestAgent } from '../../support/test-agent.ts';
import { makeToneOpus } from '../../support/tone.ts';
import {
  clerk,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  startTestHub,
  superAdmin,
} from '../support.ts';

it('TEAM-5: a member taken away in mid-call talks on, and is rung no more', async () => {
  const hub = await startTestHub();
  const deviceId = randomUUID();
  const { session, client } = await signInDesktop(hub, clerk, deviceId);
  const phone = await startTestAgent(
    { ...session.sip, instanceId: deviceId },
    makeToneOpus(440, 1),
    new KeptLog(),
  );
  onTestFinished(() => phone.close());
  await client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  const operator = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
  const told = listenTo(operator.client, 'practice.progress');
  await operator.client.call('practice.call', { kind: 'knownCustomer' });
  const offer = await phone.nextCall();
  offer.answer();
  await eventually('the agent hears the caller', () => offer.packetsHeard() > 20, 20_000);

  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const projects = await boss.call('admin.projects.list', null);
  const project = projects.find(({ id }) => id === sampleProject.id);
  if (!project) throw new Error('The practice project is not there');
  const memberIds = project.settings.memberIds.filter((id) => id !== sampleUserId('clerk'));
  const works = listenTo(client, 'work.changed');
  await boss.call('admin.projects.change', {
    id: project.id,
    version: project.version,
    settings: { ...project.settings, memberIds },
  });
  const work = await eventually('the desktop is told', () => works[0]);
  expect(work.projects.map(({ id }) => id)).not.toContain(sampleProject.id);

  const heardByThen = offer.packetsHeard();
  await eventually('the agent hears the caller still', () => offer.packetsHeard() > heardByThen + 50);
  offer.session.sendDTMF('5');
  await eventually('the caller hears the agent', () =>
    told.some(({ happened }) => happened.step === 'dtmfHeard'),
  );
  offer.session.terminate();
  await eventually('the end of the call', () => told.some(({ allEnded }) => allEnded));
  told.length = 0;
  const rung = isRung(phone.nextCall());
  await client.call('device.report', { activity: 'free', asleep: false });
  await operator.client.call('practice.call', { kind: 'knownCustomer' });
  // By the voicemail: nobody else is there.
  await eventually(
    'the next caller is answered',
    () => told.some(({ happened }) => happened.step === 'answered' || happened.step === 'ended'),
    20_000,
  );
  expect(rung()).toBe(false);
  expect(hub.log.errors()).toEqual([]);
}, 60_000);
