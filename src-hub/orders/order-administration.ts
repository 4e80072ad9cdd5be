// Builds what supervisors do to orders: the line as they see it, outcomes that came late, whom nobody may call, and the
// commands on all of it. Called by call-mode.ts.
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { DialUp } from '../dial-up/dial-up.ts';
import type { HubClock } from '../hub-clock.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Records } from '../records/records.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import { DoNotCallService } from './do-not-call-service.ts';
import { DoNotCallStore } from './do-not-call-store.ts';
import { LateOutcomeService } from './late-outcome-service.ts';
import { LineService } from './line-service.ts';
import { LineStore } from './line-store.ts';
import { orderHandlers } from './order-handlers.ts';
import type { OrderService } from './order-service.ts';
import type { OrderStatusService } from './order-status-service.ts';
import type { OrderStore } from './order-store.ts';

export interface OrderAdministrationParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  readonly projects: ProjectService;
  readonly people: Pick<Records, 'countryOf'>;
  readonly scopeOf: ScopeOf;
  readonly store: OrderStore;
  readonly orders: OrderService;
  readonly statuses: OrderStatusService;
  readonly settings: DialUpSettingsService;
  readonly dialUp: Pick<DialUp, 'placing' | 'book' | 'outcomes' | 'attempts'>;
}

export interface OrderAdministration {
  readonly line: LineService;
  readonly late: LateOutcomeService;
  readonly doNotCall: DoNotCallService;
  readonly handlers: ReturnType<typeof orderHandlers>;
}

export function buildOrderAdministration(parts: OrderAdministrationParts): OrderAdministration {
  const { db, clock, changes, projects, people, store, settings, dialUp } = parts;
  const { placing, book, outcomes, attempts } = dialUp;
  const lineStore = new LineStore(db);
  const line = new LineService({
    ...{ store: lineStore, orders: store, book, settings, clock, changes },
    projects: () => projects.all().map(({ project }) => project.id),
  });
  const late = new LateOutcomeService({
    ...{ attempts, outcomes, orders: store, line: lineStore, clock, changes },
  });
  const doNotCall = new DoNotCallService({
    ...{ store: new DoNotCallStore(db), placing, clock, changes },
    country: () => people.countryOf(null),
  });
  return { line, late, doNotCall, handlers: orderHandlers({ ...parts, line, late, doNotCall }) };
}
