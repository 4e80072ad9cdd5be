// Loaded before a utility process's own module: gives it `process.parentPort`, and ends it when main is gone.
// Loaded by `--import` from utility-process.ts only.
import { EventEmitter } from 'node:events';

interface MessageEvent {
  readonly data: unknown;
  readonly ports: readonly never[];
}

class ParentPort extends EventEmitter {
  #waiting: MessageEvent[] | null = [];

  constructor() {
    super();
    this.on('newListener', (name) => {
      // The listener itself is added after this event.
      if (name === 'message') queueMicrotask(() => this.start());
    });
    process.on('message', (data) => this.#receive({ data, ports: [] }));
  }

  postMessage(message: unknown): void {
    process.send?.(message);
  }

  /** Hands out what arrived before anyone listened. */
  start(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const event of waiting ?? []) this.emit('message', event);
  }

  #receive(event: MessageEvent): void {
    if (this.#waiting) this.#waiting.push(event);
    else this.emit('message', event);
  }
}

Object.defineProperty(process, 'parentPort', { value: new ParentPort(), enumerable: true });
Object.defineProperty(process, 'type', { value: 'utility', enumerable: true });
// Main's end, even by a kill, closes the channel. Nothing of ours may outlive it.
process.once('disconnect', () => process.exit());
