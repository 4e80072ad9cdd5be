// What the clock on the wall shows in a time zone. Pure. Intl knows the zones and their daylight saving: an instant has one
// wall-clock time, so that an hour that the clocks skip is never reached and one that they repeat comes twice.

export interface WallClock {
  /** ISO 8601: 2026-11-21. */
  readonly date: string;
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** After midnight. */
  readonly minute: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Making one takes longer than all of a route decision. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** @param timeZone IANA name. @throws RangeError where the zone is none. */
export function wallClock(timeZone: string, atMs: number): WallClock {
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
