// Whether a WebSocket's other end still answers (RFC 6455 5.5.2): pinged now and then, or at once when it is asked for.
// A link without a pong in time is ended, and its 'close' says so. Used by sip-socket.ts and at both ends of the hub's
// wire.
import type { WebSocket } from 'ws';

export interface LinkLiveness {
  /**
   * Pings now. A computer that slept, or has another address, has sockets that look open and are dead.
   * @returns false where no pong came in time; the link is ended then
   */
  probe(withinMs?: number): Promise<boolean>;
}

export interface LivenessTimes {
  readonly pingEveryMs: number;
  readonly pongWithinMs: number;
}

/** A lost link is known after fifteen seconds at the latest. */
export const defaultLiveness: LivenessTimes = { pingEveryMs: 10_000, pongWithinMs: 5_000 };
/** Long for any network that one can talk over, short enough to be registered again in three seconds. */
const probeWithinMs = 1_500;

/** @param ws open; watched until it closes */
export function watchLiveness(ws: WebSocket, times: LivenessTimes = defaultLiveness): LinkLiveness {
  const waiting = new Set<(alive: boolean) => void>();
  const settleAll = (alive: boolean) => {
    for (const settle of [...waiting]) settle(alive);
  };

  const probe: LinkLiveness['probe'] = (withinMs = probeWithinMs) => {
    if (ws.readyState !== ws.OPEN) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (alive: boolean) => {
        clearTimeout(timer);
        waiting.delete(settle);
        resolve(alive);
      };
      const timer = setTimeout(() => {
        // One that is read more slowly on purpose has its pong still to be read.
        if (ws.isPaused) return settle(true);
        settle(false);
        ws.terminate();
      }, withinMs);
      waiting.add(settle);
      ws.ping();
    });
  };

  ws.on('pong', () => settleAll(true));
  const timer = setInterval(() => void probe(times.pongWithinMs), times.pingEveryMs);
  ws.once('close', () => {
    clearInterval(timer);
    settleAll(false);
  });
  return { probe };
}
