// The desk of call mode with real SQLite, the real call desk and outbox; the hub and telephony are by script. Longer than
// most: it is one desk, with whatever comes to it.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { WorkableMode } from '#shared/domain/dial-up.ts';
import { attemptId, type LeaseId, leaseId, mutationId, orderId } from '#shared/domain/ids.ts';
import type { LeasedOrder, MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { DialUpDesk } from '../../src-main/dial-up/dial-up-desk.ts';
import type { DialUpHub } from '../../src-main/dial-up/dial-up-ports.ts';
import { openDialUpStore } from '../../src-main/dial-up/dial-up-store.ts';
import { comparableNumber, formatNumber } from '../../src-main/directory/phone-number.ts';
import { openNoteStore } from '../../src-main/records/note-store.ts';
import { createOutbox } from '../../src-main/sync/outbox.ts';
import { openOutboxStore } from '../../src-main/sync/outbox-store.ts';
import { createOverlay } from '../../src-main/sync/overlay.ts';
import { casey, type DeskAtWork, deskAtWork, practice, sold } from '../calls/desk-at-work.ts';
import { leasedOrder, sampleOrder } from '../support/sample-orders.ts';

interface ScriptedHub {
  online: boolean;
  /** What is handed out, one after the other. */
  line: LeasedOrder[];
  mayDial: MayDial | 'silent';
  held: Set<LeaseId>;
  modes: WorkableMode[];
  readonly asked: string[];
}

const nth = (n: number, over: Partial<LeasedOrder> = {}): LeasedOrder =>
  leasedOrder({
    leaseId: leaseId.parse(`lease-${n}`),
    order: sampleOrder({ id: orderId.parse(`order-${n}`), projectId: practice.id }),
    dials: 'onKey',
    ...over,
  });

async function dialUpAtWork(line: LeasedOrder[], earlier?: DeskAtWork) {
  const work = earlier ?? (await deskAtWork());
  const { clock, database } = work;
  const hub: ScriptedHub = {
    online: true,
    line,
    mayDial: { may: true, untilMs: null },
    held: new Set(),
    modes: [{ projectId: practice.id, mode: 'newLeads', name: '' }],
    asked: [],
  };
  const replies: Record<string, (request: never) => unknown> = {
    'dial.take': ({ settling }: { settling: LeaseId[] }) => {
      const again = line.find((each) => hub.held.has(each.leaseId) && !settling.includes(each.leaseId));
      const order = again ?? line.find((each) => !hub.held.has(each.leaseId)) ?? null;
      if (order) hub.held.add(order.leaseId);
      return { order, nextAtMs: null };
    },
    'dial.prolong': ({ leaseIds }: { leaseIds: LeaseId[] }) => ({
      leases: leaseIds.flatMap((id) => (hub.held.has(id) ? [{ leaseId: id, leaseUntilMs: 0 }] : [])),
    }),
    'dial.giveBack': ({ leaseId: id }: { leaseId: LeaseId }) => {
      hub.held.delete(id);
      return null;
    },
    'dial.mayDial': () => (hub.mayDial === 'silent' ? new Promise(() => undefined) : hub.mayDial),
    'dial.day': () => ({
      byButton: [
        { button: 'confirmed', label: '', count: 2 },
        { button: 'extra1', label: 'Wants a brochure', count: 1 },
      ],
      attempts: 3,
      workedMs: 60_000,
    }),
    'dial.modes': () => hub.modes,
    'orders.ofRecord': () => [],
  };
  const call = async (name: string, request: unknown) => {
    if (!hub.online) throw new CommandFailed('hubAway', 'Away by script.');
    hub.asked.push(name);
    return await replies[name]?.(request as never);
  };
  const outboxStore = openOutboxStore(database);
  const notes = openNoteStore(database);
  const outbox = createOutbox({
    store: outboxStore,
    overlay: createOverlay(work.recordStore, notes, outboxStore, () => true),
    notes,
    nowMs: clock.nowMs,
    newMutationId: () => mutationId.parse(randomUUID()),
    whose: () => ({ userId: casey.userId, hub: 'team' }),
  });
  const state = { available: true, diskFails: false };
  const failed: string[] = [];
  /** Fails as SQLite does where a disk is broken. */
  const onDisk = <T>(work: () => T): T => {
    if (state.diskFails) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    return work();
  };
  const desk = new DialUpDesk({
    store: openDialUpStore(database),
    outbox: {
      ...outbox,
      store: { ofKind: (whose, kind) => onDisk(() => outboxStore.ofKind(whose, kind)) },
    },
    hub: { online: () => hub.online, call: call as DialUpHub['call'] },
    desk: work.desk,
    ofOrders: {
      say: (id, said) => work.ofOrders.say(id, said),
      endOf: (id) => work.ofOrders.endOf(id),
      end: (id) => onDisk(() => work.ofOrders.end(id)),
      takeBack: (id) => work.ofOrders.takeBack(id),
    },
    records: work.recordStore,
    numbers: {
      comparable: (number) => comparableNumber(number, 'GB'),
      written: (number) => formatNumber(number, 'GB'),
    },
    clock,
    whose: () => work.signedIn && { userId: work.signedIn.userId, hub: 'team' },
    available: () => state.available,
    newAttemptId: () => attemptId.parse(randomUUID()),
    log: {
      warn: () => undefined,
      error: (message, facts) =>
        state.diskFails ? failed.push(message) : expect.unreachable(`${message} ${facts.error}`),
    },
  });
  onTestFinished(() => desk.close());
  desk.situation();
  const until = (stateWanted: string) =>
    vi.waitFor(() => {
      expect(desk.view().state).toBe(stateWanted);
    });
  const outcomes = () =>
    outboxStore
      .open(100)
      .flatMap(({ mutation }) => (mutation.kind === 'order.outcome' ? [mutation.outcome] : []));
  const onDesk = async () => {
    await until('order');
    const { order } = desk.view();
    if (!order) throw new Error('There is no order on the desk.');
    return order;
  };
  return { work, hub, desk, state, failed, until, outcomes, onDesk, outboxStore, clock };
}

const refusedWith = (reason: string) => expect.objectContaining({ reason });

it('hands one order at a time, and the next one by itself (DIAL-1)', async () => {
  const { desk, hub, onDesk, outcomes } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const first = await onDesk();
  expect(first.leased.order.id).toBe('order-1');
  desk.end(first.leased.order.id, 'confirmed');
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
  expect(outcomes()).toEqual([expect.objectContaining({ orderId: 'order-1', button: 'confirmed' })]);
  expect(hub.asked.filter((each) => each === 'dial.take')).toHaveLength(2);
});

it('looks again in its time, whatever else happens until then, and at once where it was told while it asked', async () => {
  const { desk, hub, until, onDesk, clock } = await dialUpAtWork([]);
  desk.start();
  await until('nothing');
  hub.line.push(nth(1));
  for (let second = 0; second < 30; second += 5) {
    desk.situation();
    clock.pass(5_000);
  }
  const first = await onDesk();
  desk.end(first.leased.order.id, 'confirmed');
  hub.line.push(nth(2));
  // The hub's word is here before its answer, which was made before there was one.
  desk.lookAgain();
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
});

it('dials after the countdown, and the call knows its order, its person and its project (DIAL-8)', async () => {
  const counting = nth(1, { dials: 'countdown', countdownSeconds: 5 });
  const { desk, work, onDesk, clock } = await dialUpAtWork([counting]);
  desk.start();
  await onDesk();
  expect(work.desk.views()).toEqual([]);
  clock.pass(5_000);
  await vi.waitFor(() => {
    expect(work.desk.views()).toHaveLength(1);
  });
  const [call] = work.desk.views();
  expect(call).toMatchObject({
    phase: 'dialing',
    orderId: 'order-1',
    projectId: 'practice',
    dispositionRequired: false,
    remote: { name: 'Anna Bergmann', recordId: 'record-anna' },
    form: { open: false },
  });
});

it('dials no more once the countdown is stopped, until a key says so', async () => {
  const { desk, work, onDesk, clock } = await dialUpAtWork([nth(1, { dials: 'countdown' })]);
  desk.start();
  await onDesk();
  desk.stopCountdown();
  clock.pass(60_000);
  expect(work.desk.views()).toEqual([]);
  await desk.dial(null);
  expect(work.desk.views()).toHaveLength(1);
});

it('hangs up with the outcome, and saves the call with the note, though its project asks for a disposition (DIAL-9)', async () => {
  const { desk, work, onDesk, outcomes, until } = await dialUpAtWork([nth(1)]);
  desk.start();
  const order = await onDesk();
  await desk.dial(null);
  const [call] = work.desk.views();
  if (!call) throw new Error('No call.');
  work.tell('established', call.callId);
  desk.changeDraft(order.leased.order.id, { note: 'Agreed on Friday.' });
  desk.end(order.leased.order.id, 'confirmed');
  expect(desk.view().state).toBe('busy');
  expect(work.telephony.asked()).toContain(`hangUp ${call.callId}`);
  work.tell('byeConfirmed', call.callId);
  await vi.waitFor(() => {
    expect(work.entry(call.callId)).toMatchObject({
      ...{ state: 'finished', note: 'Agreed on Friday.' },
      orderOutcome: { button: 'confirmed', label: '' },
    });
  });
  await until('nothing');
  expect(outcomes()[0]).toMatchObject({ note: 'Agreed on Friday.', callId: call.callId });
  expect(work.inbox().toFinish).toEqual([]);
});

it('has the outcome stand in the history of a call that nobody answered, told to others with it, until it is taken back', async () => {
  const { desk, work, onDesk } = await dialUpAtWork([nth(1)]);
  desk.start();
  const { id } = (await onDesk()).leased.order;
  await desk.dial(null);
  const callId = work.desk.views()[0]?.callId ?? expect.fail('a call');
  work.telephony.tell({ type: 'failed', callId, cause: 'noAnswer' });
  const told = () =>
    work.waiting().flatMap(({ mutation }) => (mutation.kind === 'call.report' ? [mutation.call] : []));
  expect(told().at(-1)).toMatchObject({ callId, orderOutcome: null });
  desk.end(id, 'noAnswer');
  const outcome = { button: 'noAnswer', label: '' };
  expect(work.entry(callId)).toMatchObject({ state: 'notNeeded', disposition: null, orderOutcome: outcome });
  expect(told().at(-1)).toMatchObject({ callId, recordId: 'record-anna', orderOutcome: outcome });
  desk.undo();
  expect(work.entry(callId).orderOutcome).toBeNull();
  expect(told().at(-1)).toMatchObject({ orderOutcome: null });
});

it.each(['was not sent yet', 'was sent'])(
  'tells nobody an outcome that was taken back, though the call was saved before and its save %s',
  async (save) => {
    const { desk, work, onDesk, outboxStore, clock } = await dialUpAtWork([nth(1)]);
    desk.start();
    const { id } = (await onDesk()).leased.order;
    await desk.dial(null);
    const callId = work.desk.views()[0]?.callId ?? expect.fail('a call');
    work.tell('established', callId);
    work.tell('remoteHungUp', callId);
    work.drafts.change(callId, { note: 'Bought it.', dispositionId: sold });
    work.desk.finish(callId);
    clock.pass(9_000);
    desk.end(id, 'confirmed');
    clock.pass(2_000);
    // As sync does once the save's own undo is over.
    for (const { mutationId, undoUntilMs } of save === 'was sent' ? work.waiting() : []) {
      if (undoUntilMs !== null && undoUntilMs > clock.nowMs()) continue;
      if (undoUntilMs !== null) outboxStore.closeUndo([mutationId]);
      outboxStore.answered({
        mutationId,
        state: 'applied',
        reason: null,
        at: '1',
        conflict: null,
        answeredAtMs: 1,
      });
    }
    desk.undo();
    const told = work
      .waiting()
      .flatMap(({ mutation }) => (mutation.kind === 'call.report' ? [mutation.call] : []));
    expect(told.map(({ orderOutcome }) => orderOutcome)).not.toContainEqual({
      button: 'confirmed',
      label: '',
    });
    expect(told.at(-1)).toMatchObject({
      callId,
      finished: true,
      note: 'Bought it.',
      dispositionLabel: 'sold',
    });
    expect(work.entry(callId)).toMatchObject({ state: 'finished', orderOutcome: null });
    expect(desk.view().order?.leased.order.id).toBe(id);
  },
);

it('takes an outcome back within ten seconds, and its order is on the desk again with its note', async () => {
  const { desk, onDesk, outcomes, clock } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const first = await onDesk();
  desk.changeDraft(first.leased.order.id, { note: 'No, not yet.' });
  desk.end(first.leased.order.id, 'extra1');
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
  expect(desk.view().undo).toMatchObject({ button: 'extra1', label: 'Wants a catalogue' });
  clock.pass(9_000);
  desk.undo();
  expect(outcomes()).toEqual([]);
  expect(desk.view().order).toMatchObject({
    leased: { order: { id: 'order-1' } },
    draft: { note: 'No, not yet.' },
  });
  desk.end(first.leased.order.id, 'confirmed');
  clock.pass(10_001);
  expect(() => desk.undo()).toThrow(refusedWith('tooLate'));
});

it('says of no outcome that is on disk that it was not kept, where the disk fails in the next moment', async () => {
  const { desk, work, state, failed, onDesk, outcomes } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const { id } = (await onDesk()).leased.order;
  await desk.dial(null);
  const callId = work.desk.views()[0]?.callId ?? expect.fail('a call');
  work.telephony.tell({ type: 'failed', callId, cause: 'noAnswer' });
  desk.changeDraft(id, { note: 'Rang for long.' });
  state.diskFails = true;
  desk.end(id, 'noAnswer');
  expect(outcomes()).toHaveLength(1);
  expect(desk.view()).toMatchObject({ undo: { orderId: id, button: 'noAnswer' }, unsent: 1 });
  // Its lease was told as settling, or the same order would have come again.
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
  expect(() => desk.end(id, 'noAnswer')).toThrow(refusedWith('notNow'));
  desk.undo();
  expect(outcomes()).toEqual([]);
  expect(desk.view().order).toMatchObject({ leased: { order: { id } }, draft: { note: 'Rang for long.' } });
  expect(work.entry(callId).orderOutcome).toBeNull();
  expect(failed).toContain('dial-up: the call of an ended order was not ended');
});

it('keeps the outcome while the hub is away, hands out nothing, and goes on when it is back', async () => {
  const { desk, hub, onDesk, outcomes, until } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const first = await onDesk();
  hub.online = false;
  desk.situation();
  expect(desk.view().state).toBe('order');
  desk.end(first.leased.order.id, 'noAnswer');
  expect(desk.view()).toMatchObject({ state: 'hubAway', unsent: 1 });
  expect(outcomes()).toHaveLength(1);
  expect(() => desk.start()).toThrow(refusedWith('hubAway'));
  hub.online = true;
  desk.situation();
  await until('order');
  expect(desk.view().order?.leased.order.id).toBe('order-2');
});

it('plans a call back only with a time to come, and asks for none with a reason that has its delay', async () => {
  const { desk, onDesk, outcomes, clock } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const { id } = (await onDesk()).leased.order;
  expect(() => desk.end(id, 'callBack')).toThrow(refusedWith('callBackTimeMissing'));
  desk.changeDraft(id, { callBackAtMs: clock.nowMs() });
  expect(() => desk.end(id, 'callBack')).toThrow(refusedWith('notInFuture'));
  const atMs = clock.nowMs() + 3_600_000;
  desk.changeDraft(id, { callBackAtMs: atMs, own: true });
  desk.end(id, 'callBack');
  expect(outcomes()[0]?.callBack).toEqual({ atMs, own: true });
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
  desk.end(orderId.parse('order-2'), 'busy');
  expect(outcomes()[1]?.callBack).toBeNull();
});

it('does not dial what the hub forbids, nor what it does not answer about once the hours that it named are over', async () => {
  const hours = { may: true, untilMs: Date.UTC(2026, 2, 2, 9, 1) } as const;
  const { desk, hub, onDesk, clock, work } = await dialUpAtWork([nth(1, { mayDial: hours })]);
  desk.start();
  await onDesk();
  hub.mayDial = { may: false, reason: 'doNotCall', untilMs: null };
  await expect(desk.dial(null)).rejects.toThrow(refusedWith('doNotCall'));
  hub.mayDial = { may: true, untilMs: null };
  desk.permissionChanged(leaseId.parse('lease-1'), hours);
  hub.online = false;
  desk.situation();
  clock.pass(59_000);
  await desk.dial(null);
  expect(work.desk.views()).toHaveLength(1);
  const [call] = work.desk.views();
  if (call) work.telephony.tell({ type: 'failed', callId: call.callId, cause: 'busy' });
  clock.pass(2_000);
  await expect(desk.dial(null)).rejects.toThrow(refusedWith('outsideHours'));
});

it('keeps the order and every keystroke through a crash, and lets go of one that is somebody else’s by then', async () => {
  const { desk, work, onDesk } = await dialUpAtWork([nth(1)]);
  desk.start();
  const { id } = (await onDesk()).leased.order;
  desk.changeDraft(id, { note: 'Half a sen' });
  const after = await dialUpAtWork([nth(1)], await work.crash());
  const found = await after.onDesk();
  expect(found).toMatchObject({ draft: { note: 'Half a sen' }, dialsAtMs: null });
  await vi.waitFor(() => {
    expect(after.desk.view().order?.leaseOver).toBe(true);
  });
  await expect(after.desk.dial(null)).rejects.toThrow(refusedWith('leaseOver'));
  after.desk.end(id, 'confirmed');
  expect(after.outcomes()).toHaveLength(1);
});

it('hands out nothing beside another call and its wrap-up, nor while the status takes no calls', async () => {
  const { desk, work, state, hub, until, onDesk } = await dialUpAtWork([nth(1)]);
  const call = work.talk();
  desk.start();
  expect(desk.view().state).toBe('busy');
  work.tell('remoteHungUp', call);
  expect(work.view(call)?.phase).toBe('wrapUp');
  expect(desk.view().state).toBe('busy');
  expect(hub.asked).not.toContain('dial.take');
  state.available = false;
  work.drafts.change(call, { dispositionId: work.dispositionList.all()[0]?.id ?? null });
  work.desk.finish(call);
  expect(desk.view().state).toBe('busy');
  state.available = true;
  desk.situation();
  await until('order');
  expect((await onDesk()).leased.order.id).toBe('order-1');
});

it('pauses after this one, and stops only where nothing was begun', async () => {
  const { desk, onDesk, hub } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  const { id } = (await onDesk()).leased.order;
  desk.changeDraft(id, { note: 'Spoke to the son.' });
  expect(() => desk.stop()).toThrow(refusedWith('notNow'));
  desk.pauseAfterThis(true);
  desk.end(id, 'confirmed');
  expect(desk.view().state).toBe('off');
  expect(hub.asked.filter((each) => each === 'dial.take')).toHaveLength(1);
  desk.start();
  await onDesk();
  desk.stop();
  await vi.waitFor(() => {
    expect(hub.held.has(leaseId.parse('lease-2'))).toBe(false);
  });
});

it('dials a number that the record got while its order was on the desk', async () => {
  const bare = leasedOrder().record;
  const { desk, onDesk, work } = await dialUpAtWork([
    nth(1, { dials: 'countdown', record: bare && { ...bare, numbers: [] } }),
  ]);
  desk.start();
  expect(await onDesk()).toMatchObject({ number: null, dialsAtMs: null, intents: { dial: false } });
  await expect(desk.dial(null)).rejects.toThrow(refusedWith('noNumber'));
  if (bare) work.recordStore.write(bare, bare, 'sent');
  desk.recordsChanged(null);
  expect(desk.view().order).toMatchObject({ numberShown: '020 7946 0812', intents: { dial: true } });
  await desk.dial(null);
  expect(work.desk.views()).toHaveLength(1);
});

it('says of the order on the desk that its mode was closed, and then that none is open', async () => {
  const { desk, hub, onDesk, outcomes, until, clock } = await dialUpAtWork([nth(1)]);
  desk.start();
  const { leased } = await onDesk();
  await vi.waitFor(() => {
    expect(desk.view().modes).toHaveLength(1);
  });
  expect(desk.view().order?.modeClosed).toBe(false);
  hub.modes = [];
  desk.lookAgain();
  clock.pass(5_000);
  await vi.waitFor(() => {
    expect(desk.view().order?.modeClosed).toBe(true);
  });
  desk.end(leased.order.id, 'confirmed');
  expect(outcomes()).toHaveLength(1);
  await until('closed');
});

it('prolongs the lease while the order is on the desk', async () => {
  const { desk, hub, onDesk, clock } = await dialUpAtWork([nth(1)]);
  desk.start();
  await onDesk();
  const before = hub.asked.filter((each) => each === 'dial.prolong').length;
  clock.pass(20_000);
  await vi.waitFor(() => {
    expect(hub.asked.filter((each) => each === 'dial.prolong')).toHaveLength(before + 1);
  });
});

it('counts today what the hub does not have yet, an extra button by what it was called when it was pressed', async () => {
  const { desk, onDesk, outcomes } = await dialUpAtWork([nth(1), nth(2)]);
  desk.start();
  await onDesk();
  await vi.waitFor(() => {
    expect(desk.view().today.attempts).toBe(3);
  });
  desk.end(orderId.parse('order-1'), 'confirmed');
  await vi.waitFor(() => {
    expect(desk.view().order?.leased.order.id).toBe('order-2');
  });
  desk.end(orderId.parse('order-2'), 'extra1');
  expect(outcomes().map(({ buttonLabel }) => buttonLabel)).toEqual(['', 'Wants a catalogue']);
  expect(desk.view().today).toMatchObject({
    attempts: 5,
    byButton: [
      { button: 'confirmed', label: '', count: 3 },
      { button: 'extra1', label: 'Wants a brochure', count: 1 },
      { button: 'extra1', label: 'Wants a catalogue', count: 1 },
    ],
  });
});
