// The desktop's one connection to its hub: opened, lost, opened again with jitter; signed in, resumed.
// Services ask `call` and listen with `on`; both survive reconnections. Nothing is queued here: while the hub is away a
// call is refused with 'hubAway', and what must not be lost is kept by whoever asked.
import type { HubTrouble } from '#shared/desktop/hub-address-contract.ts';
import type { LinkView } from '#shared/desktop/session-contract.ts';
import { type HubContract, hubContract } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import type { CommandName, EventName, EventOf, ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { Log } from '../log.ts';
import { reconnectDelayMs } from '../telephony/reconnect-delay.ts';
import { troubleOf } from './hub-trouble.ts';
import { type HubSocket, openHubSocket } from './web-socket-port.ts';

/** A try that is younger may still succeed, also after the network has changed under it. */
const youngTryMs = 500;
/** Any hub takes so much, whoever asks: what is shorter was not what it closed the connection for. */
const surelyTakenBytes = 65_536;

export interface HubLink {
  /** Begins to connect; another address replaces the one before. */
  connectTo(url: string): void;
  view(): LinkView;
  /** What is in the way; null while online, and until the first try has ended. Changes with the view. */
  trouble(): HubTrouble | null;
  onChanged(listener: (view: LinkView) => void): () => void;
  /** Called at each new connection, before it counts as online: takes the session up again. */
  onConnected(listener: () => Promise<void>): void;
  /** @throws CommandFailed as the hub says; 'hubAway'; 'tooLarge' where it closed the connection for this. */
  call<N extends CommandName<HubContract>>(
    name: N,
    request: RequestOf<HubContract, N>,
  ): Promise<ReplyOf<HubContract, N>>;
  on<N extends EventName<HubContract>>(name: N, listener: (payload: EventOf<HubContract, N>) => void): void;
  /** Resolves when online, or when the time is over: for a person who is quicker than a start or a reconnection. */
  untilOnline(withinMs: number): Promise<void>;
  /** The hub may be there again, or may be gone unnoticed (sleep, another network): looks, and tries at once. */
  retryNow(): void;
  close(): void;
}

export function createHubLink(log: Log): HubLink {
  let url: string | null = null;
  let socket: HubSocket | null = null;
  let client: Client<HubContract> | null = null;
  let view: LinkView = { state: 'off', sinceMs: Date.now(), retryAtMs: null, reason: null };
  let retryTimer: NodeJS.Timeout | undefined;
  let trying: { readonly sinceMs: number; readonly abandoned: AbortController } | null = null;
  let failures = 0;
  let trouble: HubTrouble | null = null;
  /** The hub said that it is about to restart: the end of its connection is no surprise. */
  let hubStops = false;
  /** Raised at every address change and close: what an older attempt still brings is dropped. */
  let generation = 0;
  const changed = new Set<(view: LinkView) => void>();
  const connected: (() => Promise<void>)[] = [];
  const heard: { name: EventName<HubContract>; listener: (payload: never) => void }[] = [];

  const become = (state: LinkView['state'], reason: string | null, retryAtMs: number | null = null) => {
    const sinceMs = state === view.state ? view.sinceMs : Date.now();
    view = { state, sinceMs, retryAtMs, reason };
    for (const listener of [...changed]) listener(view);
  };

  const retryLater = (reason: string, why: HubTrouble) => {
    trouble = why;
    trying = null;
    const delayMs = reconnectDelayMs(failures++, Math.random());
    become('offline', reason, Date.now() + delayMs);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void open(), delayMs);
  };

  const open = async () => {
    if (url === null) return;
    clearTimeout(retryTimer);
    const mine = generation;
    // A hub that was lost is away until it is back, however often it is tried.
    if (view.state === 'offline') become('offline', view.reason);
    else become('connecting', null);
    try {
      const abandoned = new AbortController();
      trying = { sinceMs: performance.now(), abandoned };
      const opened = await openHubSocket(url, abandoned.signal);
      if (mine !== generation) return opened.close();
      socket = opened;
      client = connect(hubContract, opened.port, log);
      for (const { name, listener } of heard) client.on(name, listener as never);
      hubStops = false;
      client.on('hub.stopping', () => {
        hubStops = true;
      });
      opened.port.onClose(() => {
        if (mine !== generation || socket !== opened) return;
        socket = null;
        client = null;
        retryLater(hubStops ? 'the hub restarts' : 'connection lost', 'notReachable');
      });
      for (const listener of connected) await listener();
      if (mine !== generation || socket !== opened) return;
      failures = 0;
      trying = null;
      trouble = null;
      become('online', null);
    } catch (error) {
      if (mine !== generation) return;
      log.info('hub: not reached', {
        code: (error as NodeJS.ErrnoException).code ?? 'failed',
        trouble: troubleOf(error),
      });
      socket?.close();
      socket = null;
      client = null;
      retryLater('not reached', troubleOf(error));
    }
  };

  const drop = () => {
    generation += 1;
    clearTimeout(retryTimer);
    trying?.abandoned.abort();
    trying = null;
    socket?.close();
    client?.close();
    socket = null;
    client = null;
  };

  return {
    connectTo(next) {
      if (next === url && socket) return;
      drop();
      const moved = url !== null && url !== next;
      url = next;
      failures = 0;
      trouble = null;
      if (moved) become('connecting', null);
      void open();
    },
    view: () => view,
    trouble: () => trouble,
    onChanged(listener) {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    onConnected: (listener) => void connected.push(listener),
    async call(name, request) {
      if (!client) throw new CommandFailed('hubAway', 'The team server cannot be reached at the moment.');
      const asked = socket;
      try {
        return await client.call(name, request);
      } catch (error) {
        if (error instanceof CommandFailed && error.reason === 'disconnected') {
          if (asked?.closedAsTooLarge() && JSON.stringify(request).length > surelyTakenBytes) {
            throw new CommandFailed(
              'tooLarge',
              'This is larger than the team server takes. Nothing was changed there; make it smaller.',
            );
          }
          throw new CommandFailed('hubAway', 'The connection to the team server was lost.');
        }
        throw error;
      }
    },
    on(name, listener) {
      heard.push({ name, listener: listener as (payload: never) => void });
      client?.on(name, listener);
    },
    untilOnline(withinMs) {
      if (view.state === 'online') return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          changed.delete(look);
          resolve();
        };
        const look = (now: LinkView) => {
          if (now.state === 'online') done();
        };
        const timer = setTimeout(done, withinMs);
        changed.add(look);
      });
    },
    retryNow() {
      if (url === null) return;
      failures = 0;
      // Where it does not answer its port closes, and the next try is soon.
      if (socket) void socket.probe();
      else if (!trying) void open();
      else if (performance.now() - trying.sinceMs > youngTryMs) trying.abandoned.abort();
    },
    close() {
      drop();
      url = null;
      trouble = null;
      become('off', null);
    },
  };
}
