// Builds what supervisors do to orders: the line as they see it, outcomes that came late, whom nobody may call, and the
// commands on all of it. Called by call-mode.ts.
import type { BackgroundWork } from '../background-work.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { DialUp } from '../dial-up/dial-up.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import { ImportFiles } from '../imports/import-files.ts';
import { ImportJobs } from '../imports/import-jobs.ts';
import { ImportStore } from '../imports/import-store.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Records } from '../records/records.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import { DoNotCallService } from './do-not-call-service.ts';
import { DoNotCallStore } from './do-not-call-store.ts';
import { OrderBatchStore } from './import/order-batch-store.ts';
import { type OrderImports, orderImportKind, storedOrderImports } from './import/order-import.ts';
import { orderImportHandlers } from './import/order-import-handlers.ts';
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
  readonly log: HubLog;
  readonly background: BackgroundWork;
  readonly dataDirectory: string;
  readonly changes: CompanyChanges;
  readonly projects: ProjectService;
  readonly people: Pick<Records, 'countryOf' | 'happened'>;
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
  readonly imports: OrderImports;
  readonly handlers: ReturnType<typeof orderHandlers> & ReturnType<typeof orderImportHandlers>;
}

export function buildOrderAdministration(parts: OrderAdministrationParts): OrderAdministration {
  const { db, clock, changes, projects, people, store, settings, dialUp } = parts;
  const { placing, book, outcomes, attempts } = dialUp;
  const lineStore = new LineStore(db);
  const line = new LineService({
    ...{ store: lineStore, book, settings, clock, changes },
    projects: () => projects.all().map(({ project }) => project.id),
  });
  const late = new LateOutcomeService({
    ...{ attempts, outcomes, orders: store, line: lineStore, clock, changes },
  });
  const doNotCall = new DoNotCallService({
    ...{ store: new DoNotCallStore(db), placing, clock, changes },
    country: () => people.countryOf(null),
  });
  const imports: OrderImports = new ImportJobs({
    ...parts,
    kind: orderImportKind({
      ...{ statuses: parts.statuses, settings, countryOf: people.countryOf },
      batches: new OrderBatchStore(db, placing, people.happened),
      isProject: (projectId) => projects.findAsSet(projectId) !== null,
    }),
    store: new ImportStore(db, storedOrderImports),
    files: new ImportFiles(parts.dataDirectory, 'order-imports'),
  });
  const handlers = {
    ...orderHandlers({ ...parts, line, late, doNotCall }),
    ...orderImportHandlers(imports),
  };
  return { line, late, doNotCall, imports, handlers };
}
