// When a media end gives the other end of its call up: over turned time, with what the exchange says of their device.
import { expect, test } from 'vitest';
import { createFarEndWatch, type FarEndSight } from '../../src-hub/media/sip/far-end-watch.ts';

type Device = 'there' | 'away' | 'gone';

/** @returns the second in which the call was ended; null where it lived */
function endedAt(
  waits: boolean,
  sight: (second: number) => FarEndSight,
  device: (second: number) => Device | null = () => null,
): number | null {
  const watch = createFarEndWatch(waits);
  for (let second = 1; second <= 400; second += 1) {
    const verdict = watch.look(sight(second), 1_000);
    if (verdict === 'gone') return second;
    const told = verdict === 'ask' ? device(second) : null;
    if (told) watch.told(told);
  }
  return null;
}

const heardUntil =
  (from: number, until = from) =>
  (second: number): FarEndSight => {
    const isHeard = second <= from || second > until;
    return { connected: isHeard, mayHear: true, packetsReceived: isHeard ? second : from };
  };
const silentFrom = (from: number) => heardUntil(from, 1_000);

test('a machine ends its call after twelve seconds without a sound or a report: it has nobody to wait for', () => {
  expect(endedAt(false, silentFrom(10))).toBe(22);
});

test('nobody is given up who is on hold, and sends nothing', () => {
  expect(endedAt(false, () => ({ connected: true, mayHear: false, packetsReceived: 5 }))).toBeNull();
});

test('a telephone’s line waits while the exchange says that the network is away, and goes on when it is back after 120 s', () => {
  const back = 130;
  const device = (second: number) => (second < back ? 'away' : 'there');
  expect(endedAt(true, heardUntil(10, back + 8), device)).toBeNull();
});

test('a question that waits in the dead connection is answered by the device that is back: it was away meanwhile', () => {
  const watch = createFarEndWatch(true);
  const back = 40;
  const verdicts = Array.from({ length: 60 }, (_, at) => {
    const verdict = watch.look(heardUntil(10, back + 4)(at + 1), 1_000);
    if (at + 1 === back) watch.told('there');
    return verdict;
  });
  expect(verdicts.filter((verdict) => verdict === 'ask')).toHaveLength(1);
  expect(verdicts).not.toContain('gone');
});

test('it is ended soon where the device is back and nothing is heard all the same', () => {
  const device = (second: number) => (second < 130 ? 'away' : 'there');
  expect(endedAt(true, silentFrom(10), device)).toBeLessThan(150);
});

test('it is ended at once where the device has ended its connection itself, and after twelve seconds where it answers and is silent', () => {
  expect(endedAt(true, silentFrom(10), () => 'gone')).toBe(19);
  expect(endedAt(true, silentFrom(10), () => 'there')).toBe(23);
});

test('a device that is back just when it is asked for is given time to be heard', () => {
  expect(endedAt(true, heardUntil(10, 20), () => 'there')).toBeNull();
});

test('it is ended in the end where the network never comes back, and where no question is ever answered', () => {
  expect(endedAt(true, silentFrom(10), () => 'away')).toBe(175);
  expect(endedAt(true, silentFrom(10))).toBe(175);
});
