// Takes what happened, one after the other, and has its rules run. One in each hub: it is told when something was written here,
// and looks by itself for what another hub has left.
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import type { RunService } from './run-service.ts';

export interface RunWorkerParts {
  readonly runs: Pick<RunService, 'runNext'>;
  readonly clock: HubClock;
  readonly log: HubLog;
  /** Rules have run. */
  ran(): void;
}

/** What was written is seen after its commit only: soon, and if not, a little later. */
const looksAfterMs = [10, 100, 500, 2_000] as const;
const lookAgainMs = 10_000;

export class RunWorker {
  readonly #parts: RunWorkerParts;
  #step: number = looksAfterMs.length;
  #running: Promise<void> | null = null;
  #closed = false;
  #callOff: () => void = () => undefined;

  constructor(parts: RunWorkerParts) {
    this.#parts = parts;
  }

  /** Something was written, perhaps not committed yet. */
  readonly look = (): void => {
    this.#step = 0;
    if (this.#running === null) this.#plan();
  };

  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff();
    await this.#running;
  }

  #plan(): void {
    this.#callOff();
    if (this.#closed) return;
    const afterMs = looksAfterMs[this.#step] ?? lookAgainMs;
    this.#step += 1;
    this.#callOff = this.#parts.clock.after(afterMs, () => {
      this.#running = this.#runAll().finally(() => {
        this.#running = null;
        this.#plan();
      });
    });
  }

  async #runAll(): Promise<void> {
    const { runs, log, ran } = this.#parts;
    let any = false;
    try {
      while (!this.#closed && (await runs.runNext())) any = true;
    } catch (error) {
      log.warn('automations: what happened could not be looked at, it is tried again', { error });
    }
    if (any) ran();
  }
}
