// What a practice hub has of call mode from its first start, asked over the wire as the admin window asks.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { admin, signInDesktop, startTestHub, temporaryFolder } from '../support.ts';

it('DIAL-5 DIAL-6 DESK-10: a practice hub has orders in every mode, in the order of handing out, with the reason of each', async () => {
  const hub = await startTestHub();
  const { client } = await signInDesktop(hub, admin);
  const cells = await client.call('admin.dialUp.matrix', null);
  const northwind = cells.filter(({ projectId }) => projectId === 'northwind-support');
  expect(northwind.map(({ mode, open, waiting }) => `${mode} ${open} ${waiting}`)).toEqual([
    'newLeads true 5',
    'reconfirmation true 2',
    'beforeBuyout true 3',
    'random1 true 2',
    'random2 true 2',
  ]);
  const filter = {
    projectId: null,
    mode: null,
    bucket: null,
    statusId: null,
    agentId: null,
    due: 'any',
  } as const;
  const { rows, total } = await client.call('admin.orders.inLine', { filter, offset: 0, limit: 100 });
  expect(total).toBe(rows.length);
  expect(rows.map(({ name, whyNow, whyNotNow }) => `${name}: ${whyNow ?? whyNotNow}`).slice(0, 2)).toEqual([
    'Priya Raghunathan: ownCallBackDue',
    'Tomasz Wieczorek: overStandardTime',
  ]);
  expect(rows.at(-1)).toMatchObject({ name: 'Ines Albrecht', whyNow: null, whyNotNow: 'retryLater' });
  const first = rows[0]?.order.id;
  if (!first) throw new Error('No orders');
  expect(await client.call('admin.orders.get', { orderId: first })).toMatchObject({
    numbers: ['+442079460188'],
    attempts: [{ button: 'callBack', userName: 'Alex Morgan', effect: 'moved' }],
  });
  expect(hub.log.errors()).toEqual([]);
});

it('a practice hub that an earlier version has made, with less in it, starts and has the orders that fit', async () => {
  const dataDirectory = await temporaryFolder();
  await (await startTestHub({ dataDirectory })).close();
  const database = new Database(join(dataDirectory, 'hub.sqlite'));
  for (const table of ['dial_attempt', 'dial_place', 'dial_order', 'dial_queue', 'dial_up_settings'])
    database.prepare(`delete from ${table}`).run();
  database.prepare("delete from project where id <> 'northwind-support'").run();
  database.prepare("delete from record where id = 'practice-ines-albrecht'").run();
  database.close();
  const hub = await startTestHub({ dataDirectory });
  const { client } = await signInDesktop(hub, admin);
  const cells = await client.call('admin.dialUp.matrix', null);
  expect(new Set(cells.map(({ projectId }) => projectId))).toEqual(new Set(['northwind-support']));
  expect(cells.reduce((sum, { waiting }) => sum + waiting, 0)).toBeGreaterThan(5);
  expect(hub.log.errors()).toEqual([]);
});
