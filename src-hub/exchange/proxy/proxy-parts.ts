// What the parts of the proxy share: made once by createExchange, passed to each.

import type { DialogBook } from '../dialogs/dialog-book.ts';
import type { ExchangeClock } from '../exchange-clock.ts';
import type { ExchangeLimits } from '../exchange-limits.ts';
import type { ExchangeLog } from '../exchange-log.ts';
import type { CallRouter, ExchangeEvents, SipUser } from '../exchange-ports.ts';
import type { ExchangeTimes } from '../exchange-times.ts';
import type { Flow } from '../flow.ts';
import type { Registrar } from '../registrar/registrar.ts';
import type { TransactionTable } from '../transactions/transaction-table.ts';
import type { Trust } from './header-policy.ts';
import type { Party, RouteTokens } from './route-token.ts';
import type { TransferBook } from './transfer-book.ts';

export interface ProxyParts {
  /** In lower case. */
  readonly domain: string;
  readonly clock: ExchangeClock;
  readonly times: ExchangeTimes;
  readonly limits: ExchangeLimits;
  readonly log: ExchangeLog;
  readonly router: CallRouter;
  readonly events: ExchangeEvents;
  readonly registrar: Registrar;
  readonly table: TransactionTable;
  readonly tokens: RouteTokens;
  readonly dialogs: DialogBook;
  readonly transfers: TransferBook;
  trustOf(user: SipUser): Trust;
  openFlow(flowId: number): Flow | null;
}

/** Parameter of our Record-Route that holds the route token. */
export const tokenParameter = 'dialog';

/** Where one side of a dialog is reached now: its device's live binding, else the connection that it called from. */
export function locate(
  { registrar, openFlow }: Pick<ProxyParts, 'registrar' | 'openFlow'>,
  party: Party,
): { readonly flow: Flow; readonly contactUri: string | null } | null {
  const device = party.instance === null ? null : registrar.device(party.user, party.instance);
  if (device) return device;
  const flow = openFlow(party.flowId);
  return flow?.isOpen() ? { flow, contactUri: null } : null;
}

/** The side of a dialog that uses this connection. */
export function partyOn({ registrar }: ProxyParts, user: SipUser, flow: Flow): Party {
  return { user, instance: registrar.onFlow(user, flow)?.instance ?? null, flowId: flow.id };
}
