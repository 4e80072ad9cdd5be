// The note of the order on the desk, from the keystroke to the disk: main is told at the latest 100 ms after it, one write at
// a time; "saved" is only what main's reply has confirmed, and a failure keeps the text and tries again. No React.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { NoteOnItsWay } from '../../parts/saved-note.tsx';

const writeDelayMs = 100;
const retryDelayMs = 2_000;

export class OrderNoteKeeper {
  readonly #write: (note: string) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  #shown: NoteOnItsWay;
  #version = 0;
  #writtenVersion = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;

  /** @param write resolves when it is on disk; throws CommandFailed */
  constructor(write: (note: string) => Promise<void>, note: string, savedAtMs: number | null) {
    this.#write = write;
    this.#shown = { note, savedAtMs, state: 'kept', refusal: null };
  }

  read = (): NoteOnItsWay => this.#shown;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  type(note: string): void {
    this.#version += 1;
    const { state, refusal } = this.#shown;
    const failed = state === 'failed';
    this.#show({
      ...this.#shown,
      note,
      state: failed ? 'failed' : 'writing',
      refusal: failed ? refusal : null,
    });
    this.#later(writeDelayMs);
  }

  /** What main tells; what is being typed here wins until it is written. */
  adopt(note: string, savedAtMs: number | null): void {
    if (this.#version !== this.#writtenVersion) return;
    if (note === this.#shown.note && savedAtMs === this.#shown.savedAtMs) return;
    this.#show({ note, savedAtMs, state: 'kept', refusal: null });
  }

  /** Writes at once what is not written yet. Resolves to whether all of it is on disk. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#version !== this.#writtenVersion) {
      const before = this.#writtenVersion;
      this.#writing ??= this.#send();
      await this.#writing;
      if (this.#writtenVersion === before) return false;
    }
    return true;
  }

  #later(delayMs: number): void {
    if (this.#timer !== null || this.#writing !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#writing ??= this.#send();
    }, delayMs);
  }

  async #send(): Promise<void> {
    const version = this.#version;
    let nextDelayMs = 0;
    let worthwhile = true;
    try {
      await this.#write(this.#shown.note);
      this.#writtenVersion = version;
      if (version === this.#version)
        this.#show({ ...this.#shown, savedAtMs: Date.now(), state: 'kept', refusal: null });
      else this.#show({ ...this.#shown, state: 'writing', refusal: null });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      nextDelayMs = retryDelayMs;
      worthwhile = error.reason !== 'notNow';
      this.#show({ ...this.#shown, state: 'failed', refusal: error.reason });
    } finally {
      this.#writing = null;
    }
    if (this.#version !== this.#writtenVersion && worthwhile) this.#later(nextDelayMs);
  }

  #show(next: NoteOnItsWay): void {
    this.#shown = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
