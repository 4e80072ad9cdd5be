// Speaks Chromium's DevTools protocol over two pipes: JSON messages, each ended by a NUL byte.
// Made by browser-process.ts; knows nothing of windows. Sessions are flat: each message names its own.
import type { Readable, Writable } from 'node:stream';
import type {
  ProtocolEvent,
  ProtocolMethod,
  ProtocolParameters,
  ProtocolResult,
  TargetEvent,
} from './protocol-types.ts';

interface PendingCommand {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A command that Chromium refused, or that had no answer because Chromium ended. */
export class ProtocolError extends Error {
  readonly method: string;
  constructor(method: string, message: string) {
    super(`${method}: ${message}`);
    this.name = 'ProtocolError';
    this.method = method;
  }
}

export class ProtocolClient {
  readonly #toBrowser: Writable;
  readonly #pending = new Map<number, PendingCommand>();
  readonly #listeners = new Set<(event: TargetEvent) => void>();
  #lastId = 0;
  #partial: Buffer[] = [];
  #closed = false;

  constructor(toBrowser: Writable, fromBrowser: Readable) {
    this.#toBrowser = toBrowser;
    fromBrowser.on('data', (chunk: Buffer) => this.#read(chunk));
    // A pipe that breaks is the browser's end, which the process's own 'exit' reports to everyone.
    fromBrowser.on('error', () => this.close());
    toBrowser.on('error', () => this.close());
  }

  /**
   * Sends one command.
   * @param sessionId the target it is for; absent for the browser itself.
   * @throws ProtocolError when Chromium refuses it or is gone.
   */
  send<M extends ProtocolMethod>(
    method: M,
    params?: ProtocolParameters<M>,
    sessionId?: string,
  ): Promise<ProtocolResult<M>> {
    if (this.#closed) return Promise.reject(new ProtocolError(method, 'Chromium has ended'));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
    });
  }

  /** @returns the way to stop listening. */
  onEvent(listener: (event: TargetEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Fails every command still unanswered, and all later ones. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const command of pending) command.reject(new ProtocolError(command.method, 'Chromium has ended'));
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      this.#partial.push(chunk.subarray(from, end));
      from = end + 1;
      const text = Buffer.concat(this.#partial).toString('utf8');
      this.#partial = [];
      this.#receive(JSON.parse(text) as Message);
    }
    if (from < chunk.length) this.#partial.push(chunk.subarray(from));
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const command = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) command?.reject(new ProtocolError(command.method, message.error.message));
      else command?.resolve(message.result);
      return;
    }
    const event = { method: message.method, params: message.params } as ProtocolEvent;
    for (const listener of [...this.#listeners]) listener({ sessionId: message.sessionId, event });
  }
}
