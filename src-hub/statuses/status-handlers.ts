// The commands on the statuses that supervisors add.
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { StatusService } from './status-service.ts';

export function statusHandlers(
  statuses: StatusService,
): Pick<HubHandlers, 'admin.statuses.get' | 'admin.statuses.set'> {
  return {
    'admin.statuses.get': () => statuses.list(),
    'admin.statuses.set': ({ version, statuses: wanted }, connection) =>
      statuses.set(requireActor(connection), version, wanted),
  };
}
