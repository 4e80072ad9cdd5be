// The picture of the line that all who look share: when it is made anew, and who waits for it.
import { expect, it } from 'vitest';
import { LineKeeper } from '../../../src-hub/orders/line-keeper.ts';
import type { LineSnapshot, Rest } from '../../../src-hub/orders/line-snapshot.ts';
import { HandClock } from '../support.ts';

/** Pictures that are made when the test says so, told apart by when they were begun. */
function keeperByHand(unchangedForMs = 0) {
  const clock = new HandClock(1_000_000);
  const making: { readonly rest: Rest; end(): void }[] = [];
  const keeper = new LineKeeper((rest) => {
    const asOfMs = clock.nowMs();
    return new Promise<LineSnapshot>((resolve) => {
      making.push({
        rest,
        end: () => resolve({ asOfMs, unchangedUntilMs: asOfMs + unchangedForMs, line: [], cells: [] }),
      });
    });
  }, clock);
  const begun = async (count: number) => {
    await expect.poll(() => making.length).toBe(count);
    const last = making[count - 1];
    if (!last) throw new Error('Nothing is being made');
    return last;
  };
  const seen = async () => (await keeper.now()).asOfMs - 1_000_000;
  return { clock, keeper, begun, seen };
}

it('where time alone has made another line, who asks is answered with what was, while the next picture is made at ease', async () => {
  const { clock, keeper, begun, seen } = keeperByHand();
  const first = seen();
  (await begun(1)).end();
  expect(await first).toBe(0);
  clock.advance(7_000);
  expect(await seen()).toBe(0);
  clock.advance(2_000);
  expect(await seen()).toBe(0);
  expect(await seen()).toBe(0);
  const next = await begun(2);
  await next.rest();
  next.end();
  await expect.poll(seen).toBe(9_000);
  // Nobody looked for so long that it would be older than it should be.
  clock.advance(17_000);
  const late = seen();
  (await begun(3)).end();
  expect(await late).toBe(26_000);
  keeper.close();
});

it('where something was changed, who asks waits for a picture that has it, and one made at ease is called off', async () => {
  const { clock, keeper, begun, seen } = keeperByHand();
  const first = seen();
  (await begun(1)).end();
  await first;
  clock.advance(9_000);
  expect(await seen()).toBe(0);
  const atEase = await begun(2);
  keeper.changed();
  const changed = seen();
  const inHaste = await begun(3);
  await expect(atEase.rest()).rejects.toThrow();
  atEase.end();
  // Changed once more while it is made: those who ask now wait for the one behind it.
  keeper.changed();
  const again = seen();
  inHaste.end();
  expect(await changed).toBe(9_000);
  clock.advance(1_000);
  (await begun(4)).end();
  expect(await again).toBe(9_000);
  clock.advance(31_000);
  const afresh = seen();
  (await begun(5)).end();
  expect(await afresh).toBe(41_000);
  keeper.close();
});

it('a line that neither a change nor time has touched is not made anew, yet once in five minutes', async () => {
  const { clock, keeper, begun, seen } = keeperByHand(400_000);
  const first = seen();
  (await begun(1)).end();
  await first;
  for (let asked = 0; asked < 14; asked += 1) {
    clock.advance(20_000);
    expect(await seen()).toBe(0);
  }
  clock.advance(20_000);
  expect(await seen()).toBe(0);
  (await begun(2)).end();
  await expect.poll(seen).toBe(300_000);
  keeper.close();
});
