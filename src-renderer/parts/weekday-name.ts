// A weekday's name in the language that is shown.
import type { Weekday } from './opening-week.ts';

/** The first of January 2024 was a Monday. */
const aSunday = Date.UTC(2023, 11, 31);

/** Made once: a page of opening hours asks for dozens of names with every key that is pressed. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function weekdayName(language: string, weekday: Weekday, style: 'long' | 'short' = 'long'): string {
  const key = `${language} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
  formats.set(key, format);
  return format.format(aSunday + weekday * 86_400_000);
}
