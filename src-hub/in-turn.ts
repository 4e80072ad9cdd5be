// Work on one thing at a time, on different things at once: what is begun later under a key waits for what was begun
// earlier under it. SQLite writes in the order of asking; PostgreSQL's connections promise no order, and a service that
// keeps an offer after its call, or a status after the one before, needs one.

export class InTurn<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Resolves and rejects with the work; a failure does not hold up what comes after it. */
  run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    const forget = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
