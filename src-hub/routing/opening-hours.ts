// Whether a project is open, by the clock on the wall in its time zone. Pure; asked by the route machine for each call.
import type { Holiday, OpeningHours } from '#shared/admin/projects-contract.ts';
import { wallClock } from '../wall-clock.ts';

export interface Hours {
  /** IANA name. */
  readonly timeZone: string;
  /** Empty: every day, around the clock. */
  readonly openingHours: readonly OpeningHours[];
  /** Closed for the whole of the day. */
  readonly holidays: readonly Holiday[];
}

/** @throws RangeError where the zone is none; projects are not saved with such. */
export function isOpen({ timeZone, openingHours, holidays }: Hours, nowMs: number): boolean {
  if (openingHours.length === 0 && holidays.length === 0) return true;
  const { date, weekday, minute } = wallClock(timeZone, nowMs);
  if (holidays.some((holiday) => holiday.date === date)) return false;
  if (openingHours.length === 0) return true;
  return openingHours.some(
    (hours) => hours.weekday === weekday && minute >= hours.opensAtMinute && minute < hours.closesAtMinute,
  );
}
