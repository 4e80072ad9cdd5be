// What clocks elsewhere show. Pure. Called by order-facts.tsx.

const inNumbers: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
};

/**
 * @param zones IANA names; those that this computer does not know are left out
 * @returns times of day, each once, the clock that is furthest behind first
 */
export function timesIn(zones: readonly string[], nowMs: number, locale: string): string[] {
  const byClock = new Map(zones.flatMap((zone) => clockIn(zone, nowMs, locale) ?? []));
  return [...byClock].toSorted(([one], [other]) => one - other).map(([, shown]) => shown);
}

/** @returns one pair: what the clock shows as if it were UTC, and as people there write it */
function clockIn(timeZone: string, nowMs: number, locale: string): [[number, string]] | null {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, ...inNumbers }).formatToParts(nowMs);
    const of = (type: Intl.DateTimeFormatPartTypes) =>
      Number(parts.find((part) => part.type === type)?.value);
    const shows = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
    return [[shows, new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(nowMs)]];
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
