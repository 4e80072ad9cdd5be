// Hours of each weekday while they are typed (pure): as text by day, until they are saved. Week-grid.tsx is their form; used
// for a project's opening hours and for the hours in which call mode may call.
import {
  type DayProblem,
  formatDay,
  parseDay,
  runsInto,
  type Week,
  type Weekday,
  weekdays,
} from './opening-week.ts';

export interface HoursDraft {
  readonly always: boolean;
  /** As typed. */
  readonly days: Readonly<Record<Weekday, string>>;
}

export interface HoursProblems {
  readonly days: ReadonlyMap<Weekday, DayProblem | 'clash'>;
  /** No day has any hours. */
  readonly never: boolean;
}

/** @returns each day's spans; an unreadable day is empty */
export function readWeek(hours: HoursDraft): Week {
  return Object.fromEntries(
    weekdays.map((weekday) => {
      const read = parseDay(hours.days[weekday]);
      return [weekday, 'spans' in read ? read.spans : []];
    }),
  ) as unknown as Week;
}

/** What is wrong with each day; nothing where it is always open. */
export function hoursProblems(hours: HoursDraft): HoursProblems {
  if (hours.always) return { days: new Map(), never: false };
  const week = readWeek(hours);
  const days = new Map<Weekday, DayProblem | 'clash'>();
  for (const weekday of weekdays) {
    const read = parseDay(hours.days[weekday]);
    if ('problem' in read) days.set(weekday, read.problem);
    else if (runsInto(week, weekday)) days.set(weekday, 'clash');
  }
  return { days, never: days.size === 0 && weekdays.every((weekday) => week[weekday].length === 0) };
}

/** Each day as it is typed. */
export function daysOf(week: Week): Record<Weekday, string> {
  return Object.fromEntries(weekdays.map((weekday) => [weekday, formatDay(week[weekday])])) as Record<
    Weekday,
    string
  >;
}
