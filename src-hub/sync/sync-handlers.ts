// The wire's side of syncing. Decides nothing: the services do.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { PullService } from './pull-service.ts';
import type { PushService } from './push-service.ts';

export function syncHandlers(
  push: PushService,
  pull: PullService,
): Pick<HubHandlers, 'sync.push' | 'sync.pull'> {
  return {
    'sync.push': ({ mutations }, connection) => {
      const { user, session } = requireSignedIn(connection);
      return push.push(user, session.deviceId, mutations);
    },
    'sync.pull': ({ scope, cursor, limit }, connection) =>
      pull.pull(requireSignedIn(connection).user.userId, scope, cursor, limit),
  };
}
