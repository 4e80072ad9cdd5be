// What an agent says happened sets off the company's own rules, on SQLite and on PostgreSQL: once in the hub, at least once
// outside of it.

import { expect, it } from 'vitest';
import { dispositionId } from '#shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { status } from '../dial-up/call-mode-at-work.ts';
import { annActs, content, id, number, report, support } from '../records/records-at-work.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';
import { automationsAtWork, receiver, verified } from './automations-at-work.ts';

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
});
