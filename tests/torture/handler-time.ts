// How long a message keeps the process busy: the CPU time of this thread within the WebSocket's own message handlers, so
// that neither the machine's load nor the test's own work is in it.
import { WebSocket } from 'ws';
import type { TortureMessage } from './messages.ts';

export interface Target<T = unknown> {
  /** Resolves when the message has been dealt with. */
  throwAt(bytes: Buffer): Promise<T>;
}

const longestMs = 20;
const rounds = 3;

/** @returns those that took more than 20 ms in the best of several tries: what is slow every time is slow */
export async function slowMessages(target: Target, messages: readonly TortureMessage[]): Promise<string[]> {
  const slow: string[] = [];
  for (const { name, bytes } of messages) {
    const tries: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const measured = measureHandlers();
      await target.throwAt(bytes).finally(measured.stop);
      tries.push(measured.longestMs());
    }
    if (Math.min(...tries) > longestMs) slow.push(`${name}: ${tries.join(', ')} ms`);
  }
  return slow;
}

/** The longest of all handlers of all sockets of this process. */
function measureHandlers(): { longestMs(): number; stop(): void } {
  const { emit } = WebSocket.prototype;
  let longest = 0;
  WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...told: unknown[]) {
    if (event !== 'message') return emit.call(this, event, ...told);
    const before = process.threadCpuUsage();
    const heard = emit.call(this, event, ...told);
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    return heard;
  };
  return {
    longestMs: () => longest,
    stop: () => {
      WebSocket.prototype.emit = emit;
    },
  };
}
