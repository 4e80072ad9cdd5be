// The draft being typed for one call, and its way to disk. Plain object, no React; read by useDraft.
// What is typed goes to main at the latest 100 ms after the keystroke, one write at a time, so that it is on disk
// within 200 ms (CALL-23). "saved" is only what main's reply has confirmed; a failure keeps the text and tries again.
import type { DraftView } from '#shared/domain/call-view.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';

const writeDelayMs = 100;
const retryDelayMs = 2000;

export interface DraftSnapshot {
  readonly note: string;
  readonly dispositionId: DispositionId | null;
  readonly form: FormDraft;
  /** When what is shown was on disk; null where nothing was written yet. */
  readonly savedAtMs: number | null;
  readonly state: 'kept' | 'writing' | 'failed';
  /** Why the last write failed; null unless `state` is 'failed'. */
  readonly refusal: string | null;
}

type Parts = Pick<DraftSnapshot, 'note' | 'dispositionId' | 'form'>;

export class DraftKeeper {
  readonly #client: DesktopClient;
  readonly #callId: CallId;
  readonly #listeners = new Set<() => void>();
  #snapshot: DraftSnapshot;
  /** Raised by each change made here; what is on disk is known by the version that was sent. */
  #version = 0;
  #writtenVersion = 0;
  /** What was changed here and is not written: the rest may be another window's to write. */
  #unwritten: ReadonlySet<keyof Parts> = new Set();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;

  constructor(client: DesktopClient, callId: CallId, initial: DraftView) {
    this.#client = client;
    this.#callId = callId;
    this.#snapshot = { ...fromView(initial), state: 'kept', refusal: null };
  }

  read = (): DraftSnapshot => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Nobody shows it, and all of it is on disk. */
  get isAtRest(): boolean {
    return this.#listeners.size === 0 && this.#version === this.#writtenVersion;
  }

  setNote(note: string): void {
    this.#change({ note });
  }

  setDisposition(dispositionId: DispositionId | null): void {
    this.#change({ dispositionId });
    void this.flush();
  }

  /** What is chosen is written at once, what is typed as the note is. */
  setForm(change: Partial<FormDraft>): void {
    this.#change({ form: { ...this.#snapshot.form, ...change } });
    const typed = change.typed !== undefined || change.subject !== undefined;
    if (!typed) void this.flush();
  }

  /** What main tells, from this window or another. What is being typed here wins until it is written. */
  adopt(view: DraftView): void {
    if (this.#version !== this.#writtenVersion) return;
    const next = fromView(view);
    const { note, dispositionId, form, savedAtMs } = this.#snapshot;
    const same = next.note === note && next.dispositionId === dispositionId && next.savedAtMs === savedAtMs;
    if (same && JSON.stringify(next.form) === JSON.stringify(form)) return;
    this.#show({ ...next, state: 'kept', refusal: null });
  }

  /** Writes at once what is not yet written. Resolves to whether all of it is on disk. */
  async flush(): Promise<boolean> {
    this.#stopTimer();
    while (this.#version !== this.#writtenVersion) {
      const before = this.#writtenVersion;
      this.#writing ??= this.#write();
      await this.#writing;
      if (this.#writtenVersion === before) return false;
    }
    return true;
  }

  #change(part: Partial<Parts>): void {
    this.#version += 1;
    this.#unwritten = new Set([...this.#unwritten, ...(Object.keys(part) as (keyof Parts)[])]);
    const { state, refusal } = this.#snapshot;
    this.#show({
      ...this.#snapshot,
      ...part,
      state: state === 'failed' ? 'failed' : 'writing',
      refusal: state === 'failed' ? refusal : null,
    });
    this.#later(writeDelayMs);
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
    this.#unwritten = new Set();
    const change: Partial<Parts> = Object.fromEntries(
      [...unwritten].map((part) => [part, this.#snapshot[part]]),
    );
    let nextDelayMs = 0;
    try {
      const view = await this.#client.call('drafts.change', { callId: this.#callId, ...change });
      this.#writtenVersion = version;
      if (version === this.#version) this.#show({ ...fromView(view), state: 'kept', refusal: null });
      else this.#show({ ...this.#snapshot, state: 'writing', refusal: null });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      nextDelayMs = retryDelayMs;
      this.#unwritten = new Set([...this.#unwritten, ...unwritten]);
      this.#show({ ...this.#snapshot, state: 'failed', refusal: error.reason });
    } finally {
      this.#writing = null;
    }
    const worthwhile = this.#snapshot.refusal !== 'finished' && this.#snapshot.refusal !== 'noSuchCall';
    if (this.#version !== this.#writtenVersion && worthwhile) this.#later(nextDelayMs);
  }

  #show(next: DraftSnapshot): void {
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

function fromView({
  note,
  dispositionId,
  form,
  savedAtMs,
}: DraftView): Parts & Pick<DraftSnapshot, 'savedAtMs'> {
  return { note, dispositionId, form, savedAtMs };
}
