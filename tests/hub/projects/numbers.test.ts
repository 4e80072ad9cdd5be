// How the numbers of a project are read, as people of different countries type them.
import { expect, it } from 'vitest';
import { countryOf, readProjectNumbers } from '../../../src-hub/projects/project-numbers.ts';

it.each([
  ['+49 30 23125014', 'GB', '+493023125014'],
  ['0049 (30) 2312-5014', 'GB', '+493023125014'],
  ['+49 (0)30 23125014', null, '+493023125014'],
  ['030 23125014', 'DE', '+493023125014'],
  ['020 7946 0123', 'GB', '+442079460123'],
  ['(201) 555-0123', 'US', '+12015550123'],
  ['4 2', null, '42'],
  ['123456', 'DE', '123456'],
] as const)('%s, in a company of %s, is kept as %s', (written, country, kept) => {
  expect(readProjectNumbers([written], country)).toEqual([kept]);
});

it('one without its country code is read as those beside it are, and not at all where nobody can know', () => {
  expect(readProjectNumbers(['030 23125014', '+49 30 23125022'], null)).toEqual([
    '+493023125014',
    '+493023125022',
  ]);
  expect(() => readProjectNumbers(['030 23125014'], null)).toThrow(/country code/);
  expect(countryOf(['42', '+442079460123'])).toBe('GB');
});
