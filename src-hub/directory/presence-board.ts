// How everybody in the company stands now, and the telling of it to desktops that show it: what changed since the last
// frame, the latest state of each person, one frame for all who watch, ten a second at the most. Told of changes by
// whoever knows of them (statuses, devices, registrations); asks for nothing that has not been said to have changed.
import type { UserId } from '#shared/domain/ids.ts';
import type { PersonPresence } from '#shared/domain/person.ts';
import type { HubClock } from '../hub-clock.ts';

export interface PresenceBoardParts {
  readonly clock: HubClock;
  /** Without since when: that is noticed here. Null for users who are not in the directory. */
  look(userId: UserId): Omit<PersonPresence, 'activitySinceMs'> | null;
  /** Called at most ten times a second, with what differs from what was told before. */
  tell(changed: readonly PersonPresence[]): void;
}

const frameEveryMs = 100;
/** A report that is taken for granted, or a device that is away, counts differently after a while without a word. */
const lookAgainAfterMs = [5_100, 120_100];

export class PresenceBoard {
  readonly #parts: PresenceBoardParts;
  readonly #known = new Map<UserId, PersonPresence>();
  readonly #changed = new Set<UserId>();
  readonly #lookAgain = new Map<UserId, (() => void)[]>();
  #stopTimer: (() => void) | null = null;
  #lastFrameAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: PresenceBoardParts) {
    this.#parts = parts;
  }

  /** Null for users who are not in the directory. */
  of(userId: UserId): PersonPresence | null {
    const now = this.#parts.look(userId);
    if (!now) return null;
    const before = this.#known.get(userId);
    const since = before?.activity === now.activity ? before.activitySinceMs : this.#parts.clock.nowMs();
    return { ...now, activitySinceMs: before ? since : now.sinceMs };
  }

  /** Something of this person may be other than it was. */
  changed(userId: UserId): void {
    this.#note(userId);
    for (const stop of this.#lookAgain.get(userId) ?? []) stop();
    const { clock } = this.#parts;
    this.#lookAgain.set(
      userId,
      lookAgainAfterMs.map((afterMs) => clock.after(afterMs, () => this.#note(userId))),
    );
  }

  close(): void {
    this.#stopTimer?.();
    for (const stops of this.#lookAgain.values()) for (const stop of stops) stop();
    this.#lookAgain.clear();
  }

  #note(userId: UserId): void {
    this.#changed.add(userId);
    if (this.#stopTimer) return;
    const { clock } = this.#parts;
    const waitMs = Math.max(0, this.#lastFrameAtMs + frameEveryMs - clock.nowMs());
    // Several things mostly change together: what is told in the same turn goes out together.
    this.#stopTimer = clock.after(waitMs, () => this.#tellFrame());
  }

  #tellFrame(): void {
    this.#stopTimer = null;
    this.#lastFrameAtMs = this.#parts.clock.nowMs();
    const news: PersonPresence[] = [];
    for (const userId of this.#changed) {
      const now = this.of(userId);
      const before = this.#known.get(userId);
      if (now && !(before && same(now, before))) {
        this.#known.set(userId, now);
        news.push(now);
      } else if (!now) this.#known.delete(userId);
    }
    this.#changed.clear();
    if (news.length > 0) this.#parts.tell(news);
  }
}

function same(one: PersonPresence, other: PersonPresence): boolean {
  return (
    one.status === other.status &&
    one.labelId === other.labelId &&
    one.sinceMs === other.sinceMs &&
    one.activity === other.activity &&
    one.reachable === other.reachable
  );
}
