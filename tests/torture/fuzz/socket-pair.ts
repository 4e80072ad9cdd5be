// Two ends of a WebSocket without a network between them: what one sends the other hears in a later microtask. For the
// fuzzing, where sockets would be most of the cost. Has just what the exchange's flow and the raw phone use.
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

class End extends EventEmitter {
  readonly protocol = 'sip';
  readonly OPEN = 1;
  readyState = 1;
  isPaused = false;
  other: End | null = null;

  send(data: Uint8Array | string): void {
    const bytes = Buffer.from(data as Uint8Array);
    queueMicrotask(() => {
      if (this.other?.readyState === 1) this.other.emit('message', bytes, false);
    });
  }

  ping(): void {
    queueMicrotask(() => this.emit('pong'));
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  close(): void {
    this.terminate();
  }

  terminate(): void {
    for (const end of [this, this.other]) {
      if (end?.readyState !== 1) continue;
      end.readyState = 3;
      queueMicrotask(() => end.emit('close', 1006, Buffer.alloc(0)));
    }
  }
}

export function socketPair(): readonly [WebSocket, WebSocket] {
  const [one, other] = [new End(), new End()];
  one.other = other;
  other.other = one;
  return [one as unknown as WebSocket, other as unknown as WebSocket];
}
