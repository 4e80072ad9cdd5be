// Who is rung, on the real hub and exchange with SIP phones: one agent at a time, all at once, several devices.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { sipCallId } from '#shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { isRung, type TestAgentCall } from '../../support/test-agent.ts';
import {
  admin,
  clerk,
  clerk2,
  listenTo,
  signInDesktop,
  startTestHub,
  superAdmin,
  type TestHub,
} from '../support.ts';
import {
  agentAtWork,
  databaseOf,
  northwind,
  offersKept,
  phoneOf,
  practiceCall,
  wholeCallMs,
} from './agents.ts';

/** As a super admin sets it. */
async function project(hub: TestHub, change: object): Promise<void> {
  const { client } = await signInDesktop(hub, superAdmin, 'supervisor');
  const all = await client.call('admin.projects.list', null);
  const found = all.find(({ id }) => id === northwind);
  if (!found) throw new Error('The sample project is gone');
  const settings = { ...found.settings, ...change };
  await client.call('admin.projects.change', { id: found.id, version: found.version, settings });
}

const callIdOf = (call: TestAgentCall) =>
  sipCallId.parse((call.session as unknown as { _request: { call_id: string } })._request.call_id);

it(
  'TEAM-7 CALL-16 CALL-17: rings the one idle longest; Ignore and Decline bring it to the next, who answers',
  async () => {
    const hub = await startTestHub();
    await project(hub, { distribution: 'longestIdle', onDecline: 'nextAgent' });
    const first = await agentAtWork(hub, clerk);
    const second = await agentAtWork(hub, clerk2);
    const third = await agentAtWork(hub, admin);
    const [toSecond, toThird] = [second.phone.nextCall(), third.phone.nextCall()];
    const secondIsRung = isRung(toSecond);
    const call = await practiceCall(hub, 'knownCustomer');
    const offer = await first.phone.nextCall();
    expect(secondIsRung()).toBe(false);
    await first.client.call('offers.ignore', { sipCallId: callIdOf(offer) });
    (await toSecond).session.terminate({ status_code: 603 });
    const last = await toThird;
    expect(offer.session.isEnded()).toBe(false);
    last.answer();
    await call.answered();
    await offer.ended;
    last.session.terminate();
    await call.ended();
    await eventually('all is kept', async () => {
      const kept = await offersKept(await databaseOf(hub));
      return kept.join() === '201 answeredElsewhere,202 declined,203 answered';
    });
    expect(hub.log.errors()).toEqual([]);
  },
  wholeCallMs,
);

it(
  'CALL-16: who ignored a call that was offered to the next may still accept it, and then the other is told',
  async () => {
    const hub = await startTestHub();
    await project(hub, { distribution: 'longestIdle' });
    const first = await agentAtWork(hub, clerk);
    const second = await agentAtWork(hub, clerk2);
    const call = await practiceCall(hub, 'knownCustomer');
    const offer = await first.phone.nextCall();
    await first.client.call('offers.ignore', { sipCallId: callIdOf(offer) });
    const beside = await second.phone.nextCall();
    offer.answer();
    await call.answered();
    await beside.ended;
    offer.session.terminate();
    await call.ended();
    await eventually('both are kept', async () => {
      const kept = await offersKept(await databaseOf(hub));
      return kept.join() === '201 answered,202 answeredElsewhere';
    });
  },
  wholeCallMs,
);

it(
  'CALL-18 CALL-19: leaves alone who is on a call, in wrap-up or Away, and rings them the moment that they may be',
  async () => {
    const hub = await startTestHub();
    const agent = await agentAtWork(hub, clerk);
    const first = await practiceCall(hub, 'unknownNumber');
    const talking = await agent.phone.nextCall();
    talking.answer();
    await first.answered();
    await agent.reports('onCall');
    const next = agent.phone.nextCall();
    const isRungAgain = isRung(next);
    const second = await practiceCall(hub, 'knownCustomer');
    await eventually('the second caller waits', () => second.told.length > 1);
    talking.session.terminate();
    await first.ended();
    await agent.reports('wrapUp');
    await agent.become('away');
    await eventually('voicemail takes the call that nobody could take', () =>
      second.told.some(({ happened }) => happened.step === 'answered'),
    );
    expect(isRungAgain()).toBe(false);
    await agent.reports('free');
    await agent.become('available');
    await practiceCall(hub, 'withheldNumber');
    (await next).session.terminate({ status_code: 603 });
  },
  wholeCallMs,
);

it(
  'CALL-20: of several devices of one user all ring, one answers, and the others stop with "answered elsewhere"',
  async () => {
    const hub = await startTestHub();
    const desktop = await agentAtWork(hub, clerk);
    const laptop = await agentAtWork(hub, clerk);
    const call = await practiceCall(hub, 'knownCustomer');
    const [onDesktop, onLaptop] = await Promise.all([desktop.phone.nextCall(), laptop.phone.nextCall()]);
    // One that is switched on while it rings rings, too.
    const tablet = await phoneOf(laptop.session.sip, randomUUID());
    const onTablet = await tablet.nextCall();
    const reasons = [onDesktop, onTablet].map(
      ({ session }) =>
        new Promise<string>((resolve) =>
          session.once('failed', (event: unknown) =>
            resolve((event as { message: { getHeader(name: string): string } }).message.getHeader('Reason')),
          ),
        ),
    );
    onLaptop.answer();
    await call.answered();
    for (const reason of await Promise.all(reasons)) expect(reason).toContain('cause=200');
    onLaptop.session.terminate();
    await call.ended();
    await eventually('it is one offer', async () => {
      return (await offersKept(await databaseOf(hub))).join() === '201 answered';
    });
  },
  wholeCallMs,
);

it(
  'CALL-22: an offer that no device could show is told at once to a desktop that is connected without a phone',
  async () => {
    const hub = await startTestHub();
    const { client, phone } = await agentAtWork(hub, clerk);
    await phone.close();
    const told = listenTo(client, 'offers.missed');
    await practiceCall(hub, 'hangsUpAfterFiveSeconds');
    await eventually('the desktop is told', () => told.length > 0);
    expect(await client.call('offers.takeMissed', null)).toMatchObject([{ reason: 'noDevice' }]);
  },
  wholeCallMs,
);
