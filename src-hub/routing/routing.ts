// Builds what decides who is rung: the router that the exchange asks, what is kept of calls and offers, and the news by
// which a waiting call learns that someone is free. Called by compose.ts.
import type { SipCallId, UserId } from '#shared/domain/ids.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { CallRouter, ExchangeEvents, OfferEnded, SipUser } from '../exchange/exchange-ports.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import type { DeviceReports } from '../presence/device-reports.ts';
import type { PresenceService } from '../presence/presence-service.ts';
import type { Projects } from '../projects/projects.ts';
import type { HubConnection } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { CallRouting } from './call-router.ts';
import { CompanyNow } from './company-view.ts';
import { IdleTimes } from './idle-times.ts';
import { offerHandlers } from './offer-handlers.ts';
import { OfferService } from './offer-service.ts';
import { OfferStore } from './offer-store.ts';
import type { RoutedOutcome } from './route-decision.ts';
import { WriteBehind } from './write-behind.ts';

export interface RoutingParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly background: BackgroundWork;
  readonly users: UserDirectory;
  readonly company: Pick<Projects, 'projects' | 'open'>;
  readonly presence: PresenceService;
  readonly devices: DeviceReports;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  outsideNumbers(): readonly string[];
  /** Made after this. */
  exchange(): Pick<Exchange, 'bindingCount' | 'lostAtMs' | 'callCount' | 'cancelBranches'>;
  /** Offhook's own devices of a user. */
  devicesOf(userId: UserId): readonly string[];
  /** They hold an order, and are offered no call meanwhile (DIAL-7). */
  keepsFromCalls(userId: UserId): boolean;
  /** Of a call, in the transaction that keeps it: see OfferServiceParts. */
  endedIn(db: HubDatabase, sipCallId: SipCallId, outcome: RoutedOutcome): Promise<void>;
  /** For the metrics. */
  routingEnded(outcome: RoutedOutcome): void;
  offerEnded(outcome: OfferEnded['outcome']): void;
}

export interface Routing {
  readonly router: CallRouter;
  readonly events: ExchangeEvents;
  readonly handlers: ReturnType<typeof offerHandlers>;
  load(): Promise<void>;
  /** Presence, devices or calls of the user are other than before. */
  userChanged(userId: UserId): void;
  /** Calls that wait for an agent. */
  waitingCalls(): number;
  close(): void;
}

export function buildRouting(parts: RoutingParts): Routing {
  const { db, clock, log, users, devices, live } = parts;
  const idle = new IdleTimes();
  const offers = new OfferService({
    store: new OfferStore(db),
    writes: new WriteBehind(db, parts.background, log),
    users,
    clock,
    answeredBy: (userId) => devices.answered(userId),
    missed: (userId) => live.tellUser(userId, 'offers.missed', null),
    ended: parts.routingEnded,
    endedIn: parts.endedIn,
  });
  const routing = new CallRouting({
    offers,
    users,
    log,
    after: (delayMs, task) => clock.after(delayMs, task),
    company: (calls) =>
      new CompanyNow(
        {
          users,
          presence: parts.presence,
          devices,
          projects: parts.company.projects,
          open: parts.company.open,
          idle,
          clock,
          outsideNumbers: () => parts.outsideNumbers(),
          liveBindings: (user) => parts.exchange().bindingCount(user),
          lostAtMs: (user) => parts.exchange().lostAtMs(user),
          callsOf: (user) => parts.exchange().callCount(user),
          keepsFromCalls: (userId) => parts.keepsFromCalls(userId),
        },
        calls,
      ),
  });
  const { company } = routing;

  function userChanged(userId: UserId): void {
    const user = users.byId(userId);
    if (user) idle.seen(userId, company.isBusy(userId, user.extension), clock.nowMs());
    routing.userChanged(userId);
  }
  const extensionChanged = (extension: SipUser) => {
    const user = users.byExtension(extension);
    if (user) userChanged(user.userId);
  };
  parts.company.open.onChanged((userId) => {
    company.opened(userId);
    routing.userChanged(userId);
  });
  devices.onChanged(userChanged);
  parts.changes.onChanged((kind) => {
    if (kind === 'projects' || kind === 'users') routing.companyChanged();
  });

  return {
    router: routing,
    events: {
      bindingsChanged: extensionChanged,
      registered: extensionChanged,
      offerEnded(ended) {
        offers.offerEnded(ended);
        parts.offerEnded(ended.outcome);
      },
      callEnded({ sipCallId, caller, callee }) {
        offers.callEnded(sipCallId);
        for (const extension of [caller, callee]) extensionChanged(extension);
      },
    },
    handlers: offerHandlers({
      offers,
      ignored: (sipCallId, connection) => ignored(sipCallId, connection),
    }),
    async load() {
      idle.load(await offers.load());
    },
    userChanged,
    waitingCalls: () => routing.waiting(),
    close: () => routing.close(),
  };

  function ignored(sipCallId: SipCallId, connection: HubConnection): void {
    const user = connection.signedIn?.user;
    if (!user) return;
    live.tellUser(user.userId, 'offers.silenced', { sipCallId }, connection);
    // Offhook's own devices silence themselves and may still accept; phones of another make are cancelled.
    const ownInstances = parts.devicesOf(user.userId).map((deviceId) => `urn:uuid:${deviceId}`);
    parts.exchange().cancelBranches(sipCallId, user.extension, ownInstances);
    routing.ignored(sipCallId, user.userId);
  }
}
