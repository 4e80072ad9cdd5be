// What an agent says happened sets off the company's own rules, on SQLite and on PostgreSQL: once in the hub, at least once
// outside of it.

import { expect, it } from 'vitest';
import { dispositionId } from '#shared/domain/ids.ts';
import { onPostgres } from '../../../src-hub/sync/sync-stamp-store.ts';
import { eventually } from '../../support/eventually.ts';
import { settingsWith, status } from '../dial-up/call-mode-at-work.ts';
import { annActs, content, id, number, report, support } from '../records/records-at-work.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import {
  automationsAtWork,
  DiesAt,
  effectsOf,
  receiver,
  routedCall,
  runServiceOn,
  verified,
} from './automations-at-work.ts';

const callBack = dispositionId.parse('northwind-call-back');
const sold = dispositionId.parse('northwind-sold');

await onBothDatabases((open) => {
  it('AUTO-1, CALL-12, DIAL-11: a disposition tags the record, makes an order and calls a webhook, signed', async () => {
    const hub = await automationsAtWork(await open());
    const there = await receiver();
    const person = id('maya');
    await hub.records.create(
      annActs,
      person,
      content({ projectId: support, numbers: [number('+442079460123')] }),
    );
    const { webhookSecret } = await hub.rule({
      actions: [
        { do: 'addTag', tag: 'sold' },
        { do: 'createOrder', statusId: status('new'), goods: 'As said: {{call.note}}' },
        { do: 'webhook', url: `${there.url}/hook?key=1` },
      ],
    });
    await hub.report(report({ id: 'c1', recordId: person, dispositionId: sold, note: 'two lamps' }));
    const [hook] = await eventually('the webhook', () => (there.received.length > 0 ? there.received : null));
    const told = verified(hook, webhookSecret);
    expect(told).toMatchObject({
      type: 'call.disposition',
      data: {
        record: { tags: ['sold'] },
        call: { note: 'two lamps' },
        order: { goods: 'As said: two lamps' },
      },
    });
    expect((await hub.records.get(person)).tags).toEqual(['sold']);
    expect(await hub.orders.ofRecord(person, [support])).toMatchObject([{ order: { source: 'automation' } }]);
    await eventually('the run has ended', async () => (await hub.runsOf())[0]?.state === 'done');
    expect((await hub.runsOf())[0]).toMatchObject({
      about: { callId: 'c1', recordId: person, name: 'Marlow' },
      results: [{ state: 'done' }, { state: 'done' }, { state: 'sent', detail: 'HTTP 204' }],
    });
    expect(hub.hubLog.errors()).toEqual([]);
  });

  it('CALL-13: a correction is a new reason, the same word again or an unfinished call is none', async () => {
    const hub = await automationsAtWork(await open());
    await hub.records.create(annActs, id('maya'), content({ projectId: support }));
    await hub.rule({ actions: [{ do: 'addTag', tag: 'told' }] });
    const call = report({ id: 'c1', recordId: id('maya'), dispositionId: sold });
    await hub.report({ ...call, finished: false });
    await hub.report(call);
    await hub.report({ ...call, note: 'corrected, but not what it was' });
    await hub.report({ ...call, dispositionId: callBack });
    await hub.report({ ...call, id: 'c2', dispositionId: null } as typeof call);
    await eventually('two runs', async () => (await hub.runsOf()).length === 2);
    await hub.report(report({ id: 'last', dispositionId: sold, number: null }));
    await eventually('the last one', async () => (await hub.runsOf()).length === 3);
    const states = (await hub.runsOf()).map(({ results: [result] }) => result?.reason ?? result?.state);
    expect(states.sort()).toEqual(['alreadySo', 'done', 'noRecord']);
  });

  it('AUTO-1: an order’s outcome moves it, plans a call back, assigns and changes the person; no rule sets off another', async () => {
    const hub = await automationsAtWork(await open());
    const sam = await hub.worker('sam');
    await hub.set(support, settingsWith({ newLeads: {} }));
    const order = await hub.order('maya');
    await hub.rule({
      trigger: { on: 'orderOutcome', modes: [], buttons: ['refused'] },
      conditions: [{ field: 'agent', is: [sam.userId] }],
      actions: [
        { do: 'setOrderStatus', statusId: status('new') },
        { do: 'planCallBack', afterMinutes: 30, own: true },
        { do: 'assign', userId: sam.userId },
        { do: 'changeRecord', field: 'description', value: 'Refused by {{agent.name}}: {{order.note}}' },
        { do: 'changeRecord', field: 'kind', value: '{{order.note}}' },
      ],
    });
    const chained = { trigger: { on: 'recordCreated' as const, kinds: [] }, name: 'Chained' };
    await hub.rule({ ...chained, actions: [{ do: 'addTag', tag: 'new here' }] });
    const taken = await hub.take(sam);
    if (!taken.lease) throw new Error('Nothing was handed out');
    await hub.end(sam, { leaseId: taken.lease.leaseId, orderId: order.id }, 'refused', { note: 'too dear' });
    await eventually('the run', async () =>
      (await hub.runsOf()).some(({ about }) => about.orderId === order.id),
    );
    const run = (await hub.runsOf()).find(({ about }) => about.orderId === order.id);
    expect(run?.results.map(({ state, reason }) => reason ?? state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'fieldMalformed',
    ]);
    expect(run?.state).toBe('failed');
    const after = await hub.orders.get(order.id);
    expect(after).toMatchObject({ statusId: 'new', place: { bucket: 'callBack', forUserId: sam.userId } });
    expect(await hub.records.get(order.recordId)).toMatchObject({
      ...{ ownerId: sam.userId, description: 'Refused by sam: too dear' },
    });
  });

  it('AUTO-1: a missed call makes a record of its caller, once, and that sets off nothing', async () => {
    const db = await open();
    const hub = await automationsAtWork(db);
    await hub.rule({
      trigger: { on: 'missedCall' },
      actions: [{ do: 'createRecord', kind: 'lead' }],
      name: 'Missed',
    });
    await hub.rule({
      ...{ trigger: { on: 'recordCreated', kinds: [] }, name: 'Created' },
      actions: [{ do: 'addTag', tag: 'made by hand' }],
    });
    for (const [at, outcome] of (['abandoned', 'voicemail', 'answered'] as const).entries()) {
      await routedCall(db, hub.begun, `missed ${at}`, outcome);
    }
    await eventually('two runs', async () => (await hub.runsOf()).length === 2);
    const [record, ...others] = (await hub.store.all()).filter(
      ({ numbers }) => numbers[0] === '+442079460188',
    );
    expect(others).toEqual([]);
    expect((await hub.records.get(id(record?.id ?? ''))).tags).toEqual([]);
    const kinds = (await hub.runsOf()).map(({ results: [result] }) => result?.reason ?? result?.state).sort();
    expect(kinds).toEqual(['done', 'recordThere']);
    await hub.records.create(annActs, id('by hand'), content({ projectId: support }));
    await eventually('the tag', async () => (await hub.records.get(id('by hand'))).tags.length === 1);
  });

  it('AUTO-2: a hub that dies at any moment of a run has done nothing of it, and the next one all, once', async () => {
    const db = await open();
    const hub = await automationsAtWork(db, { times: { againAfterMs: [] } });
    const there = await receiver();
    await hub.records.create(annActs, id('maya'), content({ projectId: support, tags: [] }));
    await hub.rule({
      actions: [
        { do: 'addTag', tag: 'sold' },
        { do: 'createOrder', statusId: status('new'), goods: '' },
        { do: 'webhook', url: there.url },
      ],
    });
    await hub.close();
    await hub.report(report({ id: 'c1', recordId: id('maya'), dispositionId: sold }));
    let survived = 0;
    // Each takes its time on PostgreSQL.
    const step = onPostgres(db) ? 5 : 1;
    for (let dies = 0; survived === 0; dies += step) {
      const dying = new DiesAt(dies);
      const mortal = runServiceOn(db.withPlugin(dying), hub.parts);
      const ran = await mortal.runOnce();
      if (ran) survived = dies;
      else expect(await effectsOf(db)).toEqual({ orders: 0, runs: 0, deliveries: 0, tags: '[]' });
    }
    expect(survived).toBeGreaterThan(10);
    expect(await effectsOf(db)).toEqual({ orders: 1, runs: 1, deliveries: 1, tags: '["sold"]' });
    expect(await runServiceOn(db, hub.parts).runOnce()).toBe(false);
  });

  it('AUTO-2: two hubs on one database run what happened once between them', async () => {
    const db = await open();
    const hub = await automationsAtWork(db);
    await hub.records.create(annActs, id('maya'), content({ projectId: support }));
    await hub.rule({ actions: [{ do: 'createOrder', statusId: status('new'), goods: '' }] });
    await hub.close();
    for (let at = 0; at < 8; at += 1) {
      await hub.report(report({ id: `c${at}`, recordId: id('maya'), dispositionId: sold }));
    }
    const hubs = [runServiceOn(db, hub.parts), runServiceOn(db, hub.parts)];
    await Promise.all(
      hubs.map(async (each) => {
        while (await each.runOnce());
      }),
    );
    expect(await effectsOf(db)).toMatchObject({ orders: 8, runs: 8 });
  });

  it('AUTO-2: what is tried out against a past call changes nothing and sends nothing', async () => {
    const db = await open();
    const hub = await automationsAtWork(db);
    const there = await receiver();
    await hub.records.create(
      annActs,
      id('maya'),
      content({ projectId: support, numbers: [number('+442079460123')] }),
    );
    await hub.report(
      report({ id: 'c1', recordId: id('maya'), dispositionId: sold, dispositionLabel: 'Sold' }),
    );
    const rule = {
      ...{
        projectId: support,
        name: 'Tried',
        on: true,
        conditions: [{ field: 'direction' as const, is: 'inbound' as const }],
      },
      trigger: { on: 'disposition' as const, dispositionIds: [sold] },
      actions: [
        { do: 'addTag' as const, tag: 'sold' },
        { do: 'createOrder' as const, statusId: status('new'), goods: '' },
        { do: 'webhook' as const, url: there.url },
      ],
    };
    expect(await hub.watch.candidates(rule)).toEqual([
      { id: 'c1', atMs: 1_000, name: 'Marlow', what: 'Sold' },
    ]);
    const tried = await hub.watch.tryOut(rule, 'c1');
    expect(tried).toMatchObject({ applies: true, conditions: [true] });
    expect(tried.results.map(({ state }) => state)).toEqual(['done', 'done', 'waiting']);
    expect(JSON.parse(tried.payload ?? '')).toMatchObject({ data: { record: { tags: ['sold'] } } });
    expect(await effectsOf(db)).toEqual({ orders: 0, runs: 0, deliveries: 0, tags: '[]' });
    expect(there.received).toEqual([]);
    await expect(hub.watch.tryOut(rule, 'never was')).rejects.toMatchObject({ reason: 'noSuchCall' });
  });

  it('forgets an erased person: what happened, names of runs, and what was still to be delivered', async () => {
    const db = await open();
    const hub = await automationsAtWork(db, { times: { againAfterMs: [600_000] } });
    const there = await receiver((response) => response.writeHead(500).end());
    await hub.records.create(annActs, id('maya'), content({ projectId: support, lastName: 'Secretname' }));
    await hub.rule({ actions: [{ do: 'webhook', url: there.url }] });
    await hub.report(report({ id: 'c1', recordId: id('maya'), dispositionId: sold, note: 'Secretnote' }));
    await eventually('a first attempt', async () => (await hub.deliveriesOf())[0]?.attempts === 1);
    await eventually('it has ended', async () => (await hub.deliveriesOf())[0]?.lastError === 'HTTP 500');
    await hub.records.erase(annActs, id('maya'));
    const kept = [
      await db.selectFrom('automation_event').selectAll().execute(),
      await db.selectFrom('automation_run').selectAll().execute(),
      await db.selectFrom('automation_delivery').selectAll().execute(),
    ];
    expect(JSON.stringify(kept)).not.toMatch(/Secret|\+4420/);
    expect(await hub.deliveriesOf()).toMatchObject([{ state: 'dead', lastError: 'erased' }]);
    expect(await hub.runsOf()).toMatchObject([{ state: 'failed', about: { name: '', recordId: null } }]);
    const [dead] = await hub.deliveriesOf();
    await expect(hub.watch.resend(annActs, [dead?.id ?? ''], 'all')).rejects.toMatchObject({
      reason: 'notDead',
    });
  });
});
