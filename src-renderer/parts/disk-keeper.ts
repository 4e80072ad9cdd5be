// What is typed, on its way to disk. Plain object, no React; read by `useDiskKeeper`. It goes to main at the latest 100 ms
// after the keystroke, one write at a time, so that it is on disk within 200 ms (CALL-23). "Saved" is only what main's reply
// has confirmed; a failure keeps the text and tries again. For the draft of a call and the note of an order.
import { CommandFailed } from '#shared/wire/command-failed.ts';

const writeDelayMs = 100;
const retryDelayMs = 2_000;

export interface OnItsWay {
  /** When what is shown was on disk; null where nothing was written yet. */
  readonly savedAtMs: number | null;
  readonly state: 'kept' | 'writing' | 'failed';
  /** Why the last write failed; null unless `state` is 'failed'. */
  readonly refusal: string | null;
}

export interface OnDisk<V> {
  readonly values: V;
  readonly savedAtMs: number | null;
}

export interface DiskKeeperParts<V> {
  /** Resolves to what is on disk then. @throws CommandFailed */
  write(changed: Partial<V>, whole: V): Promise<OnDisk<V>>;
  /** Another try would be refused the same way. */
  isFinal(refusal: string): boolean;
}

export class DiskKeeper<V extends object> {
  readonly #parts: DiskKeeperParts<V>;
  readonly #listeners = new Set<() => void>();
  #values: V;
  #shown: V & OnItsWay;
  /** Raised by each change made here; what is on disk is known by the version that was sent. */
  #version = 0;
  #writtenVersion = 0;
  /** What was changed here and is not written: the rest may be another window's to write. */
  #unwritten: ReadonlySet<keyof V> = new Set();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;

  constructor(first: OnDisk<V>, parts: DiskKeeperParts<V>) {
    this.#parts = parts;
    this.#values = first.values;
    this.#shown = { ...first.values, savedAtMs: first.savedAtMs, state: 'kept', refusal: null };
  }

  read = (): V & OnItsWay => this.#shown;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Nobody shows it, and all of it is on disk. */
  get isAtRest(): boolean {
    return this.#listeners.size === 0 && this.#isWritten;
  }

  change(part: Partial<V>): void {
    this.#version += 1;
    this.#unwritten = new Set([...this.#unwritten, ...(Object.keys(part) as (keyof V)[])]);
    this.#values = { ...this.#values, ...part };
    const { state, refusal, savedAtMs } = this.#shown;
    const failed = state === 'failed';
    this.#show({ savedAtMs, state: failed ? 'failed' : 'writing', refusal: failed ? refusal : null });
    this.#later(writeDelayMs);
  }

  /** What main tells, from this window or another. What is being typed here wins until it is written. */
  meet({ values, savedAtMs }: OnDisk<V>): void {
    if (!this.#isWritten) return;
    const same = JSON.stringify(values) === JSON.stringify(this.#values);
    if (same && savedAtMs === this.#shown.savedAtMs) return;
    this.#values = values;
    this.#show({ savedAtMs, state: 'kept', refusal: null });
  }

  /** Writes at once what is not yet written. Resolves to whether all of it is on disk. */
  async flush(): Promise<boolean> {
    this.#stopTimer();
    while (!this.#isWritten) {
      const before = this.#writtenVersion;
      this.#writing ??= this.#write();
      await this.#writing;
      if (this.#writtenVersion === before) return false;
    }
    return true;
  }

  get #isWritten(): boolean {
    return this.#version === this.#writtenVersion;
  }

  /** Starts no second timer: with steady typing a write still goes out every 100 ms. */
  #later(delayMs: number): void {
    if (this.#timer !== null || this.#writing !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#writing ??= this.#write();
    }, delayMs);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #write(): Promise<void> {
    const version = this.#version;
    const unwritten = this.#unwritten;
    const whole = this.#values;
    this.#unwritten = new Set();
    const changed = Object.fromEntries([...unwritten].map((field) => [field, whole[field]])) as Partial<V>;
    let nextDelayMs = 0;
    let isFinal = false;
    try {
      const { values, savedAtMs } = await this.#parts.write(changed, whole);
      this.#writtenVersion = version;
      if (this.#isWritten) {
        this.#values = values;
        this.#show({ savedAtMs, state: 'kept', refusal: null });
      } else this.#show({ savedAtMs: this.#shown.savedAtMs, state: 'writing', refusal: null });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      nextDelayMs = retryDelayMs;
      isFinal = this.#parts.isFinal(error.reason);
      this.#unwritten = new Set([...this.#unwritten, ...unwritten]);
      this.#show({ savedAtMs: this.#shown.savedAtMs, state: 'failed', refusal: error.reason });
    } finally {
      this.#writing = null;
    }
    if (!this.#isWritten && !isFinal) this.#later(nextDelayMs);
  }

  #show(onItsWay: OnItsWay): void {
    this.#shown = { ...this.#values, ...onItsWay };
    for (const listener of [...this.#listeners]) listener();
  }
}
