// The STUN and TURN servers of the team, with credentials that end: asked of the hub after each sign-in and connection,
// and again at half their time, so that a call never waits for them. Without a hub the last ones serve until they end.
import type { HubContract } from '#shared/hub/hub-contract.ts';
import type { IceServer } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';

export interface IceServers {
  /** For the next call. */
  servers(): readonly IceServer[];
  /** Sound goes through the TURN servers and no other way. */
  relayOnly(): boolean;
  refresh(): Promise<void>;
  clear(): void;
}

const soonestMs = 30_000;
const none: ReplyOf<HubContract, 'ice.servers'> = { servers: [], untilMs: null, relayOnly: false };

/** @param nowMs milliseconds since the epoch. */
export function createIceServers(hub: Pick<HubLink, 'call'>, log: Log, nowMs = Date.now): IceServers {
  let known: ReplyOf<HubContract, 'ice.servers'> = none;
  let timer: NodeJS.Timeout | undefined;

  const refresh = async () => {
    clearTimeout(timer);
    try {
      known = await hub.call('ice.servers', null);
    } catch (error) {
      // A hub from before this command has none; one that is away is asked again when it is back.
      if (!(error instanceof CommandFailed)) throw error;
      if (error.reason !== 'unknownCommand') log.warn('ice: servers not had', { reason: error.reason });
      return;
    }
    if (known.untilMs === null) return;
    const againInMs = Math.max((known.untilMs - nowMs()) / 2, soonestMs);
    timer = setTimeout(() => void refresh(), againInMs);
    timer.unref();
  };

  return {
    servers() {
      const ended = known.untilMs !== null && known.untilMs <= nowMs();
      return ended ? known.servers.filter(({ credential }) => credential === undefined) : known.servers;
    },
    relayOnly: () => known.relayOnly,
    refresh,
    clear() {
      clearTimeout(timer);
      known = none;
    },
  };
}
