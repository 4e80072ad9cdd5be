// The wire's side of call mode for agents. Decides nothing: the services do.
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { DialNews } from './dial-news.ts';
import type { DialService } from './dial-service.ts';

export interface DialHandlerParts {
  readonly service: DialService;
  readonly news: DialNews;
  /** The primary one first. */
  openProjectsOf(userId: UserId): readonly ProjectId[];
}

export function dialHandlers({
  service,
  news,
  openProjectsOf,
}: DialHandlerParts): Pick<
  HubHandlers,
  'dial.take' | 'dial.prolong' | 'dial.giveBack' | 'dial.mayDial' | 'dial.day' | 'dial.modes'
> {
  return {
    'dial.take': async ({ settling }, connection) => {
      const { user, session } = requireSignedIn(connection);
      const { userId } = user;
      // Before it is looked: what comes meanwhile is told.
      news.waits(connection);
      const taken = await service.take({
        userId,
        deviceId: session.deviceId,
        openProjects: openProjectsOf(userId),
        settling,
      });
      if (taken.order) news.got(connection);
      return taken;
    },
    'dial.prolong': ({ leaseIds }, connection) =>
      service.prolong(requireSignedIn(connection).user.userId, leaseIds),
    'dial.giveBack': async ({ leaseId }, connection) => {
      await service.giveBack(requireSignedIn(connection).user.userId, leaseId);
      return null;
    },
    'dial.mayDial': ({ leaseId, number }, connection) => {
      requireSignedIn(connection);
      return service.mayDial(leaseId, number);
    },
    'dial.day': ({ sinceMs }, connection) => service.day(requireSignedIn(connection).user.userId, sinceMs),
    'dial.modes': (_nothing, connection) => {
      const { userId } = requireSignedIn(connection).user;
      return service.modesOf(userId, openProjectsOf(userId));
    },
  };
}
