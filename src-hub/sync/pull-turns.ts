// Whoever pulls waits for a turn: one slice of one desktop's page is read, then everything else that came in is looked at,
// calls first of all, since the exchange is in the same process. Used by pull-service.ts.

export class PullTurns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, in the order in which it was asked. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.#last;
  }
}
