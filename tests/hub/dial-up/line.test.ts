// What the database hands out is what the pure order of precedence says, on both databases; and who gets what in the cases
// that agents and supervisors meet.
import { expect, it } from 'vitest';
import type { DialMode } from '#shared/domain/dial-up.ts';
import { LeaseStore } from '../../../src-hub/dial-up/lease-store.ts';
import { comesBefore, type Turn, turnOf } from '../../../src-hub/dial-up/precedence.ts';
import { annActs, dental, number, support } from '../records/records-at-work.ts';
import { HandClock } from '../support.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import { type CallModeAtWork, callModeAtWork, settingsWith, status } from './call-mode-at-work.ts';

const minute = 60_000;

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

await onBothDatabases((open) => {
  it('DIAL-1 DIAL-6: hands out a line of every kind in exactly the order of precedence', async () => {
    const db = await open();
    const at = await callModeAtWork(db);
    const ann = await at.worker('worker', [support, dental]);
    const modes = (high: boolean, standardTimeMinutes: number) =>
      settingsWith({
        newLeads: { highPriority: high, standardTimeMinutes },
        reconfirmation: { standardTimeMinutes: 90, attempts: 40 },
        random1: {},
      });
    await at.set(support, modes(true, 0));
    await at.set(dental, modes(false, 30));
    const next = random(7);
    const statusOf: Partial<Record<DialMode, string>> = {
      newLeads: 'new',
      reconfirmation: 'to-reconfirm',
      random1: 'free-1',
    };
    const nowMs = at.clock.nowMs();
    for (let count = 0; count < 90; count += 1) {
      const mode = (['newLeads', 'reconfirmation', 'random1'] as const)[Math.floor(next() * 3)] ?? 'newLeads';
      const phone = next() < 0.5 ? '+442079460111' : '+4930901820';
      const order = await at.order(`o${count}`, statusOf[mode], phone, next() < 0.5 ? support : dental);
      const bucket = (['unprocessed', 'noAnswer', 'callBack'] as const)[Math.floor(next() * 3)] ?? 'noAnswer';
      await db
        .updateTable('dial_place')
        .set({
          bucket,
          due_at_ms: nowMs - Math.floor((next() - 0.2) * 200) * minute,
          attempts: bucket === 'unprocessed' ? 0 : 1 + Math.floor(next() * 16),
          for_user_id:
            bucket === 'callBack' && next() < 0.5
              ? next() < 0.5
                ? ann.userId
                : ('bob' as typeof ann.userId)
              : null,
        })
        .where('order_id', '=', order.id)
        .execute();
    }
    const expected = await inTurn(at, ann.userId, nowMs);
    expect(new Set(expected.map(({ why }) => why)).size).toBe(7);
    const handed: string[] = [];
    for (;;) {
      const { lease } = await at.take(ann);
      if (!lease) break;
      handed.push(`${lease.orderId} ${lease.why}`);
      // Taken out of the line, so that the next comes.
      await db.deleteFrom('dial_place').where('order_id', '=', lease.orderId).execute();
    }
    expect(handed).toEqual(expected.map(({ orderId, why }) => `${orderId} ${why}`));
  }, 30_000);

  it('DIAL-7: two hubs on one database never give two agents the same order, however many ask at once', async () => {
    const db = await open();
    const at = await callModeAtWork(db);
    await at.set(support, settingsWith({ newLeads: {} }));
    const agents = await Promise.all([...'abcdefghijkl'].map((name) => at.worker(name)));
    for (let count = 0; count < 10; count += 1) await at.order(`o${count}`);
    const other = await callModeAtWork(db, at.clock, true);
    await Promise.all([at.dialUp.book.load(), other.dialUp.book.load()]);
    const [handed] = await Promise.all([
      Promise.all(agents.map((agent, place) => (place % 2 === 0 ? at : other).take(agent))),
    ]);
    const orders = handed.flatMap(({ lease }) => lease?.orderId ?? []);
    expect(orders).toHaveLength(10);
    expect(new Set(orders).size).toBe(10);
  }, 30_000);

  it('DIAL-4 DIAL-10: leaves out a closed mode, what may not be called now, and who is on the list', async () => {
    const db = await open();
    // On a Friday in London; 14:20 in Sydney.
    const at = await callModeAtWork(db, new HandClock(Date.UTC(2027, 0, 22, 3, 20)));
    const ann = await at.worker('worker');
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      fromMinute: 9 * 60,
      toMinute: 20 * 60,
    }));
    await at.set(support, settingsWith({ newLeads: {} }, { callingHours: hours }));
    await at.order('no number', 'new', null);
    await at.order('in London', 'new', '+442079460111');
    await at.order('closed mode', 'to-reconfirm', '+61291234567');
    await at.order('done', 'confirmed', '+61291234567');
    const blocked = await at.order('on the list', 'new', '+61291234560');
    await db
      .insertInto('do_not_call')
      .values({ number: '+61291234560', reason: 'asked', added_at_ms: 1, added_by: 'Ann' })
      .execute();
    await db.transaction().execute((tx) => at.dialUp.placing.place(tx, [blocked.id]));
    const sydney = await at.order('in Sydney', 'new', '+61291234567');
    await at.dialUp.book.load();
    const { lease } = await at.take(ann);
    expect(lease?.orderId).toBe(sydney.id);
    await at.end(ann, lease ?? expect.fail('an order'), 'refused');
    const nothing = await at.take(ann);
    expect(nothing).toMatchObject({ lease: null, nextAtMs: Date.UTC(2027, 0, 22, 9, 0) });
  }, 30_000);

  it("DIAL-10: goes by the clocks of the number that a person has now, and lets go of an erased person's orders", async () => {
    const db = await open();
    const at = await callModeAtWork(db, new HandClock(Date.UTC(2027, 0, 22, 3, 20)));
    const ann = await at.worker('worker');
    const hours = [5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 20 * 60 }));
    await at.set(support, settingsWith({ newLeads: {} }, { callingHours: hours }));
    const order = await at.order('moves to Sydney');
    await at.dialUp.book.load();
    expect((await at.take(ann)).lease).toBeNull();
    const { numbers } = await at.records.get(order.recordId);
    await at.records.change(annActs, order.recordId, {
      before: { numbers },
      changes: { numbers: [number('+61291234567')] },
    });
    await at.dialUp.book.load();
    const { lease } = await at.take(ann);
    expect(lease?.orderId).toBe(order.id);
    await at.records.erase(annActs, order.recordId);
    expect(await at.end(ann, lease ?? expect.fail('an order'), 'refused')).toMatchObject({
      outcome: 'refused',
      reason: 'noSuchOrder',
    });
  }, 30_000);

  it("DIAL-10: where a number tells no zone, the project's counts, also once it is another", async () => {
    const db = await open();
    const at = await callModeAtWork(db, new HandClock(Date.UTC(2027, 0, 22, 3, 20)));
    const ann = await at.worker('worker');
    const hours = [{ weekday: 5, fromMinute: 9 * 60, toMinute: 20 * 60 }];
    await at.set(support, settingsWith({ newLeads: {} }, { callingHours: hours }));
    const order = await at.order('by extension', 'new', '7001');
    expect((await at.take(ann)).lease).toBeNull();
    await db
      .updateTable('project')
      .set({ time_zone: 'Australia/Sydney' })
      .where('id', '=', support)
      .execute();
    await at.projects.load();
    at.changes.tell('projects');
    await at.background.settled();
    expect((await at.take(ann)).lease?.orderId).toBe(order.id);
  }, 30_000);

  it('DIAL-7 DIAL-9: an outcome ends the lease and moves the order; one that comes too late waits for a supervisor', async () => {
    const db = await open();
    const at = await callModeAtWork(db);
    const [ann, bob] = [await at.worker('anna'), await at.worker('bobby')];
    await at.set(support, settingsWith({ newLeads: { delayMinutes: { noAnswer: 60, busy: 0, hangUp: 0 } } }));
    const { id } = await at.order('only');
    await at.dialUp.book.load();
    const first = (await at.take(ann)).lease ?? expect.fail('an order');
    expect((await at.take(bob)).lease).toBeNull();
    // Again the same one, as after a restart; and no other while its outcome is on its way.
    expect(await at.take(ann)).toMatchObject({ again: true, lease: { leaseId: first.leaseId } });
    expect((await at.take(ann, [first.leaseId])).lease).toBeNull();
    // The app is gone for longer than the lease: the order goes back, unharmed.
    const store = new LeaseStore(db);
    at.clock.advance(90_001);
    expect((await store.endOverdue(at.clock.nowMs())).map(({ orderId }) => orderId)).toEqual([id]);
    expect(await at.orders.get(id)).toMatchObject({ attempts: 0, place: { bucket: 'unprocessed' } });
    const second = (await at.take(bob)).lease ?? expect.fail('an order');
    expect(await at.end(ann, first, 'confirmed', { note: 'late' })).toMatchObject({ outcome: 'applied' });
    expect(await at.orders.get(id)).toMatchObject({ statusId: 'new', place: { bucket: 'unprocessed' } });
    expect((await at.dialUp.attempts.late()).map(({ note, effect }) => ({ note, effect }))).toEqual([
      { note: 'late', effect: 'conflict' },
    ]);
    await at.end(bob, second, 'noAnswer');
    const order = await at.orders.get(id);
    expect(order).toMatchObject({
      attempts: 1,
      place: { bucket: 'noAnswer', dueAtMs: at.clock.nowMs() + 60 * minute },
    });
    // Late, but nobody had it since: it counts.
    at.clock.advance(60 * minute);
    const third = (await at.take(ann)).lease ?? expect.fail('an order');
    expect(third.why).toBe('retryDue');
    at.clock.advance(90_001);
    await store.endOverdue(at.clock.nowMs());
    await at.end(ann, third, 'callBack', { callBack: { atMs: at.clock.nowMs() + minute, own: true } });
    expect(await at.orders.get(id)).toMatchObject({
      attempts: 2,
      place: { bucket: 'callBack', forUserId: ann.userId },
    });
    at.clock.advance(minute);
    expect((await at.take(bob)).lease).toBeNull();
    expect((await at.take(ann)).lease).toMatchObject({ orderId: id, why: 'ownCallBackDue' });
  }, 30_000);

  it('counts an agent’s day by what its extra buttons were called when they were pressed', async () => {
    const at = await callModeAtWork(await open());
    const called = (label: string) =>
      settingsWith({ newLeads: { extraButtons: [{ label, statusId: status('to-reconfirm') }] } });
    await at.set(support, called('Wants a brochure'));
    const ann = await at.worker('anna');
    for (const name of ['first', 'second', 'third']) await at.order(name);
    const press = async (more: Parameters<typeof at.end>[3] = {}) => {
      const lease = (await at.take(ann)).lease ?? expect.fail('an order');
      expect(await at.end(ann, lease, 'extra1', more)).toMatchObject({ outcome: 'applied' });
    };
    await press();
    await at.set(support, called('Wants a catalogue'));
    // Pressed before the button was called otherwise; the desktop was without its hub.
    await press({ buttonLabel: 'Wants a brochure' });
    await press();
    const day = await at.dialUp.attempts.day(ann.userId, at.clock.nowMs() - minute);
    expect(day.map(({ label, count }) => `${label}: ${count}`).toSorted()).toEqual([
      'Wants a brochure: 2',
      'Wants a catalogue: 1',
    ]);
  }, 30_000);
});

async function inTurn(at: CallModeAtWork, agentId: Turn['orderId'] | string, nowMs: number): Promise<Turn[]> {
  const rows = await at.db.selectFrom('dial_place').selectAll().execute();
  await at.dialUp.book.load();
  return rows
    .flatMap((row) => {
      const queue = at.dialUp.book.find(row.queue_id);
      if (!queue) throw new Error('A place without a queue');
      const { rule } = at.dialUp.book.withRule(queue);
      const place = {
        orderId: row.order_id,
        bucket: row.bucket,
        dueAtMs: Number(row.due_at_ms),
        attempts: row.attempts,
        forUserId: row.for_user_id,
        draw: row.draw,
      };
      return turnOf(place, rule, agentId as Parameters<typeof turnOf>[2], nowMs) ?? [];
    })
    .sort(comesBefore);
}
