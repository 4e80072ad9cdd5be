// REST on orders, over HTTP, on a real hub.
import { afterAll, describe, expect, it } from 'vitest';
import type { Order } from '#shared/domain/order.ts';
import { eventually } from '../../support/eventually.ts';
import { startLongLivedHub } from '../projects/long-lived-hub.ts';
import { everythingKey } from './rest-client.ts';

const hub = await startLongLivedHub();
afterAll(() => hub.end());
const projectId = 'northwind-support';

interface OrdersBody extends Order {
  readonly orders: readonly Order[];
  readonly nextCursor: string | null;
  readonly reason: string;
  readonly attempts: never;
  readonly statuses: readonly { readonly id: string }[];
}

async function restAtWork() {
  const { rest } = await everythingKey(hub);
  return async (method: string, path: string, body?: unknown, ifMatch?: string | null) => {
    const options = { ...(body === undefined ? {} : { body }), ...(ifMatch ? { ifMatch } : {}) };
    const answer = await rest.ask(method, path, options);
    return { status: answer.status, headers: answer.headers, body: answer.body as unknown as OrdersBody };
  };
}

describe('REST on orders', () => {
  it('DIAL-11: makes one, which comes into line, changes it where it was seen, and puts by external id', async () => {
    const ask = await restAtWork();
    expect((await ask('GET', '/order-statuses')).body.statuses.slice(0, 2).map(({ id }) => id)).toEqual([
      ...['new', 'confirmed'],
    ]);
    const person = await ask('PUT', '/records/by-external-id/C-77', {
      projectId,
      lastName: 'Nadir',
      numbers: [],
    });
    const content = {
      projectId,
      recordExternalId: 'C-77',
      statusId: 'new',
      sumMinor: 1_250,
      currency: 'EUR',
    };
    const made = await ask('POST', '/orders', { ...content, fields: { source: 'Website' } });
    expect(made).toMatchObject({
      status: 201,
      body: { recordId: person.body.id, source: 'rest', version: 1, place: { mode: 'newLeads' } },
    });
    const address = made.headers.get('location')?.replace('/api/v1', '') ?? '';
    expect((await ask('PATCH', address, { goods: 'Lamp' })).status).toBe(428);
    const part = { statusId: 'refused', fields: { source: null, giftWrap: true } };
    const changed = await ask('PATCH', address, part, made.headers.get('etag'));
    expect(changed).toMatchObject({
      status: 200,
      body: { version: 2, place: null, fields: { giftWrap: true } },
    });
    expect((await ask('PATCH', address, part, made.headers.get('etag'))).status).toBe(412);
    expect(await ask('GET', `${address}/attempts`)).toMatchObject({ status: 200, body: { attempts: [] } });
    const put = `/orders/by-external-id/${encodeURIComponent('shop/1 ü')}`;
    expect(await ask('PUT', put, { goods: 'Lamp' })).toMatchObject({
      status: 422,
      body: { reason: 'orderIncomplete' },
    });
    const all = await Promise.all([1, 2, 3, 4].map(() => ask('PUT', put, content)));
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
    expect(await ask('PUT', put, { goods: 'Lamp' })).toMatchObject({
      status: 200,
      body: { version: 2, goods: 'Lamp' },
    });
    expect(await ask('POST', '/orders', { ...content, statusId: 'none' })).toMatchObject({
      status: 422,
      body: { reason: 'noSuchStatus' },
    });
    expect(await ask('POST', '/orders', { ...content, recordExternalId: 'C-78' })).toMatchObject({
      status: 422,
    });
    expect((await ask('GET', '/orders/none')).status).toBe(404);
  });

  it('DIAL-11: lists them page by page, filtered, each once', async () => {
    const ask = await restAtWork();
    const met: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await ask(
        'GET',
        `/orders?projectId=${projectId}&limit=4${cursor ? `&cursor=${cursor}` : ''}`,
      );
      met.push(...page.body.orders.map(({ id }) => id));
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(met.length).toBeGreaterThan(13);
    expect(new Set(met).size).toBe(met.length);
    const [one] = (await ask('GET', '/orders?externalId=NW-10240')).body.orders;
    expect(one).toMatchObject({ source: 'sample', goods: expect.stringContaining('Fjord') });
    expect((await ask('GET', '/orders?statusId=before-buyout')).body.orders).toHaveLength(3);
    expect((await ask('GET', '/orders?cursor=bm8')).status).toBe(400);
  });

  it('DIAL-11: takes a CSV file in, and tells what was bad', async () => {
    const { rest } = await everythingKey(hub);
    const csv = 'Order number,Phone,Name,Goods\nR-1,020 7946 0355,Nadir,Lamp\nR-2,none,Nadir,Lamp\n';
    const sent = await fetch(`http://127.0.0.1:${hub.port}/api/v1/orders/imports?fileName=orders.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rest.key}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    const columns = ['externalId', 'number', 'lastName', 'goods'];
    const looked = await rest.ask('POST', `/orders/imports/${id}/preview`, { body: {} });
    expect(looked.body).toMatchObject({ settings: null, columns, badRows: 0 });
    const settings = { columns, projectId, statusId: 'new' };
    expect((await rest.ask('POST', `/orders/imports/${id}/start`, { body: { settings } })).status).toBe(202);
    const now = async () =>
      (await rest.ask('GET', `/orders/imports/${id}`)).body as unknown as Record<string, unknown>;
    await eventually('the import is done', async () => (await now()).state === 'done');
    expect(await now()).toMatchObject({ created: 1, bad: 1 });
    const listed = (await rest.ask('GET', '/orders?externalId=R-1')).body as unknown as OrdersBody;
    expect(listed.orders).toMatchObject([{ goods: 'Lamp', source: 'import' }]);
  });
});
