// What a column of an import can be: how the choices are grouped, their words' keys, and which may be chosen more than once.
import type { BuiltInTarget, ImportTarget } from '#shared/admin/records-contract.ts';

export const targetGroups = [
  { group: 'person', targets: ['firstName', 'lastName', 'companyName', 'kind', 'externalId'] },
  {
    group: 'reach',
    targets: ['number.main', 'number.mobile', 'number.work', 'number.home', 'number.other', 'emails'],
  },
  { group: 'address', targets: ['street', 'houseNumber', 'zipCode', 'city', 'country'] },
  { group: 'more', targets: ['description', 'tags', 'owner'] },
] as const satisfies readonly { group: string; targets: readonly BuiltInTarget[] }[];

const numberWords = {
  'number.main': 'numberMain',
  'number.mobile': 'numberMobile',
  'number.work': 'numberWork',
  'number.home': 'numberHome',
  'number.other': 'numberOther',
} as const;

type NumberTarget = keyof typeof numberWords;
type TargetWord = Exclude<BuiltInTarget, NumberTarget> | (typeof numberWords)[NumberTarget];

/** The key of its word in `records.targets`. */
export function targetWord(target: BuiltInTarget): TargetWord {
  return isNumber(target) ? numberWords[target] : target;
}

function isNumber(target: BuiltInTarget): target is NumberTarget {
  return target in numberWords;
}

/** A record has several numbers, e-mails and tags, one of all else. */
export function mayRepeat(target: ImportTarget): boolean {
  return target.startsWith('number.') || target === 'emails' || target === 'tags';
}
