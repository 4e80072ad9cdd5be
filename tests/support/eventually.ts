// Waits for something to be so, with a deadline; for conditions that tell no event of their own.

const lookEveryMs = 20;
/** For what costs nothing to look at, where a test waits many times. */
const lookOftenMs = 2;

/**
 * Asks `look` until it gives something other than undefined, null or false, or the deadline passes.
 * What `look` throws counts as "not yet", and is told when the deadline passes.
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<Exclude<T, undefined | null | false>> {
  const deadlineMs = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) {
        return found as Exclude<T, undefined | null | false>;
      }
      last = found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadlineMs)
      throw new Error(`Not within ${withinMs} ms: ${what} (last: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** As `eventually`, of something that is at hand, looked at often. @throws with `what` when the deadline passes */
export async function quickly(what: string, holds: () => boolean, withinMs = 10_000): Promise<void> {
  const deadlineMs = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadlineMs) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, lookOftenMs));
  }
}
