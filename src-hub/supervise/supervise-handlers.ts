// The commands of a supervisor on people at work.
import type { superviseCommands } from '#shared/admin/supervise-contract.ts';
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { SuperviseService } from './supervise-service.ts';

export function superviseHandlers(
  supervise: SuperviseService,
): Pick<HubHandlers, keyof typeof superviseCommands> {
  return {
    'supervise.setStatus': async ({ userId, ...wanted }, connection) => {
      await supervise.setStatus(requireActor(connection), userId, wanted);
      return null;
    },
    'supervise.endWrapUp': async ({ userId }, connection) => {
      await supervise.endWrapUp(requireActor(connection), userId);
      return null;
    },
    'supervise.signOut': async ({ userId }, connection) => {
      await supervise.signOut(requireActor(connection), userId);
      return null;
    },
  };
}
