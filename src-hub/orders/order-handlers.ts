// The admin window's commands on call mode. What lists hold is cut to the asker's projects here; what names a project was
// checked by the permissions before.
import type { SomeOrders } from '#shared/admin/dial-up-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { OrderId } from '#shared/domain/ids.ts';
import { requireActor } from '../audit/actor.ts';
import type { Scope, ScopeOf } from '../permissions/scope.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import type { DoNotCallService } from './do-not-call-service.ts';
import type { LateOutcomeService } from './late-outcome-service.ts';
import type { LineService } from './line-service.ts';
import type { OrderService } from './order-service.ts';
import type { OrderStatusService } from './order-status-service.ts';

type Command = Extract<
  keyof HubHandlers,
  `admin.${'dialUp' | 'orderStatuses' | 'orders' | 'doNotCall'}.${string}`
>;

export interface OrderHandlerParts {
  readonly orders: OrderService;
  readonly statuses: OrderStatusService;
  readonly settings: DialUpSettingsService;
  readonly line: LineService;
  readonly late: LateOutcomeService;
  readonly doNotCall: DoNotCallService;
  readonly scopeOf: ScopeOf;
}

export function orderHandlers(parts: OrderHandlerParts): Pick<HubHandlers, Command> {
  const { orders, statuses, settings, line, late, doNotCall } = parts;
  const scopeOf = (connection: HubConnection): Promise<Scope> =>
    parts.scopeOf(requireSignedIn(connection).user);
  const idsOf = async (which: SomeOrders, scope: Scope): Promise<readonly OrderId[]> => {
    switch (which.which) {
      case 'these':
        return which.orderIds;
      case 'status':
        return await line.idsInStatus(which.statusId);
      case 'filter': {
        const but = new Set(which.but);
        return (await line.idsOf(which.filter, scope)).filter((id) => !but.has(id));
      }
      default:
        return assertNever(which);
    }
  };
  return {
    'admin.dialUp.matrix': async (_, connection) => line.matrix(await scopeOf(connection)),
    'admin.dialUp.get': ({ projectId }) => settings.get(projectId),
    'admin.dialUp.set': ({ projectId, version, settings: wanted }, connection) =>
      settings.set(requireActor(connection), projectId, version, wanted),
    'admin.dialUp.freeModes': () => settings.freeModes(),
    'admin.dialUp.setFreeModes': (wanted, connection) =>
      settings.setFreeModes(requireActor(connection), wanted),

    'admin.orderStatuses.get': () => statuses.list(),
    'admin.orderStatuses.set': ({ version, statuses: wanted }, connection) =>
      statuses.set(requireActor(connection), version, wanted),

    'admin.orders.inLine': async ({ filter, offset, limit }, connection) =>
      line.inLine(filter, offset, limit, await scopeOf(connection)),
    'admin.orders.get': async ({ orderId }, connection) => {
      const order = await orders.get(orderId, await scopeOf(connection));
      const [person, attempts] = await Promise.all([orders.personOf(order), orders.attemptsOf(orderId)]);
      return { order, ...person, attempts };
    },
    'admin.orders.add': async ({ content }, connection) =>
      orders.create(requireActor(connection), 'person', content, { scope: await scopeOf(connection) }),
    'admin.orders.counts': async (_, connection) => orders.counts(await scopeOf(connection)),
    'admin.orders.move': async ({ orders: which, statusId }, connection) => {
      const actor = requireActor(connection);
      const scope = await scopeOf(connection);
      return await orders.move(actor, await idsOf(which, scope), statusId, scope);
    },
    'admin.orders.late': async (_, connection) => late.list(await scopeOf(connection)),
    'admin.orders.decideLate': async ({ attemptId, apply }, connection) => {
      await late.decide(requireActor(connection), attemptId, apply, await scopeOf(connection));
      return null;
    },

    'admin.doNotCall.list': ({ digits }) => doNotCall.list(digits),
    'admin.doNotCall.add': ({ numbers, reason }, connection) =>
      doNotCall.add(requireActor(connection), numbers, reason),
    'admin.doNotCall.remove': async ({ number }, connection) => {
      await doNotCall.remove(requireActor(connection), number);
      return null;
    },
  };
}
