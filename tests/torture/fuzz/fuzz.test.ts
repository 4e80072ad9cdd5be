// A share of what `npm run bench -- fuzz` throws: five thousand mutations of valid messages at the exchange and as many
// at the phone. None is left uncaught, none looks like a fault of ours, and a call succeeds after each thousand.
import Timers from 'jssip/lib/Timers.js';
import { expect, it } from 'vitest';
import { exchangeTarget } from './exchange-target.ts';
import { type FuzzTarget, fuzz } from './fuzzing.ts';
import { chanceOf, mutated } from './mutations.ts';
import { phoneTarget } from './phone-target.ts';

/** What JsSIP keeps for 32 s would pile up here. */
Object.assign(Timers, { TIMER_F: 500, TIMER_H: 500, TIMER_L: 500, TIMER_M: 500 });

it.each<[string, () => Promise<FuzzTarget>]>([
  ['the exchange', exchangeTarget],
  ['the phone', phoneTarget],
])(
  'five thousand mutations leave %s as it was',
  async (_, open) => {
    const target = await open();
    try {
      const count = await fuzz(target, { seed: 20_260, messages: 5_000 });
      expect(count.uncaught).toEqual([]);
      expect(count.faults).toEqual([]);
      expect(count.failedControlCalls).toEqual([]);
      expect(count.thrown).toBe(5_000);
    } finally {
      await target.close();
    }
  },
  120_000,
);

it('the same seed gives the same mutations', () => {
  const some = (seed: number) => {
    const chance = chanceOf(seed);
    return Array.from({ length: 100 }, () =>
      mutated('OPTIONS sip:a SIP/2.0\r\nCSeq: 1 A\r\n\r\n', chance).toString('hex'),
    );
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
});
