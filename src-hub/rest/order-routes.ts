// REST on orders (DIAL-11): listed and read with their attempts, made and changed, put by another system's id; the statuses
// that they stand in; imports from CSV.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { orderImport, orderImportPreview, orderImportSettings } from '#shared/admin/dial-up-contract.ts';
import { orderStatus } from '#shared/domain/dial-up.ts';
import { orderId, orderStatusId, projectId, recordId } from '#shared/domain/ids.ts';
import { attempt, order, orderContent } from '#shared/domain/order.ts';
import { customFieldKey, customValue } from '#shared/domain/record.ts';
import type { OrderImports } from '../orders/import/order-import.ts';
import { previewOf, shownImport } from '../orders/import/order-import-handlers.ts';
import type { OrderListStore } from '../orders/order-list-store.ts';
import type { OrderChanges, OrderService } from '../orders/order-service.ts';
import type { OrderStatusService } from '../orders/order-status-service.ts';
import type { RecordStore } from '../records/record-store.ts';
import { importRoutes } from './import-routes.ts';
import { problem, RestRefused } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { changeRefusals, ifMatchHeader, seenVersion, tag } from './versions.ts';

export interface OrderRouteParts {
  readonly orders: OrderService;
  readonly orderList: OrderListStore;
  readonly orderStatuses: OrderStatusService;
  readonly orderImports: OrderImports;
  readonly recordStore: Pick<RecordStore, 'idOfExternal'>;
}

const params = z.object({ orderId });

/** All may be left out; what is left out of a change stays as it is. */
const body = orderContent
  .omit({ externalId: true, fields: true })
  .extend({
    recordExternalId: z.string().min(1).max(200).describe('Instead of recordId: the record’s external id'),
    fields: z
      .record(customFieldKey, customValue.nullable())
      .describe('Those of the project’s orders; null takes a value away, fields that are not named stay'),
  })
  .partial();
const externalId = orderContent.shape.externalId;
const bodyWithExternalId = body.extend({ externalId: externalId.optional() });

type Body = z.output<typeof bodyWithExternalId>;

export function orderRoutes(app: FastifyInstance, parts: OrderRouteParts): void {
  const { orders, orderList, orderStatuses } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const given = async ({ recordExternalId, ...rest }: Body): Promise<OrderChanges> => {
    if (recordExternalId === undefined) return withoutUndefined(rest);
    const found = await parts.recordStore.idOfExternal(recordExternalId);
    if (found === null) {
      throw new RestRefused(
        422,
        'noSuchRecord',
        'There is no record of this external id. Nothing was changed.',
      );
    }
    return withoutUndefined({ ...rest, recordId: found });
  };

  typed.get(
    '/orders',
    operation('listOrders', 'Orders, the one changed longest ago first', {
      querystring: z.object({
        projectId: projectId.optional(),
        statusId: orderStatusId.optional(),
        recordId: recordId.optional(),
        externalId: z.string().max(200).optional(),
        changedSinceMs: z.coerce.number().int().nonnegative().optional().describe('Milliseconds since 1970'),
        cursor: z.string().max(500).optional().describe('nextCursor of the page before'),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: { 200: z.object({ orders: z.array(order), nextCursor: z.string().nullable() }) },
    }),
    async ({ query: { cursor = null, limit, ...filter } }) => await orderList.page(filter, limit, cursor),
  );
  typed.get(
    '/orders/:orderId',
    operation('getOrder', 'One order, and where it stands in line', {
      params,
      response: { 200: order, 404: problem },
    }),
    async (request, reply) => {
      const found = await orders.get(request.params.orderId);
      return tag(reply, found.version, found);
    },
  );
  typed.get(
    '/orders/:orderId/attempts',
    operation('listAttempts', 'What agents said came of it, newest first, at most fifty', {
      params,
      response: { 200: z.object({ attempts: z.array(attempt) }), 404: problem },
    }),
    async (request) => {
      const found = await orders.get(request.params.orderId);
      return { attempts: await orders.attemptsOf(found.id) };
    },
  );
  typed.get(
    '/order-statuses',
    operation('listOrderStatuses', 'The statuses that orders stand in, in their order', {
      response: { 200: z.object({ statuses: z.array(orderStatus) }) },
    }),
    () => ({ statuses: [...orderStatuses.all()] }),
  );
  typed.post(
    '/orders',
    operation('addOrder', 'Makes an order; it comes into line as its status says', {
      body: bodyWithExternalId,
      response: { 201: order, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const content = whole(await given(request.body));
      const made = await orders.create(actorOfKey(request), 'rest', content);
      reply.code(201).header('location', `/api/v1/orders/${encodeURIComponent(made.id)}`);
      return tag(reply, made.version, made);
    },
  );
  typed.patch(
    '/orders/:orderId',
    operation(
      'changeOrder',
      'Changes what is named of an order; another status has it wait there from now on',
      {
        params,
        headers: ifMatchHeader,
        body: bodyWithExternalId,
        response: { 200: order, ...changeRefusals },
      },
    ),
    async (request, reply) => {
      const { orderId: id } = request.params;
      const version = await seenVersion(request, async () => (await orders.get(id)).version);
      const changed = await orders.change(actorOfKey(request), id, version, await given(request.body));
      return tag(reply, changed.version, changed);
    },
  );
  typed.put(
    '/orders/by-external-id/:externalId',
    operation('putOrder', 'Makes the order of this external id, or changes what is named of it', {
      params: z.object({ externalId: z.string().min(1).max(200) }),
      body,
      response: { 200: order, 201: order, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const { externalId: named } = request.params;
      const changes = await given(request.body);
      const { order: now, made } = await orders.put(actorOfKey(request), 'rest', named, changes, whole);
      if (made) reply.code(201).header('location', `/api/v1/orders/${encodeURIComponent(now.id)}`);
      return tag(reply, now.version, now);
    },
  );
  orderImportRoutes(app, parts.orderImports);
}

function orderImportRoutes(app: FastifyInstance, imports: OrderImports): void {
  importRoutes(app, {
    at: '/orders',
    operations: {
      upload: 'uploadOrderImport',
      list: 'listOrderImports',
      get: 'getOrderImport',
      preview: 'previewOrderImport',
      start: 'startOrderImport',
      problems: 'listOrderImportProblems',
      remove: 'removeOrderImport',
    },
    view: orderImport,
    settings: orderImportSettings,
    preview: orderImportPreview,
    upload: async (...sent) => shownImport(await imports.upload(...sent)),
    list: async () => (await imports.list()).map(shownImport),
    get: async (id) => shownImport(await imports.get(id)),
    look: (id, settings) => previewOf(imports, id, settings),
    start: async (id, settings) => shownImport(await imports.start(id, settings)),
    problemsCsv: (id) => imports.problemsCsv(id),
    remove: (id) => imports.remove(id),
  });
}

/** @throws RestRefused 422 'orderIncomplete' */
function whole({ recordId: person, projectId: project, statusId, fields, ...rest }: OrderChanges) {
  if (person === undefined || project === undefined || statusId === undefined) {
    throw new RestRefused(
      422,
      'orderIncomplete',
      'A new order needs recordId (or recordExternalId), projectId and statusId. Nothing was made.',
    );
  }
  const set = Object.entries(fields ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return {
    ...{ externalId: null, goods: '', sumMinor: null, currency: '', delivery: '', timeZone: null, ...rest },
    ...{ recordId: person, projectId: project, statusId, fields: Object.fromEntries(set) },
  };
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
