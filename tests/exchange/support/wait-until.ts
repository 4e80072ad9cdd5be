// Waiting for a condition with a deadline, instead of sleeping.

/** @throws with `what` when it has not come true in time */
export async function waitUntil(what: string, holds: () => boolean, withinMs = 4_000): Promise<void> {
  const deadlineMs = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadlineMs) throw new Error(`Waited in vain: ${what}`);
    await new Promise((next) => setTimeout(next, 2));
  }
}
