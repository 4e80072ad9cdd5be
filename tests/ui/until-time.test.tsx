// When a status ends: a time of day as people type it, always in the future.
import { describe, expect, it } from 'vitest';
import { nextTime } from '../../src-renderer/parts/until-picker.tsx';

const noon = new Date(2026, 10, 20, 12, 0).getTime();
const at = (day: number, hours: number, minutes: number) => new Date(2026, 10, day, hours, minutes).getTime();

describe('the end of a status', () => {
  it.each(['13:30', '13.30', '1330', ' 13:30 '])('understands %s', (text) => {
    expect(nextTime(text, noon)).toBe(at(20, 13, 30));
  });

  it('is tomorrow where the time is past today', () => {
    expect(nextTime('9', noon)).toBe(at(21, 9, 0));
  });

  it.each(['25:00', '12:75', 'lunch', ''])('is not set by %j', (text) => {
    expect(nextTime(text, noon)).toBeNull();
  });
});
