// Who is found at the hub: by number, as it tells a desktop whose phone rings: in any way of writing, and of what its user may see.
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { expect, test } from 'vitest';
import { parsedForRecord } from '../../../src-hub/records/record-number.ts';
import { openTestDatabase, temporaryFolder } from '../support.ts';
import { ann, annActs, content, dental, number, recordsAtWork, support } from './records-at-work.ts';

test('a number is looked up in any way of writing, the last changed first, and only what the user may see', async () => {
  const db = await openTestDatabase(await temporaryFolder());
  const { records, lookup, clock } = await recordsAtWork(db);
  const numbers = [number('+442079460123')];
  const make = async (lastName: string, projectId: typeof support | null) => {
    clock.nowMs += 1_000;
    await records.create(annActs, null, content({ lastName, projectId, numbers }));
  };
  await make('Older', null);
  await make('Newer', support);
  await make('Foreign', dental);
  const told = lookup((userId) => Promise.resolve((scope) => userId === ann && scope !== dental));
  const names = async (written: string) => (await told.lookup(ann, written)).map(({ lastName }) => lastName);
  expect(await names('+44 (0)20 / 7946-0123')).toEqual(['Newer', 'Older']);
  expect(await names('020 7946 0123')).toEqual(['Newer', 'Older']);
  for (const nobodys of ['201', '*43', 'anonymous', '', '9'.repeat(40)])
    expect(await names(nobodys)).toEqual([]);
});

test('a record is found by its number in any way of writing before those with a like name, the last changed first', async () => {
  const db = await openTestDatabase(await temporaryFolder());
  const { records, lists, clock } = await recordsAtWork(db);
  const make = async (part: Parameters<typeof content>[0]) => {
    clock.nowMs += 1_000;
    await records.create(annActs, null, content(part));
  };
  await make({ lastName: 'Müller', numbers: [number('+442079460123')] });
  await make({ lastName: 'Quist', city: 'Müllheim', projectId: dental });
  await make({ lastName: '020 7946 0123 GmbH' });
  const found = async (text: string) => (await lists.find(text, 2, 'all')).map(({ lastName }) => lastName);
  expect(await found('020 7946 0123')).toEqual(['Müller', '020 7946 0123 GmbH']);
  expect(await found('müll')).toEqual(['Quist', 'Müller']);
  expect(await found('mueller')).toEqual(['Müller']);
  expect(await found('%')).toEqual([]);
});

test('a number is read as the library reads it, though countries share its calling code', () => {
  const sharing = Map.groupBy(getCountries(), (country) => getCountryCallingCode(country));
  const countries = [...sharing.values()].filter((some) => some.length > 1).flat();
  // Digits as if by chance, the same each time (Lehmer).
  let state = 1;
  const digits = (length: number) =>
    Array.from({ length }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state % 10;
    }).join('');
  const read = (parsed: ReturnType<typeof parsePhoneNumberFromString>) =>
    parsed?.isPossible() ? parsed.number : null;
  for (const country of countries) {
    for (let length = 4; length <= 12; length += 1) {
      for (const text of [
        digits(length),
        `0${digits(length)}`,
        `+${getCountryCallingCode(country)}${digits(length)}`,
      ])
        expect([text, country, read(parsedForRecord(text, country))]).toEqual([
          text,
          country,
          read(parsePhoneNumberFromString(text, country)),
        ]);
    }
  }
});
