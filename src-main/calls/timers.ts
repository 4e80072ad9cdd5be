// Timers by name, one of each at a time: setting one calls off the one before. Used by whoever waits for several things at
// once (effect-runner.ts, dial-up-desk.ts).
import type { Clock } from './clock.ts';

export class Timers<K> {
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #cancels = new Map<K, () => void>();

  constructor(clock: Pick<Clock, 'setTimer'>) {
    this.#clock = clock;
  }

  has(name: K): boolean {
    return this.#cancels.has(name);
  }

  set(name: K, ms: number, fire: () => void): void {
    this.clear(name);
    const cancel = this.#clock.setTimer(ms, () => {
      this.#cancels.delete(name);
      fire();
    });
    this.#cancels.set(name, cancel);
  }

  clear(name: K): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
