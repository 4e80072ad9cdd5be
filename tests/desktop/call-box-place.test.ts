// Where the call box may stand, on whatever displays there are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPlace, displaySetKey, onScreen } from '../../src-main/windows/call-box-place.ts';

const display = (x: number, y: number, width: number, height: number) => ({
  bounds: { x, y, width, height },
  workArea: { x, y: y + 30, width, height: height - 30 },
});
const laptop = display(0, 0, 1440, 900);
const left = display(-1920, -200, 1920, 1080);
const size = { width: 360, height: 520 };

test('the call box first stands at the bottom right of the work area', () => {
  expect(defaultPlace(laptop, size)).toEqual({ x: 1440 - 360 - 16, y: 900 - 520 - 16 });
});

test('a place on a display that is gone moves onto one that is there', () => {
  expect(onScreen({ x: -1500, y: 0, ...size }, [laptop])).toEqual({ x: 0, y: 30 });
});

test('a place on the second display stays there', () => {
  expect(onScreen({ x: -1500, y: 0, ...size }, [laptop, left])).toEqual({ x: -1500, y: 0 });
});

test('whatever was remembered, the whole box is on one display', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -9999, max: 9999 }), (x, y) => {
      const place = onScreen({ x, y, ...size }, [laptop, left]);
      const inside = [laptop, left].some(
        ({ workArea }) =>
          place.x >= workArea.x &&
          place.y >= workArea.y &&
          place.x + size.width <= workArea.x + workArea.width &&
          place.y + size.height <= workArea.y + workArea.height,
      );
      expect(inside).toBe(true);
    }),
  );
});

test('the same desk is known again, in whatever order its displays are listed', () => {
  expect(displaySetKey([laptop, left])).toBe(displaySetKey([left, laptop]));
  expect(displaySetKey([laptop])).not.toBe(displaySetKey([laptop, left]));
});
