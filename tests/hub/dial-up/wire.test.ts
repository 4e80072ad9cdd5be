// Call mode from outside, over the hub's wire: what a desktop asks, is told, and may dial, and which calls reach its agent
// meanwhile. A practice hub with its sample orders; real phones.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { attemptId, mutationId, recordId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import type { LeasedOrder } from '#shared/hub/dial-contract.ts';
import { sampleProject } from '../../../src-hub/practice/sample-company.ts';
import { eventually } from '../../support/eventually.ts';
import { isRung, startTestAgent } from '../../support/test-agent.ts';
import { makeToneOpus } from '../../support/tone.ts';
import {
  type Credentials,
  clerk,
  clerk2,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  startTestHub,
  superAdmin,
  type TestHub,
} from '../support.ts';

/** With Northwind open and nothing else. */
async function atWork(hub: TestHub, who: Credentials, deviceId: string = randomUUID()) {
  const desktop = await signInDesktop(hub, who, deviceId);
  const { client } = desktop;
  await client.call('projects.open', { primaryId: sampleProject.id, secondaryIds: [] });
  let sequence = 0;
  return {
    ...desktop,
    deviceId,
    async take(): Promise<LeasedOrder> {
      const { order } = await client.call('dial.take', { settling: [] });
      if (!order) throw new Error('There is no order');
      return order;
    },
    async end(
      { leaseId, order, mode }: LeasedOrder,
      button: 'refused' | 'noAnswer' | 'callBack',
      callBack: Outcome['callBack'] = null,
    ) {
      sequence += 1;
      const nowMs = Date.now();
      const [pushed] = await client.call('sync.push', {
        mutations: [
          {
            mutationId: mutationId.parse(randomUUID()),
            sequence,
            madeAtMs: nowMs,
            mutation: {
              kind: 'order.outcome',
              leaseId,
              recordId: recordId.parse(order.recordId),
              outcome: {
                attemptId: attemptId.parse(randomUUID()),
                orderId: order.id,
                mode,
                button,
                callBack,
                note: 'Said on the telephone',
                callId: null,
                startedAtMs: nowMs - 30_000,
                endedAtMs: nowMs,
              },
            },
          },
        ],
      });
      return pushed;
    },
  };
}

it('DIAL-1 DIAL-7 DIAL-9: each agent gets an order of their own, ends it once, and is asked for no other meanwhile', async () => {
  const hub = await startTestHub();
  const [ann, bob] = [await atWork(hub, clerk), await atWork(hub, clerk2)];
  const [hers, his] = await Promise.all([ann.take(), bob.take()]);
  expect(hers.order.id).not.toBe(his.order.id);
  expect(hers).toMatchObject({
    record: { id: hers.order.recordId },
    mayDial: { may: true },
    clocks: { from: 'number' },
  });
  expect(hers.buttons.map(({ button }) => button)).toContain('noAnswer');
  // A restart of her desktop: the same one.
  expect((await ann.take()).leaseId).toBe(hers.leaseId);
  expect(await ann.client.call('dial.prolong', { leaseIds: [hers.leaseId, his.leaseId] })).toMatchObject({
    leases: [{ leaseId: hers.leaseId }],
  });
  expect(await ann.end(hers, 'refused')).toMatchObject({ outcome: 'applied' });
  expect((await ann.take()).order.id).not.toBe(hers.order.id);
  expect(await ann.client.call('dial.day', { sinceMs: Date.now() - 60_000 })).toMatchObject({
    byButton: [{ button: 'refused', count: 1 }],
    attempts: 1,
    workedMs: 30_000,
  });
  const [known] = await ann.client.call('orders.ofRecord', { recordId: hers.order.recordId });
  expect(known).toMatchObject({
    order: { id: hers.order.id, place: null },
  });
  expect(known?.attempts[0]).toMatchObject({
    button: 'refused',
    note: 'Said on the telephone',
    effect: 'moved',
  });
  // Into a free mode, which has a name of its own.
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const { version, modes } = await boss.call('admin.dialUp.freeModes', null);
  const named = modes.map((each) => (each.mode === 'random1' ? { ...each, name: 'Winter sale' } : each));
  await boss.call('admin.dialUp.setFreeModes', { version, modes: named });
  const { statuses } = await boss.call('admin.orderStatuses.get', null);
  const statusId = statuses.find(({ mode }) => mode === 'random1')?.id ?? expect.fail('a status');
  await boss.call('admin.orders.move', { orders: { which: 'these', orderIds: [hers.order.id] }, statusId });
  expect(await ann.client.call('orders.ofRecord', { recordId: hers.order.recordId })).toMatchObject([
    { order: { place: { mode: 'random1' } }, modeName: 'Winter sale' },
  ]);
  expect(hub.log.errors()).toEqual([]);
}, 30_000);

