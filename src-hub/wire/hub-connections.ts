// Serves the hub's contract on each connection, and tells the rest of the hub when a device has come or gone.
import type { WebSocket } from 'ws';
import { hubContract } from '#shared/hub/hub-contract.ts';
import type { Handlers } from '#shared/wire/contract.ts';
import { type Served, serve } from '#shared/wire/serve.ts';
import { watchLiveness } from '../../src-sip/link-liveness.ts';
import type { HubLog } from '../hub-log.ts';
import type { HubConnection } from './hub-connection.ts';
import type { LiveConnections } from './live-connections.ts';
import type { ConnectionOrigin } from './upgrades.ts';
import { webSocketPort } from './web-socket-port.ts';

/** A desktop finds a lost link sooner, by its own pings; here it only ends what nobody will take up again. */
const liveness = { pingEveryMs: 20_000, pongWithinMs: 15_000 };
const closeWithinMs = 1_000;

export type HubHandlers = Handlers<typeof hubContract, HubConnection>;

export interface HubConnectionsParts {
  readonly handlers: HubHandlers;
  readonly live: LiveConnections;
  readonly log: HubLog;
  /** After the connection is gone; `signedIn` is still as it was. */
  gone(connection: HubConnection): void;
}

export function acceptHubConnection(
  parts: HubConnectionsParts,
  ws: WebSocket,
  from: ConnectionOrigin,
): HubConnection {
  const { handlers, live, log, gone } = parts;
  let served: Served<typeof hubContract> | null = null;
  const connection: HubConnection = {
    ...from,
    signedIn: null,
    tell: (name, payload) => served?.emit(name, payload),
    tellPrepared: ({ text }) => {
      if (ws.readyState === ws.OPEN) ws.send(text);
    },
    close(code = 1001) {
      ws.close(code);
      // A far end that is dead already never answers the close.
      setTimeout(() => ws.terminate(), closeWithinMs).unref();
    },
  };
  // 'close' follows, and there it is dealt with.
  ws.on('error', (error: NodeJS.ErrnoException) => log.warn('hub wire: socket error', { code: error.code }));
  watchLiveness(ws, liveness);
  live.add(connection);
  ws.once('close', () => {
    live.remove(connection);
    gone(connection);
  });
  served = serve(hubContract, handlers, webSocketPort(ws), { context: connection, log });
  return connection;
}
