// A project's opening hours as a week of days, as people type them ("9-12, 13-17:30"), and back. The hub keeps spans
// that end at midnight at the latest; here a span may go on into the next day ("22-2") and is split when it is sent.
// Whether a project is open just now is judged in opening-now.ts.
import type { OpeningHours } from '#shared/admin/projects-contract.ts';

const dayMinutes = 1_440;
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

/** Minutes after the day's midnight; `closesAt` is greater than `opensAt`, and beyond 1440 on the day after. */
export interface Span {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** By weekday, 1 is Monday; each day's spans in their order. */
export type Week = Readonly<Record<Weekday, readonly Span[]>>;

export const closedWeek: Week = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };

export function dayAfter(weekday: Weekday): Weekday {
  return weekday === 7 ? 1 : ((weekday + 1) as Weekday);
}

function dayBefore(weekday: Weekday): Weekday {
  return weekday === 1 ? 7 : ((weekday - 1) as Weekday);
}

/** What the hub keeps, as a week: a span until midnight and one from midnight on the day after become one. */
export function weekOf(hours: readonly OpeningHours[]): Week {
  const days = Object.fromEntries(
    weekdays.map((weekday) => [
      weekday,
      inOrder(
        hours
          .filter((each) => each.weekday === weekday)
          .map(({ opensAtMinute, closesAtMinute }) => ({ opensAt: opensAtMinute, closesAt: closesAtMinute })),
      ),
    ]),
  ) as Record<Weekday, Span[]>;
  for (const weekday of weekdays) {
    const next = days[dayAfter(weekday)];
    const evening = days[weekday].at(-1);
    const [morning] = next;
    if (!evening || !morning || evening.closesAt !== dayMinutes || morning.opensAt !== 0) continue;
    // Only what can be typed so: "22-2" ends earlier than it begins.
    if (evening.opensAt === 0 || morning.closesAt >= evening.opensAt) continue;
    days[weekday] = [...days[weekday].slice(0, -1), { ...evening, closesAt: dayMinutes + morning.closesAt }];
    next.shift();
  }
  return days;
}

/** The week as the hub keeps it. */
export function hoursOf(week: Week): OpeningHours[] {
  return weekdays
    .flatMap((weekday) =>
      week[weekday].flatMap((span) =>
        span.closesAt <= dayMinutes
          ? [{ weekday, opensAtMinute: span.opensAt, closesAtMinute: span.closesAt }]
          : [
              { weekday, opensAtMinute: span.opensAt, closesAtMinute: dayMinutes },
              {
                weekday: dayAfter(weekday),
                opensAtMinute: 0,
                closesAtMinute: span.closesAt - dayMinutes,
              },
            ],
      ),
    )
    .sort((a, b) => a.weekday - b.weekday || a.opensAtMinute - b.opensAtMinute);
}

/** What goes on from the evening before, until this minute; 0 where nothing does. */
export function carriedInto(week: Week, weekday: Weekday): number {
  return Math.max(0, (week[dayBefore(weekday)].at(-1)?.closesAt ?? 0) - dayMinutes);
}

export type DayProblem = 'unreadable' | 'overlap' | 'noTime';

const time = String.raw`(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm|uhr|h)?`;
const spanPattern = new RegExp(String.raw`${time}\s*(?:-|–|—|to|bis|until)\s*${time}`, 'gi');
const closedPattern = /^(closed|geschlossen|zu|-|–)?$/i;

/**
 * A day's hours as somebody types them: "9-12, 13-17:30", "0900–1700", "9am-5pm", "22-2" (until two in the morning),
 * "0-24"; nothing is closed.
 */
export function parseDay(
  text: string,
): { readonly spans: readonly Span[] } | { readonly problem: DayProblem } {
  const typed = text.trim();
  if (closedPattern.test(typed)) return { spans: [] };
  const spans: Span[] = [];
  for (const [, h1, m1, half1, h2, m2, half2] of typed.matchAll(spanPattern)) {
    const opensAt = minuteOf(h1, m1, half1);
    const closes = minuteOf(h2, m2, half2);
    if (opensAt === null || closes === null || opensAt === dayMinutes) return { problem: 'noTime' };
    if (opensAt === closes) return { problem: 'noTime' };
    spans.push({ opensAt, closesAt: closes > opensAt ? closes : closes + dayMinutes });
  }
  const rest = typed.replace(spanPattern, ' ').replace(/\b(and|und)\b|[,;&+/]/gi, ' ');
  if (spans.length === 0 || rest.trim() !== '') return { problem: 'unreadable' };
  const sorted = inOrder(spans);
  const last = sorted.at(-1);
  const overlap =
    sorted.some((span, at) => at > 0 && span.opensAt < (sorted[at - 1]?.closesAt ?? 0)) ||
    (last !== undefined && last.closesAt > dayMinutes + (sorted[0]?.opensAt ?? 0));
  return overlap ? { problem: 'overlap' } : { spans: joined(sorted) };
}

/** "09:00–12:00, 13:00–17:30"; empty where it is closed. */
export function formatDay(spans: readonly Span[]): string {
  return spans.map(({ opensAt, closesAt }) => `${clock(opensAt)}–${clock(closesAt)}`).join(', ');
}

/** 24:00 for midnight at the end of a day; beyond it, the next day's time. */
export function clock(minute: number): string {
  const shown = minute > dayMinutes ? minute - dayMinutes : minute;
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/** Whether the evening before runs into this day's own hours. */
export function runsInto(week: Week, weekday: Weekday): boolean {
  const [first] = week[weekday];
  return first !== undefined && carriedInto(week, weekday) > first.opensAt;
}

function minuteOf(
  hours: string | undefined,
  minutes: string | undefined,
  half: string | undefined,
): number | null {
  let hour = Number(hours);
  const word = half?.toLowerCase();
  if (word === 'am' || word === 'pm') {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (word === 'pm' ? 12 : 0);
  }
  const minute = hour * 60 + Number(minutes ?? 0);
  return minute <= dayMinutes ? minute : null;
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.opensAt - b.opensAt);
}

/** Spans that touch are one. */
function joined(sorted: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last && last.closesAt === span.opensAt) {
      result[result.length - 1] = { opensAt: last.opensAt, closesAt: span.closesAt };
    } else result.push(span);
  }
  return result;
}
