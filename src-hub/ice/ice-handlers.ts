// The command by which a desktop asks for the STUN and TURN servers of its team.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import { type IceSettings, iceServersFor } from './turn-credentials.ts';

export function iceHandlers(settings: IceSettings, nowMs: () => number): Pick<HubHandlers, 'ice.servers'> {
  return {
    'ice.servers': (_, connection) =>
      iceServersFor(settings, requireSignedIn(connection).user.userId, nowMs()),
  };
}
