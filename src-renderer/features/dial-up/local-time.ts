// A moment on this computer's clock as a day and a time of day, and back. Pure.

/** "2026-11-21" */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** "09:05" */
export function timeOf(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The days from today on, as `dayOf` writes them; across a change of the clocks, too. */
export function daysFrom(nowMs: number, count: number): string[] {
  const now = new Date(nowMs);
  return Array.from({ length: count }, (_, ahead) =>
    dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead, 12).getTime()),
  );
}

/**
 * @param time as people type it: "13:30", "13.30", "1330", "9"
 * @returns null where it is no time of day. One that the clocks skip on that day (daylight saving) is the one that they show
 * then.
 */
export function momentOf(day: string, time: string): number | null {
  const [, hours, minutes = '0'] = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*$/.exec(time) ?? [];
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return new Date(year, month - 1, date, Number(hours), Number(minutes)).getTime();
}

/** Nine in the morning of the day after. */
export function tomorrowMorning(nowMs: number): number {
  const at = new Date(nowMs);
  at.setDate(at.getDate() + 1);
  return at.setHours(9, 0, 0, 0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
