// Opening hours by the wall clock of the project's zone, also on the days on which clocks are changed.
import { expect, it } from 'vitest';
import { type Hours, isOpen } from '../../../src-hub/routing/opening-hours.ts';

const everyDay = (opensAtMinute: number, closesAtMinute: number) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opensAtMinute, closesAtMinute }));
const hours = (given: Partial<Hours>): Hours => ({
  timeZone: 'Europe/Berlin',
  openingHours: [],
  holidays: [],
  ...given,
});
const at = (instant: string) => Date.parse(instant);

it('is always open where no hours are set, but on holidays', () => {
  expect(isOpen(hours({}), at('2030-01-01T03:00:00Z'))).toBe(true);
  const newYear = hours({ holidays: [{ date: '2030-01-01', name: 'New Year' }] });
  expect(isOpen(newYear, at('2030-01-01T03:00:00Z'))).toBe(false);
  // Still the old year in UTC, the new one in Berlin; and the other way round a day later.
  expect(isOpen(newYear, at('2029-12-31T23:00:00Z'))).toBe(false);
  expect(isOpen(newYear, at('2029-12-31T22:59:00Z'))).toBe(true);
  expect(isOpen(newYear, at('2030-01-01T23:00:00Z'))).toBe(true);
});

it('opens with the first minute and closes before the last, on its weekdays', () => {
  const monday = hours({ openingHours: [{ weekday: 1, opensAtMinute: 9 * 60, closesAtMinute: 17 * 60 }] });
  expect(isOpen(monday, at('2030-01-07T07:59:59Z'))).toBe(false);
  expect(isOpen(monday, at('2030-01-07T08:00:00Z'))).toBe(true);
  expect(isOpen(monday, at('2030-01-07T15:59:59Z'))).toBe(true);
  expect(isOpen(monday, at('2030-01-07T16:00:00Z'))).toBe(false);
  expect(isOpen(monday, at('2030-01-08T10:00:00Z'))).toBe(false);
});

it('is open until midnight, and from midnight on', () => {
  const night = hours({
    openingHours: [
      { weekday: 5, opensAtMinute: 20 * 60, closesAtMinute: 24 * 60 },
      { weekday: 6, opensAtMinute: 0, closesAtMinute: 6 * 60 },
    ],
  });
  // Friday 4 January 2030, 22:59:59 UTC is 23:59:59 in Berlin.
  expect(isOpen(night, at('2030-01-04T22:59:59Z'))).toBe(true);
  expect(isOpen(night, at('2030-01-04T23:00:00Z'))).toBe(true);
  expect(isOpen(night, at('2030-01-05T05:00:00Z'))).toBe(false);
});

it('opens an hour earlier by UTC in summer, on the very day of the change', () => {
  const nine = hours({ openingHours: everyDay(9 * 60, 17 * 60) });
  // 30 March 2030: winter time; 31 March: clocks went from 02:00 to 03:00.
  expect(isOpen(nine, at('2030-03-30T07:30:00Z'))).toBe(false);
  expect(isOpen(nine, at('2030-03-31T07:30:00Z'))).toBe(true);
  expect(isOpen(nine, at('2030-03-31T15:00:00Z'))).toBe(false);
  // 27 October 2030: clocks went back.
  expect(isOpen(nine, at('2030-10-26T07:30:00Z'))).toBe(true);
  expect(isOpen(nine, at('2030-10-27T07:30:00Z'))).toBe(false);
  expect(isOpen(nine, at('2030-10-27T15:30:00Z'))).toBe(true);
});

it('never reaches an hour that the clocks skip, and is open twice in one that they repeat', () => {
  const twoToThree = hours({ openingHours: everyDay(2 * 60, 3 * 60) });
  const openMinutes = (day: string) => {
    const from = at(`${day}T00:00:00Z`) - 3 * 3_600_000;
    return Array.from({ length: 24 * 60 }, (_, minute) => from + minute * 60_000).filter((ms) =>
      isOpen(twoToThree, ms),
    ).length;
  };
  expect(openMinutes('2030-03-31')).toBe(0);
  expect(openMinutes('2030-10-27')).toBe(120);
  expect(openMinutes('2030-06-01')).toBe(60);
});

it('goes by the project’s zone, not the hub’s', () => {
  const nine = { openingHours: everyDay(9 * 60, 17 * 60) };
  const morning = at('2030-01-07T03:30:00Z');
  expect(isOpen(hours({ ...nine, timeZone: 'Asia/Kolkata' }), morning)).toBe(true);
  expect(isOpen(hours({ ...nine, timeZone: 'America/New_York' }), morning)).toBe(false);
});
