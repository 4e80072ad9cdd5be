// The orders in line as supervisors see them (DIAL-5, DIAL-6): filtered, and as many as are in sight, out of the one picture
// of the whole line that line-keeper.ts keeps.
import type { DialUpCell, OrderFilter, OrderInLine } from '#shared/admin/dial-up-contract.ts';
import type { OrderId, OrderStatusId, ProjectId } from '#shared/domain/ids.ts';
import type { CompanyChangeKind, CompanyChanges } from '../company-changes.ts';
import { doNotCall, noNumber } from '../dial-up/dial-ports.ts';
import type { QueueBook } from '../dial-up/queue-book.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import type { DialUpSettingsService } from './dial-up-settings-service.ts';
import { type KeptLine, LineKeeper } from './line-keeper.ts';
import { type InLine, type LineQueue, type LineSnapshot, lineSnapshot, type Rest } from './line-snapshot.ts';
import type { LineStore } from './line-store.ts';

export interface LineServiceParts {
  readonly store: LineStore;
  readonly book: Pick<QueueBook, 'all' | 'load' | 'withRule' | 'isModeOpen' | 'hoursOf'>;
  readonly settings: Pick<DialUpSettingsService, 'settingsOf'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  /** By name. */
  projects(): readonly ProjectId[];
}

const ofTheLine: ReadonlySet<CompanyChangeKind> = new Set([
  'orders',
  'orderStatuses',
  'dialUp',
  'doNotCall',
  'projects',
]);

export class LineService {
  readonly #parts: LineServiceParts;
  readonly #keeper: LineKeeper;
  readonly #unheard: () => void;

  constructor(parts: LineServiceParts) {
    this.#parts = parts;
    this.#keeper = new LineKeeper((rest) => this.#make(rest), parts.clock);
    this.#unheard = parts.changes.onChanged((kind) => {
      if (ofTheLine.has(kind)) this.#keeper.changed();
    });
  }

  close(): void {
    this.#unheard();
    this.#keeper.close();
  }

  async inLine(
    filter: OrderFilter,
    offset: number,
    limit: number,
    scope: Scope,
  ): Promise<{ rows: OrderInLine[]; total: number; asOfMs: number }> {
    const kept = await this.#keeper.now();
    const found = foundIn(kept, filter, scope);
    const rows = await this.#shown(found.slice(offset, offset + limit));
    return { rows, total: found.length, asOfMs: kept.asOfMs };
  }

  /** The ids of all that a filter finds. */
  async idsOf(filter: OrderFilter, scope: Scope): Promise<OrderId[]> {
    this.#keeper.changed();
    return foundIn(await this.#keeper.now(), filter, scope).map(({ orderId }) => orderId);
  }

  /** The ids of all in this status, in line or not; of every project. */
  async idsInStatus(statusId: OrderStatusId): Promise<OrderId[]> {
    return await this.#parts.store.idsInStatus(statusId);
  }

  /** DIAL-5: projects by name, modes in their order. */
  async matrix(scope: Scope): Promise<DialUpCell[]> {
    const { settings, projects } = this.#parts;
    const { cells } = await this.#keeper.now();
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

  async #make(rest: Rest): Promise<LineSnapshot> {
    const { store, book, clock } = this.#parts;
    await book.load();
    const nowMs = clock.nowMs();
    return await lineSnapshot(store.places(), this.#queues(nowMs), nowMs, rest);
  }

  #queues(nowMs: number): Map<number, LineQueue> {
    const { book } = this.#parts;
    return new Map(
      [...book.all()].map((queue): [number, LineQueue] => {
        const { id, projectId, mode, zones } = queue;
        const { rule } = book.withRule(queue);
        const hours = book.hoursOf(queue, nowMs);
        const shut = (): LineQueue['shut'] => {
          if (zones === doNotCall) return { why: 'doNotCall', untilMs: null };
          if (zones === noNumber) return { why: 'noNumber', untilMs: null };
          if (!book.isModeOpen(queue)) return { why: 'modeClosed', untilMs: null };
          return hours.open ? null : { why: 'outsideHours', untilMs: hours.untilMs };
        };
        return [id, { id, projectId, mode, rule, shut: shut(), hoursChangeAtMs: hours.untilMs }];
      }),
    );
  }

  /** What was erased since the picture was made is left out. */
  async #shown(line: readonly InLine[]): Promise<OrderInLine[]> {
    const { store } = this.#parts;
    const holders = [...new Set(line.flatMap(({ heldBy }) => heldBy ?? []))];
    const [listed, names] = await Promise.all([
      store.listed(line.map(({ orderId }) => orderId)),
      store.names(holders),
    ]);
    return line.flatMap(({ orderId, heldBy, whyNow, whyNotNow, atMs }) => {
      const found = listed.get(orderId);
      if (!found) return [];
      return {
        ...{ ...found, whyNow, whyNotNow, atMs },
        heldBy: heldBy === null ? null : { userId: heldBy, name: names.get(heldBy) ?? '' },
      };
    });
  }
}

function foundIn({ line, found }: KeptLine, filter: OrderFilter, scope: Scope): readonly InLine[] {
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