it('DIAL-2: a free mode bears the admin’s name and hands out by the usual rule or at random; what is not reached or put off waits apart', async () => {
  const hub = await startTestHub();
  const ann = await atWork(hub, clerk);
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const projectId = sampleProject.id;
  const free = await boss.call('admin.dialUp.freeModes', null);
  const setFree = async (version: number, handsOut: 'byRule' | 'atRandom') => {
    const modes = free.modes.map((each) =>
      each.mode === 'random1' ? { ...each, name: 'Winter sale', handsOut } : each,
    );
    await boss.call('admin.dialUp.setFreeModes', { version, modes });
  };
  await setFree(free.version, 'byRule');
  const { version, settings } = await boss.call('admin.dialUp.get', { projectId });
  const modes = settings.modes.map((each) => ({ ...each, open: each.mode === 'random1' }));
  await boss.call('admin.dialUp.set', { projectId, version, settings: { ...settings, modes } });
  const open = await ann.client.call('dial.modes', null);
  expect(open.filter((each) => each.projectId === projectId)).toMatchObject([
    { mode: 'random1', name: 'Winter sale' },
  ]);

  const first = await ann.take();
  expect(first).toMatchObject({ mode: 'random1', modeName: 'Winter sale' });
  expect(first.why).not.toBe('drawn');
  await ann.client.call('dial.giveBack', { leaseId: first.leaseId });
  await setFree(free.version + 1, 'atRandom');
  const drawn = await ann.take();
  expect(drawn).toMatchObject({ mode: 'random1', why: 'drawn' });

  const bucketOf = async ({ order }: LeasedOrder) => {
    const known = await ann.client.call('orders.ofRecord', { recordId: order.recordId });
    return known.find((each) => each.order.id === order.id)?.order.place?.bucket;
  };
  expect(await bucketOf(drawn)).toBe('unprocessed');
  await ann.end(drawn, 'noAnswer');
  expect(await bucketOf(drawn)).toBe('noAnswer');
  const next = await ann.take();
  expect(next.order.id).not.toBe(drawn.order.id);
  await ann.end(next, 'callBack', { atMs: Date.now() + 3_600_000, own: true });
  expect(await bucketOf(next)).toBe('callBack');
  expect(hub.log.errors()).toEqual([]);
}, 30_000);

it('DIAL-10: a number put on the do-not-call list while its order is on the screen is not dialled; an emergency number always is', async () => {
  const hub = await startTestHub();
  const ann = await atWork(hub, clerk);
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const told = listenTo(ann.client, 'dial.orderChanged');
  const leased = await ann.take();
  const number = leased.record?.numbers[0]?.number ?? expect.fail('a number');
  expect(await ann.client.call('dial.mayDial', { leaseId: leased.leaseId, number })).toMatchObject({
    may: true,
  });
  await boss.call('admin.doNotCall.add', { numbers: [number], reason: 'Asked us to' });
  await eventually('the holder is told', () => told.length > 0);
  expect(told[0]).toMatchObject({
    leaseId: leased.leaseId,
    mayDial: { may: false, reason: 'doNotCall' },
  });
  const { leaseId } = leased;
  expect(await ann.client.call('dial.mayDial', { leaseId, number })).toMatchObject({ reason: 'doNotCall' });
  expect(await ann.client.call('dial.mayDial', { leaseId, number: '112' })).toMatchObject({ may: true });
  // Given back, it is handed out to nobody.
  await ann.client.call('dial.giveBack', { leaseId });
  expect((await ann.take()).order.id).not.toBe(leased.order.id);
  expect(hub.log.errors()).toEqual([]);
}, 30_000);

it('DIAL-3: whoever holds an order of a mode that is closed hears of it, and its outcome counts', async () => {
  const hub = await startTestHub();
  const ann = await atWork(hub, clerk);
  const boss = (await signInDesktop(hub, superAdmin, 'boss')).client;
  const leased = await ann.take();
  const told = listenTo(ann.client, 'dial.changed');
  const { projectId } = leased.order;
  const { version, settings } = await boss.call('admin.dialUp.get', { projectId });
  const modes = settings.modes.map((each) => (each.mode === leased.mode ? { ...each, open: false } : each));
  await boss.call('admin.dialUp.set', { projectId, version, settings: { ...settings, modes } });
  await eventually('the holder is told', () => told.length > 0);
  const open = await ann.client.call('dial.modes', null);
  expect(open.filter((each) => each.projectId === projectId && each.mode === leased.mode)).toEqual([]);
  expect(await ann.end(leased, 'refused')).toMatchObject({ outcome: 'applied' });
  expect(hub.log.errors()).toEqual([]);
}, 30_000);

it('DIAL-7: whoever holds an order, though the hub was started anew meanwhile, is offered no inbound call until it is ended', async () => {
  const before = await startTestHub();
  const deviceId = randomUUID();
  const leased = await (await atWork(before, clerk, deviceId)).take();
  await before.close();
  const hub = await startTestHub({ dataDirectory: before.dataDirectory });
  const ann = await atWork(hub, clerk, deviceId);
  const phone = await startTestAgent(
    { ...ann.session.sip, instanceId: ann.deviceId },
    makeToneOpus(440, 1),
    new KeptLog(),
  );
  onTestFinished(() => phone.close());
  await ann.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  const operator = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
  const progress = listenTo(operator.client, 'practice.progress');
  const call = phone.nextCall();
  const rung = isRung(call);
  await operator.client.call('practice.call', { kind: 'knownCustomer' });
  await eventually('the caller waits for her', () =>
    progress.some(({ happened }) => happened.step === 'ringing'),
  );
  // Time enough to be rung, were she free.
  expect((await ann.take()).leaseId).toBe(leased.leaseId);
  expect(rung()).toBe(false);
  await ann.end(leased, 'refused');
  const offer = await call;
  offer.session.terminate();
  expect(hub.log.errors()).toEqual([]);
}, 40_000);
