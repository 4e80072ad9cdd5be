// ipcMain and webContents.ipc: listeners by channel, handlers by channel. Fed by web-contents.ts.
import { EventEmitter } from 'node:events';

export type InvokeHandler = (event: unknown, ...args: unknown[]) => unknown;

export class IpcHandlers extends EventEmitter {
  readonly #handlers = new Map<string, InvokeHandler>();

  /** @throws Error when the channel has a handler already. */
  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For the host only: what answers an invoke. */
  handlerOf(channel: string): InvokeHandler | undefined {
    return this.#handlers.get(channel);
  }
}

export const ipcMain = new IpcHandlers();
