// Builds what hands out orders. Called by compose.ts; `rules` may look at what is made after this.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { Attempt } from '#shared/domain/order.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import { onPostgres } from '../sync/sync-stamp-store.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { AttemptStore } from './attempt-store.ts';
import { dialHandlers } from './dial-handlers.ts';
import { DialNews } from './dial-news.ts';
import { DialPermission } from './dial-permission.ts';
import type { DialUpRules } from './dial-ports.ts';
import { DialService } from './dial-service.ts';
import { HandOut } from './hand-out.ts';
import { Holdings } from './holdings.ts';
import { LeaseStore } from './lease-store.ts';
import { LeasedOrderStore } from './leased-order-store.ts';
import type { NextOrders } from './next-orders.ts';
import { OneStatementStore } from './one-statement-store.ts';
import { OrderCards } from './order-cards.ts';
import { OutcomeService } from './outcome-service.ts';
import { type OrderInHand, OutcomeStore } from './outcome-store.ts';
import { Placing } from './placing.ts';
import { PlacingStore } from './placing-store.ts';
import { QueueBook } from './queue-book.ts';
import { QueueStore } from './queue-store.ts';
import { StepByStepStore } from './step-by-step-store.ts';

export interface DialUpParts {
  readonly db: HubDatabase;
  readonly clock: HubClock;
  readonly log: HubLog;
  readonly background: BackgroundWork;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  readonly rules: DialUpRules;
  openProjectsOf(userId: UserId): readonly ProjectId[];
  /** Who may sign in; call backs of others are anybody's. */
  activeUsers(): Iterable<UserId>;
  /** A user holds one more order, or one less: they may be offered calls, or not. */
  holdingChanged(userId: UserId): void;
  /** See OutcomeParts. */
  counted(db: HubDatabase, order: OrderInHand, attempt: Attempt): Promise<void>;
}

export interface DialUp {
  readonly placing: Placing;
  readonly book: QueueBook;
  readonly outcomes: OutcomeService;
  readonly outcomeStore: OutcomeStore;
  readonly attempts: AttemptStore;
  readonly handlers: ReturnType<typeof dialHandlers>;
  /** Something of the line, its settings or its lists has changed, here or at another hub. */
  sign(): void;
  /** Something of the line has moved; those who look at it are told within a second. */
  lineMoved(): void;
  /** Routing asks: no inbound call while an order is held (DIAL-7). */
  keepsFromCalls(userId: UserId): boolean;
  /** After settings and statuses. */
  load(): Promise<void>;
  close(): Promise<void>;
}

const overdueEveryMs = 5_000;
/** Whoever looks at the line, and agents of other hubs, are told of what moved in it; not of each order for itself. */
const toldEveryMs = 1_000;

/** As this database gives them. */
export function nextOrdersAt(db: HubDatabase): NextOrders {
  return onPostgres(db) ? new OneStatementStore(db) : new StepByStepStore(new LeaseStore(db));
}

export function buildDialUp(parts: DialUpParts): DialUp {
  const { db, clock, log, background, live, rules } = parts;
  const book = new QueueBook(new QueueStore(db), rules);
  const placingStore = new PlacingStore();
  const placing = new Placing(placingStore, book, rules);
  const attempts = new AttemptStore(db);
  const outcomeStore = new OutcomeStore();
  const leases = new LeaseStore(db);
  const store = new LeasedOrderStore(db);
  const holdings = new Holdings(parts.holdingChanged);
  const permission = new DialPermission(store, placing, book);
  const news = new DialNews({ live, clock, log, book, holdings, permission });
  let callOffTelling: (() => void) | null = null;
  const lineMoved = (): void => {
    callOffTelling ??= clock.after(toldEveryMs, () => {
      callOffTelling = null;
      parts.changes.tell('orders');
    });
  };
  const backInLine = (): void => {
    news.backInLine();
    lineMoved();
  };
  const outcomes = new OutcomeService({
    ...{ store: outcomeStore, attempts, placing, rules, clock },
    counted: parts.counted,
    ended(leaseIds) {
      for (const leaseId of leaseIds) holdings.remove(leaseId);
      backInLine();
    },
  });
  const service = new DialService({
    handOut: new HandOut(db, nextOrdersAt(db), book, clock),
    cards: new OrderCards({ store, rules, permission, placing }),
    leases,
    permission,
    holdings,
    attempts,
    placing,
    book,
    rules,
    clock,
    handedOut: lineMoved,
    backInLine,
  });
  let callOff: (() => void) | null = null;
  let closed = false;
  const watchOverdue = (): void => {
    if (closed) return;
    callOff = clock.after(overdueEveryMs, () => {
      background.run('ending leases', service.endOverdue().finally(watchOverdue));
    });
  };
  const placeWhereZoneChanged = async (): Promise<void> => {
    for (const projectId of new Set([...book.all()].map((queue) => queue.projectId))) {
      if (!placing.hasOtherZone(projectId)) continue;
      await placing.placeProject((work) => leases.inTransaction(work), projectId);
      news.sign();
      lineMoved();
    }
  };
  const unheard = parts.changes.onChanged((kind, from) => {
    // Not at each order that moves, once a second: finding out when hours end takes far longer than handing out.
    if (kind === 'dialUp' || kind === 'projects') book.forgetHours();
    if (kind === 'projects' && from === 'here') {
      background.run('placing the orders of a project in another zone', placeWhereZoneChanged());
    }
    if (kind === 'users') {
      const freed = placingStore.freeCallBacksBut(db, new Set(parts.activeUsers()));
      background.run(
        'freeing call backs',
        freed.then((orders) => {
          if (orders > 0) lineMoved();
        }),
      );
    }
    if (kind === 'dialUp') news.modesChanged();
    else news.sign();
  });
  return {
    placing,
    book,
    outcomes,
    outcomeStore,
    attempts,
    handlers: dialHandlers({ service, news, openProjectsOf: parts.openProjectsOf }),
    sign: news.sign,
    lineMoved,
    keepsFromCalls: (userId) => service.keepsFromCalls(userId),
    async load() {
      await book.load();
      for (const { projectId } of book.all()) placing.rememberZone(projectId);
      for (const lease of await leases.held(null, null)) holdings.add(lease, null);
      watchOverdue();
    },
    async close() {
      closed = true;
      unheard();
      callOff?.();
      callOffTelling?.();
      await news.close();
    },
  };
}
