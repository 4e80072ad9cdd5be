// The queues in memory, and which of them may be handed out now: mode open, allowed for this agent, inside calling hours.
// Read anew when another hub on the same database made one.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { changesAtMs, mayCall } from './calling-hours.ts';
import { type DialUpRules, doNotCall, noNumber } from './dial-ports.ts';
import type { ModeRule } from './precedence.ts';
import type { Queue, QueueStore } from './queue-store.ts';

/** A queue with what its settings say now. */
export interface OpenQueue extends Queue {
  readonly rule: ModeRule;
  readonly drawn: boolean;
  /** Calls that are tried before an order is moved on. */
  readonly attempts: number;
}

interface Hours {
  readonly open: boolean;
  /** When that changes; null where it does not. */
  readonly untilMs: number | null;
}

const minuteMs = 60_000;
const lookedForMs = 60_000;

export class QueueBook {
  readonly #store: QueueStore;
  readonly #rules: DialUpRules;
  #queues = new Map<number, Queue>();
  #byKey = new Map<string, Queue>();
  #hours = new Map<string, Hours>();
  /** Made within a transaction that may not have ended yet, since when. */
  readonly #made = new Map<number, number>();

  constructor(store: QueueStore, rules: DialUpRules) {
    this.#store = store;
    this.#rules = rules;
  }

  async load(): Promise<void> {
    for (const queue of await this.#store.all()) this.#keep(queue);
  }

  /** Reads what was made since. One whose transaction came to nothing is looked for no longer than that. */
  async loadMade(nowMs: number): Promise<void> {
    if (this.#made.size === 0) return;
    await this.load();
    for (const [id, sinceMs] of this.#made) {
      if (this.#queues.has(id) || nowMs - sinceMs > lookedForMs) this.#made.delete(id);
    }
  }

  find(id: number): Queue | null {
    return this.#queues.get(id) ?? null;
  }

  all(): Iterable<Queue> {
    return this.#queues.values();
  }

  /** Makes it where there is none. Made within a transaction that may come to nothing, it is in memory once it is read again. */
  async queueFor(db: HubDatabase, wanted: Omit<Queue, 'id'>): Promise<Queue> {
    const known = this.#byKey.get(keyOf(wanted));
    if (known) return known;
    const { queue, stays } = await this.#store.add(db, wanted);
    if (stays) this.#keep(queue);
    else this.#made.set(queue.id, Date.now());
    return queue;
  }

  /** Settings have changed. */
  forgetHours(): void {
    this.#hours.clear();
  }

  /** @returns null where nothing can be handed out of it to this agent now. */
  openTo(queue: Queue, agentId: UserId, nowMs: number): OpenQueue | null {
    if (!this.isWorkedBy(queue, agentId)) return null;
    return this.hoursOf(queue, nowMs).open ? this.withRule(queue) : null;
  }

  /** Whether its mode is open, and this member of its project may work it. */
  isWorkedBy({ projectId, mode }: Pick<Queue, 'projectId' | 'mode'>, agentId: UserId): boolean {
    const set = this.#modeSettings(projectId, mode);
    return set.open && (set.agentIds === null || set.agentIds.includes(agentId));
  }

  withRule(queue: Queue): OpenQueue {
    const { highPriority, standardTimeMinutes, attempts } = this.#modeSettings(queue.projectId, queue.mode);
    return {
      ...queue,
      attempts,
      drawn: this.#rules.freeMode(queue.mode)?.handsOut === 'atRandom',
      rule: { mode: queue.mode, highPriority, standardTimeMs: standardTimeMinutes * minuteMs },
    };
  }

  isModeOpen({ projectId, mode }: Pick<Queue, 'projectId' | 'mode'>): boolean {
    return this.#modeSettings(projectId, mode).open;
  }

  /** Whether people of this queue may be called now by their clocks, and until when that is so. */
  hoursOf({ projectId, zones }: Pick<Queue, 'projectId' | 'zones'>, nowMs: number): Hours {
    if (zones === noNumber || zones === doNotCall) return { open: false, untilMs: null };
    const key = `${projectId} ${zones}`;
    const known = this.#hours.get(key);
    if (known && (known.untilMs === null || nowMs < known.untilMs)) return known;
    const { callingHours } = this.#rules.settingsOf(projectId);
    const names = zones.split(',');
    const hours = {
      open: mayCall(callingHours, names, nowMs),
      untilMs: changesAtMs(callingHours, names, nowMs),
    };
    this.#hours.set(key, hours);
    return hours;
  }

  #modeSettings(projectId: Queue['projectId'], mode: Queue['mode']) {
    const found = this.#rules.settingsOf(projectId).modes.find((each) => each.mode === mode);
    if (!found) throw new Error(`No settings of mode ${mode}`);
    return found;
  }

  #keep(queue: Queue): void {
    this.#queues.set(queue.id, queue);
    this.#byKey.set(keyOf(queue), queue);
  }
}

function keyOf({ projectId, mode, zones }: Omit<Queue, 'id'>): string {
  return `${projectId} ${mode} ${zones}`;
}
