// When a batch of an import may be written beside the one before it, and when it waits.
import { expect, it } from 'vitest';
import { besideBefore } from '../../../src-hub/imports/batch-under-way.ts';

/** A batch that has locked and been written when it is told so. */
function first(...keys: string[]) {
  const locked = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  return {
    locked,
    written,
    batch: { locked: locked.promise, written: written.promise, keys: new Set(keys) },
  };
}

/** Whatever promises wait for one another has happened by then. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('begins once the batch before has locked what it changes, and counts its rows after it', async () => {
  const before = first('order 1');
  const happened: string[] = [];
  const batch = besideBefore(before.batch, new Set(['order 2']), async ({ locked, ofBefore }) => {
    happened.push('begun');
    locked();
    await ofBefore;
    happened.push('counted');
  });
  await settled();
  expect(happened).toEqual([]);
  before.locked.resolve();
  await batch.locked;
  expect(happened).toEqual(['begun']);
  before.written.resolve();
  await batch.written;
  expect(happened).toEqual(['begun', 'counted']);
});

it('waits for the whole of a batch that is about the same person', async () => {
  const before = first('number +442079460111');
  let begun = false;
  const batch = besideBefore(before.batch, new Set(['order 2', 'number +442079460111']), async () => {
    begun = true;
  });
  before.locked.resolve();
  await settled();
  expect(begun).toBe(false);
  before.written.resolve();
  await batch.written;
  expect(begun).toBe(true);
});

it('comes to nothing where the batch before it does', async () => {
  const before = first('order 1');
  const batch = besideBefore(before.batch, new Set(['order 2']), async ({ locked, ofBefore }) => {
    locked();
    await ofBefore;
  });
  before.locked.resolve();
  before.written.reject(new Error('the server is gone'));
  await expect(batch.written).rejects.toThrow('the server is gone');
  await batch.locked;
});
