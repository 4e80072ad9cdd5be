// When a thread with the database ends and when it is kept: a real thread, and a clock that is turned by hand.
import { describe, expect, it } from 'vitest';
import { createDatabaseThread } from '../../src-main/database/database-thread.ts';
import { testClock } from '../support/test-clock.ts';

describe('A thread beside main that has the database', () => {
  it('ends when it was asked nothing for a while, and is kept for a minute where that proved too short', async () => {
    const clock = testClock();
    const worker = [new URL('./fixtures/named-thread.ts', import.meta.url)];
    const thread = createDatabaseThread<null>({ given: null, worker, clock, idleMs: 2_000 });
    const askedAfter = (ms: number) => {
      clock.pass(ms);
      return thread.ask<number>(null);
    };
    try {
      const first = await askedAfter(0);
      expect(await askedAfter(1_999)).toBe(first);
      const second = await askedAfter(2_000);
      expect(second).not.toBe(first);
      expect(await askedAfter(59_999)).toBe(second);
      const third = await askedAfter(120_000);
      expect(third).not.toBe(second);
      expect(await askedAfter(1_999)).toBe(third);
      expect(await askedAfter(2_000)).not.toBe(third);
    } finally {
      await thread.close();
    }
    expect(clock.pending()).toBe(0);
  });

  it('fails what was asked and not answered when it is ended', async () => {
    const worker = [new URL('./fixtures/named-thread.ts', import.meta.url)];
    const thread = createDatabaseThread<null>({ given: null, worker, clock: testClock(), idleMs: 2_000 });
    const asked = thread.ask(null);
    const failed = expect(asked).rejects.toThrow('ended');
    await thread.close();
    await failed;
  });
});
