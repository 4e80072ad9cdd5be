// What each of a user's devices does now: told by the devices, forgotten some time after they are gone.
// Kept in memory only: after a restart of the hub every device connects and reports anew.
import type { UserId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/presence.ts';
import type { HubClock } from '../hub-clock.ts';
import type { DevicesOfUser } from '../routing/route-decision.ts';

/** A lost link mends within seconds; a device that stays away longer must not keep its user busy. */
const forgottenAfterMs = 120_000;
/** An answer is known here before the device has reported it; this long it is taken for granted. */
const presumedOnCallMs = 5_000;

interface Report {
  readonly activity: Activity;
  readonly asleep: boolean;
  readonly goneAtMs: number | null;
}

export class DeviceReports {
  readonly #clock: HubClock;
  readonly #reports = new Map<UserId, Map<string, Report>>();
  readonly #answeredAtMs = new Map<UserId, number>();
  readonly #listeners = new Set<(userId: UserId) => void>();

  constructor(clock: HubClock) {
    this.#clock = clock;
  }

  /** Told after each report, coming and going. */
  onChanged(listener: (userId: UserId) => void): void {
    this.#listeners.add(listener);
  }

  connected(userId: UserId, deviceId: string): void {
    const before = this.#of(userId).get(deviceId);
    this.#of(userId).set(deviceId, { activity: before?.activity ?? 'free', asleep: false, goneAtMs: null });
    this.#tell(userId);
  }

  /**
   * Its session was taken up again. Where this hub has only just started, the device may be in a call: it is taken to
   * be until it has reported, so that nobody is rung in the middle of one.
   */
  cameBack(userId: UserId, deviceId: string): void {
    if (!this.#of(userId).has(deviceId)) this.answered(userId);
    this.connected(userId, deviceId);
  }

  report(userId: UserId, deviceId: string, now: { activity: Activity; asleep: boolean }): void {
    this.#answeredAtMs.delete(userId);
    this.#of(userId).set(deviceId, { ...now, goneAtMs: null });
    this.#tell(userId);
  }

  disconnected(userId: UserId, deviceId: string): void {
    const before = this.#of(userId).get(deviceId);
    if (before) this.#of(userId).set(deviceId, { ...before, goneAtMs: this.#clock.nowMs() });
    this.#tell(userId);
  }

  /** Signed out: nothing of the device is left. */
  forget(userId: UserId, deviceId: string): void {
    this.#of(userId).delete(deviceId);
    this.#tell(userId);
  }

  /** One of the user's devices is in a call, though none has said so yet. */
  answered(userId: UserId): void {
    this.#answeredAtMs.set(userId, this.#clock.nowMs());
    this.#tell(userId);
  }

  /** The busiest of the user's devices counts. */
  activityOf(userId: UserId): Activity {
    const answeredAtMs = this.#answeredAtMs.get(userId);
    if (answeredAtMs !== undefined && this.#clock.nowMs() - answeredAtMs < presumedOnCallMs) return 'onCall';
    const activities = this.#present(userId).map((report) => report.activity);
    if (activities.includes('onCall')) return 'onCall';
    return activities.includes('wrapUp') ? 'wrapUp' : 'free';
  }

  devicesOf(userId: UserId): DevicesOfUser {
    const present = this.#present(userId);
    return {
      awake: present.filter(({ asleep, goneAtMs }) => !asleep && goneAtMs === null).length,
      fallingAsleep: present.filter(({ asleep }) => asleep).length,
      anyAsleep: [...this.#of(userId).values()].some(({ asleep }) => asleep),
    };
  }

  isConnected(userId: UserId): boolean {
    return [...this.#of(userId).values()].some((report) => report.goneAtMs === null);
  }

  #tell(userId: UserId): void {
    for (const listener of this.#listeners) listener(userId);
  }

  #present(userId: UserId): Report[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#of(userId).values()].filter(
      ({ goneAtMs }) => goneAtMs === null || nowMs - goneAtMs < forgottenAfterMs,
    );
  }

  #of(userId: UserId): Map<string, Report> {
    const known = this.#reports.get(userId) ?? new Map<string, Report>();
    this.#reports.set(userId, known);
    return known;
  }
}
