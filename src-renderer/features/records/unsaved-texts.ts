// What was typed about records and is not saved: in this window's memory for drawing, and with main on disk, so that
// neither looking at something else, nor a window that is reloaded or dies, takes any of it away. One for each window.

import type { UnsavedText } from '#shared/desktop/records-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';

export class UnsavedTexts {
  readonly #client: DesktopClient;
  readonly #kept = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  /** What main is still to be told, the latest of each; null: that it has ended. */
  readonly #due = new Map<string, UnsavedText | null>();
  #telling = false;
  #loading: Promise<void> | null = null;
  #loaded = false;
  #refusal: string | null = null;

  constructor(client: DesktopClient) {
    this.#client = client;
  }

  /** Main has said what there was when the window began. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Why main could not keep the last of it, such as 'diskFull'; it is still here. */
  get refusal(): string | null {
    return this.#refusal;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#loading ??= this.#load();
    return () => this.#listeners.delete(listener);
  }

  read(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  keep(text: UnsavedText): void {
    this.#kept.set(text.key, text.content);
    this.#due.set(text.key, text);
    this.#changed();
    void this.#tellMain();
  }

  end(key: string): void {
    this.#kept.delete(key);
    this.#due.set(key, null);
    this.#changed();
    void this.#tellMain();
  }

  async #load(): Promise<void> {
    try {
      for (const { key, content } of await this.#client.call('records.unsaved', null)) {
        if (!this.#kept.has(key) && !this.#due.has(key)) this.#kept.set(key, content);
      }
      this.#refusal = null;
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      this.#refusal = error.reason;
    }
    this.#loaded = true;
    this.#changed();
  }

  /** One after the other, so that what was typed last is what stays. */
  async #tellMain(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    let refusal: string | null = null;
    for (let next = this.#takeDue(); next !== null; next = this.#takeDue()) {
      const [key, text] = next;
      try {
        if (text) await this.#client.call('records.keepUnsaved', text);
        else await this.#client.call('records.endUnsaved', { key });
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        refusal = error.reason;
      }
    }
    this.#telling = false;
    if (refusal === this.#refusal) return;
    this.#refusal = refusal;
    this.#changed();
  }

  #takeDue(): [string, UnsavedText | null] | null {
    for (const due of this.#due) {
      this.#due.delete(due[0]);
      return due;
    }
    return null;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
