// A weekday's name in the language that is shown.
import type { Weekday } from './opening-week.ts';

/** The first of January 2024 was a Monday. */
const aSunday = Date.UTC(2023, 11, 31);

export function weekdayName(language: string, weekday: Weekday, style: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
  return format.format(aSunday + weekday * 86_400_000);
}
