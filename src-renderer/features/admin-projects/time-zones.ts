// The time zones to choose from: IANA's names with their offset of now, searched by city, by region or by offset.
export interface TimeZone {
  readonly name: string;
  /** "Berlin", "New York" */
  readonly city: string;
  /** "Europe"; empty where the name has none. */
  readonly region: string;
  /** "+01:00"; "+00:00" for UTC. */
  readonly offset: string;
}

export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param more names that must be among them, such as the one that is set */
export function timeZones(more: readonly string[], nowMs: number): TimeZone[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'Etc/UTC', ...more]);
  return [...names].map((name) => timeZone(name, nowMs)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function timeZone(name: string, nowMs: number): TimeZone {
  const parts = name.split('/').map((part) => part.replaceAll('_', ' '));
  return {
    name,
    city: parts.at(-1) ?? name,
    region: parts.slice(0, -1).join(', '),
    offset: offsetOf(name, nowMs),
  };
}

/** Those with every typed word in name or offset; where a word begins a city first. */
export function searchTimeZones(zones: readonly TimeZone[], typed: string): TimeZone[] {
  const words = typed
    .toLowerCase()
    .split(/[\s/_,]+/)
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return [...zones];
  const textOf = (zone: TimeZone) => `${zone.region} ${zone.city} utc${zone.offset}`.toLowerCase();
  const found = zones.filter((zone) => words.every((word) => textOf(zone).includes(word)));
  const begins = (zone: TimeZone) => (zone.city.toLowerCase().startsWith(first) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}

/** Clocks are changed at full quarters of an hour; what holds for one is asked of the system once. */
const quarterMs = 15 * 60_000;
const known = { quarter: Number.NaN, offsets: new Map<string, string>() };

function offsetOf(name: string, nowMs: number): string {
  const quarter = Math.floor(nowMs / quarterMs);
  if (quarter !== known.quarter) {
    known.quarter = quarter;
    known.offsets.clear();
  }
  const offset = known.offsets.get(name) ?? askOffset(name, nowMs);
  known.offsets.set(name, offset);
  return offset;
}

function askOffset(name: string, nowMs: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      timeZoneName: 'longOffset',
    }).formatToParts(nowMs);
    const shown = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return shown.replace(/^GMT$/, 'GMT+00:00').replace('GMT', '');
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}
