// Times and durations as people read them, in the language that is shown.
// Relative up to an hour, then absolute (ux.md); durations always as m:ss so that columns line up.
import { useTranslation } from 'react-i18next';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface Format {
  /** 14:05 */
  time(atMs: number): string;
  /** "12 min. ago" within the hour, "14:05" today, "18 Nov, 14:05" before. */
  when(atMs: number, nowMs: number): string;
  /** 20 Nov 2026, 14:05 */
  dateTime(atMs: number): string;
  /** Friday, 20 November 2026, 14:05:12 */
  full(atMs: number): string;
}

const made = new Map<string, Format>();

export function formatFor(language: string): Format {
  const known = made.get(language);
  if (known) return known;
  const locale = language === 'en' ? 'en-GB' : language;
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const format: Format = {
    time: (atMs) => time.format(atMs),
    dateTime: (atMs) => dateTime.format(atMs),
    full: (atMs) => full.format(atMs),
    when(atMs, nowMs) {
      const ageMs = nowMs - atMs;
      if (ageMs < minuteMs && ageMs > -minuteMs) return relative.format(0, 'second');
      if (ageMs >= 0 && ageMs < hourMs) return relative.format(-Math.floor(ageMs / minuteMs), 'minute');
      const at = new Date(atMs);
      const now = new Date(nowMs);
      if (at.toDateString() === now.toDateString()) return time.format(atMs);
      return at.getFullYear() === now.getFullYear() ? day.format(atMs) : dayOfYear.format(atMs);
    },
  };
  made.set(language, format);
  return format;
}

export function useFormat(): Format {
  return formatFor(useTranslation().i18n.language);
}

/** Milliseconds as m:ss, or h:mm:ss from an hour on. Negative counts as nothing. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
