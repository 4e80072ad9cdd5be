// Agents who take, end, give back, crash and come back, on two hubs at once, against a model of the line: no order is ever held
// by two, and none is lost. Seeded (fast-check); the databases and everything above them are real.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import type { OrderId } from '#shared/domain/ids.ts';
import type { Lease } from '../../../src-hub/dial-up/lease-store.ts';
import { LeaseStore } from '../../../src-hub/dial-up/lease-store.ts';
import { support } from '../records/records-at-work.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import { type CallModeAtWork, callModeAtWork, settingsWith, type Worker } from './call-mode-at-work.ts';

interface Agent {
  readonly worker: Worker;
  readonly hub: CallModeAtWork;
  /** What its desktop has on the desk; kept through a crash, as the desktop's own disk keeps it. */
  lease: Lease | null;
}

const buttons: readonly OutcomeButton[] = ['noAnswer', 'callBack', 'refused', 'busy'];

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('takeAll' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      agent: fc.nat(3),
      button: fc.constantFrom(...buttons),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('giveBack' as const), agent: fc.nat(3) }) },
  // Nobody prolongs: who is not back within the lease has lost it.
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('passes' as const), minutes: fc.integer({ min: 0, max: 3 }) }),
  },
);

await onBothDatabases((open) => {
  it('DIAL-7: whatever agents do and whenever they crash, no order is held twice and none is lost', async () => {
    const db = await open();
    const one = await callModeAtWork(db);
    await one.set(
      support,
      settingsWith({ newLeads: { attempts: 100, delayMinutes: { noAnswer: 1, busy: 0, hangUp: 1 } } }),
    );
    const workers = [];
    for (const name of ['anna', 'bobby', 'carla', 'david']) workers.push(await one.worker(name));
    const two = await callModeAtWork(db, one.clock, true);
    const agents = workers.map(
      (worker, place): Agent => ({ worker, hub: place % 2 ? two : one, lease: null }),
    );
    const orders = new Set<OrderId>();
    for (let count = 0; count < 5; count += 1) orders.add((await one.order(`o${count}`)).id);
    await Promise.all([one.dialUp.book.load(), two.dialUp.book.load(), two.settings.load()]);
    const store = new LeaseStore(db);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const each of steps) {
          if (each.do === 'passes') {
            one.clock.advance(each.minutes * 60_000);
            await store.endOverdue(one.clock.nowMs());
          } else if (each.do === 'takeAll') {
            await Promise.all(
              agents.map(async (agent) => {
                agent.lease = (await agent.hub.take(agent.worker)).lease ?? null;
              }),
            );
          } else {
            const agent = agents[each.agent];
            if (!agent?.lease) continue;
            const { lease } = agent;
            agent.lease = null;
            if (each.do === 'giveBack') await store.giveBack(agent.worker.userId, lease.leaseId);
            else {
              const callBack = each.button === 'callBack' ? { atMs: one.clock.nowMs(), own: false } : null;
              const pushed = await agent.hub.end(agent.worker, lease, each.button, { callBack });
              expect(pushed).toMatchObject({ outcome: 'applied' });
            }
          }
          await requireWhole(one, orders);
        }
      }),
      { numRuns: 12, seed: 20_261_121 },
    );
  }, 60_000);
});

async function requireWhole({ db }: CallModeAtWork, orders: ReadonlySet<OrderId>): Promise<void> {
  const [rows, places, attempts] = await Promise.all([
    db.selectFrom('dial_order').select(['id', 'status_id']).execute(),
    db.selectFrom('dial_place').selectAll().execute(),
    db.selectFrom('dial_attempt').select(['order_id', 'effect', 'button']).execute(),
  ]);
  const held = places.filter(({ lease_until_ms }) => lease_until_ms !== null);
  expect(new Set(held.map(({ leased_by }) => leased_by)).size, 'one order for each agent').toBe(held.length);
  expect(new Set(rows.map(({ id }) => id))).toEqual(orders);
  const inLine = new Set(places.map(({ order_id }) => order_id));
  for (const { id, status_id } of rows) {
    const counted = attempts.filter(({ order_id, effect }) => order_id === id && effect === 'moved');
    const isDone = counted.some(({ button }) => button === 'refused');
    // In line until somebody has ended it for good, and never after.
    expect({ id, inLine: inLine.has(id), status_id }).toEqual({
      id,
      inLine: !isDone,
      status_id: isDone ? 'refused' : 'new',
    });
  }
}
