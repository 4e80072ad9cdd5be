// Made-up people and firms for benchmarks, any number of them, the same each time: names of syllables besides common ones,
// numbers of German cities, notes of words that recur as words do. Used by lookup.bench.ts and others that need many.
import { recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';

const firstNames =
  'Anna Ben Clara David Elif Finn Greta Hannes Ida Jonas Karla Levin Mia Noah Olga Paul Rosa Samir Tilda Yusuf'.split(
    ' ',
  );
const commonNames = 'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann'.split(' ');
const beginnings =
  'Al Ber Cor Dan Eg Fal Gro Hart Il Jen Kar Lam Mor Nie Ost Pel Quen Ros Stei Tra Ul Vol Wal Zim'.split(' ');
const middles = 'ba de fi go hu ka le mi no pu ra se ti vo wa ze'.split(' ');
const endings = 'ber berg dorf feld hoff kamp ling mann müller ner sen stein tal weg witz'.split(' ');
const cities = 'Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen'.split(' ');
const areaCodes = ['30', '40', '89', '221', '69', '711', '211', '341', '231', '201'];
const words =
  'wants a quote for the garden house asks about delivery invoice was paid late prefers mornings call back next week'.split(
    ' ',
  );
const kinds = ['contact', 'lead', 'contact', 'customer', 'individual', 'company'] as const;

/** A number that is the same for the same index, and looks as if by chance; below `below`. */
function chance(index: number, salt: number, below: number): number {
  let state = Math.imul(index ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) % below;
}

function of<T>(list: readonly T[], index: number, salt: number): T {
  return list[chance(index, salt, list.length)] as T;
}

/** Its own for each index: +49, an area code, and seven digits. */
export function samplePersonNumber(index: number): string {
  return `+49${areaCodes[index % 10]}${String(1_000_000 + Math.floor(index / 10)).padStart(7, '0')}`;
}

export function samplePerson(index: number): WholeRecord {
  const kind = of(kinds, index, 1);
  const made = of(beginnings, index, 2) + of(middles, index, 3) + of(endings, index, 4);
  const lastName = chance(index, 5, 20) === 0 ? of(commonNames, index, 6) : made;
  const city = of(cities, index, 7);
  const text = Array.from({ length: 10 }, (_, at) => of(words, index, 20 + at)).join(' ');
  return {
    ...emptyRecordContent,
    id: recordId.parse(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
    kind,
    externalId: `crm-${index}`,
    firstName: of(firstNames, index, 8),
    lastName,
    companyName: kind === 'company' ? `${lastName} GmbH` : '',
    numbers: [{ number: samplePersonNumber(index), extension: '', label: 'main' }],
    emails: [`${lastName.toLowerCase().replaceAll('ü', 'ue')}${index}@example.org`],
    street: `${of(beginnings, index, 9)}${of(endings, index, 10)}straße`,
    houseNumber: String(1 + chance(index, 11, 200)),
    city,
    zipCode: String(10_000 + chance(index, 12, 89_999)),
    country: 'Deutschland',
    description: text,
    tags: chance(index, 13, 10) === 0 ? ['VIP'] : [],
    fields: { contract: of(['gold', 'silver', 'none'], index, 14) },
    version: 1,
    createdAtMs: 1_700_000_000_000 + index,
    changedAtMs: 1_750_000_000_000 + index * 1_000,
  };
}
