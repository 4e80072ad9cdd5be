// A hub that stops while people are at work: what rings may still be answered, nothing new begins, and it does not wait
// for ever. A real agent's phone and scripted callers, in one process with the hub.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startTestAgent } from '../support/test-agent.ts';
import { makeToneOpus } from '../support/tone.ts';
import {
  clerk,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  startTestHub,
  upgradeStatus,
} from './support.ts';

const slowMs = 60_000;

/** A hub with one available agent, whose phone a scripted caller rings. */
async function hubThatRings() {
  const hub = await startTestHub();
  const deviceId = randomUUID();
  const desktop = await signInDesktop(hub, clerk, deviceId);
  const phone = await startTestAgent(
    { ...desktop.session.sip, instanceId: deviceId },
    makeToneOpus(440, 1),
    new KeptLog(),
  );
  onTestFinished(() => phone.close());
  await desktop.client.call('device.report', { activity: 'free', asleep: false });
  await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  const { client } = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
  const told = listenTo(client, 'practice.progress');
  await client.call('practice.call', { kind: 'knownCustomer' });
  return { hub, desktop, operator: client, told, offer: await phone.nextCall() };
}

it(
  'lets the agent answer what rings, takes no new call and no new desktop, and closes when all is said',
  async () => {
    const { hub, desktop, operator, told, offer } = await hubThatRings();
    const stopping = listenTo(desktop.client, 'hub.stopping');
    let closed = false;
    const closing = hub.close(30_000).then(() => {
      closed = true;
    });
    await eventually('the desktop is told', () => stopping.length === 1);
    await expect(upgradeStatus(`${hub.url}/hub`)).rejects.toThrow('ECONNREFUSED');
    await operator.call('practice.call', { kind: 'unknownNumber' });
    await eventually('the second caller is refused', () =>
      told.some(({ happened }) => happened.step === 'ended' && happened.status === 503),
    );
    expect(closed).toBe(false);
    offer.answer();
    await eventually('the caller hears the answer', () =>
      told.some(({ happened }) => happened.step === 'answered'),
    );
    offer.session.terminate();
    await closing;
    expect(await desktop.closed).toBe(1012);
    expect(hub.log.errors()).toEqual([]);
  },
  slowMs,
);

it(
  'waits no longer than it was told to',
  async () => {
    const { hub, desktop } = await hubThatRings();
    const beganAtMs = performance.now();
    await hub.close(500);
    expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(500);
    expect(performance.now() - beganAtMs).toBeLessThan(5_000);
    expect(await desktop.closed).toBe(1012);
  },
  slowMs,
);
