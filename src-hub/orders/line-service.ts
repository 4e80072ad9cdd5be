// The orders in line as supervisors see them (DIAL-5, DIAL-6): one picture of the whole line, which all who look share, made
// anew when it has grown old or something here has changed it, and let go of when nobody has looked for a while.
import type { DialUpCell, OrderFilter, OrderInLine } from '#shared/admin/dial-up-contract.ts';
import type { OrderId, OrderStatusId, ProjectId } from '#shared/domain/ids.ts';
import type { CompanyChangeKind, CompanyChanges } from '../company-changes.ts';
import { doNotCall, noNumber } from '../dial-up/dial-ports.ts';
import type { QueueBook } from '../dial-up/queue-book.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import { type InLine, type LineQueue, type LineSnapshot, lineSnapshot } from './line-snapshot.ts';
import type { LineStore } from './line-store.ts';
import type { OrderStore } from './order-store.ts';

export interface LineServiceParts {
  readonly store: LineStore;
  readonly orders: OrderStore;
  readonly book: Pick<QueueBook, 'all' | 'load' | 'withRule' | 'isModeOpen' | 'hoursOf'>;
  readonly settings: Pick<DialUpSettingsService, 'settingsOf'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  /** By name. */
  projects(): readonly ProjectId[];
}

/** At least; and no more of the hub's time goes into it than a part of so many. */
const keptMs = 8_000;
const partOfTime = 10;
const forgottenAfterMs = 30_000;

const ofTheLine: ReadonlySet<CompanyChangeKind> = new Set([
  'orders',
  'orderStatuses',
  'dialUp',
  'doNotCall',
  'projects',
]);

interface Kept {
  readonly made: Promise<LineSnapshot>;
  beganMs: number;
  tookMs: number;
  stale: boolean;
  readonly found: Map<string, readonly InLine[]>;
}

export class LineService {
  readonly #parts: LineServiceParts;
  readonly #unheard: () => void;
  #kept: Kept | null = null;
  #callOffForgetting: () => void = () => undefined;

