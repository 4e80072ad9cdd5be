// Reading and writing phone numbers: what is typed becomes what is dialled, or nothing.
import { expect, test } from 'vitest';
import { comparableNumber, formatNumber, parseDialTarget } from '../../src-main/directory/phone-number.ts';

const dialled: [typed: string, target: string | null][] = [
  ['201', '201'],
  ['600', '600'],
  ['*43', '*43'],
  ['112', '112'],
  ['911', '911'],
  ['020 7946 0123', '+442079460123'],
  ['+44 20 7946 0123', '+442079460123'],
  ['+49 (0)30 / 1234-56', '+4930123456'],
  ['tel:+1-201-555-0123;ext=7', '+12015550123'],
  ['callto:+442079460123', '+442079460123'],
  ['sip:sam@example.invalid', 'sip:sam@example.invalid'],
  ['', null],
  ['   ', null],
  ['anonymous', null],
  ['1', null],
  ['<script>', null],
  ['1234567890123456789012345678901234567890', null],
  ['+', null],
];

test.each(dialled)('what is typed as %j is dialled as %j', (typed, target) => {
  expect(parseDialTarget(typed, 'GB')?.target ?? null).toBe(target);
});

test('numbers are shown as people write them, and anything else as it came', () => {
  expect(formatNumber('+442079460123', 'GB')).toBe('020 7946 0123');
  expect(formatNumber('+12015550123', 'GB')).toBe('+1 201 555 0123');
  expect(formatNumber('201', 'GB')).toBe('201');
  expect(formatNumber('not a number', 'GB')).toBe('not a number');
});

test('one number compares equal in each of its ways of writing', () => {
  const ways = ['+442079460123', '020 7946 0123', '0044 20 7946 0123', 'tel:+44-20-7946-0123'];
  expect(new Set(ways.map((way) => comparableNumber(way, 'GB')))).toEqual(new Set(['+442079460123']));
  expect(comparableNumber('201', 'GB')).toBe('201');
});

const compared: [written: string, comparable: string][] = [
  ['+49 (0)30 / 1234-56', '+4930123456'],
  ['030 / 1234-56', '+4930123456'],
  ['0049 30 123456', '+4930123456'],
  ['*43', '*43'],
  ['112', '112'],
  ['201', '201'],
  ['12-34', '1234'],
  ['anonymous', ''],
  ['', ''],
  ['tel:+1-201-555-0123;ext=7', '+12015550123'],
  ['+1 201 555 0123 ext. 7', '+12015550123'],
  ['1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
];

test.each(compared)('%j is compared as %j', (written, comparable) => {
  expect(comparableNumber(written, 'DE')).toBe(comparable);
});

test.each(['000', '08', '110', '112', '118', '911', '999'])(
  'the emergency number %s is dialled as it is, whatever country numbers are read for',
  (number) => {
    for (const country of ['GB', 'DE', 'US', 'AU'] as const)
      expect(parseDialTarget(number, country)?.target).toBe(number);
  },
);
