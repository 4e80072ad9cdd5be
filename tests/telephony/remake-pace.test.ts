// A page that died is made again at once; one that dies over and over is given ever more time.
import { expect, it } from 'vitest';
import { createRemakePace } from '../../src-main/windows/remake-pace.ts';

it('makes a page again at once, later each time that it dies at once, and at once again after it has lived', () => {
  const pace = createRemakePace();
  let nowMs = 1_000;
  const dies = (afterMs: number) => {
    nowMs += afterMs;
    const delayMs = pace(nowMs);
    nowMs += delayMs;
    return delayMs;
  };
  expect(dies(0)).toBe(0);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => dies(10))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
  expect(dies(60_000)).toBe(0);
});
