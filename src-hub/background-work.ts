// Work that nobody waits for, such as writing down how an offer ended: its failure is logged instead of lost, and the
// hub waits for it before it closes its database.
import type { HubLog } from './hub-log.ts';

export class BackgroundWork {
  readonly #log: HubLog;
  readonly #running = new Set<Promise<void>>();

  constructor(log: HubLog) {
    this.#log = log;
  }

  /** @param what names the work in the log, should it fail. */
  run(what: string, work: Promise<unknown>): void {
    const running: Promise<void> = work
      .then(
        () => {},
        (error: unknown) => this.#log.error(`${what} failed`, { error }),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all that was begun so far, and what it began in turn, has ended. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
