// Whether a project is open, by the clock on the wall in its time zone. Pure; asked by the route machine for each call.
// Intl knows the zones and their daylight saving: an instant has one wall-clock time, so that an hour that the clocks skip
// is never reached and one that they repeat is open twice.
import type { Holiday, OpeningHours } from '#shared/admin/projects-contract.ts';

export interface Hours {
  /** IANA name. */
  readonly timeZone: string;
  /** Empty: every day, around the clock. */
  readonly openingHours: readonly OpeningHours[];
  /** Closed for the whole of the day. */
  readonly holidays: readonly Holiday[];
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Making one takes longer than all of a route decision. */
const formats = new Map<string, Intl.DateTimeFormat>();

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

function wallClock(timeZone: string, atMs: number): { date: string; weekday: number; minute: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: weekdays.indexOf(part('weekday')) + 1,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}
