// Whether people may be called now, on the clocks on their own walls (DIAL-10). Pure. Where a number fits several zones, the
// hours must hold in all of them.
import type { CallingHours } from '#shared/domain/dial-up.ts';
import { wallClock } from '../wall-clock.ts';

const minuteMs = 60_000;
const stepMs = 15 * minuteMs;
/** A week, and an hour that the clocks may be put back by, has seen every hour there is. */
const lookAheadMs = (7 * 24 + 2) * 60 * minuteMs;

/** @param hours empty: at any time. @param zones IANA names, at least one. */
export function mayCall(hours: readonly CallingHours[], zones: readonly string[], atMs: number): boolean {
  if (hours.length === 0) return true;
  return zones.every((zone) => {
    const { weekday, minute } = wallClock(zone, atMs);
    return hours.some(
      (each) => each.weekday === weekday && minute >= each.fromMinute && minute < each.toMinute,
    );
  });
}

/** @returns when it will first be otherwise than now, exact to the minute; null where it will not within a week. */
export function changesAtMs(
  hours: readonly CallingHours[],
  zones: readonly string[],
  nowMs: number,
): number | null {
  if (hours.length === 0) return null;
  const now = mayCall(hours, zones, nowMs);
  const differs = (atMs: number) => mayCall(hours, zones, atMs) !== now;
  const fromMs = Math.floor(nowMs / stepMs) * stepMs;
  for (let stepEndMs = fromMs + stepMs; stepEndMs <= nowMs + lookAheadMs; stepEndMs += stepMs) {
    for (const atMs of minutesIfAny(hours, stepEndMs)) {
      if (atMs > nowMs && differs(atMs)) return atMs;
    }
  }
  return null;
}

/** The minutes of the quarter of an hour that ends there, where hours begin or end within quarters; else its end alone. */
function minutesIfAny(hours: readonly CallingHours[], endMs: number): number[] {
  const onQuarters = hours.every(({ fromMinute, toMinute }) => fromMinute % 15 === 0 && toMinute % 15 === 0);
  if (onQuarters) return [endMs];
  return Array.from({ length: 15 }, (_, minute) => endMs - (14 - minute) * minuteMs);
}
