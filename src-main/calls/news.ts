// Tells several listeners the same thing. A listener that fails is logged and does not keep it from the others:
// a window that cannot be told must not disturb a call.
import type { WireLog } from '#shared/wire/wire-port.ts';

export class News<T> {
  readonly #listeners = new Set<(news: T) => void>();
  readonly #log: WireLog;
  readonly #name: string;

  constructor(name: string, log: WireLog) {
    this.#name = name;
    this.#log = log;
  }

  /** Returns the way to stop listening. */
  on(listener: (news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(news: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(news);
      } catch (error) {
        this.#log.error('news: a listener failed', { news: this.#name, error });
      }
    }
  }
}
