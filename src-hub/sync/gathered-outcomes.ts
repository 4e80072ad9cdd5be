// Applies outcomes of orders that several desktops push at about the same time in one transaction, as orders are handed out:
// a team that ends a hundred at once costs the disk a few commits and not a hundred. Each is still applied once, and told its
// own result. Called by push-service.ts for pushes of one outcome; what fails together is left to be applied by itself.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { Mutation, Outgoing } from '#shared/hub/sync-contract.ts';
import type { OutcomeService } from '../dial-up/outcome-service.ts';
import { type HubLog, kindOfError } from '../hub-log.ts';
import type { PullService } from './pull-service.ts';
import type { Answered, KeptOutcome, Pusher, PushStore } from './push-store.ts';

type OrderOutcome = Extract<Mutation, { kind: 'order.outcome' }>;

interface Waiting {
  readonly user: UserView;
  readonly pusher: Pusher;
  readonly outgoing: Outgoing;
  readonly mutation: OrderOutcome;
  readonly done: (answered: Answered | null) => void;
}

/** More would make the first of them wait for the last; but SQLite serves nobody meanwhile, and each commit waits for the disk. */
const atOnce = { besideOthers: 40, alone: 100 };
/** So many wait while one transaction is under way that a second one begins, where the database takes two. */
const worthASecond = 8;

export interface GatheredParts {
  readonly store: PushStore;
  readonly outcomes: Pick<OutcomeService, 'applyAll' | 'committed'>;
  readonly scopes: Pick<PullService, 'seesOf'>;
  readonly log: Pick<HubLog, 'warn'>;
}

export class GatheredOutcomes {
  readonly #parts: GatheredParts;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(parts: GatheredParts) {
    this.#parts = parts;
  }

  /** @returns null where it could not be applied together with others: nothing of it is then applied. */
  push(
    user: UserView,
    deviceId: string,
    outgoing: Outgoing,
    mutation: OrderOutcome,
  ): Promise<Answered | null> {
    return new Promise((done) => {
      this.#waiting.push({ user, pusher: { userId: user.userId, deviceId }, outgoing, mutation, done });
      if (this.#running === 0 || this.#waiting.length >= worthASecond) this.#serve();
    });
  }

  #serve(): void {
    if (this.#running === (this.#parts.store.takesTwo ? 2 : 1)) return;
    this.#running += 1;
    const next = (): void => {
      const some = this.#some();
      if (some.length === 0) {
        this.#running -= 1;
        return;
      }
      void this.#applySome(some).then(next);
    };
    // Whoever pushes in the same turn of the event loop is served with them.
    setImmediate(next);
  }

  /** No mutation twice, and no order: the second one waits, so that it sees what the first has done. */
  #some(): Waiting[] {
    const most = this.#parts.store.takesTwo ? atOnce.besideOthers : atOnce.alone;
    const some: Waiting[] = [];
    const later: Waiting[] = [];
    const seen = new Set<string>();
    for (const waiting of this.#waiting) {
      const { mutationId } = waiting.outgoing;
      const { orderId } = waiting.mutation.outcome;
      if (some.length === most || seen.has(mutationId) || seen.has(orderId)) later.push(waiting);
      else some.push(waiting);
      seen.add(mutationId).add(orderId);
    }
    this.#waiting = later;
    return some;
  }

  async #applySome(some: readonly Waiting[]): Promise<void> {
    let answered: readonly Answered[];
    try {
      answered = await this.#parts.store.applyTogether(some, async (db, fresh) => {
        const refusals = await this.#parts.outcomes.applyAll(
          db,
          fresh.map(({ user, mutation: { leaseId, outcome } }) => {
            const sees = () => this.#parts.scopes.seesOf(user.userId, db);
            return { user, leaseId, outcome, sees };
          }),
        );
        return refusals.map(
          (refused): KeptOutcome =>
            refused ? { outcome: 'refused', reason: refused.reason } : { outcome: 'applied' },
        );
      });
    } catch (error) {
      // Whoever's fault it is finds it again by itself, and is told.
      this.#parts.log.warn(
        'sync: outcomes are applied one by one, since together they were not',
        kindOfError(error),
      );
      for (const { done } of some) done(null);
      return;
    }
    this.#parts.outcomes.committed(some.map(({ mutation }) => mutation.leaseId));
    for (const [place, { done }] of some.entries()) done(answered[place] ?? null);
  }
}
