// Runs a batch of an import beside the one before it, as far as that can be: it begins once the other has locked what was there,
// waits for all of it where both are about the same things, and its own rows are counted only after the other's. So an
// import that is cut off at any moment has the rows up to one, and none after. Called by the stores that write batches.

/** What the batch after it waits for. */
export interface BatchUnderWay {
  /** It has locked what was there before. */
  readonly locked: Promise<unknown>;
  /** It is in. Rejects where it is not. */
  readonly written: Promise<unknown>;
  /** What its rows are known by. A batch that shares none of these can be written beside it. */
  readonly keys: ReadonlySet<string>;
}

export const nothingUnderWay: BatchUnderWay = {
  locked: Promise.resolve(),
  written: Promise.resolve(),
  keys: new Set(),
};

export interface Steps {
  /** What was there is read and locked. */
  locked(): void;
  /** To be waited for before the rows are counted. @throws what the batch before it threw */
  readonly ofBefore: Promise<unknown>;
}

/** @param keys what its rows are known by. @param write one attempt after the other, as often as it takes. */
export function besideBefore(
  before: BatchUnderWay,
  keys: ReadonlySet<string>,
  write: (steps: Steps) => Promise<unknown>,
): BatchUnderWay {
  const { promise: locked, resolve } = Promise.withResolvers<void>();
  const shares = [...keys].some((key) => before.keys.has(key));
  const begin = async () => {
    await (shares ? before.written : before.locked);
    return await write({ locked: resolve, ofBefore: before.written });
  };
  // However it ends, nobody waits for its locks any more.
  const written = begin().finally(resolve);
  return { locked, written, keys };
}
