// In which time zones a number may be, by its longest known beginning (DIAL-10). The table is libphonenumber's
// (resources/timezones, Apache License 2.0), as IANA names with the beginnings that have them; what only repeats a shorter
// beginning is left out.
import table from './number-zones.json' with { type: 'json' };

const zonesByPrefix = new Map(
  Object.entries(table).flatMap(([zones, prefixes]) => prefixes.split(' ').map((prefix) => [prefix, zones])),
);
const longestPrefix = Math.max(...[...zonesByPrefix.keys()].map(({ length }) => length));

/** @param number E.164, such as +493012345. @returns IANA names; empty where none is known. */
export function zonesOfNumber(number: string): readonly string[] {
  if (!number.startsWith('+')) return [];
  const digits = number.slice(1, 1 + longestPrefix);
  for (let length = digits.length; length > 0; length -= 1) {
    const zones = zonesByPrefix.get(digits.slice(0, length));
    if (zones !== undefined) return zones.split(',');
  }
  return [];
}
