// Builds a company's automations, in two steps: `beginAutomations` makes what others write into while they work, and
// `buildAutomations` what runs the rules, once those others are there. Called by compose.ts.
import type { UserDirectory } from '../accounts/user-directory.ts';
import { AuditStore } from '../audit/audit-store.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { CallMode } from '../call-mode.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Records } from '../records/records.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { ActionRunner } from './action-runner.ts';
import { AutomationEventStore } from './automation-event-store.ts';
import { automationHandlers } from './automation-handlers.ts';
import { CandidateStore } from './candidate-store.ts';
import { DeliveryStore } from './delivery-store.ts';
import { type DeliveryTimes, DeliveryWorker } from './delivery-worker.ts';
import { Happenings } from './happenings.ts';
import { MailSender, type MailSettings } from './mail-sender.ts';
import { RuleBook } from './rule-book.ts';
import { RuleService } from './rule-service.ts';
import { RuleStore } from './rule-store.ts';
import { RunService } from './run-service.ts';
import { RunStore } from './run-store.ts';
import { RunWorker } from './run-worker.ts';
import { WatchService } from './watch-service.ts';
import { AllowedTargets } from './webhook-address.ts';

export interface BegunAutomations {
  readonly happenings: Happenings;
  readonly events: AutomationEventStore;
  readonly past: CandidateStore;
  readonly rules: RuleStore;
  readonly book: RuleBook;
}

export function beginAutomations({ db, clock }: { db: HubDatabase; clock: HubClock }): BegunAutomations {
  const rules = new RuleStore(db);
  const book = new RuleBook(rules);
  const events = new AutomationEventStore();
  const past = new CandidateStore(db);
  return {
    happenings: new Happenings({ store: events, calls: past, book, clock }),
    events,
    past,
    rules,
    book,
  };
}

export interface AutomationParts {
  readonly begun: BegunAutomations;
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly background: BackgroundWork;
  readonly changes: CompanyChanges;
  readonly users: Pick<UserDirectory, 'byId'>;
  readonly projects: ProjectService;
  readonly forms: Pick<CallFormService, 'formOf'>;
  readonly people: Pick<Records, 'records' | 'store' | 'countryOf'>;
  readonly callMode: Pick<CallMode, 'orders' | 'orderStore' | 'statuses' | 'dialUp'>;
  readonly settings: Pick<SettingsService, 'current'>;
  readonly scopeOf: ScopeOf;
  /** Null: the hub sends no e-mail. */
  readonly mail: MailSettings | null;
  /** For tests. */
  readonly deliveryTimes?: Partial<DeliveryTimes>;
}

export interface Automations {
  readonly rules: RuleService;
  readonly watch: WatchService;
  readonly runs: RunService;
  readonly handlers: ReturnType<typeof automationHandlers>;
  /** After orders, settings and the rule book; from then on rules run. */
  load(): Promise<void>;
  /** Resolves when nothing of it is under way any more. */
  close(): Promise<void>;
}

const eventsKeptForMs = 7 * 24 * 3_600_000;
const runsKeptForMs = 90 * 24 * 3_600_000;
const tidyEveryMs = 3_600_000;
/** News of runs reach admin windows once in this time at most. */
const tellAfterMs = 500;

export function buildAutomations(parts: AutomationParts): Automations {
  const { begun, db, clock, log, background, changes, users, projects, forms, people, callMode } = parts;
  const { events, past, rules: store, book } = begun;
  const allowed = async () => new AllowedTargets((await parts.settings.current()).privateTargets);
  const runs = new RunStore(db);
  const deliveries = new DeliveryStore(db);
  const runner = new ActionRunner({
    records: people.records,
    recordStore: people.store,
    orders: callMode.orders,
    orderStore: callMode.orderStore,
    statuses: callMode.statuses,
    placing: callMode.dialUp.placing,
    lookup: past,
    deliveries,
    forms,
    projectName: (projectId) => projects.find(projectId)?.project.name ?? '',
  });
  const service = new RunService({
    ...{ events, rules: store, runs, runner, lookup: past, clock, log },
    records: people.store,
    countryOf: people.countryOf,
  });
  let toTell: (() => void) | null = null;
  const tellSoon = () => {
    toTell ??= clock.after(tellAfterMs, () => {
      toTell = null;
      changes.tell('automations');
    });
  };
  const sender = new DeliveryWorker({
    ...{ store: deliveries, rules: store, clock, log, allowed, changed: tellSoon },
    mail: parts.mail && new MailSender(parts.mail),
    ...(parts.deliveryTimes ? { times: parts.deliveryTimes } : {}),
  });
  const worker = new RunWorker({
    ...{ runs: service, clock, log },
    ran() {
      sender.look();
      changes.tell('orders');
      tellSoon();
    },
  });
  begun.happenings.onWritten(worker.look);
  const rules = new RuleService({
    ...{ store, book, clock, changes, allowed },
    isProject: (projectId) => projects.findAsSet(projectId) !== null,
    isStatus: (id) => callMode.statuses.find(id) !== null,
    dispositionsOf: (projectId) => projects.dispositionsOf([{ id: projectId }]).map(({ id }) => id),
    isUser: (userId) => users.byId(userId) !== null,
    fieldsOf: (projectId) => forms.formOf(projectId).customFields,
    hasMailServer: parts.mail !== null,
  });
  const watch = new WatchService({
    ...{ runs, deliveries, past, records: people.store, service, clock },
    audit: new AuditStore(db),
    resent: sender.look,
  });
  let callOffTidying: () => void = () => undefined;
  const tidy = async () => {
    const nowMs = clock.nowMs();
    await people.store.inTransaction(undefined, async (within) => {
      await events.tidy(within, nowMs - eventsKeptForMs);
      await runs.tidy(within, nowMs - runsKeptForMs);
    });
  };
  const tidyLater = () => {
    callOffTidying = clock.after(tidyEveryMs, () => {
      background.run('tidying automations', tidy());
      tidyLater();
    });
  };
  return {
    rules,
    watch,
    runs: service,
    handlers: automationHandlers({ rules, watch, scopeOf: parts.scopeOf }),
    async load() {
      await deliveries.freeAtStart();
      worker.look();
      sender.look();
      tidyLater();
    },
    async close() {
      callOffTidying();
      toTell?.();
      await worker.close();
      await sender.close();
    },
  };
}
