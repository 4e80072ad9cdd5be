// Keeps what a stranger may send short: a frame is put together in memory before anything looks at it, and only who has
// signed in may send an import of users. Counted at the socket, since `ws` knows one limit for a connection's whole life.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** RFC 6455 7.4.1: message too big. */
const tooBig = 1009;
const closeWithinMs = 1_000;

export interface FirstFramesLimit {
  readonly mostBytes: number;
  /** Asked anew each time: whoever signs out is a stranger again. */
  isStranger(): boolean;
  tooLong(): void;
}

/** @param socket below `ws`, which must read from it already: what is counted here, `ws` has seen before */
export function limitFirstFrames(ws: WebSocket, socket: Duplex, limit: FirstFramesLimit): void {
  let unfinishedBytes = 0;
  let somethingEnded = false;
  const ended = () => {
    somethingEnded = true;
  };
  for (const event of ['message', 'ping', 'pong']) ws.on(event, ended);
  const count = (chunk: Buffer) => {
    // A frame that began in a chunk in which another ended is counted from the next chunk on: a little late, never wrongly.
    unfinishedBytes = somethingEnded ? 0 : unfinishedBytes + chunk.length;
    somethingEnded = false;
    if (unfinishedBytes <= limit.mostBytes || !limit.isStranger()) return;
    socket.off('data', count);
    limit.tooLong();
    ws.close(tooBig);
    // The rest of it is not read; the other side has a moment to read why.
    ws.pause();
    setTimeout(() => ws.terminate(), closeWithinMs).unref();
  };
  socket.on('data', count);
}
