// When people may be called on their own clocks, and where a number is (DIAL-10).
import { expect, it } from 'vitest';
import type { CallingHours } from '#shared/domain/dial-up.ts';
import { changesAtMs, mayCall } from '../../../src-hub/dial-up/calling-hours.ts';
import { zonesOfNumber } from '../../../src-hub/dial-up/number-zones.ts';

const daily = (fromMinute: number, toMinute: number): CallingHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute, toMinute }));
const nineToEight = daily(9 * 60, 20 * 60);
const at = (iso: string) => Date.parse(iso);

it.each([
  ['at nine in Berlin', ['Europe/Berlin'], '2026-11-23T08:00:00Z', true],
  ['a minute before', ['Europe/Berlin'], '2026-11-23T07:59:59Z', false],
  ['at eight in the evening', ['Europe/Berlin'], '2026-11-23T19:00:00Z', false],
  [
    'where it is still night for one of two zones',
    ['America/New_York', 'America/Los_Angeles'],
    '2026-11-23T15:00:00Z',
    false,
  ],
  ['where it is day in both', ['America/New_York', 'America/Los_Angeles'], '2026-11-23T18:00:00Z', true],
] as const)('DIAL-10: %s', (_, zones, iso, expected) => {
  expect(mayCall(nineToEight, zones, at(iso))).toBe(expected);
});

it('knows no hours where none are set', () => {
  expect(mayCall([], ['Europe/Berlin'], at('2026-11-23T02:00:00Z'))).toBe(true);
  expect(changesAtMs([], ['Europe/Berlin'], at('2026-11-23T02:00:00Z'))).toBeNull();
});

it.each([
  [
    'tells when hours end',
    daily(9 * 60, 20 * 60),
    ['Europe/Berlin'],
    '2026-11-23T12:00:00Z',
    '2026-11-23T19:00:00Z',
  ],
  [
    'tells when they begin, over a weekend',
    [{ weekday: 1, fromMinute: 540, toMinute: 600 }],
    ['Europe/London'],
    '2026-11-20T12:00:00Z',
    '2026-11-23T09:00:00Z',
  ],
  [
    'to the minute',
    daily(9 * 60 + 7, 600),
    ['Europe/London'],
    '2026-11-23T08:00:00Z',
    '2026-11-23T09:07:00Z',
  ],
  [
    'on the day on which clocks go forward',
    daily(9 * 60, 600),
    ['Europe/Berlin'],
    '2027-03-27T20:00:00Z',
    '2027-03-28T07:00:00Z',
  ],
  [
    'in the hour that the clocks skip',
    daily(150, 240),
    ['Europe/Berlin'],
    '2027-03-28T00:00:00Z',
    '2027-03-28T01:00:00Z',
  ],
] as const)('%s', (_, hours, zones, from, until) => {
  expect(changesAtMs(hours, zones, at(from))).toBe(at(until));
});

it.each([
  ['+4930901820', ['Europe/Berlin']],
  ['+12015550123', ['America/New_York']],
  ['+61291234567', ['Australia/Sydney']],
  ['+79161234567', ['Europe/Moscow']],
  ['112', []],
  ['anonymous', []],
] as const)('finds the zones of %s', (number, zones) => {
  expect(zonesOfNumber(number)).toEqual(zones);
});

it('DIAL-10: a number without a place may be in all zones of its country', () => {
  expect(zonesOfNumber('+18005551212')).toEqual(
    expect.arrayContaining(['America/New_York', 'Pacific/Honolulu']),
  );
});
