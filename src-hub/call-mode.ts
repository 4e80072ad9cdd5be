// Builds call mode: orders, what supervisors set of them, and handing them out. Called by compose.ts.
import type { DialMode } from '#shared/domain/dial-up.ts';
import { freeMode } from '#shared/domain/dial-up.ts';
import type { ProjectId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { UserDirectory } from './accounts/user-directory.ts';
import type { BackgroundWork } from './background-work.ts';
import type { CompanyChanges } from './company-changes.ts';
import type { HubDatabase } from './database/open-database.ts';
import { buildDialUp, type DialUp, type DialUpParts } from './dial-up/dial-up.ts';
import type { HubClock } from './hub-clock.ts';
import type { HubLog } from './hub-log.ts';
import { DialUpSettingsService } from './orders/dial-up-settings-service.ts';
import { DialUpSettingsStore } from './orders/dial-up-settings-store.ts';
import { buildOrderAdministration, type OrderAdministration } from './orders/order-administration.ts';
import { OrderListStore } from './orders/order-list-store.ts';
import { OrderService } from './orders/order-service.ts';
import { OrderStatusService } from './orders/order-status-service.ts';
import { OrderStatusStore } from './orders/order-status-store.ts';
import { OrderStore } from './orders/order-store.ts';
import { PlacingAnew } from './orders/placing-anew.ts';
import { PlacingAnewStore } from './orders/placing-anew-store.ts';
import type { ScopeOf } from './permissions/scope.ts';
import type { OpenProjectService } from './projects/open-project-service.ts';
import type { ProjectService } from './projects/project-service.ts';
import type { Records } from './records/records.ts';
import type { OrderRouteParts } from './rest/order-routes.ts';
import { requireSignedIn } from './wire/hub-connection.ts';
import type { HubHandlers } from './wire/hub-connections.ts';
import type { LiveConnections } from './wire/live-connections.ts';

export interface CallModeParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly background: BackgroundWork;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly open: Pick<OpenProjectService, 'of'>;
  readonly people: Pick<Records, 'store' | 'countryOf' | 'happened'>;
  readonly scopeOf: ScopeOf;
  readonly dataDirectory: string;
  readonly holdingChanged: DialUpParts['holdingChanged'];
  readonly counted: DialUpParts['counted'];
}

export interface CallMode {
  readonly orderStore: OrderStore;
  readonly administration: OrderAdministration;
  readonly orders: OrderService;
  readonly statuses: OrderStatusService;
  readonly settings: DialUpSettingsService;
  readonly dialUp: DialUp;
  readonly rest: Omit<OrderRouteParts, 'recordStore'>;
  readonly handlers: DialUp['handlers'] &
    OrderAdministration['handlers'] &
    Pick<HubHandlers, 'orders.ofRecord'>;
  /** Within the transaction: people are dialled by other numbers, so that their orders stand in other zones. */
  numbersChanged(db: HubDatabase, ids: readonly RecordId[]): Promise<void>;
  /** Orders are in line no more, or elsewhere, after a change that told of none. Told within a second. */
  lineMoved(): void;
  load(): Promise<void>;
  close(): Promise<void>;
}

export function buildCallMode(parts: CallModeParts): CallMode {
  const { db, clock, changes, background, users, projects } = parts;
  const store = new OrderStore(db);
  const openProjectsOf = (userId: UserId): ProjectId[] => {
    const { primaryId, secondaryIds } = parts.open.of(userId);
    return primaryId === null ? secondaryIds : [primaryId, ...secondaryIds];
  };
  const dialUp = buildDialUp({
    ...parts,
    rules: {
      settingsOf: (projectId) => settings.settingsOf(projectId),
      freeMode: (mode) => (isFree(mode) ? settings.freeMode(mode) : null),
      status: (id) => statuses.find(id),
      timeZoneOf: (projectId) => projects.findAsSet(projectId)?.timeZone ?? 'Etc/UTC',
    },
    openProjectsOf,
    activeUsers: () => users.all().map(({ userId }) => userId),
  });
  const { placing } = dialUp;
  const placingAnew = new PlacingAnew({ store: new PlacingAnewStore(db), placing, changes, background });
  const statuses = new OrderStatusService({
    store: new OrderStatusStore(db),
    clock,
    changes,
    placingAnew,
    nameOfProject: (projectId) => projects.findAsSet(projectId)?.project.name ?? '',
  });
  const settings = new DialUpSettingsService({
    store: new DialUpSettingsStore(db),
    statuses,
    projects,
    clock,
    changes,
    placingAnew,
    isUser: (userId) => users.byId(userId) !== null,
  });
  const orders = new OrderService({
    store,
    attempts: dialUp.attempts,
    records: parts.people.store,
    statuses,
    settings,
    placing,
    clock,
    changes,
    isProject: (projectId) => projects.findAsSet(projectId) !== null,
  });
  const administration = buildOrderAdministration({ ...parts, store, orders, statuses, settings, dialUp });
  return {
    orderStore: store,
    administration,
    rest: {
      ...{ orders, orderStatuses: statuses, orderImports: administration.imports },
      orderList: new OrderListStore(db),
    },
    orders,
    statuses,
    settings,
    dialUp,
    handlers: {
      ...dialUp.handlers,
      ...administration.handlers,
      'orders.ofRecord': async ({ recordId }, connection) => {
        const { userId } = requireSignedIn(connection).user;
        const found = await orders.ofRecord(recordId, projects.idsOfMember(userId));
        return found.map(({ order, attempts }) => {
          const status = statuses.find(order.statusId);
          return {
            order,
            modeName: order.place && isFree(order.place.mode) ? settings.freeMode(order.place.mode).name : '',
            statusLabel: status?.label ?? '',
            statusColor: status?.color ?? 'gray',
            attempts: [...attempts],
          };
        });
      },
    },
    lineMoved: dialUp.lineMoved,
    async numbersChanged(db, ids) {
      const moved = await store.idsOfRecords(db, ids);
      if (moved.length === 0) return;
      await placing.place(db, moved);
      dialUp.lineMoved();
    },
    async load() {
      await statuses.load();
      await settings.load();
      await dialUp.load();
      await placingAnew.go();
      await administration.imports.load();
    },
    async close() {
      placingAnew.close();
      administration.line.close();
      administration.imports.close();
      await dialUp.close();
    },
  };
}

function isFree(mode: DialMode): mode is 'random1' | 'random2' {
  return freeMode.safeParse(mode).success;
}
