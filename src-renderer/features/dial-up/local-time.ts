// A moment on this computer's clock as the fields for date and time write it, and back. Pure.

/** "2026-11-21" */
export function dateField(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** "09:05" */
export function timeField(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * @returns null where one is missing or no date. A time that the clocks skip on that day (daylight saving) is the one that
 * they show then.
 */
export function momentOf(date: string, time: string): number | null {
  const atMs = new Date(`${date}T${time}:00`).getTime();
  return date === '' || time === '' || Number.isNaN(atMs) ? null : atMs;
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
