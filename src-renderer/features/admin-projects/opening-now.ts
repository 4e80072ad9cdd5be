// Whether a project is open just now, and until when, in its own time zone. Shown in the list and above the week; the
// hub decides by the same rules when a call comes.
import type { Holiday, OpeningHours } from '#shared/admin/projects-contract.ts';

const dayMinutes = 1_440;

export interface OpeningTimes {
  readonly timeZone: string;
  readonly openingHours: readonly OpeningHours[];
  readonly holidays: readonly Holiday[];
}

/** The clock on a wall in a time zone. */
export interface WallTime {
  /** 2026-11-21 */
  readonly date: string;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly minute: number;
}

export type Opening =
  | { readonly open: true; readonly until: { readonly daysAhead: number; readonly minute: number } | null }
  | {
      readonly open: false;
      /** The holiday's name where that is why; it may be empty. */
      readonly holiday: string | null;
      readonly opens: {
        readonly daysAhead: number;
        readonly weekday: number;
        readonly minute: number;
      } | null;
    };

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Null where the time zone is not one that this computer knows. */
export function wallTime(timeZone: string, atMs: number): WallTime | null {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = formatOf(timeZone);
    formats.set(timeZone, format);
  }
  if (!format) return null;
  const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const date = `${part.year}-${part.month}-${part.day}`;
  return {
    date,
    weekday: weekdayOf(date),
    minute: Number(part.hour) * 60 + Number(part.minute),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** @returns null where the time zone is unknown here. */
export function openingNow(times: OpeningTimes, nowMs: number): Opening | null {
  const now = wallTime(times.timeZone, nowMs);
  if (!now) return null;
  const holidayOn = (date: string) => times.holidays.find((each) => each.date === date);
  const spansOn = (daysAhead: number) => {
    const date = plusDays(now.date, daysAhead);
    if (holidayOn(date)) return [];
    if (times.openingHours.length === 0) return [{ opensAtMinute: 0, closesAtMinute: dayMinutes }];
    const weekday = weekdayOf(date);
    return times.openingHours
      .filter((each) => each.weekday === weekday)
      .sort((a, b) => a.opensAtMinute - b.opensAtMinute);
  };
  const current = spansOn(0).find(
    (span) => span.opensAtMinute <= now.minute && now.minute < span.closesAtMinute,
  );
  if (current) {
    let until = { daysAhead: 0, minute: current.closesAtMinute };
    while (until.minute === dayMinutes) {
      const next = spansOn(until.daysAhead + 1).find((span) => span.opensAtMinute === 0);
      if (!next) break;
      // A week without an end has none.
      if (until.daysAhead >= 7) return { open: true, until: null };
      until = { daysAhead: until.daysAhead + 1, minute: next.closesAtMinute };
    }
    return { open: true, until };
  }
  const holiday = holidayOn(now.date)?.name ?? null;
  for (let daysAhead = 0; daysAhead <= 14; daysAhead += 1) {
    const next = spansOn(daysAhead).find((span) => daysAhead > 0 || span.opensAtMinute > now.minute);
    if (next) {
      const weekday = weekdayOf(plusDays(now.date, daysAhead));
      return { open: false, holiday, opens: { daysAhead, weekday, minute: next.opensAtMinute } };
    }
  }
  return { open: false, holiday, opens: null };
}
