// What the hub tells of this agent's work besides orders: which modes are open to them, and what they have done today. The
// last answer stands while the hub is away. Kept by dial-up-desk.ts.
import type { WorkableMode } from '#shared/domain/dial-up.ts';
import type { DialDay } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { Timers } from '../calls/timers.ts';
import type { Whose } from '../sync/outbox-store.ts';
import type { DialUpParts } from './dial-up-ports.ts';

const modesAtMostEveryMs = 5_000;
const emptyDay: DialDay = { byButton: [], attempts: 0, workedMs: 0 };

type ModesAndDayParts = Pick<DialUpParts, 'hub' | 'clock' | 'log'>;

export class ModesAndDay {
  readonly #parts: ModesAndDayParts;
  readonly #changed: () => void;
  readonly #timers: Timers<'modes'>;
  #whose: Whose | null = null;
  /** Null: the hub has not said yet. */
  #modes: readonly WorkableMode[] | null = null;
  #modesAskedAtMs = Number.NEGATIVE_INFINITY;
  #day: DialDay = emptyDay;
  #daySinceMs = 0;

  /** @param changed called after each answer */
  constructor(parts: ModesAndDayParts, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
    this.#timers = new Timers(parts.clock);
  }

  /** Null: not known yet. */
  get modes(): readonly WorkableMode[] | null {
    return this.#modes;
  }

  get day(): DialDay {
    return this.#day;
  }

  /** When `day` began: midnight where the agent is. */
  get daySinceMs(): number {
    return this.#daySinceMs;
  }

  /** Somebody else is signed in, or nobody: nothing is known of them yet. */
  begin(whose: Whose | null): void {
    this.#whose = whose;
    this.#modes = null;
    this.#day = emptyDay;
    this.#daySinceMs = midnightBefore(this.#parts.clock.nowMs());
  }

  /** As `askModes`, but not more often than every five seconds. */
  askModesSoon(): void {
    if (this.#timers.has('modes')) return;
    const waitMs = this.#modesAskedAtMs + modesAtMostEveryMs - this.#parts.clock.nowMs();
    this.#timers.set('modes', Math.max(0, waitMs), () => void this.askModes());
  }

  async askModes(): Promise<void> {
    const whose = this.#whose;
    this.#modesAskedAtMs = this.#parts.clock.nowMs();
    try {
      const modes = await this.#parts.hub.call('dial.modes', null);
      if (this.#whose !== whose) return;
      this.#modes = modes;
      this.#changed();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      // Those known before stand; asked again when the hub is back.
      this.#parts.log.warn('dial-up: the modes were not read', { reason: error.reason });
    }
  }

  async askDay(): Promise<void> {
    const whose = this.#whose;
    const sinceMs = midnightBefore(this.#parts.clock.nowMs());
    try {
      const day = await this.#parts.hub.call('dial.day', { sinceMs });
      if (this.#whose !== whose) return;
      this.#day = day;
      this.#daySinceMs = sinceMs;
      this.#changed();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      this.#parts.log.warn('dial-up: the day was not read', { reason: error.reason });
    }
  }

  close(): void {
    this.#timers.close();
  }
}

function midnightBefore(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}
