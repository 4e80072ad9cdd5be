// Both languages say the same things: same keys, nothing empty, the same placeholders.
import { describe, expect, it } from 'vitest';
import { adminDe } from '../../src-renderer/i18n/admin/admin-de.ts';
import { adminEn } from '../../src-renderer/i18n/admin/admin-en.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { dialUpDe } from '../../src-renderer/i18n/dial-up/dial-up-de.ts';
import { dialUpEn } from '../../src-renderer/i18n/dial-up/dial-up-en.ts';
import { en } from '../../src-renderer/i18n/en.ts';
import { recordsDe } from '../../src-renderer/i18n/records/records-de.ts';
import { recordsEn } from '../../src-renderer/i18n/records/records-en.ts';

function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${path}${key}.`)
      : [[`${path}${key}`, String(value)] as [string, string]],
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{([\w, ]+)\}\}/g)].map((match) => match[1]).sort();

describe.each([
  ['the texts', en, de],
  ['the texts of the admin window', adminEn, adminDe],
  ['the texts of call mode', dialUpEn, dialUpDe],
  ['the texts of records, search and syncing', recordsEn, recordsDe],
])('%s', (_name, inEnglish, inGerman) => {
  const english = new Map(flat(inEnglish));
  const german = new Map(flat(inGerman));

  it('have the same keys in English and German', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are empty in neither language', () => {
    const empty = [...english, ...german].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('fill in the same values in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(german.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });
});