  constructor(parts: LineServiceParts) {
    this.#parts = parts;
    this.#unheard = parts.changes.onChanged((kind) => {
      if (this.#kept && ofTheLine.has(kind)) this.#kept.stale = true;
    });
  }

  close(): void {
    this.#unheard();
    this.#callOffForgetting();
    this.#kept = null;
  }

  async inLine(
    filter: OrderFilter,
    offset: number,
    limit: number,
    scope: Scope,
  ): Promise<{ rows: OrderInLine[]; total: number; asOfMs: number }> {
    const kept = this.#now();
    const { line, asOfMs } = await kept.made;
    const found = foundIn(kept, line, filter, scope);
    const rows = await this.#shown(found.slice(offset, offset + limit));
    return { rows, total: found.length, asOfMs };
  }

  /** The ids of all that a filter finds. */
  async idsOf(filter: OrderFilter, scope: Scope): Promise<OrderId[]> {
    if (this.#kept) this.#kept.stale = true;
    const kept = this.#now();
    const { line } = await kept.made;
    return foundIn(kept, line, filter, scope).map(({ orderId }) => orderId);
  }

  /** The ids of all in this status, in line or not; of every project. */
  async idsInStatus(statusId: OrderStatusId): Promise<OrderId[]> {
    return await this.#parts.store.idsInStatus(statusId);
  }

  /** DIAL-5: projects by name, modes in their order. */
  async matrix(scope: Scope): Promise<DialUpCell[]> {
    const { settings, projects } = this.#parts;
    const { cells } = await this.#now().made;
    const byKey = new Map(cells.map((cell) => [`${cell.projectId} ${cell.mode}`, cell]));
    return projects()
      .filter((projectId) => seesProject(scope, projectId))
      .flatMap((projectId) =>
        settings.settingsOf(projectId).modes.map(({ mode, open, agentIds }) => {
          const { waiting = 0, due = 0, held = 0 } = byKey.get(`${projectId} ${mode}`) ?? {};
          return { projectId, mode, open, agentIds, waiting, due, held };
        }),
      );
  }

  #now(): Kept {
    const { clock } = this.#parts;
    this.#callOffForgetting();
    this.#callOffForgetting = clock.after(forgottenAfterMs, () => {
      this.#kept = null;
    });
    const kept = this.#kept;
    const nowMs = performance.now();
    if (kept) {
      const ageMs = nowMs - kept.beganMs;
      const isBeingMade = kept.tookMs === 0;
      // What was changed while it was being made may be missing in it.
      if (!kept.stale && (isBeingMade || ageMs < Math.max(keptMs, kept.tookMs * partOfTime))) return kept;
      if (kept.stale && isBeingMade) return this.#begin(kept.made);
    }
    return this.#begin(null);
  }

  /** @param before the one under way, which is waited for: two at once would only slow each other. */
  #begin(before: Promise<LineSnapshot> | null): Kept {
    const made = (before ?? Promise.resolve(null)).then(
      () => this.#make(kept),
      () => this.#make(kept),
    );
    const kept: Kept = { made, beganMs: performance.now(), tookMs: 0, stale: false, found: new Map() };
    this.#kept = kept;
    made.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return kept;
  }

  async #make(kept: Kept): Promise<LineSnapshot> {
    const { store, book, clock } = this.#parts;
    kept.beganMs = performance.now();
    kept.stale = false;
    await book.load();
    const nowMs = clock.nowMs();
    const snapshot = await lineSnapshot(store.places(), this.#queues(nowMs), nowMs);
    kept.tookMs = Math.max(1, performance.now() - kept.beganMs);
    return snapshot;
  }

  #queues(nowMs: number): Map<number, LineQueue> {
    const { book } = this.#parts;
    return new Map(
      [...book.all()].map((queue): [number, LineQueue] => {
        const { id, projectId, mode, zones } = queue;
        const { rule } = book.withRule(queue);
        const shut = (): LineQueue['shut'] => {
          if (zones === doNotCall) return { why: 'doNotCall', untilMs: null };
          if (zones === noNumber) return { why: 'noNumber', untilMs: null };
          if (!book.isModeOpen(queue)) return { why: 'modeClosed', untilMs: null };
          const { open, untilMs } = book.hoursOf(queue, nowMs);
          return open ? null : { why: 'outsideHours', untilMs };
        };
        return [id, { id, projectId, mode, rule, shut: shut() }];
      }),
    );
  }

  /** What was erased since the picture was made is left out. */
  async #shown(line: readonly InLine[]): Promise<OrderInLine[]> {
    const { store, orders } = this.#parts;
    const ids = line.map(({ orderId }) => orderId);
    const holders = [...new Set(line.flatMap(({ heldBy }) => heldBy ?? []))];
    const [found, people, names] = await Promise.all([
      orders.ordersOf(ids),
      store.people(ids),
      store.names(holders),
    ]);
    const byId = new Map(found.map((order) => [order.id, order]));
    return line.flatMap(({ orderId, heldBy, whyNow, whyNotNow, atMs }) => {
      const order = byId.get(orderId);
      const person = people.get(orderId);
      if (!order || !person) return [];
      return {
        order,
        ...{ name: person.name, number: person.number, whyNow, whyNotNow, atMs },
        heldBy: heldBy === null ? null : { userId: heldBy, name: names.get(heldBy) ?? '' },
      };
    });
  }
}

function foundIn(
  { found }: Kept,
  line: readonly InLine[],
  filter: OrderFilter,
  scope: Scope,
): readonly InLine[] {
  const within = scope === 'all' ? null : [...scope.projectIds].sort();
  const key = JSON.stringify([filter, within]);
  const known = found.get(key);
  if (known) return known;
  const matching = line.filter((each) => matches(each, filter) && seesProject(scope, each.queue.projectId));
  found.set(key, matching);
  return matching;
}

function matches(
  { queue, bucket, statusId, heldBy, forUserId, whyNow }: InLine,
  filter: OrderFilter,
): boolean {
  return (
    (filter.projectId === null || filter.projectId === queue.projectId) &&
    (filter.mode === null || filter.mode === queue.mode) &&
    (filter.bucket === null || filter.bucket === bucket) &&
    (filter.statusId === null || filter.statusId === statusId) &&
    (filter.agentId === null || filter.agentId === heldBy || filter.agentId === forUserId) &&
    (filter.due === 'any' || (filter.due === 'now') === (whyNow !== null))
  );
}
