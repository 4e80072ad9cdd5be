// What becomes of a status by itself. Pure; run by presence-service.
import type { StatusId } from '#shared/domain/ids.ts';
import type { PresenceStatus } from '#shared/domain/presence.ts';

export interface Presence {
  readonly status: PresenceStatus;
  readonly sinceMs: number;
  /** When a timed status ends by itself; null where it stays. */
  readonly untilMs: number | null;
  /** A status that a supervisor added, which acts as `status`; null for the usual ones. */
  readonly labelId: StatusId | null;
}

/**
 * The status after a timed one has run out. "Lunch, back at 13:30" means Available at 13:30, but nobody becomes
 * available unknowingly: where none of the user's devices is there, the system sets Inactive.
 */
export function afterTimedStatus(ended: Presence, atMs: number, deviceIsThere: boolean): Presence {
  return { status: nextStatus(ended.status, deviceIsThere), sinceMs: atMs, untilMs: null, labelId: null };
}

function nextStatus(ended: PresenceStatus, deviceIsThere: boolean): PresenceStatus {
  if (ended === 'available') return 'offline';
  return deviceIsThere ? 'available' : 'inactive';
}
